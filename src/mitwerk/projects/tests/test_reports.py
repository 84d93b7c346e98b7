"""Groups report back by their day: three lines, a status, the next day; and they are reminded, once each."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.operations.tasks import TIMED
from mitwerk.outbox.models import Mail
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import change_group, give_report, remind_of_reports, take_step
from mitwerk.projects.actions.reporting import STAGES, stage_on
from mitwerk.projects.models import GroupReport, WorkingGroup
from mitwerk.projects.queries import desk_rows
from mitwerk.projects.tests.test_groups import signed_in
from mitwerk.projects.tests.way import Way, join, make_group

DUE = date(2027, 3, 30)
"""Two days after the clocks go forward in Germany."""
LINES = "Raum gefunden.\nPreis offen.\nWir brauchen ein Angebot."


def berlin(day: date, hour: int = 12, minute: int = 0) -> datetime:
    """A moment in Germany, as UTC."""
    moment = datetime(day.year, day.month, day.day, hour, minute, tzinfo=timezone.get_default_timezone())
    return moment.astimezone(UTC)


def readers() -> list[str]:
    """Stage and reader of each reminder, in the order in which they were sent."""
    found = Mail.objects.filter(template="projects/due_mail.txt").order_by("pk")
    return [f"{mail.key.split('/')[4]} {mail.to.split('@')[0]}" for mail in found]


def report(group: WorkingGroup, way: Way, status: str = "on-track", **more: Any) -> GroupReport:
    group.refresh_from_db()
    next_due = None if status == "done" or group.report_due is None else group.report_due + timedelta(days=30)
    values = {"was_due": group.report_due, "status": status, "text": LINES, "next_due": next_due, **more}
    return give_report(group=group, actor=way.baker, **values)


def spring(way: Way, due: date = DUE) -> WorkingGroup:
    """A group whose day is set long before it."""
    group = make_group(way)
    WorkingGroup.objects.update(report_due=due, due_since=due - timedelta(days=60))
    group.refresh_from_db()
    return group


def tick(*moments: datetime) -> list[int]:
    found = []
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            found.append(remind_of_reports())
    return found


def test_a_report_lands_in_the_history_and_sets_the_next_day(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    client = signed_in(way.baker)
    address, due = f"/de/mein/arbeitsgruppen/{group.public_id}/bericht/", group.report_due
    page = client.get(address).content.decode()
    assert f'<input type="hidden" name="was_due" value="{due:%Y-%m-%d}"' in page.replace('" id="id_was_due', '"')
    later = due + timedelta(days=30)
    sent = {"was_due": f"{due:%Y-%m-%d}", "status": "on-track", "text": LINES, "next_due": f"{later:%Y-%m-%d}"}
    assert client.post(address, sent).status_code == 302
    twice = client.post(address, sent)
    assert (twice.status_code, "Inzwischen hat jemand berichtet" in twice.content.decode()) == (200, True)
    group.refresh_from_db()
    steps = way.idea.steps.filter(verb="report").count()
    assert (group.report_due, GroupReport.objects.count(), steps) == (later, 1, 1)
    room = signed_in(way.carrier).get(f"/de/mein/projekte/{way.idea.slug}/").content.decode()
    assert "Termin finden · läuft wie geplant · Raum gefunden." in room
    public = Client().get(f"/de/it/projekte/{way.idea.slug}/").content.decode()
    assert ("läuft wie geplant" in public, "Raum gefunden" in public, "baker" in public) == (True, False, False)


@pytest.mark.parametrize("wrong", [{"status": "x"}, {"text": ""}, {"next_due": ""}, {"next_due": "2001-01-01"}])
def test_a_wrong_report_keeps_what_was_typed(way: Way, wrong: dict[str, str]) -> None:
    group = make_group(way)
    join(group, way.baker)
    sent = {"was_due": f"{group.report_due:%Y-%m-%d}", "status": "on-track", "text": "Bleibt stehen",
            "next_due": "2099-01-01", **wrong}  # fmt: skip
    answer = signed_in(way.baker).post(f"/de/mein/arbeitsgruppen/{group.public_id}/bericht/", sent)
    assert (answer.status_code, GroupReport.objects.count()) == (200, 0)
    assert wrong == {"text": ""} or "Bleibt stehen" in answer.content.decode()


def test_only_members_report(way: Way, cast: Cast, people: People) -> None:
    group = make_group(way)
    address = f"/de/mein/arbeitsgruppen/{group.public_id}/bericht/"
    users = (way.baker, way.carrier, cast.it_editor, way.board, people.stranger)
    assert [signed_in(user).get(address).status_code for user in users] == [404] * 5
    join(group, way.baker)
    assert [signed_in(user).get(address).status_code for user in users] == [200, 404, 404, 404, 404]


def test_the_last_report_closes_the_group(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    report(group, way, "done")
    group.refresh_from_db()
    assert (group.is_open, group.report_due, group.closed_on) == (False, None, timezone.localdate())
    with pytest.raises(Refused):
        report(group, way)
    assert tick(timezone.now() + timedelta(days=40)) == [0]


def test_who_needs_help_is_heard_by_the_carriers(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    report(group, way)
    assert Mail.objects.filter(template="projects/report_mail.txt").count() == 0
    report(group, way, "needs-help")
    assert [mail.to for mail in Mail.objects.filter(template="projects/report_mail.txt")] == ["delegate@example.org"]


def test_the_database_holds_one_report_for_a_day_with_the_next_day(way: Way) -> None:
    group = make_group(way)
    join(group, way.baker)
    given = report(group, way)
    wrong: tuple[dict[str, Any], ...] = (
        {"was_due": given.was_due, "status": "done"}, {"was_due": DUE, "status": "on-track"},
        {"was_due": DUE, "status": "done", "next_due": DUE},
    )  # fmt: skip
    for values in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            GroupReport.objects.create(group=group, text="x", **values)
    with pytest.raises(Refused):
        change_group(group=group, values={"report_due": given.was_due}, actor=way.carrier)


def test_the_speaker_is_reminded_14_and_3_days_before_and_on_the_day_and_then_others(way: Way, people: People) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    join(group, people.editor, "substitute")
    join(group, people.substitute)
    days = [DUE + timedelta(days=number) for number in range(-16, 8)]
    sent = [(DUE - day).days for day in days for number in tick(berlin(day), berlin(day)) if number]
    assert sent == [14, 3, 0, -3]
    assert readers() == ["14 baker", "3 baker", "0 baker", "late region", "late editor"]
    [mail] = Mail.objects.filter(key__endswith=f"14/{way.baker.person.public_id}")
    assert "berichtet bis 30. März 2027" in mail.text
    assert f"/de/mein/arbeitsgruppen/{group.public_id}/" in mail.text
    late = Mail.objects.filter(template="projects/due_mail.txt").latest("pk")
    assert "Können Sie als Vertretung drei Zeilen schreiben?" in late.text


def test_without_a_speaker_all_members_are_reminded_without_members_the_carriers(way: Way, people: People) -> None:
    group = spring(way)
    assert tick(berlin(DUE - timedelta(days=14))) == [1]
    join(group, way.baker)
    join(group, people.editor)
    assert tick(berlin(DUE - timedelta(days=3)), berlin(DUE + timedelta(days=3))) == [1, 1]
    assert readers() == ["14 delegate", "3 baker", "3 editor", "late region"]


def test_days_are_days_of_the_region_right_across_the_change_of_the_clocks(way: Way) -> None:
    """Midnight in Germany is 23:00 UTC in winter and 22:00 UTC in summer; between them a day has 23 or 25 hours."""
    group = spring(way)
    join(group, way.baker, "speaker")
    for days, before, after in (
        (-14, datetime(2027, 3, 15, 22, 59, tzinfo=UTC), datetime(2027, 3, 15, 23, 0, tzinfo=UTC)),
        (-3, datetime(2027, 3, 26, 22, 59, tzinfo=UTC), datetime(2027, 3, 26, 23, 0, tzinfo=UTC)),
        (0, datetime(2027, 3, 29, 21, 59, tzinfo=UTC), datetime(2027, 3, 29, 22, 0, tzinfo=UTC)),
        (3, datetime(2027, 4, 1, 21, 59, tzinfo=UTC), datetime(2027, 4, 1, 22, 0, tzinfo=UTC)),
    ):
        assert timezone.localdate(after) == DUE + timedelta(days=days)
        assert tick(before, after) == [0, 1]
    WorkingGroup.objects.update(report_due=date(2027, 11, 2), due_since=date(2027, 9, 1), reminded="")
    for before, after in (
        (datetime(2027, 10, 18, 21, 59, tzinfo=UTC), datetime(2027, 10, 18, 22, 0, tzinfo=UTC)),
        (datetime(2027, 10, 29, 21, 59, tzinfo=UTC), datetime(2027, 10, 29, 22, 0, tzinfo=UTC)),
        (datetime(2027, 11, 1, 22, 59, tzinfo=UTC), datetime(2027, 11, 1, 23, 0, tzinfo=UTC)),
    ):
        assert tick(before, after) == [0, 1]


def test_what_was_missed_is_made_up_for_and_nothing_comes_in_a_heap(way: Way) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    assert tick(berlin(DUE - timedelta(days=9)), berlin(DUE - timedelta(days=8))) == [1, 0]
    assert tick(berlin(DUE + timedelta(days=1)), berlin(DUE + timedelta(days=2))) == [1, 0]
    assert readers() == ["14 baker", "0 baker"]


def test_a_day_that_is_set_late_is_not_reminded_of_what_has_passed(way: Way) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    WorkingGroup.objects.update(due_since=DUE - timedelta(days=10))
    assert tick(berlin(DUE - timedelta(days=10)), berlin(DUE - timedelta(days=4)), berlin(DUE - timedelta(days=3))) == [
        0, 0, 1,
    ]  # fmt: skip


def test_killed_half_way_and_by_two_workers_nobody_gets_it_twice(way: Way) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    moment = berlin(DUE - timedelta(days=3))
    tick(moment)
    WorkingGroup.objects.update(reminded="")
    assert tick(moment) == [1]
    assert readers() == ["3 baker"], "also where the mark was lost, the key of the mail holds"
    stale = WorkingGroup.objects.select_related("project").get(pk=group.pk)
    WorkingGroup.objects.update(reminded="0")
    with time_machine.travel(moment, tick=False), pytest.MonkeyPatch.context() as patch:
        patch.setattr("mitwerk.projects.actions.reporting.open_groups", lambda: _Found([stale]))
        assert remind_of_reports() == 0, "another worker was quicker"


class _Found(list[Any]):
    """A list that answers like the question for groups."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: self


def test_whoever_has_reported_is_left_alone(way: Way) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    with time_machine.travel(berlin(DUE - timedelta(days=10))):
        report(group, way)
    assert tick(berlin(DUE - timedelta(days=3)), berlin(DUE), berlin(DUE + timedelta(days=3))) == [0, 0, 0]


def test_a_project_that_has_ended_reminds_nobody(way: Way) -> None:
    group = spring(way)
    join(group, way.baker, "speaker")
    take_step(project=way.idea, verb="achieve", actor=way.carrier, text="Gut.")
    assert tick(berlin(DUE)) == [0]


def test_it_is_a_part_of_the_timed_work_outside_every_scope(way: Way) -> None:
    assert TIMED["remind groups of their reports"] is remind_of_reports
    with scope(cluster=way.idea.clusters.get()):
        spring(way)
        assert tick(berlin(DUE)) == [1]


@given(st.integers(-60, 60), st.integers(-40, 40))
def test_at_every_day_there_is_one_reminder_at_most_and_none_from_before_the_day_was_set(since: int, day: int) -> None:
    group = WorkingGroup(report_due=DUE, due_since=DUE + timedelta(days=since))
    stage = stage_on(DUE + timedelta(days=day), group)
    reached = [code for code, days in STAGES if since < days <= day]
    assert stage == (reached[-1] if reached else "")


def test_due_reports_stand_on_the_desk(way: Way, cast: Cast) -> None:
    group = spring(way)
    join(group, way.baker)
    rows = {}
    for day in (DUE - timedelta(days=15), DUE - timedelta(days=14), DUE + timedelta(days=3)):
        with time_machine.travel(berlin(day)):
            rows[day] = [[row.due for row in desk_rows(user)] for user in (way.baker, cast.it_editor, way.carrier)]
    assert list(rows.values()) == [[[], [], []], [[DUE], [], []], [[DUE], [DUE], []]]


def test_overdue_is_seen_in_the_rooms_and_not_in_public(way: Way) -> None:
    group = spring(way)
    join(group, way.baker)
    with time_machine.travel(berlin(DUE + timedelta(days=1))):
        room = signed_in(way.baker).get(f"/de/mein/arbeitsgruppen/{group.public_id}/").content.decode()
        project = signed_in(way.carrier).get(f"/de/mein/projekte/{way.idea.slug}/").content.decode()
        public = Client().get(f"/de/it/projekte/{way.idea.slug}/").content.decode()
    assert "Der Bericht war für 30. März 2027 geplant. Drei Zeilen genügen." in room
    assert ["Der Bericht steht noch aus." in page for page in (project, public)] == [True, False]
