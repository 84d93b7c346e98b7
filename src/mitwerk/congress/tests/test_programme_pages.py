"""The released programme as it is read: filters, my programme, now and next, what is new; and how fast it is."""

import datetime as dt
import gzip
import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.actions import restore_record
from mitwerk.accounts.models import Removed
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import keep_picks, remove_congress
from mitwerk.congress.models import Congress, Contribution, Pick, Release
from mitwerk.congress.tests.cast import FIRST, LAST
from mitwerk.congress.tests.programme_cast import coffee, fill, make_contribution, place, release
from mitwerk.events.models import Event
from mitwerk.people.tests.cast import make_people

PAGE = "/en/congresses/kongress-2007/programme/"
IN_CLUSTER = "/en/it/congresses/kongress-2007/programme/"


@pytest.fixture
def talks(congress: Congress, cast: Cast) -> list[Contribution]:
    """Three on the first day in two rooms, one on the second, and a break; released."""
    made = fill(congress, cast, 3, 2)
    other = make_contribution(congress, cast.university, 9)
    place(other, cast, congress.rooms.first(), "11:00", day=LAST)
    coffee(congress, cast)
    release(congress, cast, "Erstes Programm")
    return [*made, other]


def shown(client: Client, query: str = "") -> list[str]:
    found = client.get(f"{PAGE}{query}").context
    return [str(one.title) for _day, times in found["days"] for _start, group in times for one in group]


def test_before_the_first_release_there_is_none(client: Client, congress: Congress, cast: Cast) -> None:
    fill(congress, cast, 1, 1)
    assert client.get(PAGE).status_code == 404
    assert "To the programme" not in client.get("/en/congresses/kongress-2007/").content.decode()
    release(congress, cast)
    assert client.get(PAGE).status_code == 200
    assert "To the programme" in client.get("/en/congresses/kongress-2007/").content.decode()


def test_a_draft_of_its_event_hides_it(client: Client, talks: list[Contribution]) -> None:
    Event.objects.update(state="draft")
    for page in (PAGE, f"{PAGE}now/", f"{PAGE}programme.ics", f"{PAGE}offline/"):
        assert client.get(page).status_code == 404, page


def test_in_its_cluster_and_in_another(client: Client, talks: list[Contribution]) -> None:
    assert client.get(IN_CLUSTER).status_code == 200
    for rest in ("", "now/", f"items/{talks[0].public_id}/", "programme.ics"):
        answer = client.get(IN_CLUSTER.replace("/it/", "/ernaehrung/") + rest)
        assert (answer.status_code, answer["location"]) == (302, PAGE + rest)
    assert client.get("/en/it/congresses/elsewhere/programme/").status_code == 404


def test_readers_see_the_release_and_not_the_draft(client: Client, talks: list[Contribution]) -> None:
    Contribution.objects.update(title={"de": "Geändert"})
    assert shown(client) == ["Talk 1", "Talk 2", "Talk 3", "Coffee", "Talk 9"]


def test_it_is_narrowed_down(client: Client, talks: list[Contribution], congress: Congress, cast: Cast) -> None:
    hall, room = congress.rooms.all()
    track = congress.tracks.get()
    for query, told in (
        (f"?day={LAST}", ["Talk 9"]),
        (f"?room={room.public_id}", ["Talk 2"]),
        (f"?room={room.public_id}&room={hall.public_id}", ["Talk 1", "Talk 2", "Talk 3", "Talk 9"]),
        (f"?track={track.public_id}", ["Talk 2", "Talk 3", "Coffee"]),
        (f"?topic={cast.plant_group.slug}", ["Talk 1", "Talk 3", "Coffee"]),
        (f"?sector={cast.sector_food.slug}&day={FIRST}", ["Talk 1", "Talk 3", "Coffee"]),
        ("?q=speaker1", ["Talk 2"]),
        ("?q=vortrag+9", ["Talk 9"]),
        ("?q=nothing", []),
    ):
        assert shown(client, query) == told, query
    assert "We do not know this choice" in client.get(f"{PAGE}?room=cellar").content.decode()


def test_for_my_sector(as_user: Any, client: Client, talks: list[Contribution], cast: Cast) -> None:
    people = make_people(cast)
    cast.firm.sectors.set([cast.sector_it])
    Release.objects.all().delete()
    release(talks[0].congress, cast)
    link = f'href="?sector={cast.sector_it.slug}"'
    assert link in as_user(people.delegate).get(PAGE).content.decode()
    assert link not in client.get(PAGE).content.decode()


def test_one_item_says_all_of_it(client: Client, talks: list[Contribution]) -> None:
    text = client.get(f"{PAGE}items/{talks[1].public_id}/").content.decode()
    for said in ("Talk 2", "What 2 is about", "Speaker1", "Room 1", "For food firms", "09:00–09:15", "German", "ERP"):
        assert said in text, said
    assert client.get(f"{PAGE}items/nothing/").status_code == 404


def test_it_is_public_and_sets_no_cookie(client: Client, talks: list[Contribution]) -> None:
    for rest in ("", "mine/", "now/", "new/", f"items/{talks[0].public_id}/"):
        answer = client.get(PAGE + rest)
        varies = "Cookie" in answer.get("Vary", "")
        assert (answer.status_code, answer.cookies.output(), varies) == (200, "", False), rest


def mine(client: Client, query: str = "") -> list[str]:
    return [str(one.title) for one, _rest in client.get(f"{PAGE}mine/{query}").context["rows"]]


def test_my_programme_stands_in_the_address(client: Client, talks: list[Contribution]) -> None:
    one, other = talks[0].public_id, talks[3].public_id
    assert mine(client, f"?s={other}&s={one}&s=junk&s={one}") == ["Talk 1", "Talk 9"]
    text = client.get(f"{PAGE}mine/?s={one}&s={other}").content.decode()
    assert f'href="?s={other}"' in text
    assert f"programme.ics?s={one}&amp;s={other}" in text
    assert "Nothing chosen yet" in client.get(f"{PAGE}mine/").content.decode()
    chosen = client.get(f"{PAGE}?s={one}").content.decode()
    assert (chosen.count(" checked>"), f'value="{one}" checked>' in chosen) == (1, True)


def test_what_meets_is_told(client: Client, talks: list[Contribution]) -> None:
    told = "At the same time: “Talk 1” and “Talk 2”."
    one, two, three = (talk.public_id for talk in talks[:3])
    assert told in client.get(f"{PAGE}mine/?s={one}&s={two}").content.decode()
    assert "At the same time" not in client.get(f"{PAGE}mine/?s={one}&s={three}").content.decode()


def test_signed_in_it_is_kept_in_the_account(as_user: Any, talks: list[Contribution], cast: Cast) -> None:
    browser = as_user(cast.food_editor)
    one, two = talks[0].public_id, talks[1].public_id
    answer = browser.post(f"{PAGE}mine/", {"s": [one, "junk"], "shown": f"{one}.{two}"})
    assert (answer.status_code, answer["location"]) == (302, f"{PAGE}mine/")
    assert list(Pick.objects.values_list("key", flat=True)) == [one]
    assert mine(browser) == ["Talk 1"]
    assert f'value="{one}" checked>' in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}mine/", {"s": [two], "shown": two})
    assert mine(browser) == ["Talk 1", "Talk 2"]
    browser.post(f"{PAGE}mine/", {"shown": f"{one}.{two}"})
    assert mine(browser) == []


def test_one_item_is_kept_from_its_own_page(as_user: Any, talks: list[Contribution], cast: Cast) -> None:
    browser = as_user(cast.food_editor)
    page = f"{PAGE}items/{talks[0].public_id}/"
    assert f'name="shown" value="{talks[0].public_id}"' in browser.get(page).content.decode()
    browser.post(f"{PAGE}mine/", {"s": [talks[0].public_id], "shown": talks[0].public_id})
    assert f'value="{talks[0].public_id}" checked>' in browser.get(page).content.decode()


def test_a_form_without_a_sign_in_leads_to_the_address(client: Client, talks: list[Contribution]) -> None:
    one = talks[0].public_id
    answer = client.post(f"{PAGE}mine/", {"s": [one]})
    assert (answer["location"], Pick.objects.count()) == (f"{PAGE}mine/?s={one}", 0)


def test_now_and_next(client: Client, talks: list[Contribution], time_machine: Any) -> None:
    time_machine.move_to(dt.datetime(2007, 10, 26, 7, 5, tzinfo=dt.UTC), tick=False)
    rows = client.get(f"{PAGE}now/").context["rows"]
    assert [[str(room), str(now and now.title), str(then and then.title)] for room, now, then in rows] == [
        ["Large hall", "Talk 1", "Talk 3"], ["Room 1", "Talk 2", "None"],
    ]  # fmt: skip
    time_machine.move_to(dt.datetime(2007, 10, 26, 8, 45, tzinfo=dt.UTC), tick=False)
    assert "Coffee" in client.get(f"{PAGE}now/").content.decode()
    time_machine.move_to(dt.datetime(2007, 10, 25, 8, 45, tzinfo=dt.UTC), tick=False)
    assert "Nothing runs now" in client.get(f"{PAGE}now/").content.decode()


def test_what_is_new(client: Client, talks: list[Contribution], cast: Cast) -> None:
    Contribution.objects.filter(pk=talks[0].pk).update(title={"de": "Neu", "en": "New title"})
    Contribution.objects.filter(pk=talks[1].pk).update(state="withdrawn")
    release(talks[0].congress, cast, "Zwei Änderungen")
    text = client.get(f"{PAGE}new/").content.decode()
    for said in (
        "Version 2", "Zwei Änderungen", "New title</a>: another title", "Talk 2: not in the programme any more",
        "Version 1", "The first programme.",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("rest", "queries"), [("", 12), ("items/{}/", 15), ("mine/?s={}", 12), ("now/", 13), ("new/", 13)]
)
def test_every_page_asks_the_same_for_one_item_and_for_three(
    client: Client, congress: Congress, cast: Cast, count: int, rest: str, queries: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    made = fill(congress, cast, count, 2)
    release(congress, cast)
    address = PAGE + rest.format(made[0].public_id)
    client.get(address)
    with django_assert_num_queries(queries):
        client.get(address)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("rest", "queries"), [("", 17), ("mine/", 16), ("programme.ics", 15), ("offline/", 15)])
def test_signed_in_and_in_files_as_well(
    as_user: Any, congress: Congress, cast: Cast, count: int, rest: str, queries: int, django_assert_num_queries: Any
) -> None:
    made = fill(congress, cast, count, 2)
    release(congress, cast)
    keys = [one.public_id for one in made]
    keep_picks(user=cast.food_editor, congress=congress, keys=keys, among=keys)
    browser = as_user(cast.food_editor)
    browser.get(PAGE + rest)
    with django_assert_num_queries(queries):
        browser.get(PAGE + rest)


def test_three_hundred_in_twelve_rooms_are_few_queries_and_bytes(
    client: Client, congress: Congress, cast: Cast, django_assert_max_num_queries: Any
) -> None:
    for number, one in enumerate(fill(congress, cast, 300, 12)):
        # Words that repeat nowhere: a real programme is easier to compress.
        title = " ".join(hashlib.sha256(f"{number}".encode()).hexdigest()[at : at + 7] for at in range(0, 49, 7))
        Contribution.objects.filter(pk=one.pk).update(title={"de": title, "en": title[::-1]})
    release(congress, cast)
    address = reverse("congress:programme", kwargs={"slug": "kongress-2007"})
    client.get(address)
    with django_assert_max_num_queries(25):
        answer = client.get(address)
    assert answer.content.decode().count('type="checkbox" name="s"') == 300
    assert title in answer.content.decode()
    assert len(gzip.compress(answer.content, 6)) < 60_000


def test_removed_with_its_congress_it_comes_back(client: Client, talks: list[Contribution], cast: Cast) -> None:
    congress = talks[0].congress
    remove_congress(congress=congress, actor=cast.it_editor)
    assert (client.get(PAGE).status_code, Release.objects.count()) == (404, 0)
    restore_record(removed=Removed.objects.get(), actor=cast.it_editor)
    assert shown(client) == ["Talk 1", "Talk 2", "Talk 3", "Coffee", "Talk 9"]
