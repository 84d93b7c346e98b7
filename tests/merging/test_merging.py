"""Two organisations become one and are parted again: everything follows, nothing is lost."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.actions import (
    MergeRefused,
    change_organisation,
    forget_merges,
    merge_organisations,
    remove_organisation,
    save_organisation,
    tell_apart,
    undo_merge,
)
from mitwerk.actors.actions import relations as rooms
from mitwerk.actors.actions.relations import STAYS, all_relations, relations
from mitwerk.actors.models import Membership, Merge, Organisation
from mitwerk.actors.queries import (
    FACTS,
    choosable_organisations,
    duplicate_pairs,
    editable_organisations,
    visible_organisations,
)
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.collation import sort_key
from mitwerk.core.saving import Change
from mitwerk.projects.models import Partner
from mitwerk.search import freshness
from mitwerk.search.models import Document
from tests.merging.things import everything, fill, make_double, pointing

pytestmark = pytest.mark.django_db

MOVE = [
    "actors.certificate.organisation",
    "actors.claim.organisation",
    "actors.contact.organisation",
    "actors.location.organisation",
    "actors.membership.organisation",
    "actors.organisation.merged_into",
    "charter.contribution.organisation",
    "charter.guest.organisation",
    "charter.signature.organisation",
    "charter.suggestion.organisation",
    "charter.supporter.organisation",
    "competences.competence.organisation",
    "competences.reference.organisation",
    "congress.contribution.organisation",
    "congress.review.organisation",
    "congress.score.organisation",
    "congress.stand.organisation",
    "events.organiser.organisation",
    "governance.mandate.organisation",
    "governance.task.organisation",
    "imports.ownid.organisation",
    "networks.joinrequest.organisation",
    "networks.networkmember.organisation",
    "networks.networkperson.organisation",
    "pages.newsactor.organisation",
    "pages.newspage.organisation",
    "people.invitation.organisation",
    "people.representative.organisation",
    "profiles.confirmation.organisation",
    "profiles.draft.organisation",
    "projects.joining.organisation",
    "projects.partner.organisation",
    "projects.proof.organisation",
    "projects.release.organisation",
    "registrations.booking.organisation",
]


def test_every_relation_in_the_project_is_known() -> None:
    """Read from the models: who adds a reference to organisations comes by here and says what a merge does to it."""
    assert [one.label for one in relations()] == MOVE
    stay = [one.label for one in all_relations() if (one.model, one.field.name) in STAYS]
    assert stay == ["actors.merge.loser", "actors.merge.winner", "actors.notduplicate.one", "actors.notduplicate.other"]


def test_control_a_relation_nobody_knows_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "STAYS", {})
    assert len([one.label for one in relations()]) == len(MOVE) + 4


def test_nothing_hangs_on_rows_that_a_merge_combines() -> None:
    """A removed row takes along what points at it; so nothing may."""
    for relation in relations():
        meta = relation.model._meta
        combines = [c for c in meta.constraints if relation.field.name in getattr(c, "fields", ())]
        hangs = [x.name for x in meta.get_fields(include_hidden=True) if x.auto_created and not x.concrete]
        assert not (combines and hangs), relation.label


def test_every_column_is_chosen_or_stays() -> None:
    stays = {
        "id", "public_id", "slug", "source_id", "office_changed_at", "created_at", "updated_at", "visibility",
        "merged_into_id", "claimed_at", "confirmed_at", "is_trusted", "sort_name", "normalised_name", "behind",
    }  # fmt: skip
    chosen = {column for fact in FACTS for column in fact.columns}
    assert chosen | stays == {field.attname for field in Organisation._meta.concrete_fields}
    assert {fact.name for fact in FACTS if fact.is_links} == {field.name for field in Organisation._meta.many_to_many}


def merge(cast: Cast, double: Organisation, **choices: str) -> Merge:
    return merge_organisations(winner=cast.firm, loser=double, choices=choices, actor=cast.umbrella_editor)


def test_everything_points_at_the_winner(cast: Cast) -> None:
    double = make_double(cast)
    fill(cast.town_hall, cast)
    others = pointing(cast.town_hall)
    merge(cast, double)
    assert pointing(cast.town_hall) == others
    assert pointing(double) == Counter()
    assert pointing(cast.firm) == Counter(
        {label: 1 for label in MOVE if label.split(".")[0] != "pages"}
        | {"actors.membership.organisation": 2, "competences.competence.organisation": 2}
        | {"actors.organisation.merged_into": 1}
    )


def test_what_both_have_is_one_and_knows_what_either_knew(cast: Cast) -> None:
    double = make_double(cast)
    mine = Membership.objects.get(organisation=cast.firm)
    Membership.objects.filter(pk=mine.pk).update(until=date(2010, 1, 1), since=date(2006, 1, 1))
    merge(cast, double)
    mine.refresh_from_db()
    assert (mine.since, mine.until, mine.kind) == (date(2001, 1, 1), None, "founder")
    assert cast.firm.memberships.count() == 2


def test_the_values_are_chosen_field_by_field(cast: Cast) -> None:
    double = make_double(cast)
    merge(cast, double, **{"name": "loser", "description.de": "loser", "website": "loser", "sectors": "both"})
    firm = cast.firm
    assert (firm.name, firm.description, firm.founded) == (
        "Ährenwerk Software",
        {"de": "Mühlensoftware.", "en": "Builds software for mills."},
        1998,
    )
    assert firm.alternative_names == ["ÄWS", "Ährenwerk Software GmbH"]
    assert firm.sort_name == sort_key("Ährenwerk Software")
    assert set(firm.sectors.all()) == {cast.sector_it, cast.sector_food}
    assert firm.website == "https://www.aehrenwerk.example/de"


def test_a_unique_id_changes_hands_and_back(cast: Cast) -> None:
    held = merge_organisations(
        winner=cast.institute, loser=cast.university, choices={"ror_id": "loser"}, actor=cast.umbrella_editor
    )
    assert (cast.institute.ror_id, cast.university.ror_id) == ("https://ror.org/00example", None)
    undo_merge(merge=held, actor=None)
    cast.university.refresh_from_db()
    assert cast.university.ror_id == "https://ror.org/00example"


@pytest.mark.parametrize("choices", [{"name": "both"}, {"slug": "loser"}, {"sectors": "x"}])
def test_a_choice_that_is_none_is_refused(cast: Cast, choices: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="no such choice"):
        merge(cast, make_double(cast), **choices)


def test_the_loser_is_seen_nowhere(cast: Cast) -> None:
    double = make_double(cast)
    lists = [
        lambda: visible_organisations(None),
        lambda: visible_organisations(cast.food),
        lambda: editable_organisations(cast.umbrella_editor),
        lambda: choosable_organisations(cast.umbrella_editor),
    ]
    before = [double in asked() for asked in lists]
    merge(cast, double)
    assert (before, [double in asked() for asked in lists]) == ([True] * 4, [False] * 4)


def test_the_search_follows(cast: Cast) -> None:
    double = make_double(cast)
    freshness._index_pending()  # what the commit does; a real one would leave rows for the next test
    was = Document.objects.filter(kind="organisation", object_id=double.pk).count()
    merge(cast, double, **{"description.de": "loser", "description.en": "loser"})
    freshness._index_pending()
    assert (was, Document.objects.filter(kind="organisation", object_id=double.pk).count()) == (2, 0)
    found = Document.objects.filter(kind="organisation", object_id=cast.firm.pk, text__contains="Mühlensoftware")
    assert found.count() == 1


@pytest.mark.parametrize(
    "choices", [{}, {"name": "loser", "sectors": "loser", "place": "loser", "description.en": "loser"}]
)
def test_undo_restores_to_the_letter(cast: Cast, choices: dict[str, str]) -> None:
    double = make_double(cast)
    Partner.objects.create(project=Partner.objects.get().project, organisation=cast.firm, name=double.name)
    before = everything()
    held = merge(cast, double, **choices)
    assert everything() != before
    assert undo_merge(merge=held, actor=cast.umbrella_editor) == []
    assert everything() == before


def test_what_was_changed_since_stays_and_is_told(cast: Cast) -> None:
    double = make_double(cast)
    held = merge(cast, double, website="loser")
    cast.firm.refresh_from_db()
    change_organisation(
        organisation=cast.firm, values={"website": "https://new.example"}, rows={}, actor=cast.umbrella_editor
    )
    Partner.objects.get(organisation=cast.firm).delete()
    told = undo_merge(merge=held, actor=cast.umbrella_editor)
    cast.firm.refresh_from_db()
    assert (told, cast.firm.website) == (["partner", "website"], "https://new.example")


def test_undo_is_possible_for_thirty_days(cast: Cast) -> None:
    held = merge(cast, make_double(cast))
    day = timezone.now() + timedelta(days=30)
    with time_machine.travel(day + timedelta(minutes=1)), pytest.raises(MergeRefused, match="could be undone until"):
        undo_merge(merge=held, actor=None)
    with time_machine.travel(day - timedelta(minutes=1)):
        undo_merge(merge=held, actor=None)
    with pytest.raises(MergeRefused, match="was undone already"):
        undo_merge(merge=held, actor=None)


def test_what_cannot_be_undone_is_forgotten_and_the_redirect_stays(cast: Cast) -> None:
    held = merge(cast, double := make_double(cast))
    assert forget_merges() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert (forget_merges(), forget_merges()) == (1, 0)
    held.refresh_from_db()
    double.refresh_from_db()
    assert (held.done, double.merged_into) == ({}, cast.firm)


def test_merges_are_undone_the_last_one_first(cast: Cast) -> None:
    double = make_double(cast)
    before = everything()
    first = merge(cast, double)
    second = merge_organisations(winner=cast.university, loser=cast.firm, choices={}, actor=None)
    double.refresh_from_db()
    assert double.merged_into == cast.university
    with pytest.raises(MergeRefused, match="Undo the later merge first"):
        undo_merge(merge=first, actor=None)
    undo_merge(merge=second, actor=None)
    undo_merge(merge=first, actor=None)
    assert everything() == before


def test_a_loser_is_merged_once(cast: Cast) -> None:
    double = make_double(cast)
    merge(cast, double)
    for winner, loser in ((cast.bakery, double), (double, cast.bakery), (cast.firm, cast.firm)):
        with pytest.raises(MergeRefused):
            merge_organisations(winner=winner, loser=loser, choices={}, actor=None)


def test_a_load_does_not_bring_the_loser_back(cast: Cast) -> None:
    double = make_double(cast)
    merge(cast, double)
    before = everything()
    saved = save_organisation(source_id="double", name="Neuer Name")
    assert (saved.record, saved.change, everything()) == (cast.firm, Change.UNCHANGED, before)


def test_control_without_the_guard_a_load_changes_the_loser(cast: Cast) -> None:
    double = make_double(cast)
    assert save_organisation(source_id="double", name="Neuer Name").record == double
    double.refresh_from_db()
    assert double.name == "Neuer Name"


def test_who_removes_the_winner_removes_the_loser_for_good(cast: Cast) -> None:
    double = make_double(cast)
    merge(cast, double)
    remove_organisation(organisation=cast.firm, actor=cast.umbrella_editor)
    entry = AuditEntry.objects.get(verb="organisation.remove")
    assert (Organisation.objects.filter(pk=double.pk).exists(), entry.details) == (False, {"source_ids": ["double"]})


def test_an_answer_holds_for_who_stands_for_it(cast: Cast) -> None:
    """Told apart before a merge, told apart after it."""
    double = make_double(cast)
    other: Any = Organisation.objects.create(
        name="Ährenwerk Software AG", slug="x", sort_name="x", normalised_name="x", town="Leipzig"
    )
    names = lambda: {(str(p.one), str(p.other)) for p in duplicate_pairs(cast.umbrella_editor)}  # noqa: E731
    assert len(names()) == 3
    tell_apart(one=double, other=other, actor=cast.umbrella_editor)
    tell_apart(one=other, other=double, actor=cast.umbrella_editor)
    assert len(names()) == 2
    merge(cast, double)
    assert names() == set()


def test_both_acts_are_in_the_log(cast: Cast) -> None:
    held = merge(cast, make_double(cast))
    undo_merge(merge=held, actor=cast.umbrella_editor)
    rows: list[Model] = list(AuditEntry.objects.order_by("pk"))
    assert [(row.verb, row.target_id, row.actor) for row in rows] == [  # type: ignore[attr-defined]
        ("organisation.merge", cast.firm.public_id, cast.umbrella_editor),
        ("organisation.part", cast.firm.public_id, cast.umbrella_editor),
    ]
