"""The page of a congress, and the office's two forms."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.actions import restore_record
from mitwerk.accounts.models import Removed, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import remove_congress
from mitwerk.congress.models import Congress, Room
from mitwerk.congress.queries import run_congress, run_congresses
from mitwerk.congress.tests.cast import FIRST, make_congress
from mitwerk.core.translated import Translated
from mitwerk.events.actions import remove_event
from mitwerk.events.models import Event

PAGE = "/en/congresses/kongress-2007/"
SENT = {
    "title_de": "Kongress 2008", "starts_on": "2008-10-24", "ends_on": "2008-10-25", "place": "Jena", "cluster": "it",
    "is_public": "on",
}  # fmt: skip


def test_the_page_says_when_where_and_what_is_looked_for(client: Client, congress: Congress) -> None:
    text = client.get(PAGE).content.decode()
    for said in (
        "Congress 2007", "26 to 27 October 2007", "Leipzig, Neue Messe", "German, English", "09:00 to 17:00",
        "10:00 to 14:00", "Open until 31 August 2007, 18:00.", "30 minutes", "all day", "Large hall", "200 seats",
        "For food firms", "contacts",
    ):  # fmt: skip
        assert said in text, said


def test_after_the_call_it_is_gone(client: Client, congress: Congress, time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2007, 8, 31, 16, 0, tzinfo=dt.UTC), tick=False)
    assert "Call for contributions" not in client.get(PAGE).content.decode()


def test_the_events_address_leads_there_in_every_place(client: Client, congress: Congress) -> None:
    for place, to in (
        ("/en/events/kongress-2007/", PAGE),
        ("/en/it/events/kongress-2007/", "/en/it/congresses/kongress-2007/"),
        ("/en/ernaehrung/events/kongress-2007/", PAGE),
        ("/en/ernaehrung/congresses/kongress-2007/", PAGE),
    ):
        answer = client.get(place)
        assert (answer.status_code, answer.headers.get("location")) == (302, to), place
    assert PAGE in client.get("/en/events/").content.decode()


def test_a_draft_is_nobodys_business(client: Client, congress: Congress) -> None:
    Event.objects.update(state="draft")
    assert client.get(PAGE).status_code == 404
    assert client.get("/en/it/congresses/kongress-2007/").status_code == 404


def test_an_event_without_a_congress_is_not_here(client: Client, congress: Congress) -> None:
    Event.objects.update(page="")
    assert client.get(PAGE)["location"] == "/en/events/kongress-2007/"
    assert client.get("/en/it/congresses/kongress-2007/")["location"] == "/en/it/events/kongress-2007/"


def test_once_removed_its_event_is_left_and_restored_it_is_back(client: Client, cast: Cast, congress: Congress) -> None:
    assert congress.get_absolute_url() == "/de/kongresse/kongress-2007/"
    remove_congress(congress=congress, actor=cast.it_editor)
    text = client.get(PAGE).content.decode()
    assert ("Leipzig, Neue Messe" in text, "Large hall" in text) == (True, False)
    restore_record(removed=Removed.objects.get(), actor=cast.it_editor)
    assert "Large hall" in client.get(PAGE).content.decode()


def test_with_its_event_it_goes_and_comes_back(client: Client, cast: Cast, congress: Congress) -> None:
    remove_event(event=congress.event, actor=cast.it_editor)
    assert (client.get(PAGE).status_code, Congress.objects.count()) == (404, 0)
    restore_record(removed=Removed.objects.get(), actor=cast.it_editor)
    assert "For food firms" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("rooms", [1, 3])
def test_the_page_asks_the_same_for_one_room_and_for_three(
    client: Client, congress: Congress, rooms: int, django_assert_num_queries: Any, empty_cache: None
) -> None:
    for number in range(rooms - 1):
        Room.objects.create(congress=congress, name={"de": f"Raum {number}"}, seats=20)
    client.get(PAGE)
    with django_assert_num_queries(13):
        client.get(PAGE)


def test_the_office_of_a_cluster_announces(as_user: Any, cast: Cast) -> None:
    client = as_user(cast.it_editor)
    page = client.get("/en/my/congresses/add/").content.decode()
    assert ('<option value="it"' in page, '<option value="ernaehrung"' in page) == (True, False)
    answer = client.post("/en/my/congresses/add/", SENT)
    made = Congress.objects.get()
    assert (answer.status_code, answer["location"]) == (302, reverse("office_congresses:edit", args=[made.pk]))
    assert (made.cluster, made.event.starts_on, made.event.state) == (cast.it, dt.date(2008, 10, 24), "published")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"title_de": ""}, "Write this in at least one language."),
        ({"starts_on": ""}, "This field is required."),
        ({"starts_on": "2006-07-13"}, "Choose a day that is not over, within the next ten years."),
        ({"starts_on": "9999-12-31"}, "Choose a day that is not over, within the next ten years."),
        ({"ends_on": "2008-10-23"}, "The last day cannot be before the first."),
        ({"ends_on": "2008-11-08"}, "A congress lasts two weeks at most."),
        ({"cluster": "ernaehrung"}, "Select a valid choice."),
        ({"cluster": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(as_user: Any, cast: Cast, wrong: dict[str, str], told: str) -> None:
    answer = as_user(cast.it_editor).post("/en/my/congresses/add/", {**SENT, **wrong})
    text = answer.content.decode()
    assert (told in text, 'value="Jena"' in text) == (True, True)
    assert Congress.objects.count() == 0


def test_only_an_office_announces(as_user: Any, client: Client, cast: Cast) -> None:
    stranger = User.objects.create_user("stranger@example.org")
    assert as_user(stranger).get("/en/my/congresses/add/").status_code == 404
    assert as_user(stranger).post("/en/my/congresses/add/", SENT).status_code == 404
    assert client.post("/en/my/congresses/add/", SENT).status_code == 302
    assert Congress.objects.count() == 0


def test_last_years_is_copied(as_user: Any, cast: Cast, congress: Congress) -> None:
    address = f"/en/my/congresses/{congress.public_id}/copy/"
    client = as_user(cast.it_editor)
    assert 'value="2008-10-24"' in client.get(address).content.decode()
    same = client.post(address, {"starts_on": f"{FIRST}"}).content.decode()
    assert "On this day the one that is copied begins." in same
    assert client.post(address, {"starts_on": "2008-10-24"}).status_code == 302
    assert {str(one) for one in Congress.objects.all()} == {"Congress 2007", "Congress 2008"}
    assert as_user(cast.food_editor).post(address, {"starts_on": "2009-10-24"}).status_code == 404
    assert Congress.objects.count() == 2


def test_who_runs_which(cast: Cast, congress: Congress) -> None:
    region = make_congress(cast, cluster=None, title=Translated({"de": "Kongress der Region"}))
    users = (cast.umbrella_editor, cast.it_editor, cast.food_editor, User.objects.create_user("x@example.org"))
    assert [set(run_congresses(user)) for user in users] == [{congress, region}, {congress}, set(), set()]
    assert [run_congress(user, congress.public_id) for user in users] == [congress, congress, None, None]
