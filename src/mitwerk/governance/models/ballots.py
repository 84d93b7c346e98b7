"""Ballots: what is asked, who may answer (the roll), and what was answered (votes by name, or the box)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.algorithms.tally import Choice, Outcome
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.governance.models.bodies import Body
from mitwerk.people.models import Person

CHOICES = {
    Choice.YES: pgettext_lazy("vote", "Yes"),
    Choice.NO: pgettext_lazy("vote", "No"),
    Choice.ABSTAIN: pgettext_lazy("vote", "Abstention"),
    Choice.BLANK: pgettext_lazy("vote", "Blank"),
    Choice.INVALID: pgettext_lazy("vote", "Invalid"),
}
OUTCOMES = {
    Outcome.CARRIED: _("Carried"),
    Outcome.LOST: _("Not carried"),
    Outcome.NO_QUORUM: _("No quorum"),
}


class Ballot(Worded, Dated):
    """One question to a body, answered in writing until a deadline. From the start on its `paper` is what counts."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of a ballot", "draft")
        OPEN = "open", pgettext_lazy("state of a ballot", "open")
        CLOSED = "closed", pgettext_lazy("state of a ballot", "closed")
        CALLED_OFF = "called_off", pgettext_lazy("state of a ballot", "called off")
        INTERRUPTED = "interrupted", pgettext_lazy("state of a ballot", "interrupted")

    class Problem(models.TextChoices):
        RESTORED = "restored", _("An older state of the database was put back while the ballot was running.")
        CHANGED = "changed", _("Somebody changed the box or the roll in the database.")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="ballots", verbose_name=_("body"))
    title = TranslatedField(_("title"))
    motion = TranslatedField(_("wording to be decided"))
    reason = TranslatedField(_("why"), blank=True)
    is_secret = models.BooleanField(_("secret"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.DRAFT)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    paper: Any = models.JSONField(default=dict, blank=True)
    wording_hash = models.CharField(max_length=64, blank=True)
    roll_hash = models.CharField(max_length=64, blank=True)
    problem = models.CharField(max_length=10, choices=Problem, blank=True)
    result: Any = models.JSONField(null=True, blank=True)
    closing_hash = models.CharField(max_length=64, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(opened_at__isnull=False, closes_at__gt=F("opened_at")),
                name="governance_ballot_has_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | (Q(result__isnull=False) & ~Q(closing_hash="")),
                name="governance_closed_ballot_has_a_result",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") | Q(result__isnull=True), name="governance_no_result_before_the_close"
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def times(self) -> tuple[datetime, datetime]:
        """When it began and ends; only for one that has begun, whose times the database holds."""
        if self.opened_at is None or self.closes_at is None:
            raise ValueError("A draft has no time yet.")
        return self.opened_at, self.closes_at

    @property
    def outcome(self) -> str:
        """What became of it, in the reader's language; empty before the close."""
        return str(OUTCOMES[Outcome(self.result["outcome"])]) if self.result else ""

    @property
    def is_running(self) -> bool:
        """Votes are taken now; the act asks again under a lock."""
        return self.state == self.State.OPEN and self.closes_at is not None and timezone.now() < self.closes_at

    @property
    def is_waiting_for_the_count(self) -> bool:
        return self.state == self.State.OPEN and not self.is_running


class Roll(models.Model):
    """Who may vote, frozen at the start, and who has. One row for each ballot, so that no order of voting is kept.

    `entries`: ``[{"id": public id, "name": …, "chair": bool}]``, by id. `voted`: sorted ids; the database refuses one
    that stands there twice (a trigger of the migration). `version` grows with every vote and withdrawal.
    """

    ballot = models.OneToOneField(Ballot, models.CASCADE, related_name="roll")
    entries: Any = models.JSONField(default=list)
    voted: Any = models.JSONField(default=list)
    entitled = models.PositiveIntegerField()
    cast = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("roll")
        verbose_name_plural = _("rolls")
        constraints = [
            models.CheckConstraint(condition=Q(cast__lte=F("entitled")), name="governance_no_more_votes_than_voters")
        ]

    def __str__(self) -> str:
        return f"{self.cast} / {self.entitled}"

    def entry(self, organisation_id: str) -> dict[str, Any] | None:
        return next((one for one in self.entries if one["id"] == organisation_id), None)


class Box(models.Model):
    """The box of a secret ballot: sealed ballots, sorted, so that nothing tells which came when.

    Each is sealed to `public_key`. Its private half lies in `locked_key`, locked with the installation's BALLOT_KEY,
    which is in no database; it is thrown away when the box is opened. `codes` are the receipts, sorted as well. `seal`
    is made with BALLOT_KEY over box and roll, so that a change past the platform is noticed. After the close
    `opened` holds the sorted choices, and the sealed ballots are gone.
    """

    ballot = models.OneToOneField(Ballot, models.CASCADE, related_name="box")
    public_key = models.CharField(max_length=64)
    locked_key = models.CharField(max_length=200, blank=True)
    sealed: Any = models.JSONField(default=list)
    codes: Any = models.JSONField(default=list)
    seal = models.CharField(max_length=64)
    opened: Any = models.JSONField(null=True, blank=True)
    salt = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")
        constraints = [
            models.CheckConstraint(
                condition=Q(opened__isnull=True) | Q(locked_key=""), name="governance_opened_box_has_no_key"
            )
        ]

    def __str__(self) -> str:
        return self.public_key[:8]


class Vote(models.Model):
    """An organisation's vote in an open ballot. Organisations go by the roll's id, so that a merge changes nothing."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="votes")
    organisation_id = models.CharField(max_length=16)
    choice = models.CharField(_("vote"), max_length=8, choices=[(key.value, label) for key, label in CHOICES.items()])
    reason = models.TextField(_("reasons"), blank=True)
    cast_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="votes")
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["organisation_id"]
        constraints = [models.UniqueConstraint(fields=["ballot", "organisation_id"], name="governance_one_vote_each")]

    def __str__(self) -> str:
        return f"{self.organisation_id} · {self.choice}"
