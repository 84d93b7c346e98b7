"""The office's plan: who may, what the forms say, and what two editors see of each other."""

from typing import Any

import pytest
from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress, Contribution, Release, Session
from mitwerk.congress.tests.cast import FIRST, LAST
from mitwerk.congress.tests.programme_cast import at, coffee, fill, make_contribution, make_rooms, place, release


@pytest.fixture
def editor(as_user: Any, cast: Cast) -> Client:
    browser: Client = as_user(cast.it_editor)
    return browser


@pytest.fixture
def plan(congress: Congress) -> str:
    return f"/en/my/congresses/{congress.public_id}/programme/"


def sent(congress: Congress, **more: Any) -> dict[str, Any]:
    room = congress.rooms.first()
    return {"room": room.public_id if room else "", "day": str(FIRST), "start": "09:30", "minutes": "45", **more}


def test_only_the_office_that_runs_it(as_user: Any, client: Client, congress: Congress, cast: Cast, plan: str) -> None:
    talk = make_contribution(congress, cast.firm, 1)
    session = coffee(congress, cast)
    pages = ["", "add/", f"place/{talk.public_id}/", f"items/{session.public_id}/", "release/"]
    stranger = User.objects.create_user("x@example.org")
    for page in pages:
        codes = [as_user(user).get(plan + page).status_code for user in (cast.it_editor, cast.umbrella_editor)]
        assert codes == [200, 200], page
        assert [as_user(user).get(plan + page).status_code for user in (cast.food_editor, stranger)] == [404, 404], page
        assert [as_user(cast.food_editor).post(plan + page, sent(congress)).status_code] in ([404], [405]), page
        assert client.get(plan + page)["location"].startswith("/en/account/login/"), page
    assert as_user(cast.food_editor).post(f"{plan}items/{session.public_id}/take-out/").status_code == 404
    assert (Session.objects.count(), Release.objects.count()) == (1, 0)


def test_a_contribution_is_placed_by_a_form(editor: Client, congress: Congress, cast: Cast, plan: str) -> None:
    talk = make_contribution(congress, cast.firm, 1)
    address = f"{plan}place/{talk.public_id}/"
    form = editor.get(f"{address}?day={LAST}").content.decode()
    assert ('value="10:00"' in form, 'value="30"' in form) == (True, True)
    answer = editor.post(address, sent(congress, seats="120"))
    assert (answer.status_code, answer["location"]) == (302, f"{plan}?day={FIRST}")
    session = Session.objects.get()
    assert (session.contribution, session.starts_at, session.ends_at, session.seats) == (
        talk, at("09:30"), at("10:15"), 120
    )  # fmt: skip
    text = editor.get(plan).content.decode()
    assert ("09:30–10:15" in text, "Everything that is accepted has its time." in text) == (True, True)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"day": "2009-01-01"}, "Select a valid choice."),
        ({"room": "nothing"}, "Select a valid choice."),
        ({"start": "25:00"}, "Enter a valid time."),
        ({"minutes": "0"}, "greater than or equal to 5"),
        ({"minutes": "9999"}, "less than or equal to 840"),
        ({"seats": "-1"}, "greater than or equal to 1"),
    ],
)
def test_what_is_wrong_is_told(
    editor: Client, congress: Congress, cast: Cast, plan: str, wrong: dict[str, str], told: str
) -> None:
    talk = make_contribution(congress, cast.firm, 1)
    assert told in editor.post(f"{plan}place/{talk.public_id}/", sent(congress, **wrong)).content.decode()
    assert Session.objects.count() == 0


def test_a_break_is_added_changed_and_taken_out(editor: Client, congress: Congress, plan: str) -> None:
    words = {"kind": "break", "title_de": "Mittag", "title_en": "Lunch"}
    assert editor.post(f"{plan}add/", sent(congress, **words, room="")).status_code == 302
    session = Session.objects.get()
    address = f"{plan}items/{session.public_id}/"
    assert 'value="Mittag"' in editor.get(address).content.decode()
    changed = sent(congress, **{**words, "title_en": "Dinner"}, room="", version="1")
    assert editor.post(address, changed).status_code == 302
    assert Session.objects.get().title == {"de": "Mittag", "en": "Dinner"}
    assert editor.post(f"{address}take-out/", {"version": "1"}).status_code == 302
    assert Session.objects.count() == 1
    assert editor.post(f"{address}take-out/", {"version": "2"}).status_code == 302
    assert Session.objects.count() == 0
    told = editor.post(f"{address}take-out/", {"version": "2"}, follow=True).content.decode()
    assert "Meanwhile somebody has taken this out of the programme." in told


def test_two_editors_at_once(as_user: Any, congress: Congress, cast: Cast, plan: str) -> None:
    talk = make_contribution(congress, cast.firm, 1)
    session = place(talk, cast, congress.rooms.first(), "09:00")
    one, other = as_user(cast.it_editor), as_user(cast.umbrella_editor)
    address = f"{plan}items/{session.public_id}/"
    assert one.post(address, sent(congress, version="1")).status_code == 302
    late = other.post(address, sent(congress, version="1", start="12:00"))
    text = late.content.decode()
    assert "Meanwhile somebody has changed “Talk 1”: 26 October 2007, 09:30, Large hall." in text
    assert ('name="version" value="2"' in text, 'value="12:00"' in text) == (True, True)
    dragged = other.post(address, sent(congress, version="1", start="12:00", dragged="1"), follow=True)
    assert "Meanwhile somebody has changed “Talk 1”" in dragged.content.decode()
    assert Session.objects.get().starts_at == at("09:30")


def test_warnings_stand_beside_what_they_are_about(editor: Client, congress: Congress, cast: Cast, plan: str) -> None:
    for number in (1, 2):
        place(make_contribution(congress, cast.firm, number), cast, congress.rooms.first(), "08:30", seats=500)
    text = editor.get(plan).content.decode()
    for said in (
        "5 warnings", "Large hall is taken twice: “Talk 1” and “Talk 2”.", "“Talk 1” is outside the opening hours.",
        "“Talk 2”: 500 guests are expected, and Large hall has 200 seats.",
    ):  # fmt: skip
        assert said in text, said


def test_a_contribution_without_a_room_is_a_warning_and_a_column(
    editor: Client, congress: Congress, cast: Cast, plan: str
) -> None:
    place(make_contribution(congress, cast.firm, 1), cast, None, "09:00")
    found = editor.get(plan)
    assert "“Talk 1” has no room." in found.content.decode()
    assert found.context["plan"].has_rest


def test_released_by_the_button(editor: Client, congress: Congress, cast: Cast, plan: str) -> None:
    fill(congress, cast, 2, 2)
    page = editor.get(f"{plan}release/")
    assert "The first programme, with 2 items." in page.content.decode()
    seen = page.context["form"]["seen"].value()
    make_rooms(congress, 3)
    refused = editor.post(f"{plan}release/", {"seen": seen}).content.decode()
    assert "Meanwhile somebody has changed the draft." in refused
    again = editor.get(f"{plan}release/").context["form"]["seen"].value()
    told = editor.post(f"{plan}release/", {"seen": again, "note_en": "It is out."}, follow=True).content.decode()
    assert "Released. Version 1 is what everybody reads now." in told
    assert Release.objects.get().note == {"en": "It is out."}
    assert "Release now" not in editor.get(f"{plan}release/").content.decode()


def test_while_only_the_month_is_known_there_is_nothing_to_plan(editor: Client, congress: Congress, plan: str) -> None:
    congress.event.is_month_only = True
    congress.event.save()
    assert "As soon as the event has its days" in editor.get(plan).content.decode()


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("page", "queries"), [("", 15), ("release/", 21), ("add/", 11)])
def test_every_page_asks_the_same_for_one_item_and_for_three(
    editor: Client, congress: Congress, cast: Cast, plan: str, count: int, page: str, queries: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    fill(congress, cast, count, 2)
    for number in range(count):
        make_contribution(congress, cast.firm, 50 + number)
    release(congress, cast)
    coffee(congress, cast)
    editor.get(plan + page)
    with django_assert_num_queries(queries):
        editor.get(plan + page)


def test_the_hours_of_a_contribution_follow_the_day(editor: Client, congress: Congress, cast: Cast, plan: str) -> None:
    stand = make_contribution(congress, cast.firm, 1, kind="stand")
    form = editor.get(f"{plan}place/{stand.public_id}/?day={LAST}").context["form"]
    assert (form["minutes"].value(), Contribution.objects.get().kind) == (240, "stand")
