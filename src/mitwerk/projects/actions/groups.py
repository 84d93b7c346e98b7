"""Working groups: opened for a task, joined by volunteering, and what their room holds."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import AT_WORK
from mitwerk.core.changes import Refused, Values, save_values
from mitwerk.outbox.queries import is_queued
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.people.models import Person
from mitwerk.projects.actions.steps import note_step
from mitwerk.projects.mails import ask_key, mail_ask, mail_volunteer
from mitwerk.projects.models import GroupMember, Project, Step, WorkingGroup
from mitwerk.projects.queries.groups import VOLUNTEER, partner_organisations, people_to_ask

LASTS = timedelta(days=60)


@transaction.atomic
def open_group(*, project: Project, values: Values, actor: User | None, asks_partners: bool = False) -> WorkingGroup:
    """A task and a day to report back by. `asks_partners`: their people are asked by mail whether they volunteer."""
    if Project.objects.select_for_update().get(pk=project.pk).phase not in AT_WORK:
        raise Refused(_("Working groups are opened once the board has accepted the project, and until it ends."))
    _must_come(values["report_due"])
    group = WorkingGroup(project=project)
    save_values(group, values)
    note_step(project, Step.Verb.OPEN_GROUP, actor, text=str(group))
    record_group("project.open-group", group, actor)
    if asks_partners:
        ask_for_volunteers(group=group, organisations=partner_organisations(project), actor=actor)
    return group


@transaction.atomic
def change_group(*, group: WorkingGroup, values: Values, actor: User) -> WorkingGroup:
    """Another task or another day. Of a new day people are reminded anew."""
    locked = lock_open(group)
    due = values.get("report_due", locked.report_due)
    if due != locked.report_due:
        _must_come(due)
        if locked.reports.filter(was_due=due).exists():
            raise Refused(_("The group has reported for this day already. Give another one."))
        values = {**values, "due_since": timezone.localdate(), "reminded": ""}
    save_values(locked, values)
    record_group("project.change-group", locked, actor)
    return locked


@transaction.atomic
def plan_group(
    *, group: WorkingGroup, values: Values, speaker: GroupMember | None, substitute: GroupMember | None, actor: User
) -> None:
    """When and where they meet next, and who speaks for them: two different members."""
    if speaker is not None and speaker == substitute:
        raise Refused(_("Speaker and substitute must be two people."))
    locked = lock_open(group)
    save_values(locked, values)
    locked.members.exclude(function="").update(function="")
    for member, function in ((speaker, "speaker"), (substitute, "substitute")):
        if member is not None and not locked.members.filter(pk=member.pk).update(function=function):
            raise Refused(_("%(name)s does not belong to the group any more.") % {"name": member.person.name})
    record_group("project.plan-group", locked, actor)


@transaction.atomic
def ask_for_volunteers(*, group: WorkingGroup, organisations: Sequence[Organisation], actor: User | None) -> int:
    """Ask everybody who acts for one of them, with a link that answers; nobody twice for the same group. How many."""
    locked = lock_open(group)
    asked = 0
    for person in people_to_ask(locked, list(organisations)):
        if not is_queued(ask_key(locked, person)):
            token = make_act_link(person=person, act=VOLUNTEER, target=locked.public_id, lasts=LASTS)
            mail_ask(locked, person, token)
            asked += 1
    if asked:
        record_group("project.ask-volunteers", locked, actor, {"people": asked})
    return asked


@transaction.atomic
def volunteer(*, group: WorkingGroup, person: Person) -> GroupMember:
    """The person belongs to the group from now on. To say it twice changes nothing."""
    locked = lock_open(group)
    member, is_new = GroupMember.objects.get_or_create(group=locked, person=person)
    if is_new:
        revoke_act_links(act=VOLUNTEER, target=locked.public_id, person=person)
        record_group("project.volunteer", locked, person.user, {"member": member.public_id})
        mail_volunteer(member)
    return member


@transaction.atomic
def leave_group(*, member: GroupMember, actor: User) -> None:
    """They step down, or somebody of the carriers or the office takes them out. They may come back."""
    details = {"member": member.public_id}
    if GroupMember.objects.filter(pk=member.pk).delete()[0]:
        record_group("project.leave-group", member.group, actor, details)


def lock_open(group: WorkingGroup) -> WorkingGroup:
    """The group as it is now, held until the end of the transaction. Raises `Refused` where it is closed."""
    locked = WorkingGroup.objects.select_for_update().select_related("project").get(pk=group.pk)
    if not locked.is_open or locked.project.phase not in AT_WORK:
        raise Refused(_("The working group is closed."))
    return locked


def _must_come(day: date) -> None:
    if day <= timezone.localdate():
        raise Refused(_("Give a day that is still to come."))


def record_group(verb: str, group: WorkingGroup, actor: User | None, details: dict[str, Any] | None = None) -> None:
    slug = group.project.clusters.values_list("slug", flat=True).first() or ""
    details = {"group": group.public_id, **(details or {})}
    record_audit(verb=verb, target=group.project, actor=actor, cluster_slug=slug, details=details)
