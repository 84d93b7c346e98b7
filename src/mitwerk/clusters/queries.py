"""Reads of region and clusters."""

from functools import lru_cache
from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import AuditEntry
from mitwerk.clusters.models import Cluster, Message, Region, Role
from mitwerk.clusters.rules import (
    GIVEN_BY_MANAGERS,
    edited_cluster_ids,
    is_administrator,
    is_editor,
    is_umbrella_editor,
    managed_cluster_ids,
    managed_slugs,
)
from mitwerk.core.desk import DeskRow

M = TypeVar("M", bound=Model)
MOST_ROWS = 20
"""So many of one kind stand on the desk; the office has lists for the rest."""


def the_region() -> Region | None:
    """The one region; None before the first `load_region`."""
    return next(iter(_region().all()), None)


@lru_cache(maxsize=1)
def _region() -> QuerySet[Region]:
    """The question alone, put together once: every request asks it."""
    return Region.objects.order_by("pk")[:1]


def cluster_by_slug(slug: str) -> Cluster | None:
    return Cluster.objects.select_related("sector").filter(slug=slug).first()


def cluster_by_domain(host: str) -> Cluster | None:
    """The cluster that lives at this host (port ignored)."""
    return Cluster.objects.filter(domain=host.rsplit(":", 1)[0].lower()).first()


def clusters() -> QuerySet[Cluster]:
    """All clusters, in the order the office gave them."""
    return Cluster.objects.all()


def edited_clusters(user: Any) -> QuerySet[Cluster]:
    """The clusters the user may give records to, and whose settings they may change."""
    everything = Cluster.objects.all()
    return everything if is_umbrella_editor(user) else everything.filter(pk__in=edited_cluster_ids(user))


def editable_regions(user: Any) -> QuerySet[Region]:
    return Region.objects.all() if is_umbrella_editor(user) else Region.objects.none()


def editable_messages(user: Any) -> QuerySet[Message]:
    messages = Message.objects.all()
    return messages if is_umbrella_editor(user) else messages.filter(cluster__in=edited_cluster_ids(user))


def seen_roles(user: Any) -> QuerySet[Role]:
    """Who may what: in the clusters the user edits; everywhere for the umbrella body."""
    roles = Role.objects.select_related("user", "cluster")
    return roles if is_umbrella_editor(user) else roles.filter(cluster__in=edited_cluster_ids(user))


def revocable_roles(user: Any) -> QuerySet[Role]:
    """Those the user could give (`rules.can_grant_role`), and their own: everybody may step down."""
    roles = seen_roles(user)
    if is_administrator(user):
        return roles
    given = Q(cluster__isnull=False) if is_umbrella_editor(user) else Q(
        cluster__in=managed_cluster_ids(user), kind__in=GIVEN_BY_MANAGERS
    )  # fmt: skip
    return roles.filter(given | Q(user=user.pk))


def editable(user: Any, model: type[M]) -> QuerySet[M]:
    """Records with `clusters` that the user may edit; the set of those for which `rules.can_edit` is true."""
    records = model._default_manager.all()
    if is_umbrella_editor(user):
        return records
    return records.filter(pk__in=model._default_manager.filter(clusters__in=edited_cluster_ids(user)).values("pk"))


def removable(user: Any, model: type[M]) -> QuerySet[M]:
    """Records that no other cluster would lose; the set of those for which `rules.can_remove` is true."""
    records = editable(user, model)
    if is_umbrella_editor(user):
        return records
    foreign = Cluster.objects.exclude(pk__in=edited_cluster_ids(user))
    return records.exclude(pk__in=model._default_manager.filter(clusters__in=foreign).values("pk"))


def office_address(cluster: Cluster | None) -> str:
    """Where mail for the office goes: to the cluster's, else to the region's, else to the installation's."""
    if cluster and cluster.office_email:
        return cluster.office_email
    region = the_region()
    return region.office_email if region and region.office_email else str(settings.OFFICE_EMAIL)


def readable_lines(user: Any) -> QuerySet[AuditEntry]:
    """Lines of the log the user may read: all of them, or those of the clusters they manage."""
    lines = AuditEntry.objects.all()
    return lines if is_umbrella_editor(user) else lines.filter(cluster_slug__in=managed_slugs(user))


def desk_rows(user: Any) -> list[DeskRow]:
    """For the office: messages that nobody has answered, the longest waiting first."""
    if not is_editor(user):
        return []
    waiting = editable_messages(user).filter(handled_at=None).order_by("created_at")
    return [
        DeskRow(
            title=message.get_kind_display(),
            text=message.subject or message.organisation_name or message.name,
            url=reverse("office_messages:inspect", args=[message.pk]),
            action=_("Answer"),
            due=timezone.localdate(message.created_at),
        )
        for message in waiting[:MOST_ROWS]
    ]
