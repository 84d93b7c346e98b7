"""Projects and the sittings of boards: what comes on agendas by itself, how a decision is worded and carried over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import (
    count_hands,
    end_sitting,
    invite,
    note_attendance,
    open_item,
    open_sitting,
    plan_sitting,
)
from mitwerk.governance.models import AgendaItem, Body, Mandate, Motion, Resolution, Sitting
from mitwerk.governance.tests.cast import make_body, make_delegate
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import (
    fill_agendas,
    give_report,
    take_over_decisions,
    take_step,
    word_decision,
)
from mitwerk.projects.models import Project, WorkingGroup
from mitwerk.projects.tests.way import Way, lead_to, make_group

As = Callable[[User | None], Client]


@dataclass(frozen=True)
class Bodies:
    """A board of the cluster with the firm in the chair, one of the other cluster, and an assembly."""

    board: Body
    bakers: Body
    assembly: Body
    university: User


@pytest.fixture
def bodies(cast: Cast, people: People) -> Bodies:
    board = make_body("vorstand", "Vorstand", cluster=cast.it)
    Mandate.objects.create(body=board, organisation=cast.firm, function=Mandate.Function.CHAIR)
    Mandate.objects.create(body=board, organisation=cast.university)
    return Bodies(
        board=board,
        bakers=make_body("backstube", "Backstube", cluster=cast.food),
        assembly=make_body("versammlung", "Versammlung", cluster=cast.it, kind=Body.Kind.ASSEMBLY),
        university=make_delegate("university-delegate", cast.university),
    )


def plan(body: Body, chair: User, days: int = 7) -> Sitting:
    values = {"starts_at": timezone.now() + timedelta(days=days)}
    return plan_sitting(sitting=Sitting(body=body), values=values, actor=chair)


def agenda(sitting: Sitting) -> list[tuple[str, str]]:
    return [(item.kind, str(item.title)) for item in sitting.items.all()]


def hold(sitting: Sitting, chair: User, *present: Any) -> Sitting:
    sitting = open_sitting(sitting=invite(sitting=sitting, actor=chair), actor=chair)
    for organisation in present:
        note_attendance(sitting=sitting, organisation_id=organisation.public_id, is_there=True, actor=chair)
    return sitting


def vote_on(sitting: Sitting, item: AgendaItem, chair: User, yes: int = 2) -> Motion:
    item.sitting = sitting
    open_item(item=item, actor=chair)
    motion = item.motions.get()
    motion.item = item
    return count_hands(motion=motion, yes=yes, no=2 - yes, abstain=0, actor=chair)


def test_what_is_handed_in_comes_on_the_next_agenda_of_its_board(
    cast: Cast, people: People, bodies: Bodies, way: Way
) -> None:
    sittings = [plan(body, people.delegate) for body in (bodies.board, bodies.bakers, bodies.assembly)]
    assert fill_agendas() == 0, "an idea is nobody's business"
    lead_to(way, "submitted")
    assert [fill_agendas(), fill_agendas()] == [1, 0]
    assert [agenda(sitting) for sitting in sittings] == [[("project", "Teig messen")], [], []]
    item = sittings[0].items.get()
    assert (str(item.text), item.about) == ("Sensoren für Backstuben.", f"project:{way.idea.public_id}")
    assert str(item.motions.get().wording) == "Das Projekt „Teig messen“ wird angenommen."
    assert item.motions.get().wording["en"] == "The project “Measuring dough” is accepted."


def test_the_board_reads_what_it_decides_about(
    cast: Cast, people: People, bodies: Bodies, way: Way, as_user: As
) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    room = f"/de/mein/projekte/{way.idea.slug}/"
    assert as_user(bodies.university).get(room).status_code == 404, "a draft is for who leads"
    invite(sitting=sitting, actor=people.delegate)
    assert as_user(bodies.university).get(room).status_code == 200
    assert as_user(people.stranger).get(room).status_code == 404
    page = as_user(bodies.university).get(f"/de/mein/gremien/vorstand/sitzungen/{sitting.public_id}/").text
    assert f'href="{room}"' in page
    page = as_user(bodies.university).get(f"/en/my/bodies/vorstand/sittings/{sitting.public_id}/").text
    assert f'href="/en/my/projects/{way.idea.slug}/"' in page, "in the reader's language"


def test_what_is_carried_happens_to_the_project(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    motion = vote_on(sitting, sitting.items.get(), people.delegate)
    assert [take_over_decisions(), take_over_decisions()] == [1, 0]
    project = Project.objects.get(pk=way.idea.pk)
    assert project.phase == "accepted"
    assert Resolution.objects.get().motion == motion
    assert project.steps.filter(verb="accept", by=None).count() == 1


def test_what_is_lost_stays_as_it_is(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    vote_on(sitting, sitting.items.get(), people.delegate, yes=0)
    assert take_over_decisions() == 0
    assert Project.objects.get(pk=way.idea.pk).phase == "submitted"


def test_a_group_is_opened_with_the_acceptance(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    due = timezone.localdate() + timedelta(days=60)
    item = sitting.items.select_related("sitting__body").get()
    word_decision(
        item=item, project=way.idea, values={"decision": "accept", "report_due": due}, actor=people.delegate
    )
    assert item.motions.count() == 1, "the motion that stood there is worded anew"
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    vote_on(sitting, item, people.delegate)
    take_over_decisions()
    group = WorkingGroup.objects.get()
    assert (group.project, group.report_due, str(group.task)) == (way.idea, due, "Einen ersten Vorschlag ausarbeiten")


def test_the_deferred_come_back_when_their_day_has_come(
    cast: Cast, people: People, bodies: Bodies, way: Way, as_user: As
) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    item = sitting.items.get()
    page = f"/de/mein/projekte/{way.idea.slug}/entscheiden/{item.public_id}/"
    until = timezone.localdate() + timedelta(days=90)
    browser = as_user(people.delegate)
    incomplete = browser.post(page, {"decision": "defer", "text": "Nach dem Sommer."}).text
    assert "Geben Sie an, bis zu welchem Tag es zurückgestellt ist" in incomplete
    answer = browser.post(page, {"decision": "defer", "text": "Nach dem Sommer.", "until": until.isoformat()})
    assert answer.status_code == 302
    assert as_user(bodies.university).get(page).status_code == 404
    assert "Nach dem Sommer." in str(item.motions.get().wording)
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    vote_on(sitting, item, people.delegate)
    end_sitting(sitting=sitting, actor=people.delegate)
    take_over_decisions()
    assert Project.objects.get(pk=way.idea.pk).phase == "deferred"
    early, late = plan(bodies.board, people.delegate, days=30), plan(bodies.board, people.delegate, days=100)
    fill_agendas()
    assert [agenda(one) for one in (early, late)] == [[], [("project", "Teig messen")]]


def test_a_project_taken_back_meanwhile_is_left_alone(
    cast: Cast, people: People, bodies: Bodies, way: Way, caplog: pytest.LogCaptureFixture
) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    vote_on(sitting, sitting.items.get(), people.delegate)
    take_step(project=way.idea, verb="revise", actor=way.carrier)
    assert [take_over_decisions(), take_over_decisions()] == [1, 0]
    assert Project.objects.get(pk=way.idea.pk).phase == "idea"
    assert way.idea.public_id in caplog.text


def report(group: WorkingGroup, due: date, text: str, user: User) -> None:
    give_report(
        group=group, was_due=due, status="on-track", text=text, next_due=due + timedelta(days=200), actor=user
    )


def test_due_reports_stand_on_the_next_agenda(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    group = make_group(way, days=30)
    assert group.report_due
    early, late = (plan(bodies.board, people.delegate, days=days) for days in (20, 40))
    assert [fill_agendas(), fill_agendas()] == [1, 0]
    assert [agenda(one) for one in (early, late)] == [[], [("report", "Bericht: Termin finden")]]
    report(group, group.report_due, "Wir haben drei Termine.", people.delegate)
    fill_agendas()
    records = {one.pk: [str(item.record) for item in one.items.all()] for one in (early, late)}
    assert records[late.pk] == ["läuft wie geplant: Wir haben drei Termine."], "what was reported lands on the agenda"
    assert records[early.pk] == ["läuft wie geplant: Wir haben drei Termine."], "the next one hears it"


def test_a_report_that_was_heard_does_not_come_again(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    group = make_group(way, days=5)
    assert group.report_due
    report(group, group.report_due, "Fertig bis Herbst.", people.delegate)
    sitting = plan(bodies.board, people.delegate)
    fill_agendas()
    sitting = hold(sitting, people.delegate, cast.firm, cast.university)
    item = sitting.items.get()
    item.sitting = sitting
    open_item(item=item, actor=people.delegate)
    end_sitting(sitting=sitting, actor=people.delegate)
    following = plan(bodies.board, people.delegate, days=30)
    assert fill_agendas() == 0
    AgendaItem.objects.filter(pk=item.pk).update(state="postponed")
    assert fill_agendas() == 1, "control: put off, it comes again"
    assert agenda(following) == [("report", "Bericht: Termin finden")]


def test_nobody_words_what_could_not_be_done(people: People, bodies: Bodies, way: Way) -> None:
    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    fill_agendas()
    item = sitting.items.select_related("sitting__body").get()
    for values in ({"decision": "decline"}, {"decision": "defer", "text": "Warum"}, {"decision": "submit"}):
        with pytest.raises(Refused):
            word_decision(item=item, project=way.idea, values=values, actor=people.delegate)
    assert str(item.motions.get().wording).endswith("wird angenommen.")


def test_timed_work_fills_and_takes_over(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    from mitwerk.operations.tasks import do_timed_work

    sitting = plan(bodies.board, people.delegate)
    lead_to(way, "submitted")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        assert do_timed_work() == []
    assert agenda(sitting) == [("project", "Teig messen")]
