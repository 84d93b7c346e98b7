"""Who may do what with a project that is brought in here."""

from typing import Any

from mitwerk.clusters.models import Role
from mitwerk.clusters.rules import can_edit, edited_cluster_ids, is_umbrella_editor, roles_of
from mitwerk.people.queries import representations_of
from mitwerk.projects.models import Joining, Partner, Project, WorkingGroup

DECIDING = frozenset({Role.Kind.BOARD_MEMBER, Role.Kind.MANAGER})


def deciding_cluster_ids(user: Any) -> set[int]:
    """Keys of the clusters for whose projects the user writes down what the board decides."""
    return {role.cluster_id for role in roles_of(user) if role.kind in DECIDING and role.cluster_id}


def _acts_for(user: Any) -> set[int]:
    """Keys of the organisations the user acts for, read once per request."""
    if not hasattr(user, "_acts_for"):
        user._acts_for = set(representations_of(user).values_list("organisation", flat=True))
    return set(user._acts_for)


def can_carry(user: Any, project: Project) -> bool:
    """Acts for an organisation that carries it."""
    carriers = {one.organisation_id for one in project.partners.all() if one.role == Partner.Role.CARRIER}
    return bool(carriers & _acts_for(user))


def can_decide(user: Any, project: Project) -> bool:
    """The board of its clusters and their managers; the umbrella body's editors everywhere."""
    if is_umbrella_editor(user):
        return True
    return bool({cluster.pk for cluster in project.clusters.all()} & deciding_cluster_ids(user))


def can_answer(user: Any, joining: Joining) -> bool:
    """The side that was asked: the people of the invited organisation, or the carriers."""
    if joining.side == Joining.Side.INVITED:
        return joining.organisation_id in _acts_for(user)
    return can_carry(user, joining.project)


def is_office_of(user: Any, project: Project) -> bool:
    """Works for the office of one of its clusters."""
    return can_edit(user, project)


def can_open_group(user: Any, project: Project) -> bool:
    """Its carriers, the board that decides about it, and the office."""
    return can_carry(user, project) or can_decide(user, project) or is_office_of(user, project)


def can_volunteer(user: Any, project: Project) -> bool:
    """Acts for some organisation, and for one of its partners where the project is not public."""
    mine = _acts_for(user)
    if project.state == Project.State.PUBLISHED:
        return bool(mine)
    return bool(mine & {one.organisation_id for one in project.partners.all()})


def can_keep_group(user: Any, group: WorkingGroup) -> bool:
    """Says what its task is, asks people in and may take somebody out: the carriers and the office."""
    return can_carry(user, group.project) or is_office_of(user, group.project)


def sees_board(user: Any) -> bool:
    """Has projects to decide about, or to look after for the office."""
    return is_umbrella_editor(user) or bool(deciding_cluster_ids(user) | edited_cluster_ids(user))
