"""A congress: an event with days, rooms, tracks and a call for contributions."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_scopes import ScopedManager

from mitwerk.clusters.models import Cluster
from mitwerk.core.forms import SPOKEN, language_label
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.events.models import Event
from mitwerk.governance.models import Body

BOTH = ["de", "en"]
MORNING, EVENING = dt.time(9, 0), dt.time(17, 0)


def both_languages() -> list[str]:
    return list(BOTH)


@dataclass(frozen=True)
class Day:
    """A day of a congress and its opening hours."""

    date: dt.date
    opens_at: dt.time
    closes_at: dt.time

    @property
    def hours(self) -> str:
        times = {"start": f"{self.opens_at:%H:%M}", "end": f"{self.closes_at:%H:%M}"}
        return str(_("%(start)s to %(end)s") % times)


class Congress(Worded, Dated):
    """What an event has besides when it is a congress. `cluster` runs it; the region does where that is empty."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    event = models.OneToOneField(Event, models.CASCADE, related_name="congress", verbose_name=_("event"))
    cluster = models.ForeignKey(
        Cluster, models.CASCADE, null=True, blank=True, related_name="congresses", verbose_name=_("run by")
    )
    opens_at = models.TimeField(_("opens at"), default=MORNING)
    closes_at = models.TimeField(_("closes at"), default=EVENING)
    languages: Any = models.JSONField(_("languages spoken"), default=both_languages)
    call = TranslatedField(
        _("what is looked for"), blank=True,
        help_text=_("Two or three sentences: whom the contributions are for, and what the guests should learn."),
    )  # fmt: skip
    call_from = models.DateTimeField(_("call opens"), null=True, blank=True)
    call_until = models.DateTimeField(_("call closes"), null=True, blank=True)
    jury = models.ForeignKey(
        Body, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("jury"),
        help_text=_("The body whose organisations score what is handed in. Without one the office decides alone."),
    )  # fmt: skip
    is_blind = models.BooleanField(
        _("the jury does not see who hands in"), default=False,
        help_text=_("Organisation, speakers and project are kept from it; title and text are not looked through."),
    )  # fmt: skip
    jury_asked_at = models.DateTimeField(_("jury asked"), null=True, blank=True, editable=False)
    thanks = TranslatedField(
        _("words of thanks"), blank=True,
        help_text=_("On the congress's page once it is over, and in the mail to its guests on the day after."),
    )  # fmt: skip

    objects = ScopedManager(cluster="event__clusters")

    class Meta:
        verbose_name = _("congress")
        verbose_name_plural = _("congresses")
        ordering = ["-event__starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="congress_closes_after_it_opens"),
            models.CheckConstraint(
                condition=Q(call_from=None, call_until=None)
                | Q(call_from__isnull=False, call_until__isnull=False, call_until__gt=F("call_from")),
                name="congress_call_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def get_absolute_url(self) -> str:
        return self.event.get_absolute_url()

    @property
    def is_calling(self) -> bool:
        """Whether contributions can be handed in now."""
        now = timezone.now()
        return self.call_from is not None and self.call_from <= now < self.call_until

    @property
    def spoken(self) -> str:
        """The languages in the reader's."""
        return ", ".join(language_label(code) for code in SPOKEN if code in self.languages)

    @property
    def days(self) -> list[Day]:
        """Every day of the event; where one has hours of its own, with those. None while only the month is known."""
        if self.event.is_month_only:
            return []
        own = {one.day: one for one in self.hours.all()}
        count = (self.event.last_day - self.event.starts_on).days + 1
        dates = [self.event.starts_on + dt.timedelta(days=number) for number in range(count)]
        return [Day(day, (own.get(day) or self).opens_at, (own.get(day) or self).closes_at) for day in dates]


class Hours(models.Model):
    """A day that opens or closes at another time than the others."""

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="hours")
    day = models.DateField(_("day"))
    opens_at = models.TimeField(_("opens at"))
    closes_at = models.TimeField(_("closes at"))

    class Meta:
        verbose_name = _("hours of a day")
        verbose_name_plural = _("hours of days")
        ordering = ["day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "day"], name="congress_day_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="congress_day_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return str(self.day)


class Room(Worded):
    """Where something takes place: a hall, a workshop room, a stage among the stands."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="rooms")
    name = TranslatedField(_("name"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    place = models.CharField(
        _("way"), max_length=200, blank=True, help_text=_("How one finds it: building, floor, entrance.")
    )
    width = models.PositiveSmallIntegerField(
        _("width in metres"), null=True, blank=True, help_text=_("For the plan of the stands; empty where none is.")
    )
    depth = models.PositiveSmallIntegerField(_("depth in metres"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(seats__gte=1), name="congress_room_has_seats"),
            models.CheckConstraint(
                condition=Q(width=None, depth=None) | Q(width__gte=1, width__lte=500, depth__gte=1, depth__lte=500),
                name="congress_room_has_both_lengths",
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Track(Worded):
    """Contributions that belong together; guests follow one through the day."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.ForeignKey(Congress, models.CASCADE, related_name="tracks")
    name = TranslatedField(_("name"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)


class Format(models.Model):
    """A kind of contribution that the call offers, and how long one takes; posters and stands stand all day."""

    class Kind(models.TextChoices):
        TALK = "talk", pgettext_lazy("kind of contribution", "talk")
        DEMONSTRATION = "demonstration", pgettext_lazy("kind of contribution", "demonstration")
        PANEL = "panel", pgettext_lazy("kind of contribution", "panel")
        WORKSHOP = "workshop", pgettext_lazy("kind of contribution", "workshop")
        POSTER = "poster", pgettext_lazy("kind of contribution", "poster")
        STAND = "stand", pgettext_lazy("kind of contribution", "stand")

    congress = models.ForeignKey(Congress, models.CASCADE, related_name="formats")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, help_text=_("Leave it empty where it stands all day.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of contribution")
        verbose_name_plural = _("kinds of contributions")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["congress", "kind"], name="congress_kind_once"),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__gte=5, minutes__lte=600), name="congress_minutes_are_sensible"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())
