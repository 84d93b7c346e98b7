"""A project's story: nothing empty, nothing hidden, its place among the others."""

from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.tests.cast import Cast
from mitwerk.matching.tests.cast import make_needs
from mitwerk.projects.exports import project_thing
from mitwerk.projects.models import Project
from mitwerk.projects.queries import project_page
from mitwerk.projects.tests.cast import Projects, make_projects


@pytest.fixture
def projects(cast: Cast) -> Projects:
    return make_projects(cast)


def headings(client: Client, address: str) -> list[str]:
    import re

    page = client.get(address).content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return [re.sub(r"<[^>]+>", "", text).strip() for text in re.findall(r"<h[12][^>]*>(.*?)</h[12]>", main)]


def test_the_story_shows_all_it_has(projects: Projects, client: Client) -> None:
    assert headings(client, "/de/projekte/muehle/") == [
        "Mühle misst mit",
        "Das Ergebnis",
        "Das Problem",
        "Was getan wurde",
        "Wer dabei war",
        "Belegte Kompetenzen",
    ]


def test_what_is_empty_is_left_out(projects: Projects, client: Client) -> None:
    assert headings(client, "/de/projekte/ohne/") == ["Ohne alles"]


def test_only_partners_with_a_public_profile_are_linked(projects: Projects, client: Client) -> None:
    page = client.get("/de/it/projekte/muehle/").content.decode()
    assert '<a href="/de/it/akteure/aehrenwerk/">Ährenwerk</a>' in page
    assert "/akteure/verborgen/" not in page
    assert "<li>Verborgene GmbH</li>" in page
    assert "<li>Mühle am Bach</li>" in page


def test_control_the_link_appears_with_the_profile(projects: Projects, cast: Cast, client: Client) -> None:
    cast.hidden.visibility = cast.hidden.Visibility.PUBLISHED
    cast.hidden.save()
    assert "/akteure/verborgen/" in client.get("/de/it/projekte/muehle/").content.decode()


def test_a_text_of_the_other_language_says_so(projects: Projects, client: Client) -> None:
    page = client.get("/en/projects/muehle/").content.decode()
    assert '<div class="prose" lang="de"><p>Das Mehl war zu feucht.</p></div>' in page
    assert "<p>A third less waste.</p>" in page


@pytest.mark.parametrize(
    ("values", "de", "en"),
    [
        ((2006, 7, 2007, 4), "Juli 2006 bis April 2007", "July 2006 to April 2007"),
        ((2006, 7, 2006, 9), "Juli bis September 2006", "July to September 2006"),
        ((2006, 7, 2006, 7), "Juli 2006", "July 2006"),
        ((2006, 0, 2007, 4), "2006 bis April 2007", "2006 to April 2007"),
        ((2006, 0, 2006, 0), "2006", "2006"),
        ((2006, 7, None, 0), "ab Juli 2006", "from July 2006"),
        ((None, 0, 2007, 0), "bis 2007", "until 2007"),
        ((None, 0, None, 0), "", ""),
    ],
)
def test_the_time_is_told_as_far_as_it_is_known(values: tuple[Any, ...], de: str, en: str) -> None:
    names = ("start_year", "start_month", "end_year", "end_month")
    project = Project(**dict(zip(names, values, strict=True)))
    with override("de"):
        assert project.period == de
    with override("en"):
        assert project.period == en


def test_what_runs_began_at_some_time() -> None:
    with override("de"):
        assert Project(start_year=2009, status=Project.Status.RUNNING).period == "seit 2009"


@pytest.mark.parametrize(
    ("address", "answer"),
    [
        ("/de/it/projekte/brot/", (302, "/de/projekte/brot/")),
        ("/en/it/projects/ohne/", (302, "/en/projects/ohne/")),
        ("/de/projekte/nichts/", (404, None)),
        ("/de/it/projekte/nichts/", (404, None)),
        ("/de/projekte/entwurf/", (404, None)),
        ("/de/it/projekte/entwurf/", (404, None)),
        ("/de/nirgends/projekte/muehle/", (404, None)),
    ],
)
def test_a_record_is_shown_where_it_belongs(
    projects: Projects, client: Client, address: str, answer: tuple[int, str | None]
) -> None:
    response = client.get(address)
    assert (response.status_code, response.get("Location")) == answer


def test_a_draft_is_hidden_from_the_administrator_too(projects: Projects, cast: Cast, client: Client) -> None:
    client.force_login(cast.administrator)
    assert client.get("/de/projekte/entwurf/").status_code == 404
    Project.objects.filter(slug="entwurf").update(state=Project.State.PUBLISHED)
    assert client.get("/de/projekte/entwurf/").status_code == 200


def test_it_stands_between_its_neighbours(projects: Projects, client: Client) -> None:
    story = client.get("/de/projekte/muehle/").context
    assert (story["newer"].slug, story["older"].slug) == ("brot", "ohne")
    first, last = (client.get(f"/de/projekte/{slug}/").context for slug in ("brot", "ohne"))
    assert (first["newer"], first["older"].slug) == (None, "muehle")
    assert (last["newer"].slug, last["older"]) == ("muehle", None)
    inside = client.get("/de/it/projekte/muehle/").context
    assert (inside["newer"], inside["older"]) == (None, None)


def test_needs_of_the_same_competence_are_answered(projects: Projects, cast: Cast, client: Client) -> None:
    make_needs(cast)
    assert [need.slug for need in client.get("/de/projekte/muehle/").context["needs"]] == ["feuchte"]
    assert list(client.get("/de/projekte/ohne/").context["needs"]) == []


def test_the_number_of_queries_does_not_grow(
    projects: Projects, cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    client.get("/de/projekte/muehle/")
    with django_assert_num_queries(12):
        client.get("/de/projekte/muehle/")
    projects.story.proved.add(cast.erp, cast.control)
    for number in range(2):
        projects.story.partners.create(name=f"Partner {number}", organisation=cast.bakery)
        projects.story.figures.create(value=str(number), label={"de": "Zahl"})
    with django_assert_num_queries(12):
        client.get("/de/projekte/muehle/")


def test_machines_read_the_story(projects: Projects) -> None:
    project = project_page("muehle")
    assert project is not None
    with override("de"):
        told = project_thing(project, "de")
    assert (told["@type"], told["temporalCoverage"], told["inLanguage"]) == (
        "CreativeWork",
        "2006-07/2007-04",
        "de",
    )
    assert told["contributor"] == [
        {"@type": "Organization", "name": "Ährenwerk", "url": "http://127.0.0.1:8000/de/akteure/aehrenwerk/"},
        {"@type": "Organization", "name": "Verborgene GmbH"},
        {"@type": "Organization", "name": "Mühle am Bach"},
    ]
    assert told["about"]["@type"] == "ResearchProject"
