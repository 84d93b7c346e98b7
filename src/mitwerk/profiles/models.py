"""What an organisation's own people want its profile to say, and whether it is still right."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated


class Draft(Dated):
    """A profile as its own people want it. The public one stays as it is until the office clears this one.

    `base` is the public profile as it was when they began, `content` what they make of it (`queries.content`): what
    differs between the two is theirs, everything else stays the office's. `version` counts the writings, so that the
    office clears what it has read and nothing newer.
    """

    class State(models.TextChoices):
        WRITING = "writing", _("in writing")
        WAITING = "waiting", _("waits for the office")
        SENT_BACK = "sent-back", _("sent back")
        CLEARED = "cleared", _("cleared")
        DROPPED = "dropped", _("dropped")

    OPEN = (State.WRITING, State.WAITING, State.SENT_BACK)

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="drafts", verbose_name=_("organisation")
    )
    base: Any = models.JSONField(default=dict, blank=True)
    content: Any = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.WRITING
    )
    note = models.TextField(_("note for the office"), max_length=2000, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True, blank=True)
    decided_at = models.DateTimeField(_("answered"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("change of a profile")
        verbose_name_plural = _("changes of profiles")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(state__in=["writing", "waiting", "sent-back"]),
                name="profiles_one_open_draft",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(submitted_at__isnull=False), name="profiles_waiting_was_handed_in"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    def giving_way(self, winner: Organisation) -> dict[str, Any]:
        """When organisations are merged each may have an open one; the winner's stays."""
        is_second = self.is_open and Draft.objects.filter(organisation=winner, state__in=self.OPEN).exists()
        return {"state": self.State.DROPPED} if is_second else {}


class Confirmation(models.Model):
    """The yearly question to an organisation whether its profile is still right. One is open at a time."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="confirmations", verbose_name=_("organisation")
    )
    due_on = models.DateField(_("due on"))
    asked_at = models.DateTimeField(_("asked"))
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("answered by"),
    )

    class Meta:
        verbose_name = _("yearly question")
        verbose_name_plural = _("yearly questions")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(answered_at=None), name="profiles_asked_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.due_on}"

    def giving_way(self, winner: Organisation) -> dict[str, Any]:
        """When organisations are merged both may be asked; the winner's question stays open."""
        is_second = self.answered_at is None and winner.confirmations.filter(answered_at=None).exists()
        return {"answered_at": timezone.now()} if is_second else {}
