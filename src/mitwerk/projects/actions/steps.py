"""The way of a project: brought in, handed in, decided about, begun and ended."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit, remove_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import (
    BOARD,
    CARRIER,
    DECISIONS,
    ENDS,
    IDEA,
    OFFICE,
    PUBLIC,
    SUBMITTED,
    Move,
    lacking,
    move_for,
    status_of,
)
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Refused, Values, save_values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.translated import Translated
from mitwerk.projects.mails import mail_decision, mail_submitted
from mitwerk.projects.models import Joining, Partner, Project, Step, WorkingGroup
from mitwerk.projects.queries.pipeline import missing_for_submission


@transaction.atomic
def bring_in_idea(*, organisation: Organisation, cluster: Cluster, values: Values, actor: User) -> Project:
    """A new idea, carried by an organisation, for one cluster. Nobody but its own people sees it yet."""
    project = Project(phase=IDEA, phase_since=timezone.now(), state=Project.State.DRAFT, status=status_of(IDEA))
    project.slug = free_slug_for(project, Translated(values["title"]).best("de").text)
    save_values(project, values)
    project.clusters.set([cluster])
    Partner.objects.create(
        project=project, organisation=organisation, name=organisation.name, role=Partner.Role.CARRIER
    )
    note_step(project, Step.Verb.BRING_IN, actor, text=organisation.name)
    _record("project.bring-in", project, actor)
    return project


@transaction.atomic
def write_idea(*, project: Project, values: Values, actor: User) -> Project:
    """Change an idea that is not handed in. Raises `Refused` where a colleague has handed it in meanwhile."""
    if not Project.objects.select_for_update().filter(pk=project.pk, phase=IDEA).exists():
        raise Refused(_("The idea is handed in already. Take it back if you want to change it."))
    save_values(project, values)
    _record("project.write", project, actor)
    return project


@transaction.atomic
def drop_idea(*, project: Project, actor: User) -> None:
    """Forget an idea that nobody has decided about."""
    if not Project.objects.select_for_update().filter(pk=project.pk, phase=IDEA).exists():
        raise Refused(_("The idea is handed in already. Take it back if you want to drop it."))
    remove_record(record=project, actor=actor, cluster_slug=_cluster_slug(project))


@transaction.atomic
def take_step(*, project: Project, verb: str, actor: User | None, text: str = "") -> Step:
    """What the carriers do: hand in, take back, look for partners, start, end. `text` are the lessons of an end.

    Raises `Refused` where the project has gone on meanwhile, or something is missing.
    """
    if verb == "submit" and (missing := missing_for_submission(project)):
        raise Refused(_("Before the board can decide, this is still needed: %(what)s.") % {"what": ", ".join(missing)})
    step = _move(project, verb, CARRIER, actor, text, None)
    if verb == "submit":
        mail_submitted(project, step)
    return step


@transaction.atomic
def decide(
    *, project: Project, decision: str, actor: User | None, text: str = "", until: date | None = None
) -> Step:
    """What the board decided about an idea, and in which words: one of `pipeline.DECISIONS`.

    `actor` is who wrote it down; None where a body decided. Raises `Refused` where it is no longer to be decided,
    or conditions, reason or day are missing.
    """
    if decision not in DECISIONS:
        raise Refused(_("Choose what the board decides."))
    step = _move(project, decision, BOARD, actor, text, until)
    mail_decision(project, step)
    return step


def tell(*, project: Project, actor: User | None) -> Step:
    """Its story is public from now on; `actions.stories` asks before whether it may be."""
    return _move(project, "tell", OFFICE, actor, "", None)


NEEDED = {
    "text": lambda: _("Write down the wording: conditions, reason or lessons."),
    "until": lambda: _("Give the day until which it is deferred."),
}


def _move(project: Project, verb: str, who: str, actor: User | None, text: str, until: date | None) -> Step:
    locked = Project.objects.select_for_update().get(pk=project.pk)
    move = move_for(verb, locked.phase)
    if move is None or move.who != who:
        raise Refused(_("The project has gone on meanwhile. Look at it once more."))
    _check_needs(move, text, until)
    _enter(project, move, until)
    step = note_step(project, move.verb, actor, text=text.strip(), until=until)
    _record(f"project.{move.verb}", project, actor)
    return step


def check_decision(decision: str, text: str, until: date | None) -> None:
    """Whether a board could decide so: raises `Refused` where conditions, reason or day are missing."""
    move = move_for(decision, SUBMITTED) if decision in DECISIONS else None
    if move is None:
        raise Refused(_("Choose what the board decides."))
    _check_needs(move, text, until)


def _check_needs(move: Move, text: str, until: date | None) -> None:
    if missing := lacking(move, text, until is not None):
        raise Refused(" ".join(NEEDED[need]() for need in missing))
    if until is not None and until <= timezone.localdate():
        raise Refused(_("Give a day that is still to come."))


MOVED = (
    "phase", "phase_since", "due_on", "status", "state", "start_year", "start_month", "end_year", "end_month",
    "updated_at",
)  # fmt: skip
"""What a step changes of the project itself."""


def _enter(project: Project, move: Move, until: date | None) -> None:
    """Status and publication follow from the phase; the months from what happens, where nobody entered them."""
    today = timezone.localdate()
    project.phase, project.phase_since, project.due_on = move.target, timezone.now(), until
    project.status = status_of(move.target)
    project.state = Project.State.PUBLISHED if move.target in PUBLIC else Project.State.DRAFT
    if move.verb == "start" and not project.start_year:
        project.start_year, project.start_month = today.year, today.month
    if move.target in ENDS:
        if project.start_year and not project.end_year:
            project.end_year, project.end_month = today.year, today.month
        Joining.objects.filter(project=project, state=Joining.State.OPEN).update(
            state=Joining.State.DECLINED, answered_at=timezone.now()
        )
        WorkingGroup.objects.filter(project=project, closed_on=None).update(closed_on=today, report_due=None)
    project.save(update_fields=MOVED)  # its words may have been changed since they were read


def note_step(
    project: Project, verb: str, actor: User | None, *, text: str = "", until: date | None = None
) -> Step:
    """A line of the history."""
    return Step.objects.create(project=project, verb=verb, phase=project.phase, text=text, until=until, by=actor)


def _record(verb: str, project: Project, actor: User | None) -> None:
    record_audit(verb=verb, target=project, actor=actor, cluster_slug=_cluster_slug(project))


def _cluster_slug(project: Project) -> str:
    return project.clusters.values_list("slug", flat=True).first() or ""
