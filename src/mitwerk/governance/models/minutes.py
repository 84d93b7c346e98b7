"""The minutes of a sitting: written by what happened, worked over, published, approved."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.governance.models.sittings import Sitting


class Minutes(Worded, Dated):
    """`paper` is what was published last (`queries.minutes_paper` gives its shape); `mark` its hash once approved."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("state of minutes", "draft")
        PUBLISHED = "published", pgettext_lazy("state of minutes", "published, not yet approved")
        APPROVED = "approved", pgettext_lazy("state of minutes", "approved")

    sitting = models.OneToOneField(Sitting, models.CASCADE, related_name="minutes")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    preface = TranslatedField(_("before the items"), blank=True)
    is_public = models.BooleanField(_("a short version for everybody"), default=False)
    paper: Any = models.JSONField(default=dict, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="draft") | Q(published_at__isnull=False),
                name="governance_published_minutes_have_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state="approved", approved_at__isnull=False)
                & ~Q(mark="")
                | ~Q(state="approved") & Q(approved_at=None, mark=""),
                name="governance_approved_minutes_have_a_mark",
            ),
        ]

    def __str__(self) -> str:
        return str(self.sitting)
