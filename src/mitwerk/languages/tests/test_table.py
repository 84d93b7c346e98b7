"""The table: who sees what of it, the worst first, filters, files, and as many queries for three rows as for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Competence
from mitwerk.core.models import Standing
from mitwerk.languages.queries.table import Filters, all_clusters, entries
from mitwerk.languages.tests.cast import make_congress, make_public
from mitwerk.languages.tests.conftest import As
from mitwerk.pages.actions import ensure_page_tree
from mitwerk.projects.models import Project

MISSING, BEHIND, CURRENT = Standing.MISSING, Standing.BEHIND, Standing.CURRENT
Found = list[tuple[str, str, Standing, Standing]]


def found(user: User, **filters: str) -> Found:
    rows = entries(user, Filters(**filters), all_clusters())
    return [(row.kind, row.title, row.standing["de"], row.standing["en"]) for row in rows]


def leave_behind(cast: Cast) -> None:
    values = {"description": {"de": "Baut Software für Bäcker.", "en": cast.firm.description["en"]}}
    change_organisation(organisation=cast.firm, values=values, rows={}, actor=cast.it_editor)


def test_an_editor_sees_their_own_the_worst_first(cast: Cast) -> None:
    make_public(cast)
    leave_behind(cast)
    assert found(cast.it_editor) == [
        ("project", "Mühle", CURRENT, MISSING),
        ("event", "Fachmesse", CURRENT, MISSING),
        ("network", "Netz", CURRENT, MISSING),
        ("need", "Bedarf", CURRENT, MISSING),
        ("organisation", "Ährenwerk Software GmbH", CURRENT, BEHIND),
        ("cluster", "IT-Cluster", CURRENT, CURRENT),
    ]
    assert [row[1] for row in found(cast.food_editor)] == ["Backhaus Muldental AG", "Ernährungscluster"]
    assert {row[1] for row in found(cast.umbrella_editor)} > {"Musterregion", "Mühle", "Backhaus Muldental AG"}


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"kind": "event"}, ["Fachmesse"]),
        ({"state": "behind"}, ["Ährenwerk Software GmbH"]),
        ({"state": "behind", "language": "de"}, []),
        ({"state": "current", "language": "en"}, ["IT-Cluster"]),
        ({"cluster": "ernaehrung"}, []),
        ({"cluster": "it", "kind": "need"}, ["Bedarf"]),
    ],
)
def test_filters(cast: Cast, filters: dict[str, str], titles: list[str]) -> None:
    make_public(cast)
    leave_behind(cast)
    assert [row[1] for row in found(cast.it_editor, **filters)] == titles


def test_what_visitors_do_not_see_is_not_in_it(cast: Cast) -> None:
    project = Project.objects.create(slug="x", title={"de": "X"}, summary={"de": "X"}, state=Project.State.DRAFT)
    project.clusters.add(cast.it)
    assert found(cast.it_editor, kind="project") == []
    Project.objects.update(state=Project.State.PUBLISHED)
    assert len(found(cast.it_editor, kind="project")) == 1, "the control"


def test_a_row_below_a_record_counts_for_it(cast: Cast) -> None:
    Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"de": "ERP für Mühlen"})
    assert found(cast.it_editor, kind="organisation") == [("organisation", str(cast.firm), CURRENT, MISSING)]


def test_pages_are_in_it(cast: Cast) -> None:
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    rows = found(cast.it_editor)
    assert [row for row in rows if row[0] == "page"] == [
        ("page", "Aktuelles", CURRENT, CURRENT),
        ("page", "IT-Cluster", CURRENT, CURRENT),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_literal_query_count(cast: Cast, as_user: As, count: int) -> None:
    ensure_page_tree(region=cast.region, clusters=[cast.it])
    for number in range(count):
        event: Any = make_public(cast, str(number))["event"]
        make_congress(cast, event)
    browser, url = as_user(cast.it_editor), reverse("languages:language_list")
    browser.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(url).status_code == 200
    assert len(asked) == 52


def test_the_page_has_links_filters_and_an_empty_state(cast: Cast, as_user: As) -> None:
    make_public(cast)
    browser, url = as_user(cast.it_editor), reverse("languages:language_list")
    page = browser.get(url).content.decode()
    assert f"/office/organisations/edit/{cast.firm.pk}/" in page
    assert "Mühle" in page
    assert "Backhaus" not in page
    none = browser.get(url, {"cluster": "it", "kind": "region", "state": "behind"}).content.decode()
    assert "Nichts passt zu diesen Filtern." in none
    assert browser.get(url, {"kind": "junk", "p": "x", "cluster": "ernaehrung"}).status_code == 200


def test_files(cast: Cast, as_user: As) -> None:
    make_public(cast)
    Project.objects.update(title={"de": "=1+1"})
    browser, url = as_user(cast.it_editor), reverse("languages:language_list")
    csv = browser.get(url, {"export": "csv", "kind": "project"})
    lines = csv.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Art;Titel;Cluster;Deutsch;")
    assert lines[1].startswith("Kooperationsprojekt;'=1+1;IT-Cluster;aktuell;0;fehlt;2;")
    xlsx = browser.get(url, {"export": "xlsx"})
    assert xlsx.headers["Content-Disposition"] == 'attachment; filename="mitwerk-languages.xlsx"'
    assert xlsx.content.startswith(b"PK")


PEOPLE = ("nobody", "it_editor", "food_editor", "umbrella_editor", "administrator", "stranger")


@pytest.mark.parametrize("name", ["language_list", "text_export", "text_import"])
def test_who_gets_in(cast: Cast, as_user: Callable[[User | None], Client], name: str) -> None:
    stranger = User.objects.create_user("stranger@example.org", "muster-passwort-1")
    people = [stranger if who == "stranger" else getattr(cast, who, None) for who in PEOPLE]
    url = reverse(f"languages:{name}")
    assert [as_user(who).get(url).status_code for who in people] == [302, 200, 200, 200, 200, 302]
