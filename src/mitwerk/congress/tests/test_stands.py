"""Stands: made of what was accepted, placed, told of by their exhibitors, found by sector and by competence."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import OFFICE
from mitwerk.algorithms.floorplan import Spot
from mitwerk.competences.models import Competence, Reference
from mitwerk.congress.actions import add_stand_talk, make_stands, take_step
from mitwerk.congress.models import Congress, Contribution, Room, Stand
from mitwerk.congress.queries.stands import halls, own_stands, shown_concepts
from mitwerk.congress.tests.cast import FIRST, handed_in
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.people.tests.cast import People, make_people

PLACE = "/en/congresses/kongress-2007/"


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


@pytest.fixture
def hall(congress: Congress) -> Room:
    return Room.objects.create(congress=congress, name={"de": "Halle 2", "en": "Hall 2"}, seats=500, width=20, depth=12)


@pytest.fixture
def accepted(congress: Congress, cast: Cast, people: People) -> Contribution:
    waiting = handed_in(congress, cast, people.delegate, kind="stand", abstract=Translated({"en": "A mill that talks"}))
    return take_step(contribution=waiting, verb="accept", who=OFFICE, actor=cast.it_editor)


@pytest.fixture
def stand(congress: Congress, hall: Room, accepted: Contribution, cast: Cast) -> Stand:
    make_stands(congress=congress, actor=cast.it_editor)
    made = Stand.objects.get()
    made.sectors.set([cast.sector_food])
    return made


def at(hour: int, minute: int = 0, day: dt.date = FIRST) -> dt.datetime:
    """In Leipzig, in summer time."""
    return dt.datetime.combine(day, dt.time(hour, minute), dt.timezone(dt.timedelta(hours=2)))


def talk(stand: Stand, people: People, begins: dt.datetime, minutes: int = 15, title: str = "Demo") -> Any:
    values = {
        "title": Translated({"en": title}),
        "starts_at": begins,
        "ends_at": begins + dt.timedelta(minutes=minutes),
    }
    return add_stand_talk(stand=stand, values=values, actor=people.delegate)


def test_what_was_accepted_gets_a_number_and_a_place_once(
    congress: Congress, hall: Room, accepted: Contribution, cast: Cast, people: People
) -> None:
    handed_in(congress, cast, people.delegate, title=Translated({"en": "A talk"}))
    taken = Stand.objects.create(congress=congress, organisation=cast.bakery, number="1", room=hall, x=3, y=2)
    made = [make_stands(congress=congress, actor=cast.it_editor) for _again in range(2)]
    stand = Stand.objects.get(contribution=accepted)
    assert (made, stand.number, stand.organisation) == ([1, 0], "2", cast.firm)
    assert (stand.spot, str(stand.shows), list(stand.competences.all())) == (
        Spot(6, 2, 3, 2), "A mill that talks", [cast.erp],
    )  # fmt: skip
    assert taken.spot == Spot(3, 2, 3, 2)


def test_without_a_hall_it_has_no_place_and_gets_one_later(
    congress: Congress, accepted: Contribution, cast: Cast, hall: Room
) -> None:
    Room.objects.filter(pk=hall.pk).update(width=None, depth=None)
    make_stands(congress=congress, actor=cast.it_editor)
    assert Stand.objects.get().spot is None
    Room.objects.filter(pk=hall.pk).update(width=20, depth=12)
    make_stands(congress=congress, actor=cast.it_editor)
    assert Stand.objects.get().spot == Spot(3, 2, 3, 2)
    hall.delete()
    assert Stand.objects.get().spot is None


def test_the_database_keeps_numbers_and_lengths(stand: Stand, cast: Cast) -> None:
    for wrong in ({"number": "1"}, {"number": "9", "x": 3}, {"number": "9", "width": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Stand.objects.create(congress=stand.congress, organisation=cast.bakery, **wrong)


def test_what_is_told_at_the_stand_is_told_one_after_the_other_while_it_is_open(stand: Stand, people: People) -> None:
    first = talk(stand, people, at(10))
    assert talk(stand, people, at(10)) == first
    talk(stand, people, at(10, 15))
    for begins, minutes in (
        (at(10, 5), 5),
        (at(9, 50), 15),
        (at(8), 15),
        (at(16, 50), 15),
        (at(10, day=dt.date(2007, 11, 1)), 15),
    ):
        with pytest.raises(Refused):
            talk(stand, people, begins, minutes, "Other")
    assert stand.talks.count() == 2
    with override("en"):
        assert first.hours == "10:00 to 10:15"


def test_the_plan_and_the_list_say_the_same(client: Client, stand: Stand, hall: Room, cast: Cast) -> None:
    text = client.get(f"{PLACE}stands/").content.decode()
    assert ('<svg viewBox="-0.5 -0.5 21 13"' in text, "Plan of Hall 2" in text) == (True, True)
    assert text.count(f"{PLACE}stands/{stand.public_id}/") == 2
    assert f"{PLACE}stands/" in client.get(PLACE).content.decode()


def test_for_my_sector(client: Client, stand: Stand, cast: Cast, congress: Congress) -> None:
    Stand.objects.create(congress=congress, organisation=cast.bakery, number="7")
    both = client.get(f"{PLACE}stands/").content.decode()
    mine = client.get(f"{PLACE}stands/?sector={cast.sector_food.slug}").content.decode()
    assert [text.count(cast.bakery.name) for text in (both, mine)] == [1, 0]
    assert 'class="lit"' in mine
    assert client.get(f"{PLACE}stands/?sector=nothing").status_code == 200


def test_a_stand_says_who_shows_what_for_whom(client: Client, stand: Stand, people: People) -> None:
    talk(stand, people, at(10))
    text = client.get(f"{PLACE}stands/{stand.public_id}/").content.decode()
    for said in ("A mill that talks", "10:00 to 10:15", "Demo", "Food", "ERP projects"):
        assert said in text, said
    assert client.get(f"{PLACE}stands/nothing/").status_code == 404


def test_a_hidden_firm_and_a_draft_are_not_shown(client: Client, stand: Stand, congress: Congress, cast: Cast) -> None:
    page = f"{PLACE}stands/{stand.public_id}/"
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility="hidden")
    assert (client.get(page).status_code, halls(congress)) == (404, [])
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility="published")
    congress.event.state = "draft"
    congress.event.save()
    assert [client.get(one).status_code for one in (page, f"{PLACE}stands/", f"{PLACE}showcase/")] == [404] * 3


def test_the_showcase_stays(
    client: Client, stand: Stand, congress: Congress, cast: Cast, people: People, time_machine: Any
) -> None:
    proof = Reference.objects.create(organisation=cast.firm, wording={"en": "A mill in Saxony"})
    proof.concepts.set([cast.erp])
    waiting = handed_in(congress, cast, people.delegate, competences=[cast.analytics])
    assert list(shown_concepts(congress)) == [cast.erp]
    take_step(contribution=waiting, verb="accept", who=OFFICE, actor=cast.it_editor)
    time_machine.move_to(dt.datetime(2009, 1, 1, tzinfo=dt.UTC), tick=False)
    listed = client.get(f"{PLACE}showcase/").content.decode()
    assert ("ERP projects" in listed, "Data analysis" in listed) == (True, True)
    text = client.get(f"{PLACE}showcase/{cast.erp.slug}/").content.decode()
    assert ("A mill in Saxony" in text, f"{PLACE}stands/{stand.public_id}/" in text) == (True, True)
    assert "Recipes under control" in client.get(f"{PLACE}showcase/{cast.analytics.slug}/").content.decode()
    assert client.get(f"{PLACE}showcase/{cast.control.slug}/").status_code == 302


def test_the_exhibitor_tells_of_it(stand: Stand, cast: Cast, people: People, as_user: Any) -> None:
    Competence.objects.create(organisation=cast.firm, concept=cast.erp)
    client, page = as_user(people.delegate), f"/en/my/stands/{stand.public_id}/"
    assert page in client.get("/en/my/stands/").content.decode()
    sent = {"shows_en": "A mill that sings", "competences": [cast.erp.slug], "sectors": [cast.sector_food.slug]}
    assert client.post(f"{page}edit/", sent)["location"] == page
    time = {"title_en": "Singing", "day": f"{FIRST}", "begins": "10:00", "minutes": "15"}
    assert client.post(f"{page}talks/add/", time)["location"] == page
    again = client.post(f"{page}talks/add/", {**time, "title_en": "Dancing"}).content.decode()
    assert ("Something else is told at the stand at this time." in again, "Dancing" in again) == (True, True)
    text = client.get(page).content.decode()
    assert ("A mill that sings" in text, "Singing" in text) == (True, True)
    client.post(f"{page}talks/{stand.talks.get().public_id}/drop/")
    assert stand.talks.count() == 0


def test_others_stands_are_missing(stand: Stand, people: People, cast: Cast, as_user: Any) -> None:
    page = f"/en/my/stands/{stand.public_id}/"
    users = (people.delegate, people.former, people.stranger, cast.it_editor)
    assert [list(own_stands(user)) for user in users] == [[stand], [], [], []]
    for user in users[1:]:
        client = as_user(user)
        asked = (client.get(page), client.post(f"{page}edit/", {}), client.post(f"{page}talks/add/", {}))
        assert [answer.status_code for answer in asked] == [404] * 3


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_for_one_and_for_three(
    client: Client, stand: Stand, cast: Cast, congress: Congress, hall: Room, count: int, empty_cache: None,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(count - 1):
        Stand.objects.create(congress=congress, organisation=cast.bakery, number=f"B{number}", room=hall, x=9, y=number)
    for page, queries in ((f"{PLACE}stands/", 13), (f"{PLACE}showcase/", 4)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)
