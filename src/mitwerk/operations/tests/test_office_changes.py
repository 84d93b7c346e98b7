"""What the office changed or removed since a region was loaded, and what the next load makes of it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Model

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.queries import removed_sources
from mitwerk.accounts.tests.log import open_the_log
from mitwerk.actors.actions import change_organisation, remove_organisation
from mitwerk.actors.models import Membership, Organisation
from mitwerk.clusters.actions import change_cluster, change_region
from mitwerk.clusters.models import Cluster, Region
from mitwerk.competences.models import Reference
from mitwerk.core.changes import Row
from mitwerk.core.translated import Translated
from mitwerk.events.actions import change_event, remove_event
from mitwerk.events.models import Event
from mitwerk.matching.actions import change_need, close_need, remove_need
from mitwerk.matching.models import Need
from mitwerk.networks.actions import change_network, remove_network
from mitwerk.networks.models import Network
from mitwerk.operations.tests.small_region import Load, write_small_region
from mitwerk.operations.tests.test_load_research import alpha_in_registry, write
from mitwerk.projects.actions import change_project, remove_project
from mitwerk.projects.models import Project

pytestmark = pytest.mark.django_db

OURS = Translated({"de": "Unser Text", "en": "Our text"})
THEIRS = {"de": "Neu in der Quelle", "en": "New at the source"}
# model, its verb of the office, file, id of the row, translated field
KINDS: list[tuple[type[Model], Callable[..., Any], str, str, str]] = [
    (Organisation, change_organisation, "organisations", "alpha", "description"),
    (Project, change_project, "projects", "homepage", "summary"),
    (Event, change_event, "events", "congress", "description"),
    (Network, change_network, "networks", "i-kam", "purpose"),
    (Need, change_need, "needs", "need", "text"),
    (Cluster, change_cluster, "clusters", "it", "description"),
    (Region, change_region, "clusters", "umbrella", "description"),
]
each_kind = pytest.mark.parametrize(
    ("model", "change", "file", "source_id", "field"), KINDS, ids=[kind[0].__name__ for kind in KINDS]
)
REMOVALS: list[tuple[type[Model], Callable[..., Any], str, str]] = [
    (Organisation, remove_organisation, "organisations", "alpha"),
    (Project, remove_project, "projects", "homepage"),
    (Event, remove_event, "events", "congress"),
    (Network, remove_network, "networks", "i-kam"),
    (Need, remove_need, "needs", "need"),
]


@pytest.fixture
def editor(db: None) -> User:
    return User.objects.create_user("editor@example.org", "muster-passwort-1")


def one(model: type[Model], source_id: str) -> Any:
    return model._default_manager.get(source_id=source_id)


def by_office(change: Callable[..., Any], record: Any, actor: User | None, values: dict[str, Any], **rows: Any) -> None:
    change(**{record._meta.model_name: record}, values=values, rows=rows, actor=actor)


def row_changes(folder: Path, file: str, source_id: str, field: str) -> None:
    def change(rows: list[dict[str, Any]]) -> None:
        row = next(row for row in rows if row["id"] == source_id)
        row.update({f"{field}_{code}": text for code, text in THEIRS.items()})

    write_small_region(folder.parent.parent, **{file: change})


def notes(report: dict[str, Any], file: str) -> list[str]:
    """The file's notes, without those about organisers nobody knows."""
    found = next(one for one in report["files"] if one["file"] == f"{file}.json")["notes"]
    return [note for note in found if "Nobody" not in note]


def counted(report: dict[str, Any]) -> tuple[int, int]:
    return report["total"]["new"], report["total"]["changed"]


@each_kind
def test_what_the_office_changed_is_left_and_told(
    small: Path, load: Load, editor: User, model: Any, change: Any, file: str, source_id: str, field: str
) -> None:
    load(small)
    by_office(change, one(model, source_id), editor, {field: OURS})
    row_changes(small, file, source_id, field)
    report = load(small)
    assert getattr(one(model, source_id), field) == OURS
    assert notes(report, file) == [f"“{source_id}”: changed by the office since, left as it is"]
    assert counted(report) == (0, 0)


@each_kind
def test_what_only_the_loader_wrote_follows_its_row(
    small: Path, load: Load, model: Any, change: Any, file: str, source_id: str, field: str
) -> None:
    """The control of the test above."""
    load(small)
    row_changes(small, file, source_id, field)
    report = load(small)
    assert getattr(one(model, source_id), field) == THEIRS
    assert notes(report, file) == []
    assert counted(report) == (0, 1)


def test_it_stays_the_offices_when_the_log_is_pruned(small: Path, load: Load, editor: User) -> None:
    load(small)
    by_office(change_network, Network.objects.get(), editor, {"purpose": OURS})
    open_the_log()
    AuditEntry.objects.all().delete()
    row_changes(small, "networks", "i-kam", "purpose")
    load(small)
    assert Network.objects.get().purpose == OURS


def test_rows_below_an_organisation_are_the_offices_too(small: Path, load: Load, editor: User) -> None:
    load(small)
    alpha, food = one(Organisation, "alpha"), Cluster.objects.get(slug="food")
    own = Row(Reference(), {"wording": OURS})
    by_office(change_organisation, alpha, editor, {}, references=[Row(alpha.references.get(), {}, True), own])
    Membership.objects.filter(organisation=alpha).update(cluster=food)
    assert counted(load(small)) == (0, 0)
    assert [reference.wording for reference in alpha.references.all()] == [OURS]
    assert [membership.cluster for membership in alpha.memberships.all()] == [food]


@pytest.mark.parametrize("act", ["saved untouched", "closed"])
def test_saving_untouched_or_closing_takes_no_text_over(small: Path, load: Load, editor: User, act: str) -> None:
    load(small)
    need = Need.objects.get()
    if act == "closed":
        close_need(need=need, actor=editor)
    else:
        by_office(change_need, need, editor, {})
    row_changes(small, "needs", "need", "text")
    assert counted(load(small)) == (0, 1)
    assert (Need.objects.get().text, Need.objects.get().state) == (THEIRS, need.state)


def test_the_registry_leaves_what_the_office_changed(small: Path, load: Load, editor: User) -> None:
    write(small, alpha_in_registry())
    load(small)
    by_office(change_organisation, one(Organisation, "alpha"), editor, {"website": "https://own.example"})
    write(small, alpha_in_registry(established=1888))
    report = load(small)
    assert (one(Organisation, "alpha").website, counted(report)) == ("https://own.example", (0, 0))
    ror_id = alpha_in_registry()["id"]
    assert notes(report, "ror_central_germany") == [f"“{ror_id}”: changed by the office since, left as it is"]


@pytest.mark.parametrize(("model", "remove", "file", "source_id"), REMOVALS, ids=[r[0].__name__ for r in REMOVALS])
def test_what_the_office_removed_stays_away(
    small: Path, load: Load, editor: User, model: Any, remove: Any, file: str, source_id: str
) -> None:
    load(small)
    before = model.objects.count()
    remove(**{model._meta.model_name: one(model, source_id)}, actor=editor)
    report = load(small)
    assert model.objects.count() == before - 1
    assert notes(report, file) == [f"“{source_id}”: removed by the office, left out"]
    assert report["total"]["new"] == 0


@pytest.mark.parametrize(("model", "remove", "file", "source_id"), REMOVALS, ids=[r[0].__name__ for r in REMOVALS])
def test_what_is_only_gone_comes_back(
    small: Path, load: Load, model: Any, remove: Any, file: str, source_id: str
) -> None:
    """The control of the test above."""
    load(small)
    before = model.objects.count()
    one(model, source_id).delete()
    assert load(small)["total"]["new"] == 1
    assert model.objects.count() == before


def test_an_id_removed_from_one_kind_is_free_for_the_others(small: Path, load: Load, editor: User) -> None:
    load(small)
    remove_need(need=Need.objects.get(), actor=editor)
    assert (removed_sources(Need), removed_sources(Event)) == ({"need"}, set())


def test_a_removed_organisation_does_not_come_back_by_the_registry(small: Path, load: Load, editor: User) -> None:
    write(small, alpha_in_registry())
    load(small)
    remove_organisation(organisation=one(Organisation, "alpha"), actor=editor)
    report = load(small)
    assert sorted(Organisation.objects.values_list("source_id", flat=True)) == ["beta"]
    ror_id = alpha_in_registry()["id"]
    assert notes(report, "ror_central_germany") == [f"“{ror_id}”: removed by the office, left out"]
