"""Public dates. A congress is an event with much more, and a subject of its own."""

import datetime as dt
from calendar import monthrange

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from django_scopes import ScopedManager

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.addresses import address_of
from mitwerk.core.models import Dated, Loaded, Public, WebAddress, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture


class Event(Worded, Public, Loaded, Dated):
    """A date with title, time, place, organisers and topics. Without `starts_at` it takes whole days."""

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")

    url_name = "events:event_detail"

    title = TranslatedField(_("title"))
    description = TranslatedField(_("description"), blank=True)
    starts_on = models.DateField(_("first day"), db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    is_month_only = models.BooleanField(
        _("only the month is known"), default=False, help_text=_("Then the first day is the first of the month.")
    )
    starts_at = models.TimeField(_("starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("ends at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    website = WebAddress(_("website"), blank=True)
    is_congress = models.BooleanField(_("is a congress"), default=False)
    clusters = models.ManyToManyField(Cluster, blank=True, related_name="events", verbose_name=_("clusters"))
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    state = models.CharField(_("publication"), max_length=10, choices=State, default=State.PUBLISHED)
    page = models.CharField(max_length=60, blank=True, editable=False)  # URL name, where another subject has its page

    objects = ScopedManager(cluster="clusters")

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="events_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(starts_at__isnull=False),
                name="events_an_end_needs_a_start",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def address(self, cluster_slug: str | None = None) -> str:
        """The page another subject gives it, else its plain one."""
        return address_of(self.page or self.url_name, slug=self.slug, cluster=cluster_slug)

    @property
    def first_day(self) -> dt.date:
        return self.starts_on.replace(day=1) if self.is_month_only else self.starts_on

    @property
    def last_day(self) -> dt.date:
        last = self.ends_on or self.starts_on
        return last.replace(day=monthrange(last.year, last.month)[1]) if self.is_month_only else last

    @property
    def is_over(self) -> bool:
        """The last day is past, in the region's time zone."""
        return self.last_day < timezone.localdate()

    @property
    def period(self) -> str:
        """The days in words: "3 May 2006", "3 to 5 May 2006"; "May 2006" where only the month is known."""
        first, last = self.first_day, self.last_day
        if self.is_month_only:
            whole, long = pgettext("date format", "F Y"), pgettext("date format", "F")
        else:
            whole, long = pgettext("date format", "j F Y"), pgettext("date format", "j F")
        end = date_format(last, whole)
        if first.year != last.year:
            start = date_format(first, whole)
        elif first.month != last.month:
            start = date_format(first, long)
        elif first == last or self.is_month_only:
            return end
        else:
            start = date_format(first, pgettext("date format", "j"))
        return str(_("%(start)s to %(end)s") % {"start": start, "end": end})

    @property
    def hours(self) -> str:
        """The time of day in words; empty where the event takes whole days."""
        if self.starts_at is None:
            return ""
        start = _clock(self.starts_at)
        if self.ends_at is None:
            return pgettext("time of day", "from %(start)s") % {"start": start}
        return pgettext("time of day", "%(start)s to %(end)s") % {"start": start, "end": _clock(self.ends_at)}


def _clock(time: dt.time) -> str:
    return time_format(time, "H:i")


class Organiser(models.Model):
    """Who holds the event: an organisation of the directory, or a name as the source has it."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="organisers")
    organisation = models.ForeignKey(Organisation, models.SET_NULL, null=True, blank=True, related_name="+")
    name = models.CharField(_("name"), max_length=250)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("organiser")
        verbose_name_plural = _("organisers")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def profile(self) -> Organisation | None:
        """The organisation whose profile may be linked to; None where there is none or it is hidden."""
        found = self.organisation
        return found if found and found.visibility == Organisation.Visibility.PUBLISHED else None


class EventTopic(Worded):
    """What the event is about, in a few words."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="topics")
    name = TranslatedField(_("topic"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.name)
