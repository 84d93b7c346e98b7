"""Sittings: who sees them, what is on the agenda, who is there, and whether that is enough to decide."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone

from mitwerk.algorithms.tally import quorum_of
from mitwerk.governance.models import AgendaItem, Attendance, Body, Motion, PollAnswer, PollDate, Sitting, Task
from mitwerk.governance.queries.bodies import VOTING, entitled_organisations, led_bodies, my_bodies
from mitwerk.people.models import Person
from mitwerk.people.queries import current_representatives, representations_of, represented_organisations

PLANNED = (Sitting.State.DRAFT, Sitting.State.POLL, Sitting.State.INVITED)
TOLD_TO_WATCHERS = (Sitting.State.INVITED, Sitting.State.RUNNING, Sitting.State.ENDED, Sitting.State.CANCELLED)
MOST_IN_CALENDAR = 100
"""So many sittings a calendar shows, the latest."""


@dataclass(frozen=True)
class Seat:
    """One that may vote, and whether it is there now: `arrived` is None where it did not come, or has left."""

    organisation_id: str
    name: str
    row: Attendance | None

    @property
    def is_present(self) -> bool:
        return self.row is not None and self.row.left_at is None


@dataclass(frozen=True)
class Presence:
    """How many of those who may vote are there, and how many it takes."""

    present: int
    entitled: int
    needed: int

    @property
    def is_enough(self) -> bool:
        return self.present >= max(self.needed, 1)


@dataclass(frozen=True)
class DateTally:
    """What the organisations say to a date. `own` are the answers of the reader's organisations."""

    date: PollDate
    yes: int
    maybe: int
    no: int
    is_best: bool


def seen_sittings(user: Any, body: Body) -> QuerySet[Sitting]:
    """The sittings of a body that the user may enter: drafts are for who leads it, polls for its own people."""
    sittings = Sitting.objects.filter(body=body).select_related("minutes")
    if led_bodies(user).filter(pk=body.pk).exists():
        return sittings
    if my_bodies(user).filter(pk=body.pk).exists():
        return sittings.exclude(state=Sitting.State.DRAFT)
    return sittings.filter(state__in=TOLD_TO_WATCHERS)


def sitting_page(user: Any, body: Body, public_id: str) -> Sitting | None:
    found = seen_sittings(user, body).select_related("body__cluster", "minutes").filter(public_id=public_id).first()
    if found:
        found.body = body
    return found


def sitting_by_id(public_id: str) -> Sitting | None:
    """For the link of a mail; whoever comes by it is asked for their right."""
    return Sitting.objects.select_related("body__cluster").filter(public_id=public_id).first()


def public_sittings(body: Body) -> QuerySet[Sitting]:
    """Dates to come of a body that everybody may watch."""
    found = Sitting.objects.filter(body=body, state=Sitting.State.INVITED, starts_at__gte=timezone.now())
    is_public = body.watchers == Body.Watchers.EVERYBODY and body.state == Body.State.PUBLISHED
    return found.order_by("starts_at", "pk") if is_public else found.none()


def next_sitting(body: Body) -> Sitting | None:
    """The next one that an agenda can still be written for: that with the earliest date, one without a date last."""
    found = Sitting.objects.filter(body=body, state__in=PLANNED).select_related("body")
    return found.order_by(F("starts_at").asc(nulls_last=True), "pk").first()


def planned_sittings() -> QuerySet[Sitting]:
    """All whose agenda is still written; for subjects that put something on it."""
    return Sitting.objects.filter(state__in=PLANNED).select_related("body__cluster").order_by("pk")


def items_of(sitting: Sitting) -> QuerySet[AgendaItem]:
    """The agenda in its order, with what is voted on and what is to be done."""
    motions = Motion.objects.select_related("ballot__roll", "resolution")
    tasks = Task.objects.select_related("organisation")
    found = AgendaItem.objects.filter(sitting=sitting)
    return found.prefetch_related(Prefetch("motions", motions), Prefetch("tasks", tasks))


def item_page(sitting: Sitting, public_id: str) -> AgendaItem | None:
    return AgendaItem.objects.filter(sitting=sitting, public_id=public_id).first()


def motion_page(sitting: Sitting, public_id: str) -> Motion | None:
    found = Motion.objects.filter(item__sitting=sitting).select_related("item", "ballot", "resolution")
    return found.filter(public_id=public_id).first()


def seats_of(sitting: Sitting) -> list[Seat]:
    """Everybody who may vote in it, by name, and after it everybody who was there."""
    rows = {row.organisation_id: row for row in Attendance.objects.filter(sitting=sitting)}
    if sitting.state == Sitting.State.ENDED:
        return [Seat(row.organisation_id, row.name, row) for row in rows.values()]
    day = timezone.localdate(sitting.starts_at) if sitting.starts_at else None
    found = entitled_organisations(sitting.body, day)
    return [Seat(one.public_id, one.name, rows.get(one.public_id)) for one in found]


def presence_of(sitting: Sitting) -> Presence:
    """Who is there of those who may vote today."""
    day = timezone.localdate(sitting.starts_at) if sitting.starts_at else None
    ids = set(entitled_organisations(sitting.body, day).values_list("public_id", flat=True))
    there = Attendance.objects.filter(sitting=sitting, left_at=None, organisation_id__in=ids).count()
    return Presence(there, len(ids), quorum_of(sitting.body.rule(is_secret=False), len(ids)))


def is_present(sitting_id: str, organisation_id: str) -> bool:
    """Whether an organisation is in a sitting (by public ids) that runs."""
    found = Attendance.objects.filter(sitting__public_id=sitting_id, sitting__state=Sitting.State.RUNNING)
    return found.filter(organisation_id=organisation_id, left_at=None).exists()


def own_seats(user: Any, sitting: Sitting) -> list[Seat]:
    """The seats that the user sits on, as delegate or substitute."""
    mine = set(
        representations_of(user).filter(role__in=VOTING).order_by().values_list("organisation__public_id", flat=True)
    )
    return [seat for seat in seats_of(sitting) if seat.organisation_id in mine] if mine else []


def seat_for(person: Person, sitting: Sitting, organisation_id: str) -> Seat | None:
    """The seat of an organisation that the person votes for now; None where either has ended."""
    votes = current_representatives().filter(
        role__in=VOTING, person=person, person__user__is_active=True, organisation__public_id=organisation_id
    )
    seat = next((one for one in seats_of(sitting) if one.organisation_id == organisation_id), None)
    return seat if seat and votes.exists() else None


def date_tallies(sitting: Sitting) -> list[DateTally]:
    """What was answered to each date; the best is the one with the fewest refusals among those most can make."""
    dates = list(sitting.dates.prefetch_related("answers"))
    counted = [(date, [answer.answer for answer in date.answers.all()]) for date in dates]
    ranks = {date.pk: (given.count("yes") + given.count("maybe"), given.count("yes")) for date, given in counted}
    best = max(ranks.values(), default=(0, 0))
    return [
        DateTally(
            date, given.count("yes"), given.count("maybe"), given.count("no"), best[0] > 0 and ranks[date.pk] == best
        )
        for date, given in counted
    ]


def answers_of(sitting: Sitting, organisation_id: str) -> dict[int, str]:
    """What an organisation has answered: date to answer."""
    found = PollAnswer.objects.filter(date__sitting=sitting, organisation_id=organisation_id)
    return dict(found.values_list("date", "answer"))


def sittings_to_answer(user: Any) -> list[tuple[Sitting, str, str]]:
    """(sitting, public id and name of the organisation) where a date is looked for and the user has not answered."""
    if not representations_of(user).filter(role__in=VOTING).exists():
        return []
    asking = Sitting.objects.filter(state=Sitting.State.POLL, body__in=my_bodies(user).order_by().values("pk"))
    found = []
    for sitting in asking.select_related("body").order_by("pk"):
        found += [
            (sitting, seat.organisation_id, seat.name)
            for seat in own_seats(user, sitting)
            if not answers_of(sitting, seat.organisation_id)
        ]
    return found


def coming_sittings(user: Any) -> QuerySet[Sitting]:
    """Those the user is invited to that are still to come or run now, the next first."""
    mine = my_bodies(user).order_by().values("pk")
    running = Q(state=Sitting.State.RUNNING) | Q(state=Sitting.State.INVITED, starts_at__gte=timezone.now())
    found = Sitting.objects.filter(running, body__in=mine).select_related("body")
    return found.order_by("starts_at", "pk")


def open_tasks() -> QuerySet[Task]:
    """What was agreed on in sittings and is not done, the earliest first."""
    found = Task.objects.filter(done_at=None, sitting__state__in=(Sitting.State.RUNNING, Sitting.State.ENDED))
    return found.select_related("organisation", "sitting__body")


def own_tasks(user: Any) -> QuerySet[Task]:
    """Open tasks of the organisations the user acts for, and of the office where the user leads the body."""
    mine = represented_organisations(user).order_by().values("pk")
    led = led_bodies(user).order_by().values("pk")
    return open_tasks().filter(Q(organisation__in=mine) | Q(organisation=None, sitting__body__in=led))


def task_page(user: Any, sitting: Sitting, public_id: str) -> Task | None:
    """A task that the user may say is done: their organisation's, or as who leads the body."""
    found = Task.objects.filter(sitting=sitting, public_id=public_id).select_related("organisation")
    if not led_bodies(user).filter(pk=sitting.body_id).exists():
        found = found.filter(organisation__in=represented_organisations(user).order_by().values("pk"))
    return found.first()


def decided_motions(verbs: tuple[str, ...]) -> QuerySet[Motion]:
    """Motions that were carried and whose effect nobody has taken over yet, for the subject that wrote it."""
    found = Motion.objects.filter(state=Motion.State.DECIDED, effect__verb__in=verbs, taken_over_at=None)
    return found.filter(result__outcome="carried").select_related("item__sitting__body").order_by("decided_at", "pk")
