"""Writes of region, clusters, roles and messages."""

from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import join_group, leave_group, record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.clusters.mails import mail_message
from mitwerk.clusters.models import Cluster, Message, Region, Role
from mitwerk.clusters.queries import the_region
from mitwerk.clusters.rules import EDITING
from mitwerk.core.changes import Refused, Rows, Values
from mitwerk.core.ids import public_id_from
from mitwerk.core.saving import Change, Saved, by_source, write
from mitwerk.pictures.actions import grant_all_collections, grant_collection_rights
from mitwerk.vocabularies.models import Concept

WORKS_IN_THE_OFFICE = EDITING | {Role.Kind.UMBRELLA_EDITOR}


class HomeFields(TypedDict, total=False):
    """What may be said of a region and of a cluster; what is left out stays as it is."""

    name: dict[str, str]
    short_name: dict[str, str]
    claim: dict[str, str]
    description: dict[str, str]
    members_note: dict[str, str]
    website: str
    since: int | None
    accent: str
    sources: list[dict[str, Any]]
    as_of: int | None


class ClusterFields(HomeFields, total=False):
    region_text: str
    sector: Concept | None
    position: int


@transaction.atomic
def save_region(*, source_id: str, actor: User | None = None, **fields: Unpack[HomeFields]) -> Saved[Region]:
    """Make or change the one region; what the office has changed stays as it is."""
    region = the_region() or Region(public_id=public_id_from(source_id))
    if region.is_the_offices:
        return Saved(region, Change.UNCHANGED)
    change = write(region, {**fields, "source_id": source_id})
    if change is not Change.UNCHANGED:
        record_audit(verb="region.save", target=region, actor=actor)
    return Saved(region, change)


@transaction.atomic
def save_cluster(
    *, source_id: str, slug: str = "", actor: User | None = None, **fields: Unpack[ClusterFields]
) -> Saved[Cluster]:
    """Make or change a cluster; one that the office has changed stays. `slug` is for a new one, others keep theirs."""
    wanted = slug or (fields.get("short_name") or fields.get("name") or {}).get("de", "")
    cluster = by_source(Cluster, source_id, wanted, max_length=40)
    if cluster.is_the_offices:
        return Saved(cluster, Change.UNCHANGED)
    change = write(cluster, fields)
    if change is not Change.UNCHANGED:
        record_audit(verb="cluster.save", target=cluster, actor=actor, cluster_slug=cluster.slug)
    return Saved(cluster, change)


def editors_group(cluster: Cluster | None) -> str:
    """Name of the group whose page permissions the editors of a cluster, or of the region, have."""
    return f"cluster:{cluster.slug}:editors" if cluster else "umbrella:editors"


@transaction.atomic
def grant_role(*, user: User, kind: str, cluster: Cluster | None = None, actor: User | None = None) -> Role:
    """Give a role in a cluster, or the umbrella editor's (no cluster); a role held already stays as it is."""
    role, is_new = Role.objects.get_or_create(user=user, kind=kind, cluster=cluster)
    if kind in WORKS_IN_THE_OFFICE:
        _open_the_office(user, cluster)
    if is_new:
        _record(verb="role.grant", role=role, actor=actor)
    return role


def _open_the_office(user: User, cluster: Cluster | None) -> None:
    group = join_group(user=user, name=editors_group(cluster))
    if cluster:
        grant_collection_rights(group=group, name=(cluster.short_name or cluster.name).best("de").text)
    else:
        grant_all_collections(group=group)


@transaction.atomic
def revoke_role(*, role: Role, actor: User | None = None) -> None:
    """Take a role away; the group goes with the last office role in the same place.

    Raises `Refused` for the last manager of a cluster, which nobody would keep.
    """
    user, cluster = role.user, role.cluster
    if role.kind == Role.Kind.MANAGER and cluster and not _has_another_manager(cluster, user):
        told = _("This is the last manager of %(cluster)s. Give somebody else the role first.")
        raise Refused(told % {"cluster": cluster})
    _record(verb="role.revoke", role=role, actor=actor)
    role.delete()
    if not Role.objects.filter(user=user, cluster=cluster, kind__in=WORKS_IN_THE_OFFICE).exists():
        leave_group(user=user, name=editors_group(cluster))


def _has_another_manager(cluster: Cluster, user: User) -> bool:
    """Asked by one at a time, so that two managers cannot take each other's role in the same moment."""
    Cluster.objects.select_for_update().get(pk=cluster.pk)
    managers = Role.objects.filter(cluster=cluster, kind=Role.Kind.MANAGER, user__is_active=True)
    return managers.exclude(user=user).exists()


def _record(*, verb: str, role: Role, actor: User | None) -> None:
    record_audit(
        verb=verb,
        target=role.user,
        actor=actor,
        cluster_slug=role.cluster.slug if role.cluster else "",
        details={"role": role.kind},
    )


@transaction.atomic
def send_message(
    *,
    cluster: Cluster | None,
    kind: Message.Kind,
    name: str,
    email: str,
    text: str,
    subject: str = "",
    organisation_name: str = "",
) -> Message:
    """Store what a visitor wrote, and a mail to the office with it."""
    message = Message.objects.create(
        cluster=cluster,
        kind=kind,
        name=name,
        email=email,
        subject=subject,
        text=text,
        organisation_name=organisation_name,
    )
    record_audit(verb="message.send", target=message, cluster_slug=cluster.slug if cluster else "")
    mail_message(message)
    return message


@transaction.atomic
def change_cluster(*, cluster: Cluster, values: Values, rows: Rows, actor: User) -> Cluster:
    """What the office enters: a new cluster or changes of one. An own domain left empty is none, not an empty one."""
    if "domain" in values:
        values = {**values, "domain": (values["domain"] or "").lower() or None}
    write_record(record=cluster, values=values, rows=rows, actor=actor, cluster_slug=cluster.slug)
    return cluster


def change_region(*, region: Region, values: Values, rows: Rows, actor: User) -> Region:
    """Changes of the region's face."""
    write_record(record=region, values=values, rows=rows, actor=actor)
    return region


@transaction.atomic
def handle_message(*, message: Message, actor: User) -> None:
    """Somebody of the office has answered it."""
    _set_handled(message, timezone.now(), "message.handle", actor)


@transaction.atomic
def reopen_message(*, message: Message, actor: User) -> None:
    """It is not done after all."""
    _set_handled(message, None, "message.reopen", actor)


def _set_handled(message: Message, when: datetime | None, verb: str, actor: User) -> None:
    message.handled_at = when
    message.save(update_fields=["handled_at", "updated_at"])
    record_audit(verb=verb, target=message, actor=actor, cluster_slug=message.cluster.slug if message.cluster else "")


def remove_message(*, message: Message, actor: User) -> None:
    """Delete a message with the personal data in it."""
    slug = message.cluster.slug if message.cluster else ""
    remove_record(record=message, actor=actor, cluster_slug=slug, is_kept=False)
