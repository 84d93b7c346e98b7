"""Reads of organisations: who may be seen by whom, decided once."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Certificate, Claim, Membership, Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.core.translated import Translated


class Line(NamedTuple):
    """What lists show of an organisation."""

    pk: int
    public_id: str
    slug: str
    name: str
    kind: str
    town: str
    description: Translated
    size: str
    founded: int | None
    created_at: datetime


PART = 500
"""So many keys go into one query: databases limit how many values a query may hold."""


def visible_organisations(cluster: Cluster | None) -> QuerySet[Organisation]:
    """The actors of the region, or of one cluster: its members and the organisations of its sector."""
    organisations = Organisation.objects.filter(visibility=Organisation.Visibility.PUBLISHED)
    if cluster is None:
        return organisations
    is_member = Exists(current_memberships().filter(organisation=OuterRef("pk"), cluster=cluster))
    of_sector = Organisation.sectors.through.objects.filter(organisation=OuterRef("pk"))
    return organisations.filter(Q(is_member) | Q(Exists(of_sector.filter(concept=cluster.sector_id))))


def successor_of(slug: str) -> Organisation | None:
    """The organisation everybody may see that stands for the merged one of this address."""
    merged = Organisation.objects.filter(slug=slug).exclude(merged_into=None)
    return visible_organisations(None).filter(pk__in=merged.values("merged_into")).first()


def current_memberships() -> QuerySet[Membership]:
    """Memberships that have not ended, in the cluster (or region) that is in scope."""
    return Membership.objects.filter(Q(until=None) | Q(until__gte=timezone.localdate()))


def editable_organisations(user: Any) -> QuerySet[Organisation]:
    """Members of a cluster the user edits; an umbrella editor edits all. What was merged is nobody's to edit."""
    if is_umbrella_editor(user):
        return Organisation.objects.filter(merged_into=None)
    mine = current_memberships().filter(organisation=OuterRef("pk"), cluster__in=edited_cluster_ids(user))
    return Organisation.objects.filter(Exists(mine), merged_into=None)


def removable_organisations(user: Any) -> QuerySet[Organisation]:
    """Those that nobody else would lose: every membership is in a cluster the user edits."""
    organisations = editable_organisations(user)
    if is_umbrella_editor(user):
        return organisations
    elsewhere = Membership.objects.filter(organisation=OuterRef("pk"))
    return organisations.exclude(Exists(elsewhere.filter(Q(cluster=None) | ~Q(cluster__in=edited_cluster_ids(user)))))


def choosable_organisations(user: Any) -> QuerySet[Organisation]:
    """What the office may name as partner, organiser or member: what everybody sees, and its own hidden ones."""
    published = Organisation.objects.filter(visibility=Organisation.Visibility.PUBLISHED)
    return published | Organisation.objects.filter(pk__in=editable_organisations(user).values("pk"))


def valid_certificates(organisation: Organisation) -> list[Certificate]:
    """Those that have not run out, in the organisation's order."""
    found = Certificate.objects.filter(organisation=organisation).order_by("position", "pk")
    return list(found.filter(Q(valid_until=None) | Q(valid_until__gte=timezone.localdate())))


def editable_claims(user: Any) -> QuerySet[Claim]:
    """Claims of the organisations the user edits."""
    claims = Claim.objects.select_related("organisation")
    return claims if is_umbrella_editor(user) else claims.filter(organisation__in=editable_organisations(user))


def organisation_lines(pks: Sequence[int], cluster: Cluster | None) -> list[Line]:
    """What a list shows of each organisation, in the order of `pks`; without those that may not be seen."""
    lines = visible_organisations(cluster).order_by().values_list(*Line._fields)
    found = {line[0]: Line(*line) for part in _parts(pks) for line in lines.filter(pk__in=part)}
    return [found[pk] for pk in pks if pk in found]


def whole_organisations(pks: Sequence[int], cluster: Cluster | None) -> Iterator[Organisation]:
    """All there is to export of each organisation, in the order of `pks`, some hundreds at a time."""
    rows = visible_organisations(cluster).order_by().select_related("state", "district").defer("district__outline")
    for part in _parts(pks):
        yield from _in_order(rows, part)


def _parts(pks: Sequence[int]) -> Iterator[Sequence[int]]:
    return (pks[start : start + PART] for start in range(0, len(pks), PART))


def _in_order(rows: QuerySet[Organisation], pks: Sequence[int]) -> list[Organisation]:
    found = rows.in_bulk(list(pks))
    return [found[pk] for pk in pks if pk in found]


def memberships_of(organisations: Iterable[Organisation]) -> QuerySet[Membership]:
    """The current memberships in clusters, in the order of the clusters; the umbrella body's last."""
    return (
        current_memberships()
        .filter(organisation__in=list(organisations))
        .select_related("cluster")
        .order_by("cluster__position", "cluster__slug")
    )
