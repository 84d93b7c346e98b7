"""The affiliation agreement: what a cluster may see of a network, and what the network gets."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_scopes import ScopedManager

from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import new_public_id
from mitwerk.governance.models import Resolution
from mitwerk.networks.models.networks import Network
from mitwerk.networks.models.terms import GETS, GIVES, Term, chosen

BOTH_AGREED = Q(network_agreed_at__isnull=False, cluster_agreed_at__isnull=False)
NOT_BOTH = Q(network_agreed_at=None) | Q(cluster_agreed_at=None)


def _user(label: Any) -> Any:
    """Somebody who did it; they may close their account, what they did stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=label
    )


class Affiliation(models.Model):
    """One version of the agreement between a network and a cluster. What it says never changes (migration 0007).

    It goes only once it has ended, when the network leaves and takes along what is its own.

    `gives` and `gets` are the keys of `terms.GIVES` and `terms.GETS`, each with `true`, as both databases can ask for.
    """

    class Side(models.TextChoices):
        NETWORK = "network", _("the network")
        CLUSTER = "cluster", _("the cluster")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("in force")
        DECLINED = "declined", _("did not come about")
        ENDED = "ended", _("ended")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    network = models.ForeignKey(Network, models.CASCADE, related_name="affiliations", verbose_name=_("network"))
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="affiliations", verbose_name=_("cluster"))
    version = models.PositiveIntegerField(_("version"))
    gives: Any = models.JSONField(_("what the cluster may see"), default=dict, blank=True)
    gets: Any = models.JSONField(_("what the network gets"), default=dict, blank=True)
    by_resolution = models.BooleanField(_("the cluster agrees by resolution"), default=False)
    proposed_side = models.CharField(_("proposed by"), max_length=7, choices=Side)
    proposed_by = _user(_("proposed by"))
    proposed_at = models.DateTimeField(_("proposed on"), default=timezone.now)
    network_agreed_by = _user(_("agreed for the network by"))
    network_agreed_at = models.DateTimeField(_("agreed for the network on"), null=True, blank=True)
    cluster_agreed_by = _user(_("agreed for the cluster by"))
    cluster_agreed_at = models.DateTimeField(_("agreed for the cluster on"), null=True, blank=True)
    resolution = models.ForeignKey(
        Resolution, models.PROTECT, null=True, blank=True, related_name="affiliations", verbose_name=_("resolution")
    )
    ended_at = models.DateTimeField(_("ended on"), null=True, blank=True)
    ended_side = models.CharField(_("ended by"), max_length=7, choices=Side, blank=True)
    ended_by = _user(_("ended by"))
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ScopedManager(cluster="cluster")

    class Meta:
        verbose_name = _("affiliation agreement")
        verbose_name_plural = _("affiliation agreements")
        ordering = ["network", "cluster", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["network", "cluster", "version"], name="networks_affiliation_version_once"),
            models.UniqueConstraint(
                fields=["network", "cluster"], condition=BOTH_AGREED & Q(ended_at=None),
                name="networks_affiliation_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["network", "cluster"], condition=NOT_BOTH & Q(ended_at=None),
                name="networks_affiliation_open_once",
            ),
            models.CheckConstraint(
                condition=Q(network_agreed_by=None) | Q(cluster_agreed_by=None)
                | ~Q(network_agreed_by=F("cluster_agreed_by")),
                name="networks_affiliation_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(by_resolution=False) | Q(cluster_agreed_at=None) | Q(resolution__isnull=False),
                name="networks_affiliation_resolution_named",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.network} · {self.cluster} · {self.version}"

    @property
    def is_agreed(self) -> bool:
        """Both sides agreed to this version, whether or not it ended since."""
        return self.network_agreed_at is not None and self.cluster_agreed_at is not None

    @property
    def state(self) -> str:
        if self.ended_at is None:
            return self.State.AGREED if self.is_agreed else self.State.PROPOSED
        return self.State.ENDED if self.is_agreed else self.State.DECLINED

    @property
    def state_label(self) -> str:
        return str(self.State(self.state).label)

    @property
    def in_force_from(self) -> Any:
        """The moment the second side agreed; None where one has not."""
        both = (self.network_agreed_at, self.cluster_agreed_at)
        return max(at for at in both if at is not None) if self.is_agreed else None

    @property
    def given(self) -> list[Term]:
        return chosen(GIVES, self.gives)

    @property
    def gotten(self) -> list[Term]:
        return chosen(GETS, self.gets)

    def agreed_at(self, side: str) -> Any:
        return getattr(self, f"{side}_agreed_at")

    def waits_for(self, side: str) -> bool:
        """Open, and this side has not agreed yet."""
        return self.state == self.State.PROPOSED and self.agreed_at(side) is None
