"""Who reads and keeps what of a charter, asked of the whole cast."""

from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Membership, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.charter.actions import change_charter, name_editor, sign
from mitwerk.charter.models import Attempt, Charter, Guest, Signature
from mitwerk.charter.queries.adoption import deciding_bodies, signing_organisations
from mitwerk.charter.queries.charters import (
    acting_organisations,
    kept_charter,
    kept_charters,
    known_person,
    my_charters,
    office_charters,
    workshop_of,
)
from mitwerk.charter.queries.desk import desk_rows
from mitwerk.charter.queries.suggestions import own_suggestions
from mitwerk.charter.queries.texts import own_attempts
from mitwerk.charter.tests.cast import Workshop, adopted, person_of, published, suggested
from mitwerk.governance.tests.cast import Bodies
from mitwerk.people.models import Person, Representative
from mitwerk.people.tests.cast import People

NOBODY: list[Organisation] = []


def switched_off(user: User) -> User:
    user.is_active = False
    user.save()
    return user


def a_region_charter() -> Charter:
    values = {"title": {"de": "Leitbild der Region"}, "task": {"de": "Alle."}, "cluster": None}
    return change_charter(charter=Charter(), values=values, rows={}, actor=None)


def a_guest(workshop: Workshop, user: User) -> Guest:
    person, _is_new = Person.objects.get_or_create(user=user, defaults={"name": "Guest", "email": user.email})
    return Guest.objects.create(charter=workshop.charter, organisation=workshop.cast.bakery, person=person)


def test_one_takes_part_for_the_members_one_acts_for(workshop: Workshop, people: People, bodies: Bodies) -> None:
    cast, charter = workshop.cast, workshop.charter
    found = {
        name: acting_organisations(user, charter)
        for name, user in {
            "delegate": people.delegate, "former": people.former, "stranger": people.stranger, "baker": bodies.baker,
            "institute": bodies.institute,
            "keeper": workshop.keeper, "signed out": AnonymousUser(),
        }.items()
    }  # fmt: skip
    nobody: dict[str, Any] = {key: [] for key in ("former", "stranger", "keeper", "baker", "signed out")}
    assert found == {**nobody, "delegate": [cast.firm], "institute": [cast.institute]}
    assert acting_organisations(switched_off(people.delegate), charter) == NOBODY


def test_a_guest_takes_part_while_invited_and_not_switched_off(workshop: Workshop, people: People) -> None:
    guest = a_guest(workshop, people.stranger)
    assert acting_organisations(people.stranger, workshop.charter) == [workshop.cast.bakery]
    assert list(my_charters(people.stranger)) == [workshop.charter]
    assert acting_organisations(people.former, workshop.charter) == NOBODY
    Guest.objects.filter(pk=guest.pk).update(until=timezone.now())
    assert acting_organisations(people.stranger, workshop.charter) == NOBODY
    assert list(my_charters(people.stranger)) == []
    Guest.objects.filter(pk=guest.pk).update(until=None)
    switched_off(people.stranger)
    assert acting_organisations(people.stranger, workshop.charter) == NOBODY
    assert list(my_charters(people.stranger)) == []


def test_nobody_who_is_signed_out_takes_part_for_a_guest_without_a_sign_in(workshop: Workshop) -> None:
    assert workshop.guest.user is None
    assert acting_organisations(AnonymousUser(), workshop.charter) == NOBODY
    assert list(my_charters(AnonymousUser())) == []


def test_a_guest_of_another_charter_is_none_here(workshop: Workshop, people: People) -> None:
    a_guest(workshop, people.stranger)
    other = a_region_charter()
    assert acting_organisations(people.stranger, other) == NOBODY
    assert workshop_of(people.stranger, other.public_id) is None


def test_one_no_longer_takes_part_for_what_was_merged_or_left(workshop: Workshop, people: People) -> None:
    a_guest(workshop, people.stranger)
    Organisation.objects.filter(pk=workshop.cast.bakery.pk).update(merged_into=workshop.cast.firm, visibility="hidden")
    assert acting_organisations(people.stranger, workshop.charter) == NOBODY
    Membership.objects.filter(organisation=workshop.cast.firm).update(
        since=timezone.localdate() - timedelta(days=9), until=timezone.localdate() - timedelta(days=1)
    )
    assert acting_organisations(people.delegate, workshop.charter) == NOBODY
    assert list(my_charters(people.delegate)) == []


def test_the_text_is_kept_by_the_office_and_by_who_is_named(workshop: Workshop, people: People) -> None:
    cast, charter = workshop.cast, workshop.charter
    region = a_region_charter()
    name_editor(charter=charter, person=person_of(people.substitute), actor=workshop.keeper)
    found = {
        name: list(kept_charters(user).order_by("pk"))
        for name, user in {
            "umbrella": cast.umbrella_editor, "keeper": workshop.keeper, "named": people.substitute,
            "other office": cast.food_editor, "delegate": people.delegate, "signed out": AnonymousUser(),
        }.items()
    }  # fmt: skip
    assert found == {
        "umbrella": [charter, region], "keeper": [charter], "named": [charter], "other office": [], "delegate": [],
        "signed out": [],
    }  # fmt: skip
    assert kept_charter(workshop.keeper, charter.public_id) == charter
    assert kept_charter(workshop.keeper, region.public_id) is None
    assert list(kept_charters(switched_off(people.substitute))) == []


def test_the_office_enters_the_charters_of_its_clusters(workshop: Workshop, people: People) -> None:
    cast, charter = workshop.cast, workshop.charter
    region = a_region_charter()
    name_editor(charter=charter, person=person_of(people.substitute), actor=workshop.keeper)
    users = (cast.umbrella_editor, workshop.keeper, people.substitute, cast.food_editor)
    found = [set(office_charters(user)) for user in users]
    assert found == [{charter, region}, {charter}, set(), set()]


def test_members_of_any_cluster_are_in_the_workshop_of_the_region(
    workshop: Workshop, people: People, bodies: Bodies
) -> None:
    region = a_region_charter()
    users = (people.delegate, bodies.baker, people.stranger, people.former, workshop.cast.food_editor)
    assert [workshop_of(user, region.public_id) for user in users] == [region, region, None, None, None]
    assert workshop_of(people.delegate, workshop.charter.public_id) == workshop.charter
    assert set(my_charters(people.delegate)) == {region, workshop.charter}


def test_a_version_goes_to_bodies_of_its_own_cluster(workshop: Workshop, bodies: Bodies) -> None:
    assert set(deciding_bodies(workshop.charter)) == {bodies.board, bodies.assembly}
    assert list(deciding_bodies(a_region_charter())) == []


def test_who_casts_the_vote_of_a_member_signs_for_it(workshop: Workshop, people: People, bodies: Bodies) -> None:
    cast, charter = workshop.cast, workshop.charter
    users = (people.delegate, people.substitute, people.editor, people.former, people.stranger, bodies.institute)
    found = [signing_organisations(user, charter) for user in users]
    assert found == [[cast.firm], [cast.firm], [], [], [], [cast.institute]]
    assert signing_organisations(AnonymousUser(), charter) == NOBODY
    assert signing_organisations(switched_off(people.delegate), charter) == NOBODY


def test_a_delegate_of_a_guest_does_not_sign(workshop: Workshop, people: People) -> None:
    a_guest(workshop, people.stranger)
    Representative.objects.create(organisation=workshop.cast.former, person=person_of(people.stranger), role="delegate")
    assert signing_organisations(people.stranger, workshop.charter) == NOBODY


def test_the_editors_find_nobody_but_people_of_members(workshop: Workshop, people: People) -> None:
    charter = workshop.charter
    assert known_person(charter, people.delegate.email.upper()) == person_of(people.delegate)
    assert known_person(charter, people.former.email) is None
    assert known_person(charter, workshop.guest.email) is None
    switched_off(people.delegate)
    assert known_person(charter, people.delegate.email) is None


def test_own_suggestions_are_those_of_ones_organisations(workshop: Workshop, people: People, bodies: Bodies) -> None:
    published(workshop)
    mine = suggested(workshop, workshop.we, "Wir sind die Firmen der Region.")
    theirs = suggested(
        workshop, workshop.work, "Wir arbeiten.", organisation=workshop.cast.institute, user=bodies.institute
    )
    users = (people.delegate, bodies.institute, people.stranger, workshop.keeper)
    assert [list(own_suggestions(user, workshop.charter)) for user in users] == [[mine], [theirs], [], []]


def test_what_did_not_get_saved_is_ones_own(workshop: Workshop, cast: Cast) -> None:
    values = {"charter": workshop.charter, "anchor": "x", "revision": 1, "text": {"text": {"de": "Ja."}}}
    mine = Attempt.objects.create(**values, by=workshop.keeper)
    Attempt.objects.create(**values, by=cast.umbrella_editor)
    assert list(own_attempts(workshop.keeper, workshop.charter)) == [mine]


def test_editors_are_asked_for_answers_while_answers_are_given(workshop: Workshop) -> None:
    published(workshop)
    suggested(workshop, workshop.we, "Wir sind die Firmen der Region.")

    def asked() -> list[str]:
        page = reverse("charter:suggestion_list", args=[workshop.charter.public_id])
        return [str(row.text) for row in desk_rows(workshop.keeper) if row.url == page]

    assert asked() == ["Leitbild · 1"]
    Charter.objects.update(phase="adopted")
    assert asked() == []


def test_who_suggested_is_told_of_what_no_longer_fits(workshop: Workshop, people: People) -> None:
    published(workshop)
    fits = suggested(workshop, workshop.we, "Wir sind die Firmen der Region.")
    unfit = suggested(workshop, workshop.work, "Wir arbeiten.")
    fits.charter.suggestions.filter(pk=unfit.pk).update(state="unfit", unfit="changed")

    def told() -> list[str]:
        pages = [reverse("charter:suggestion_detail", args=[workshop.charter.public_id, n]) for n in (1, 2)]
        return [str(row.text) for row in desk_rows(people.delegate) if row.url in pages]

    assert told() == ["Leitbild · 2"]
    Charter.objects.update(phase="adopted")
    assert told() == []


def test_delegates_are_asked_to_sign_what_is_in_force(workshop: Workshop, people: People, bodies: Bodies) -> None:
    def asked() -> list[str]:
        return [str(row.action) for row in desk_rows(people.delegate)]

    Charter.objects.update(phase="adopted")
    assert asked() == []
    Charter.objects.update(phase="collect")
    adoption = adopted(workshop, bodies)
    assert asked() == ["Lesen und unterzeichnen"]
    sign(adoption=adoption, organisation=workshop.cast.firm, person=person_of(people.delegate))
    assert asked() == []
    Signature.objects.all().delete()
    Charter.objects.update(phase="decide")
    assert asked() == []
