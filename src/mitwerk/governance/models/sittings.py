"""Sittings: when a body meets, who could come when, who was there, and what somebody is to do afterwards."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, WebAddress, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.governance.models.bodies import Body
from mitwerk.people.models import Person


class Sitting(Worded, Dated):
    """A body meets. `sequence` counts the versions of the invitation (RFC 5545), `told` is the last one sent out."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a sitting", "draft")
        POLL = "poll", pgettext_lazy("state of a sitting", "date is looked for")
        INVITED = "invited", pgettext_lazy("state of a sitting", "invited")
        RUNNING = "running", pgettext_lazy("state of a sitting", "running")
        ENDED = "ended", pgettext_lazy("state of a sitting", "ended")
        CANCELLED = "cancelled", pgettext_lazy("state of a sitting", "cancelled")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="sittings", verbose_name=_("body"))
    title = TranslatedField(_("title"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    starts_at = models.DateTimeField(_("begins"), null=True, blank=True)
    length = models.PositiveSmallIntegerField(
        _("minutes"), default=120, validators=[MinValueValidator(5), MaxValueValidator(1440)]
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = WebAddress(_("address for taking part from elsewhere"), blank=True)
    sequence = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("sitting")
        verbose_name_plural = _("sittings")
        ordering = [F("starts_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=("draft", "poll", "cancelled")) | Q(starts_at__isnull=False),
                name="governance_sitting_has_a_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(opened_at__isnull=False, ended_at=None),
                name="governance_running_sitting_was_opened",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(opened_at__isnull=False, ended_at__gte=F("opened_at")),
                name="governance_ended_sitting_has_its_times",
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or gettext("Sitting")

    @property
    def begins_at(self) -> datetime:
        """When it begins; only for one with a date, which the database holds from the invitation on."""
        if self.starts_at is None:
            raise ValueError("This sitting has no date yet.")
        return self.starts_at

    @property
    def ends_at(self) -> datetime:
        """When it is planned to end."""
        return self.begins_at + timedelta(minutes=self.length)

    @property
    def is_to_come(self) -> bool:
        return self.state in (self.State.DRAFT, self.State.POLL, self.State.INVITED)


class PollDate(models.Model):
    """A date that is asked about."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="dates")
    starts_at = models.DateTimeField(_("begins"))

    class Meta:
        verbose_name = _("possible date")
        verbose_name_plural = _("possible dates")
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["sitting", "starts_at"], name="governance_date_asked_once")]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%Y-%m-%d %H:%M}"


class PollAnswer(models.Model):
    """Whether an organisation could come on a date. Organisations go by their public id, as on a roll."""

    class Answer(models.TextChoices):
        YES = "yes", pgettext_lazy("answer to a date", "suits us")
        MAYBE = "maybe", pgettext_lazy("answer to a date", "if need be")
        NO = "no", pgettext_lazy("answer to a date", "does not suit us")

    date = models.ForeignKey(PollDate, models.CASCADE, related_name="answers")
    organisation_id = models.CharField(max_length=16)
    answer = models.CharField(_("answer"), max_length=5, choices=Answer)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("answer to a date")
        verbose_name_plural = _("answers to dates")
        ordering = ["organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["date", "organisation_id"], name="governance_one_answer_each")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.answer}"


class Attendance(models.Model):
    """An organisation that was there, from when to when, under the name it had that day."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendance")
    organisation_id = models.CharField(max_length=16)
    name = models.CharField(_("organisation"), max_length=200)
    arrived_at = models.DateTimeField(_("came"), default=timezone.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["name", "organisation_id"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "organisation_id"], name="governance_one_seat_each"),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")), name="governance_left_after_it_came"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Task(Dated):
    """What somebody is to do after a sitting. Without an organisation it is the office's."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="tasks")
    item = models.ForeignKey(
        "governance.AgendaItem", models.CASCADE, null=True, blank=True, related_name="tasks", verbose_name=_("item")
    )
    text = models.CharField(_("what is to be done"), max_length=300)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="tasks", verbose_name=_("who")
    )
    due_on = models.DateField(_("by when"), null=True, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = [F("due_on").asc(nulls_last=True), "pk"]

    def __str__(self) -> str:
        return self.text

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < timezone.localdate()
