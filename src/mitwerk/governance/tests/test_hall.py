"""A running sitting: who is there, whether that is enough, motions, votes by hand and by device."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import (
    agree_on_task,
    close_due_ballots,
    count_devices,
    count_hands,
    end_sitting,
    finish_task,
    note_attendance,
    open_item,
    open_sitting,
    stop_vote,
    vote_by_device,
    withdraw_motion,
    withdraw_vote,
    write_item,
    write_motion,
)
from mitwerk.governance.models import AgendaItem, Attendance, Ballot, Body, Motion, Resolution, Task
from mitwerk.governance.queries import own_tasks, presence_of
from mitwerk.governance.tests.cast import Bodies, vote
from mitwerk.governance.tests.way import Way, invited, running
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]


@pytest.fixture
def way(cast: Cast, people: People, bodies: Bodies) -> Way:
    """Two of the four that may vote are there, which is the quorum of a half."""
    return running(bodies.board, people.delegate, cast.firm, cast.university)


def hands(way: Way, yes: int, no: int, abstain: int = 0, **more: Any) -> Motion:
    return count_hands(motion=way.motion, yes=yes, no=no, abstain=abstain, actor=way.chair, **more)


def by_device(way: Way, *, is_secret: bool = False) -> Ballot:
    motion = vote_by_device(motion=way.motion, is_secret=is_secret, actor=way.chair)
    return Ballot.objects.select_related("roll", "body").get(pk=motion.ballot_id)


def counted(way: Way) -> Motion:
    count_devices(motion=way.motion, actor=way.chair)
    return Motion.objects.get(pk=way.motion.pk)


def test_attendance_is_noted_once_and_kept(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    def note(is_there: bool) -> None:
        note_attendance(
            sitting=way.sitting, organisation_id=cast.firm.public_id, is_there=is_there, actor=people.delegate
        )

    def found() -> tuple[int, int, int]:
        presence = presence_of(way.sitting)
        return presence.present, presence.entitled, presence.needed

    assert found() == (2, 4, 2)
    note(True)
    assert (found(), Attendance.objects.count()) == ((2, 4, 2), 2)
    note(False)
    note(False)
    assert found() == (1, 4, 2)
    assert Attendance.objects.filter(left_at=None).count() == 1
    note(True)
    assert found() == (2, 4, 2)
    with pytest.raises(Refused, match="keinen Sitz"):
        note_attendance(sitting=way.sitting, organisation_id="nobody", is_there=True, actor=people.delegate)


def test_only_who_leads_notes_others(cast: Cast, people: People, bodies: Bodies, as_user: As, way: Way) -> None:
    there = f"/de/mein/gremien/vorstand/sitzungen/{way.sitting.public_id}/anwesend/"

    def status(user: User, organisation_id: str) -> int:
        return as_user(user).post(f"{there}{organisation_id}/", {"there": "yes"}).status_code

    institute, bakery = cast.institute.public_id, cast.bakery.public_id
    assert status(bodies.university, institute) == 404
    assert status(people.stranger, institute) == 404
    assert not Attendance.objects.filter(organisation_id__in=(institute, bakery)).exists()
    assert status(bodies.institute, institute) == 302
    assert status(people.delegate, bakery) == 302
    assert Attendance.objects.filter(organisation_id__in=(institute, bakery)).count() == 2


def test_hands_are_counted_and_what_is_carried_is_a_resolution(cast: Cast, way: Way) -> None:
    motion = hands(way, 2, 0)
    assert (motion.state, motion.outcome, motion.present, motion.entitled) == ("decided", "Angenommen", 2, 4)
    resolution = Resolution.objects.get()
    assert (resolution.motion, resolution.ballot, resolution.code) == (motion, None, f"{timezone.localdate().year}/1")
    assert dict(resolution.wording) == dict(way.motion.wording)
    with pytest.raises(Refused, match="inzwischen weiter"):
        hands(way, 0, 2)
    assert Resolution.objects.count() == 1


def test_what_is_lost_is_no_resolution(way: Way) -> None:
    assert hands(way, 1, 1).outcome == "Nicht angenommen"
    assert Resolution.objects.count() == 0


def test_more_hands_than_organisations_are_refused(way: Way) -> None:
    with pytest.raises(Refused, match="Sie haben 3 gezählt, es sind aber nur 2 da"):
        hands(way, 2, 1)
    assert Motion.objects.get(pk=way.motion.pk).state == "draft"


def test_the_chair_decides_a_tie_where_the_rules_say_so(way: Way) -> None:
    Body.objects.update(casting_vote=True)
    way.sitting.body.refresh_from_db()
    with pytest.raises(Refused, match="Es steht gleich"):
        hands(way, 1, 1)
    assert hands(way, 1, 1, chair="yes").outcome == "Angenommen"


@pytest.mark.parametrize("method", ["hands", "device"])
def test_too_few_decide_nothing(cast: Cast, way: Way, method: str) -> None:
    note_attendance(
        sitting=way.sitting, organisation_id=cast.university.public_id, is_there=False, actor=way.chair
    )
    with pytest.raises(Refused, match="zu wenige da: 1 von 4, nötig sind 2"):
        hands(way, 1, 0) if method == "hands" else by_device(way)
    assert (Ballot.objects.count(), Resolution.objects.count()) == (0, 0)


def test_an_absolute_majority_is_one_of_all_who_may_vote(way: Way) -> None:
    """Two say yes and nobody no; but of four who may vote it takes three."""
    Body.objects.update(majority="absolute")
    way.sitting.body.refresh_from_db()
    motion = hands(way, 2, 0)
    assert motion.outcome == "Nicht angenommen"
    assert motion.result["derivation"][-1] == {
        "step": "absolute", "had": 2, "needed": 3, "of": 4, "holds": False,
    }  # fmt: skip


@pytest.mark.parametrize("is_secret", [False, True])
def test_who_is_there_votes_by_device(
    cast: Cast, people: People, bodies: Bodies, way: Way, is_secret: bool
) -> None:
    ballot = by_device(way, is_secret=is_secret)
    vote(ballot, people.delegate, cast.firm, "yes")
    vote(ballot, bodies.university, cast.university, "yes")
    with pytest.raises(Refused, match="Nur wer in der Sitzung ist"):
        vote(ballot, bodies.institute, cast.institute, "no")
    with pytest.raises(Refused, match="bereits abgestimmt"):
        vote(ballot, people.substitute, cast.firm, "no")
    motion = counted(way)
    assert (motion.state, motion.outcome, motion.method) == (
        "decided", "Angenommen", "secret" if is_secret else "device",
    )  # fmt: skip
    resolution = Resolution.objects.get()
    assert (resolution.motion, resolution.ballot) == (motion, ballot)
    assert (motion.result["count"] is None) is is_secret, "few secret votes: only the outcome"
    with pytest.raises(Refused, match="inzwischen weiter"):
        counted(way)


def test_two_of_four_are_enough_though_two_stay_silent(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    """The quorum is that of who is there; a written ballot with one vote of four would have none."""
    ballot = by_device(way)
    vote(ballot, people.delegate, cast.firm, "yes")
    assert counted(way).outcome == "Angenommen"


def test_an_open_vote_can_be_changed_until_the_count(cast: Cast, people: People, way: Way) -> None:
    ballot = by_device(way)
    vote(ballot, people.delegate, cast.firm, "yes")
    person = Person.objects.get(user=people.delegate)
    withdraw_vote(ballot=ballot, organisation_id=cast.firm.public_id, person=person)
    vote(ballot, people.delegate, cast.firm, "no")
    assert counted(way).result["count"]["no"] == 1
    with pytest.raises(Refused, match="vorbei"):
        vote(ballot, people.delegate, cast.firm, "yes")


def test_a_vote_the_chair_forgets_counts_itself(cast: Cast, people: People, way: Way) -> None:
    ballot = by_device(way)
    vote(ballot, people.delegate, cast.firm, "yes")
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert [close_due_ballots(), close_due_ballots()] == [1, 0]
    assert Motion.objects.get(pk=way.motion.pk).outcome == "Angenommen"
    assert Resolution.objects.count() == 1


def test_a_vote_is_stopped_without_a_count_and_held_anew(cast: Cast, people: People, way: Way) -> None:
    ballot = by_device(way)
    vote(ballot, people.delegate, cast.firm, "no")
    stop_vote(motion=way.motion, actor=way.chair)
    assert Motion.objects.get(pk=way.motion.pk).state == "draft"
    second = by_device(way)
    assert second.pk != ballot.pk
    vote(second, people.delegate, cast.firm, "yes")
    assert counted(way).result["count"] == {
        "entitled": 4, "yes": 1, "no": 0, "abstain": 0, "blank": 0, "invalid": 0,
    }  # fmt: skip


def test_a_vote_in_the_hall_is_mailed_to_nobody_beforehand(way: Way) -> None:
    from mitwerk.governance.actions import send_ballot_mails

    by_device(way)
    assert send_ballot_mails() == 0
    assert Mail.objects.filter(template="governance/vote_mail.txt").count() == 0


def test_one_vote_at_a_time(way: Way) -> None:
    other = Motion(item=way.item)
    write_motion(motion=other, values={"title": {"de": "B"}, "wording": {"de": "B"}}, actor=way.chair)
    by_device(way)
    for verb in (
        lambda: open_item(item=way.item, actor=way.chair),
        lambda: end_sitting(sitting=way.sitting, actor=way.chair),
    ):
        with pytest.raises(Refused, match="Abstimmung"):
            verb()
    way.sitting.refresh_from_db()
    assert way.sitting.state == "running"


def test_nothing_is_voted_on_before_its_item_is_open(people: People, bodies: Bodies) -> None:
    way = invited(bodies.board, people.delegate)
    with pytest.raises(Refused):
        hands(way, 0, 0)
    open_sitting(sitting=way.sitting, actor=people.delegate)
    with pytest.raises(Refused, match="Rufen Sie zuerst"):
        hands(way, 0, 0)


def test_motions_are_amended_in_place(way: Way) -> None:
    for number in (1, 2):
        values = {"title": {"de": "Stand"}, "wording": {"de": f"Fassung {number}"}}
        write_motion(motion=way.motion, values=values, actor=way.chair)
    motion = Motion.objects.get(pk=way.motion.pk)
    assert [one["de"] for one in motion.earlier] == ["Der Messestand wird gebaut.", "Fassung 1"]
    hands(way, 2, 0)
    with pytest.raises(Refused, match="inzwischen weiter"):
        write_motion(motion=motion, values={"title": {"de": "Zu spät"}}, actor=way.chair)
    with pytest.raises(Refused, match="inzwischen weiter"):
        withdraw_motion(motion=motion, actor=way.chair)
    assert str(Resolution.objects.get().wording) == "Fassung 2"


def test_items_follow_each_other(way: Way) -> None:
    second = AgendaItem(sitting=way.sitting)
    write_item(item=second, values={"title": {"de": "Zweitens"}}, actor=way.chair)
    third = AgendaItem(sitting=way.sitting)
    write_item(item=third, values={"title": {"de": "Drittens"}}, actor=way.chair)

    def states() -> list[str]:
        return list(way.sitting.items.values_list("state", flat=True))

    open_item(item=second, actor=way.chair)
    assert states() == ["done", "open", "waiting"]
    open_item(item=way.item, actor=way.chair)
    assert states() == ["open", "done", "waiting"], "back to what was thought done"
    end_sitting(sitting=way.sitting, actor=way.chair)
    assert states() == ["done", "done", "postponed"]


def test_a_task_is_written_down_on_a_page(cast: Cast, people: People, as_user: As, way: Way) -> None:
    page = f"/de/mein/gremien/vorstand/sitzungen/{way.sitting.public_id}/punkte/{way.item.public_id}/aufgaben/neu/"
    browser = as_user(people.delegate)
    for wrong in ("9" * 30, cast.hidden.public_id):
        answer = browser.post(page, {"text": "Halle", "organisation": wrong})
        assert (answer.status_code, answer.text.count('aria-invalid="true"')) == (200, 1)
    assert browser.post(page, {"text": "Halle", "organisation": cast.university.public_id}).status_code == 302
    assert list(Task.objects.values_list("text", "organisation", "item")) == [
        ("Halle", cast.university.pk, way.item.pk)
    ]


def test_tasks_wait_on_the_desk_of_who_took_them(
    cast: Cast, people: People, bodies: Bodies, as_user: As, way: Way
) -> None:
    due = timezone.localdate() + timedelta(days=30)
    mine = agree_on_task(
        sitting=way.sitting, actor=way.chair,
        values={"text": "Halle mieten", "organisation": cast.university, "due_on": due, "item": way.item},
    )  # fmt: skip
    agree_on_task(sitting=way.sitting, values={"text": "Brief schreiben"}, actor=way.chair)
    texts = {
        name: {task.text for task in own_tasks(user)}
        for name, user in (("university", bodies.university), ("chair", people.delegate), ("other", bodies.baker))
    }
    assert texts == {"university": {"Halle mieten"}, "chair": {"Brief schreiben"}, "other": set()}
    page = f"/de/mein/gremien/vorstand/sitzungen/{way.sitting.public_id}/aufgaben/{mine.public_id}/erledigt/"
    assert as_user(bodies.baker).post(page).status_code == 404
    assert as_user(bodies.university).post(page).status_code == 302
    done_at = Task.objects.get(pk=mine.pk).done_at
    assert done_at is not None
    finish_task(task=mine, is_done=True, actor=way.chair)
    assert Task.objects.get(pk=mine.pk).done_at == done_at, "once"
    assert list(own_tasks(bodies.university)) == []
