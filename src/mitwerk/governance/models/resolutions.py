"""The register: what a body decided, numbered by year, until something else takes its place."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.tally import Outcome
from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.governance.models.agenda import Motion
from mitwerk.governance.models.ballots import OUTCOMES, Ballot
from mitwerk.governance.models.bodies import Body


class Resolution(Worded, Dated):
    """What was carried, in the words that were voted on. `result` is that of the vote, as it was counted."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="resolutions", verbose_name=_("body"))
    ballot = models.OneToOneField(Ballot, models.PROTECT, null=True, blank=True, related_name="resolution")
    motion = models.OneToOneField(Motion, models.PROTECT, null=True, blank=True, related_name="resolution")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    title = TranslatedField(_("title"))
    wording = TranslatedField(_("wording"))
    result: Any = models.JSONField(default=dict, blank=True)
    decided_on = models.DateField(_("decided on"))
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(
        _("in force until"), null=True, blank=True, help_text=_("The last day. Empty: no end is set.")
    )
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    is_public = models.BooleanField(_("in the public register"), default=False)

    class Meta:
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["-year", "-number", "body"]
        constraints = [
            models.UniqueConstraint(fields=["body", "year", "number"], name="governance_resolution_number_once"),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="governance_resolution_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=~Q(replaced_by=F("id")), name="governance_resolution_not_by_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def code(self) -> str:
        """What it is called in the minutes: "2026/3"."""
        return f"{self.year}/{self.number}"

    @property
    def outcome(self) -> str:
        """How the vote ended, in the reader's language; empty where it was entered by hand."""
        return str(OUTCOMES[Outcome(self.result["outcome"])]) if self.result else ""

    @property
    def is_in_force(self) -> bool:
        today = timezone.localdate()
        is_over = self.in_force_until is not None and self.in_force_until < today
        return self.in_force_from <= today and not is_over and self.replaced_by_id is None

    def address(self, cluster_slug: str | None = None) -> str:
        return address_of("governance:resolution_detail", public_id=self.public_id, cluster=cluster_slug)

    def get_absolute_url(self) -> str:
        return self.address()
