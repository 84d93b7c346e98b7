"""A project ends: what it came to, and which competences its partners confirm that it proved."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Collection

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import ENDING
from mitwerk.competences.actions import confirm_reference
from mitwerk.core.changes import Refused
from mitwerk.core.jsonld import absolute
from mitwerk.core.translated import Translated
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.pictures.models import Picture
from mitwerk.profiles.queries.drafts import asked_people
from mitwerk.projects.actions.steps import take_step
from mitwerk.projects.mails import mail_proofs
from mitwerk.projects.models import Project, ProjectFigure, Proof, Step, Story
from mitwerk.projects.queries.endings import PROVE, proof_target
from mitwerk.vocabularies.models import Concept

LASTS = timedelta(days=90)
PICTURES = "Projekte · Projects"
"""The collection in which pictures of ended projects lie."""


@dataclass(frozen=True)
class Outcome:
    """What is asked at the end besides the words; `alt` and `credit` belong to the picture."""

    result: dict[str, str] = field(default_factory=dict)
    figures: Sequence[tuple[str, dict[str, str]]] = ()
    proved: Sequence[Concept] = ()
    picture: "UploadedFile[Any] | None" = None
    alt: dict[str, str] = field(default_factory=dict)
    credit: str = ""


@transaction.atomic
def end_project(*, project: Project, verb: str, text: str, outcome: Outcome, actor: User) -> Step:
    """Achieved, partly achieved or stopped, in which words; every partner is asked which competences it proved."""
    if verb not in ENDING:
        raise Refused(_("Choose how the project ends."))
    step = take_step(project=project, verb=verb, actor=actor, text=text)
    project.figures.all().delete()
    ProjectFigure.objects.bulk_create(
        ProjectFigure(project=project, value=value, label=label, position=place)
        for place, (value, label) in enumerate(outcome.figures)
    )
    Story.objects.create(
        project=project, summary=project.summary, problem=project.problem, result=Translated(outcome.result),
        picture=_keep_picture(project, outcome),
    )  # fmt: skip
    for organisation in {one.organisation for one in project.partners.select_related("organisation")} - {None}:
        if organisation is not None:
            _ask(project, organisation, outcome.proved)
    return step


def _ask(project: Project, organisation: Organisation, proved: Sequence[Concept]) -> None:
    if not proved:
        return
    Proof.objects.bulk_create(Proof(project=project, organisation=organisation, concept=one) for one in proved)
    for person in asked_people(organisation):
        target = proof_target(project, organisation)
        token = make_act_link(person=person, act=PROVE, target=target, lasts=LASTS)
        mail_proofs(project, organisation, list(proved), person, token)


@transaction.atomic
def answer_proofs(
    *, project: Project, organisation: Organisation, confirmed: Sequence[Concept], actor: User | None
) -> int:
    """A partner says which of the open ones it did prove; the others are declined. How many are confirmed.

    What is confirmed becomes a reference of the partner, and counts as proved by the project.
    """
    Project.objects.select_for_update().get(pk=project.pk)
    waiting = Proof.objects.filter(project=project, organisation=organisation, state=Proof.State.OPEN)
    said = {"answered_at": timezone.now(), "answered_by": actor}
    yes = list(waiting.filter(concept__in=confirmed).values_list("concept", flat=True))
    if not waiting.exists():
        raise Refused(_("This has been answered already."))
    waiting.filter(concept__in=yes).update(state=Proof.State.CONFIRMED, **said)
    waiting.update(state=Proof.State.DECLINED, **said)
    revoke_act_links(act=PROVE, target=proof_target(project, organisation))
    if yes:
        _become_reference(project, organisation, list(Concept.objects.filter(pk__in=yes)), actor)
    details = {"organisation": organisation.public_id, "confirmed": len(yes)}
    slug = project.clusters.values_list("slug", flat=True).first() or ""
    record_audit(verb="project.answer-proofs", target=project, actor=actor, cluster_slug=slug, details=details)
    return len(yes)


def _become_reference(
    project: Project, organisation: Organisation, concepts: list[Concept], actor: User | None
) -> None:
    project.proved.add(*concepts)
    wording = {code: text for code, _name in settings.LANGUAGES if (text := project.title.get(code))}
    confirm_reference(
        organisation=organisation,
        source_id=f"project/{project.public_id}/{organisation.public_id}",
        wording=wording,
        concepts=concepts,
        actor=actor,
        sources=[{"url": absolute(project.get_absolute_url()), "date": timezone.localdate().isoformat()}],
        as_of=project.end_year or timezone.localdate().year,
    )


def _keep_picture(project: Project, outcome: Outcome) -> Picture | None:
    """Store a checked picture (`pictures.forms.PictureFileField`)."""
    if outcome.picture is None:
        return None
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=PICTURES).first() or root.add_child(name=PICTURES)
    kept: Picture = Picture.objects.create(
        title=str(project)[:255], file=outcome.picture, alt=outcome.alt, credit=outcome.credit, collection=collection
    )
    return kept
