"""Reads of working groups: who is in one, who sees its room, what is due."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import AT_WORK
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.people.models import ActLink, Person, Representative
from mitwerk.people.queries import current_representatives, person_of
from mitwerk.projects.models import GroupFile, GroupMember, GroupNote, Partner, Project, WorkingGroup
from mitwerk.projects.queries.pipeline import carried_projects, on_their_way, own_projects
from mitwerk.projects.rules import can_keep_group, can_volunteer

VOLUNTEER = "project.volunteer"
"""The act of the links in mails that ask for volunteers; their target is the group's public id."""
_CLUSTERS: Any = Project.clusters.through


def acting_people() -> QuerySet[Person]:
    """Those who act for some organisation now and may sign in: they can volunteer, and their membership counts."""
    acting = Representative.objects.filter(person=OuterRef("pk"), until=None)
    return Person.objects.filter(Exists(acting), user__is_active=True)


def current_members() -> QuerySet[GroupMember]:
    """Members with their people; who acts for nobody any more is none."""
    found = GroupMember.objects.filter(person__in=acting_people().order_by().values("pk"))
    return found.select_related("person__user").order_by("since", "pk")


def open_groups() -> QuerySet[WorkingGroup]:
    """Those that still report."""
    return WorkingGroup.objects.filter(closed_on=None, project__in=on_their_way().filter(phase__in=AT_WORK))


def with_what_pages_show(groups: QuerySet[WorkingGroup]) -> QuerySet[WorkingGroup]:
    """With project (its partners and clusters), members and reports."""
    return groups.select_related("project").prefetch_related(
        Prefetch("members", current_members()), "reports", "project__clusters",
        Prefetch("project__partners", Partner.objects.select_related("organisation")),
    )  # fmt: skip


def my_groups(user: Any) -> QuerySet[WorkingGroup]:
    """Those the user is a member of, what is due first on top."""
    mine = current_members().order_by().filter(person__user=user.pk, group=OuterRef("pk"))
    open_first = F("closed_on").desc(nulls_first=True)
    return WorkingGroup.objects.filter(Exists(mine)).order_by(open_first, "report_due", "pk")


def group_rooms(user: Any) -> QuerySet[WorkingGroup]:
    """Whose room the user may enter: as a member, as a carrier of the project, or for the office of its clusters."""
    member = Q(pk__in=my_groups(user).order_by().values("pk"))
    return with_what_pages_show(WorkingGroup.objects.filter(member | Q(pk__in=kept_groups(user))))


def kept_groups(user: Any) -> Any:
    """Keys of the groups for which `rules.can_keep_group` is true."""
    projects = on_their_way()
    if not is_umbrella_editor(user):
        keys = edited_cluster_ids(user)
        offices = projects.filter(Exists(_CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__in=keys)))
        carried = carried_projects(user).order_by().values("pk")
        projects = projects.filter(Q(pk__in=carried) | Q(pk__in=offices.order_by().values("pk")))
    return WorkingGroup.objects.filter(project__in=projects.order_by().values("pk")).order_by().values("pk")


def is_member(user: Any, group: WorkingGroup) -> bool:
    return any(member.person.user_id == user.pk for member in group.members.all())


def groups_of(project: Project) -> list[WorkingGroup]:
    """With how many belong to each and what was reported last, the open ones first."""
    if not project.phase:
        return []
    found = list(project.groups.prefetch_related(Prefetch("members", current_members()), "reports"))
    for group in found:
        group.project = project  # with the partners and clusters that were read already
    return sorted(found, key=lambda group: (not group.is_open, group.pk))


def shown_groups(user: Any, project: Project) -> list[dict[str, Any]]:
    """What the public page and the room of a project show of its groups, and what the reader may do there."""
    groups = groups_of(project)
    if not groups:
        return []
    may_volunteer = not user.is_authenticated or can_volunteer(user, project)
    sees_all = user.is_authenticated and can_keep_group(user, groups[0])
    found = []
    for group in groups:
        is_inside = user.is_authenticated and is_member(user, group)
        found.append(
            {
                "group": group,
                "report": next(iter(group.reports.all()), None),
                "may_enter": sees_all or is_inside,
                "may_volunteer": group.is_open and may_volunteer and not is_inside,
            }
        )
    return found


def volunteerable_groups(user: Any) -> QuerySet[WorkingGroup]:
    """Open groups the user may join: of public projects, of projects their organisations take part in, and those they
    were asked for by mail. Nobody who acts for no organisation."""
    person = person_of(user)
    if person is None or not acting_people().filter(pk=person.pk).exists():
        return WorkingGroup.objects.none()
    asked = ActLink.objects.filter(person=person, act=VOLUNTEER, revoked_at=None).values("target")
    public = on_their_way().filter(state=Project.State.PUBLISHED).values("pk")
    mine = own_projects(user).order_by().values("pk")
    may = Q(project__in=public) | Q(project__in=mine) | Q(public_id__in=asked)
    return open_groups().filter(may).select_related("project")


def group_for(person: Person, public_id: str) -> WorkingGroup | None:
    """The open group of this id, where the person acts for some organisation now."""
    if not acting_people().filter(pk=person.pk).exists():
        return None
    return open_groups().select_related("project").filter(public_id=public_id).first()


def organisations_of(people: list[Person]) -> dict[int, str]:
    """Person to the names of whom they act for."""
    names: dict[int, list[str]] = {}
    for one in current_representatives().filter(person__in=people).order_by("organisation__sort_name"):
        names.setdefault(one.person_id, []).append(one.organisation.name)
    return {key: ", ".join(found) for key, found in names.items()}


def askable_organisations(group: WorkingGroup) -> QuerySet[Organisation]:
    """Published organisations and partners of the project, with somebody who can be asked."""
    people = current_representatives().filter(organisation=OuterRef("pk"), person__user__is_active=True)
    taking = Partner.objects.filter(project=group.project_id, organisation=OuterRef("pk"))
    seen = Q(visibility=Organisation.Visibility.PUBLISHED) | Exists(taking)
    return Organisation.objects.filter(seen, Exists(people)).order_by("sort_name", "pk")


def partner_organisations(project: Project) -> list[Organisation]:
    return [one.organisation for one in project.partners.select_related("organisation") if one.organisation]


def people_to_ask(group: WorkingGroup, organisations: list[Organisation]) -> list[Person]:
    """Everybody who acts for one of them and may sign in, but those who belong to the group already."""
    acting = current_representatives().filter(organisation__in=organisations).values("person")
    inside = GroupMember.objects.filter(group=group).values("person")
    found = acting_people().filter(pk__in=acting).exclude(pk__in=inside)
    return list(found.select_related("user").order_by("pk"))


def droppable_notes(user: Any) -> QuerySet[GroupNote]:
    """Everybody takes away their own."""
    return GroupNote.objects.filter(by=user.pk, group__in=group_rooms(user).order_by().values("pk"))


def endable_members(user: Any) -> QuerySet[GroupMember]:
    """Everybody steps down themselves; the carriers and the office take anybody out."""
    own = Q(person__user=user.pk)
    return GroupMember.objects.filter(own | Q(group__in=kept_groups(user))).select_related("person", "group__project")


def droppable_files(user: Any) -> QuerySet[GroupFile]:
    """Everybody takes away their own; the carriers and the office any."""
    found = readable_files(user)
    return found.filter(Q(by=user.pk) | Q(group__in=kept_groups(user)))


def readable_files(user: Any) -> QuerySet[GroupFile]:
    """Files of the rooms the user may enter, asked anew each time."""
    return GroupFile.objects.filter(group__in=group_rooms(user).order_by().values("pk")).select_related("group")


def reportable_groups(user: Any) -> QuerySet[WorkingGroup]:
    """Open groups the user belongs to."""
    return open_groups().filter(pk__in=my_groups(user).order_by().values("pk")).select_related("project")
