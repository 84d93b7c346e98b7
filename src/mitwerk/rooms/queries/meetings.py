"""Reads of meetings. Every one begins at the network whose room is open to the user."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.core.desk import DeskRow
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import network_roles_of
from mitwerk.rooms.models import Attendance, Meeting, Minutes
from mitwerk.rooms.queries.people import seen_keys

Answer = Attendance.Answer
ATTENDANCES_KEPT = timedelta(days=730)


def meetings_of(network: Network) -> QuerySet[Meeting]:
    return Meeting.objects.filter(network=network)


def coming_meetings(network: Network) -> QuerySet[Meeting]:
    """Those not over yet, cancelled ones too, so that nobody travels to one in vain."""
    return meetings_of(network).filter(ends_at__gt=timezone.now()).order_by("starts_at", "pk")


def past_meetings(network: Network) -> QuerySet[Meeting]:
    """The latest first, and whether there are minutes to read."""
    readable = Minutes.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    over = meetings_of(network).filter(ends_at__lte=timezone.now()).annotate(has_minutes=Exists(readable))
    return over.order_by("-starts_at", "-pk")


def answers_of(user: Any, meetings: Sequence[Meeting]) -> dict[int, Attendance]:
    """What the user answered, by the meeting's key."""
    mine = Attendance.objects.filter(meeting__in=meetings, person__until=None, person__person__user=user.pk)
    return {one.meeting_id: one for one in mine}


def still_inside(meeting: Meeting) -> QuerySet[Attendance]:
    """Answers of those who could open the door now; the others hold no seat."""
    return meeting.attendances.filter(person__until=None, person__person__user__is_active=True)


def seats_taken(meeting: Meeting) -> int:
    return still_inside(meeting).filter(answer=Answer.COMES).count()


def waiting_line(meeting: Meeting) -> QuerySet[Attendance]:
    return still_inside(meeting).filter(answer=Answer.WAITS).order_by("at", "pk")


@dataclass(frozen=True)
class Guests:
    """Who comes: those whose names the reader may see, and how many in all."""

    names: list[NetworkPerson]
    total: int
    waiting: int
    perhaps: int

    @property
    def unnamed(self) -> int:
        return self.total - len(self.names)


def guests_of(user: Any, meeting: Meeting, keeps: bool) -> Guests:
    """Before it, who says they come; afterwards, who was there.

    Under the Chatham House Rule members read the number alone, and once it is over coordinators do as well.
    """
    if meeting.attended is not None:
        return Guests([], meeting.attended, 0, 0)
    rows = meeting.attendances.filter(was_there=True) if meeting.is_over else still_inside(meeting)
    counts = rows.aggregate(
        comes=Count("pk", filter=Q(answer=Answer.COMES)), waits=Count("pk", filter=Q(answer=Answer.WAITS)),
        perhaps=Count("pk", filter=Q(answer=Answer.PERHAPS)), all=Count("pk"),
    )  # fmt: skip
    names = [] if _is_untold(meeting, keeps) else _named(user, meeting, rows, keeps)
    if meeting.is_over:
        return Guests(names, counts["all"], 0, 0)
    return Guests(names, counts["comes"], counts["waits"], counts["perhaps"])


def _is_untold(meeting: Meeting, keeps: bool) -> bool:
    return meeting.is_chatham and (meeting.is_over or not keeps)


def _named(user: Any, meeting: Meeting, rows: QuerySet[Attendance], keeps: bool) -> list[NetworkPerson]:
    if not meeting.is_over:
        rows = rows.filter(answer=Answer.COMES)
    if not keeps:
        rows = rows.filter(Q(person__in=seen_keys(meeting.network)) | Q(person__person__user=user.pk))
    found = rows.select_related("person__person", "person__organisation").order_by("person__person__name", "pk")
    return [one.person for one in found]


def possible_guests(meeting: Meeting) -> QuerySet[NetworkPerson]:
    """Whom coordinators may tick as having been there: who belongs to the network, and who answered."""
    people = NetworkPerson.objects.filter(network=meeting.network).select_related("person")
    return people.filter(Q(until=None) | Q(attendances__meeting=meeting)).distinct().order_by("person__name", "pk")


def draft_of(meeting: Meeting) -> Minutes | None:
    return meeting.minutes.filter(published_at=None).first()


def published_minutes(meeting: Meeting) -> QuerySet[Minutes]:
    """All versions that were published, the newest first."""
    return meeting.minutes.filter(published_at__isnull=False).order_by("-number")


def meetings_without_minutes(user: Any) -> QuerySet[Meeting]:
    """Meetings that are over, of networks the user coordinates, of which nothing can be read yet."""
    kept = network_roles_of(user).filter(kind=NetworkPerson.Kind.COORDINATOR).order_by().values("network")
    readable = Minutes.objects.filter(meeting=OuterRef("pk"), published_at__isnull=False)
    over = Meeting.objects.filter(network__in=kept, state=Meeting.State.PLANNED, ends_at__lte=timezone.now())
    return over.filter(~Exists(readable)).select_related("network").order_by("ends_at", "pk")


def minutes_rows(user: Any) -> list[DeskRow]:
    """For the desk of coordinators."""
    return [
        DeskRow(
            title=_("Minutes missing"),
            text=f"{one.network} · {one.title}",
            url=reverse("rooms:minutes_write", args=[one.network.slug, one.public_id]),
            action=_("Write the minutes"),
            due=timezone.localdate(one.ends_at),
        )
        for one in meetings_without_minutes(user)[:MOST_ROWS]
    ]


def meetings_with_a_line() -> QuerySet[Meeting]:
    """Meetings to come in which somebody waits for a seat."""
    opened = Meeting.objects.filter(state=Meeting.State.PLANNED, ends_at__gt=timezone.now())
    waits = Attendance.objects.filter(meeting=OuterRef("pk"), answer=Answer.WAITS)
    return opened.filter(Exists(waits)).order_by("pk")


def old_attendances(now: datetime | None = None) -> QuerySet[Attendance]:
    """Of meetings so long over that nobody needs to know any more who was there."""
    return Attendance.objects.filter(meeting__ends_at__lt=(now or timezone.now()) - ATTENDANCES_KEPT).order_by("pk")


def calendar_meetings(network: Network) -> QuerySet[Meeting]:
    """What a calendar reads: a year back, and all that come."""
    since = timezone.now() - timedelta(days=365)
    return meetings_of(network).filter(ends_at__gt=since).order_by("starts_at", "pk")
