"""Who may work for which cluster. Every subject's office asks here; nothing else decides."""

from collections.abc import Iterable
from typing import Any

from mitwerk.accounts.rules import is_administrator as is_administrator
from mitwerk.clusters.models import Cluster, Role

EDITING = frozenset({Role.Kind.MANAGER, Role.Kind.EDITOR})
GIVEN_BY_MANAGERS = frozenset({Role.Kind.EDITOR, Role.Kind.BOARD_MEMBER})


def roles_of(user: Any) -> list[Role]:
    """The user's roles, read once per request (the user object lives as long as the request)."""
    if not getattr(user, "is_active", False) or user.pk is None:
        return []
    if not hasattr(user, "_roles"):
        user._roles = list(user.roles.select_related("cluster"))
    return list(user._roles)


def is_umbrella_editor(user: Any) -> bool:
    """Edits the whole region: the umbrella body's editors, and administrators."""
    return is_administrator(user) or any(role.kind == Role.Kind.UMBRELLA_EDITOR for role in roles_of(user))


def edited_cluster_ids(user: Any) -> set[int]:
    """Keys of the clusters the user edits by name; an umbrella editor needs none."""
    return {role.cluster_id for role in roles_of(user) if role.kind in EDITING and role.cluster_id}


def managed_cluster_ids(user: Any) -> set[int]:
    """Keys of the clusters the user manages: there they say who else works."""
    return {role.cluster_id for role in roles_of(user) if role.kind == Role.Kind.MANAGER and role.cluster_id}


def is_editor(user: Any) -> bool:
    """Has anything to do in the office."""
    return is_umbrella_editor(user) or bool(edited_cluster_ids(user))


def managed_slugs(user: Any) -> set[str]:
    """Addresses of the clusters the user manages by name; an umbrella editor needs none."""
    return {role.cluster.slug for role in roles_of(user) if role.kind == Role.Kind.MANAGER and role.cluster}


def is_manager(user: Any) -> bool:
    """Answers for a cluster, or for the region."""
    return is_umbrella_editor(user) or bool(managed_slugs(user))


def needs_second_factor(user: Any) -> bool:
    """Whoever can change what others rely on proves who they are twice: by a role, or by a group of Wagtail's alone."""
    return is_editor(user) or bool(getattr(user, "is_active", False) and user.has_perm("wagtailadmin.access_admin"))


def can_edit_cluster(user: Any, cluster: Cluster | None) -> bool:
    """The cluster itself; None is the region, which is the umbrella body's."""
    return is_umbrella_editor(user) or (cluster is not None and cluster.pk in edited_cluster_ids(user))


def can_edit(user: Any, record: Any) -> bool:
    """A record of several clusters may be edited by each of them; one of none by the umbrella body alone."""
    return can_edit_any(user, record.clusters.all())


def can_edit_any(user: Any, clusters: Iterable[Cluster]) -> bool:
    return is_umbrella_editor(user) or bool({cluster.pk for cluster in clusters} & edited_cluster_ids(user))


def can_remove(user: Any, record: Any) -> bool:
    """Only where nobody else loses it: all of the record's clusters are the user's."""
    if is_umbrella_editor(user):
        return True
    clusters = {cluster.pk for cluster in record.clusters.all()}
    return bool(clusters) and clusters <= edited_cluster_ids(user)
