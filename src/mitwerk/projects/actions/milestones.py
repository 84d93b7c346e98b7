"""Milestones: what must be there by when, and that it is."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.pipeline import ENDED
from mitwerk.core.changes import Refused, Values, save_values
from mitwerk.projects.actions.steps import note_step
from mitwerk.projects.models import Milestone, Project, Step


@transaction.atomic
def add_milestone(*, project: Project, values: Values, actor: User) -> Milestone:
    """One more, while the project has not ended."""
    if Project.objects.select_for_update().get(pk=project.pk).phase in ENDED:
        raise Refused(_("The project has ended."))
    milestone = Milestone(project=project)
    save_values(milestone, values)
    _record("project.add-milestone", milestone, actor)
    return milestone


@transaction.atomic
def reach_milestone(*, milestone: Milestone, actor: User) -> None:
    """It is there, as of today; the history says so. Of two clicks one counts."""
    today = timezone.localdate()
    if not Milestone.objects.filter(pk=milestone.pk, done_on=None).update(done_on=today):
        raise Refused(_("This milestone has been reached already."))
    milestone.done_on = today
    note_step(milestone.project, Step.Verb.REACH, actor, text=str(milestone))
    _record("project.reach-milestone", milestone, actor)


@transaction.atomic
def drop_milestone(*, milestone: Milestone, actor: User) -> None:
    """It was planned and is not wanted any more. What was reached stays."""
    if not Milestone.objects.select_for_update().filter(pk=milestone.pk, done_on=None).exists():
        raise Refused(_("This milestone has been reached already."))
    _record("project.drop-milestone", milestone, actor)
    milestone.delete()


def _record(verb: str, milestone: Milestone, actor: User) -> None:
    slug = milestone.project.clusters.values_list("slug", flat=True).first() or ""
    details = {"milestone": milestone.public_id}
    record_audit(verb=verb, target=milestone.project, actor=actor, cluster_slug=slug, details=details)
