"""Who of the office finds which organisations, claims, merges and likely twins, by name."""

from typing import Any

import pytest
from django.db.models import QuerySet

from mitwerk.actors.models import Claim, Membership, Merge, Organisation
from mitwerk.actors.queries import (
    duplicate_pairs,
    editable_claims,
    editable_organisations,
    likely_duplicates,
    removable_organisations,
    undoable_merges,
)
from mitwerk.actors.tests.cast import Cast, make_organisation

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


@pytest.fixture
def merged(cast: Cast) -> Organisation:
    """A member of the IT cluster that was made one with the firm."""
    hidden = Organisation.Visibility.HIDDEN
    one = make_organisation("Altes Werk GmbH", "altes-werk", merged_into=cast.firm, visibility=hidden)
    Membership.objects.create(organisation=one, cluster=cast.it)
    return one


def found(cast: Cast, query: Any, *path: str) -> dict[str, set[Any]]:
    """What everybody of the office finds: a column of the rows."""
    rows: dict[str, QuerySet[Any]] = {name: query(getattr(cast, name)) for name in OFFICE}
    return {name: set(one.values_list(*path, flat=True)) for name, one in rows.items()}


def test_what_was_merged_is_nobodys_to_edit(cast: Cast, merged: Organisation) -> None:
    everything = set(Organisation.objects.exclude(pk=merged.pk).values_list("slug", flat=True))
    assert found(cast, editable_organisations, "slug") == {
        "it_editor": {"aehrenwerk", "institut", "verborgen"},
        "food_editor": {"backhaus", "institut"},
        "umbrella_editor": everything,
        "administrator": everything,
    }


def test_nobody_removes_a_member_of_somebody_elses(cast: Cast) -> None:
    """The institute is a member of both clusters; the hidden one becomes a member of the umbrella body as well."""
    Membership.objects.create(organisation=cast.hidden, cluster=None)
    everything = set(Organisation.objects.values_list("slug", flat=True))
    assert found(cast, removable_organisations, "slug") == {
        "it_editor": {"aehrenwerk"},
        "food_editor": {"backhaus"},
        "umbrella_editor": everything,
        "administrator": everything,
    }


def test_claims_of_what_was_merged_since_are_the_umbrella_bodys(cast: Cast, merged: Organisation) -> None:
    for one in (cast.firm, cast.bakery, merged):
        Claim.objects.create(organisation=one, name="Muster", email="m@example.org")
    everything = {"aehrenwerk", "backhaus", "altes-werk"}
    assert found(cast, editable_claims, "organisation__slug") == {
        "it_editor": {"aehrenwerk"},
        "food_editor": {"backhaus"},
        "umbrella_editor": everything,
        "administrator": everything,
    }


def test_merges_into_what_was_merged_since_are_the_umbrella_bodys(cast: Cast, merged: Organisation) -> None:
    Merge.objects.create(winner=cast.firm, loser=merged)
    Merge.objects.create(winner=merged, loser=cast.former)
    Merge.objects.create(winner=cast.institute, loser=cast.town_hall)
    everything = {"aehrenwerk", "altes-werk", "institut"}
    assert found(cast, undoable_merges, "winner__slug") == {
        "it_editor": {"aehrenwerk"},
        "food_editor": set(),
        "umbrella_editor": everything,
        "administrator": everything,
    }


def test_a_twin_that_is_hidden_is_told_to_its_own_office_alone(cast: Cast) -> None:
    """The hidden one comes before and after its twins in the register."""
    before = make_organisation("Müller Maschinen AG", "mueller", website="https://mueller.example")
    for one in (cast.hidden, cast.bakery):
        Organisation.objects.filter(pk=one.pk).update(name=before.name, website=before.website)
    after = make_organisation(before.name, "mueller-2", website=before.website)
    Membership.objects.create(organisation=after, cluster=cast.food)
    pairs = {
        name: {frozenset((pair.one.slug, pair.other.slug)) for pair in duplicate_pairs(getattr(cast, name))}
        for name in OFFICE
    }
    hidden, bakery, first, second = cast.hidden.slug, cast.bakery.slug, before.slug, after.slug
    with_bakery = {frozenset((bakery, other)) for other in (first, second)}
    with_hidden = {frozenset((hidden, other)) for other in (first, second, bakery)}
    both = frozenset((first, second))
    everything = {*with_bakery, *with_hidden, both}
    assert pairs == {
        "it_editor": with_hidden,
        "food_editor": {*with_bakery, both},
        "umbrella_editor": everything,
        "administrator": everything,
    }
    new = Organisation(name=before.name, website=before.website)

    def twins(organisation: Organisation, *user: Any) -> set[str]:
        return {pair.other.slug for pair in likely_duplicates(organisation, *user)} | {
            pair.one.slug for pair in likely_duplicates(organisation, *user)
        }

    assert twins(new, cast.food_editor) - {""} == {first, second, bakery}
    assert twins(new) - {""} == {first, second, bakery, hidden}, "asked by a program, all are compared"
    asked = Organisation.objects.get(pk=cast.hidden.pk)
    assert twins(asked, cast.food_editor) == {first, second, bakery, hidden}, "whoever asks for one knows of it"
