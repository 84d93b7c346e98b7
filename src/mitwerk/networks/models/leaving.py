"""A network leaves, and takes its data with it."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.core.ids import new_public_id
from mitwerk.networks.models.networks import Network


class Leaving(models.Model):
    """A coordinator wants the network deleted: at once when a second one confirms it, otherwise after a week.

    Of what is gone only counts stay; `files` are those that still have to be taken from the disk.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(
        Network, models.SET_NULL, null=True, blank=True, related_name="leavings", verbose_name=_("network")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name=_("confirmed by"),
    )  # fmt: skip
    due_at = models.DateTimeField(_("will be deleted"))
    deleted_at = models.DateTimeField(_("deleted"), null=True, blank=True)
    files: Any = models.JSONField(default=list, blank=True)
    counts: Any = models.JSONField(_("how much it was"), default=dict, blank=True)

    class Meta:
        verbose_name = _("leaving of a network")
        verbose_name_plural = _("leavings of networks")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["network"], condition=Q(deleted_at=None), name="networks_leaving_once"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | Q(asked_by=None) | ~Q(confirmed_by=F("asked_by")),
                name="networks_leaving_by_two",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d}"
