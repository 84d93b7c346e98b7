"""Minutes: written by coordinators, read by members, every published version kept."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.rooms.actions import publish_minutes, write_minutes
from mitwerk.rooms.models import Attendance, Meeting
from mitwerk.rooms.queries import desk_rows
from mitwerk.rooms.tests.meetings_cast import ROOM, make_meeting, more_people, row_of

As = Callable[[User | None], Client]


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


@pytest.fixture
def over(networks: Networks) -> Meeting:
    return make_meeting(networks.heads, days=-3)


def test_a_draft_is_the_coordinators_and_what_is_published_stays(over: Meeting, circle: Circle, as_user: As) -> None:
    page, keeper, reader = f"{ROOM}meetings/{over.public_id}/", as_user(circle.coordinator), as_user(circle.member)
    for text in ("Erst so", "Dann so"):
        assert keeper.post(f"{page}minutes/", {"text": text}).status_code == 302
    assert [text in reader.get(page).content.decode() for text in ("Erst so", "Dann so")] == [False, False]
    assert "Dann so" in keeper.get(page).content.decode()
    assert reader.get(f"{page}minutes/1/").status_code == 404
    assert [keeper.post(f"{page}minutes/publish/").status_code for _ in range(2)] == [302, 302]
    assert "Dann so" in reader.get(page).content.decode()
    keeper.post(f"{page}minutes/", {"text": "Berichtigt"})
    assert "Dann so" in reader.get(page).content.decode(), "until the next version is published"
    keeper.post(f"{page}minutes/publish/")
    assert list(over.minutes.order_by("number").values_list("number", "text")) == [(1, "Dann so"), (2, "Berichtigt")]
    versions = [reader.get(f"{page}minutes/{number}/") for number in (1, 2, 3, 10**30)]
    assert [one.status_code for one in versions] == [200, 200, 404, 404]
    assert [text in versions[0].content.decode() for text in ("Dann so", "Berichtigt")] == [True, False]


def test_only_coordinators_write_and_publish(over: Meeting, circle: Circle, as_user: As) -> None:
    page = f"{ROOM}meetings/{over.public_id}/minutes/"
    for user in (circle.member, circle.baker, circle.former, circle.stranger):
        browser = as_user(user)
        codes = [browser.get(page).status_code, browser.post(page, {"text": "x"}).status_code]
        assert [*codes, browser.post(f"{page}publish/").status_code] == [404, 404, 404]
    assert over.minutes.count() == 0


def test_who_was_there_is_noted_unless_nobody_is_told(networks: Networks, over: Meeting, circle: Circle) -> None:
    here, there = more_people(networks.heads, 2)
    for present in ([here, there], [there]):
        write_minutes(meeting=over, text="x", present=present, actor=circle.coordinator)
    assert list(Attendance.objects.filter(was_there=True).values_list("person", flat=True)) == [there.pk]
    secret = make_meeting(networks.heads, days=-2, is_chatham=True)
    write_minutes(meeting=secret, text="x", present=[here], actor=circle.coordinator)
    assert secret.attendances.count() == 0


def test_somebody_of_another_network_cannot_have_been_there(over: Meeting, circle: Circle, as_user: As) -> None:
    foreign = row_of(circle.baker).public_id
    page = f"{ROOM}meetings/{over.public_id}/minutes/"
    answer = as_user(circle.coordinator).post(page, {"text": "x", "present": [foreign]})
    assert (answer.status_code, set(answer.context["form"].errors)) == (200, {"present"})


def test_before_it_begins_nothing_can_be_written(networks: Networks, circle: Circle) -> None:
    with pytest.raises(Refused):
        write_minutes(meeting=make_meeting(networks.heads), text="x", present=[], actor=circle.coordinator)


def test_what_lacks_minutes_is_on_the_desk_of_coordinators(
    networks: Networks, over: Meeting, circle: Circle, as_user: As
) -> None:
    make_meeting(networks.heads, title="Kommt noch")
    Meeting.objects.filter(pk=make_meeting(networks.heads, days=-9, title="Abgesagt").pk).update(state="cancelled")
    desks = {name: [row.text for row in desk_rows(user)] for name, user in vars(circle).items()}
    assert desks == {name: [] for name in desks} | {"coordinator": ["Öffner-Runde · Backup"]}
    assert desk_rows(circle.coordinator)[0].due == timezone.localdate(over.ends_at)
    assert "Backup" in as_user(circle.coordinator).get("/en/my-desk/").content.decode()
    write_minutes(meeting=over, text="x", present=[], actor=circle.coordinator)
    assert len(desk_rows(circle.coordinator)) == 1, "a draft is not enough"
    publish_minutes(meeting=over, actor=circle.coordinator)
    assert desk_rows(circle.coordinator) == []


def test_the_rows_are_asked_at_once(networks: Networks, circle: Circle, django_assert_num_queries: Any) -> None:
    for number in range(3):
        make_meeting(networks.heads, days=-3 - number)
    with django_assert_num_queries(1):
        assert len(desk_rows(circle.coordinator)) == 3
