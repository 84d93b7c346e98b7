"""Meetings of a network: who comes, what was written down, and the secret addresses of calendars.

None of these records tells its title in `__str__`, for the log and the office's pages show that. Wagtail's index of
what refers to what leaves them out: the office would see there that a network meets.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id
from mitwerk.core.models import WebAddress
from mitwerk.networks.models import Network, NetworkPerson


class Meeting(models.Model):
    """A date on which members of a network meet. Under the Chatham House Rule nobody is told who was there."""

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        CANCELLED = "cancelled", _("cancelled")

    wagtail_reference_index_ignore = True

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="meetings")
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=10_000, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = WebAddress(_("address of the video call"), max_length=500, blank=True)
    seats = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    is_chatham = models.BooleanField(_("under the Chatham House Rule"), default=False)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    attended = models.PositiveIntegerField(null=True, editable=False)
    """How many were there, once it is forgotten who."""
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("meeting of a network")
        verbose_name_plural = _("meetings of networks")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="rooms_meeting_ends_after_start"),
            models.CheckConstraint(condition=Q(seats=None) | Q(seats__gte=1), name="rooms_meeting_has_a_seat"),
        ]

    def __str__(self) -> str:
        return f"{self.network} · {self.public_id}"

    @property
    def is_over(self) -> bool:
        return self.ends_at <= timezone.now()

    @property
    def is_cancelled(self) -> bool:
        return self.state == self.State.CANCELLED

    @property
    def is_open(self) -> bool:
        """Takes answers."""
        return not self.is_over and not self.is_cancelled


class Attendance(models.Model):
    """What somebody answered to a meeting. Whoever comes holds a seat of their own; whoever waits stands in line."""

    class Answer(models.TextChoices):
        COMES = "comes", _("comes")
        WAITS = "waits", _("waits for a seat")
        PERHAPS = "perhaps", _("comes perhaps")
        DECLINES = "declines", _("does not come")

    wagtail_reference_index_ignore = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    person = models.ForeignKey(NetworkPerson, models.CASCADE, related_name="attendances")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer, blank=True)
    seat = models.PositiveIntegerField(null=True, editable=False)
    at = models.DateTimeField(_("answered"), default=timezone.now)
    was_there = models.BooleanField(_("was there"), default=False)

    class Meta:
        verbose_name = _("answer to a meeting")
        verbose_name_plural = _("answers to meetings")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="rooms_attendance_once"),
            models.UniqueConstraint(fields=["meeting", "seat"], name="rooms_seat_once"),
            models.CheckConstraint(
                condition=Q(answer="comes", seat__isnull=False) | (~Q(answer="comes") & Q(seat=None)),
                name="rooms_who_comes_has_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)


class Minutes(models.Model):
    """What was written down of a meeting. A published version is never changed: the next one stands beside it."""

    wagtail_reference_index_ignore = True

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes")
    number = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), max_length=50_000)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("minutes of a meeting")
        verbose_name_plural = _("minutes of meetings")
        ordering = ["meeting", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="rooms_minutes_number_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(published_at=None), name="rooms_minutes_one_draft"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.number}"


class Feed(models.Model):
    """The secret address at which a person's calendar reads the meetings of a network.

    The address is `public_id` and a code made from `nonce` with the key of the installation (`queries.feeds.token_of`).
    So it can be shown again to whoever it belongs to, which an address kept as a hash could not, and who reads the
    database without that key has no address. Renewing changes both; the old address leads nowhere at once.
    """

    wagtail_reference_index_ignore = True

    stays_behind = True
    person = models.OneToOneField(NetworkPerson, models.CASCADE, related_name="feed")
    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    nonce = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made"), default=timezone.now)

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self) -> str:
        return str(self.person.network)
