"""Reads of what comes of ended projects: competences to confirm, and stories to release."""

from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import ENDS
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import edited_cluster_ids, is_editor, is_umbrella_editor
from mitwerk.core.desk import DeskRow
from mitwerk.people.models import Person
from mitwerk.people.queries import organisation_of, represented_organisations
from mitwerk.projects.models import Partner, Project, Proof, Release, Story
from mitwerk.projects.queries.pipeline import on_their_way, with_what_rooms_show

PROVE, RELEASE = "project.prove", "project.release"
"""The acts of the links in mails to partners of ended projects."""
_CLUSTERS: Any = Project.clusters.through


def proof_target(project: Project, organisation: Organisation) -> str:
    return f"{project.public_id}:{organisation.public_id}"


def release_target(release: Release, version: int) -> str:
    """With the version of the texts, so that a link releases what its mail shows."""
    return f"{release.public_id}:{version}"


def open_proofs(user: Any) -> QuerySet[Proof]:
    """What the user's organisations have not answered yet."""
    mine = represented_organisations(user).order_by().values("pk")
    found = Proof.objects.filter(state=Proof.State.OPEN, organisation__in=mine)
    return found.select_related("project", "organisation", "concept").order_by("asked_at", "pk")


def proofs_for(person: Person, target: str) -> list[Proof]:
    """The open ones behind a link, where the person acts for the organisation now."""
    project, _colon, organisation = target.partition(":")
    if organisation_of(person, organisation) is None:
        return []
    found = Proof.objects.filter(
        project__public_id=project, organisation__public_id=organisation, state=Proof.State.OPEN
    )
    return list(found.select_related("project", "organisation", "concept").prefetch_related("concept__labels"))


def answerable_releases(user: Any) -> QuerySet[Release]:
    """Stories that the user's organisations were asked about and that are not public yet."""
    mine = represented_organisations(user).order_by().values("pk")
    asked = Release.objects.filter(project__phase__in=ENDS, project__story__asked_at__isnull=False)
    found = asked.filter(organisation__in=mine)
    return found.select_related("project__story__picture", "organisation").order_by("asked_at", "pk")


def release_for(person: Person, target: str) -> tuple[Release, int] | None:
    """The release behind a link and the version it was sent with, where both still hold."""
    public_id, _colon, version = target.partition(":")
    found = Release.objects.select_related("project__story", "organisation").filter(public_id=public_id).first()
    if found is None or organisation_of(person, found.organisation.public_id) is None:
        return None
    is_current = str(found.project.story.version) == version and found.project.phase in ENDS
    return (found, found.project.story.version) if is_current else None


def tellable_projects(user: Any) -> QuerySet[Project]:
    """Ended projects of the user's office whose story is not public."""
    projects = on_their_way().filter(phase__in=ENDS)
    if not is_umbrella_editor(user):
        links = _CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__in=edited_cluster_ids(user))
        projects = projects.filter(Exists(links))
    return with_what_rooms_show(projects)


def omittable_releases(user: Any) -> QuerySet[Release]:
    """Those the user's office may do without."""
    waiting = Release.objects.filter(state__in=(Release.State.OPEN, Release.State.REFUSED))
    tellable = tellable_projects(user).order_by().values("pk")
    return waiting.filter(project__in=tellable).select_related("project", "organisation")


def partners_to_release(project: Project) -> list[Organisation]:
    """Every partner that stands in the directory; the others can release nothing and are not named."""
    links = Partner.objects.filter(project=project, organisation=OuterRef("pk"))
    return list(Organisation.objects.filter(Exists(links)).order_by("sort_name", "pk"))


def lacking_texts(story: Story) -> list[str]:
    """What must be there in both languages and is not, by the names of the fields."""
    fields: Any = {one.name: one for one in story._meta.fields}
    names = [name for name in ("problem", "work") if getattr(story, name)]
    return [
        str(fields[name].verbose_name)
        for name in ("summary", *names, "result")
        if any(not getattr(story, name).get(code) for code, _name in settings.LANGUAGES)
    ]


def ending_rows(user: Any) -> list[DeskRow]:
    """For partners what they are asked about; for the office stories that can be public now."""
    rows: list[DeskRow] = []
    seen: set[tuple[int, int]] = set()
    for one in open_proofs(user)[: MOST_ROWS * 5]:
        if (key := (one.project_id, one.organisation_id)) not in seen and len(seen) < MOST_ROWS:
            seen.add(key)
            url = reverse("projects:proof_answer", args=[one.organisation.slug, one.project.slug])
            text, due = f"{one.organisation.name} · {one.project}", timezone.localdate(one.asked_at)
            rows.append(DeskRow(_("Competences to confirm"), text, url, _("Answer"), due))
    for release in answerable_releases(user).filter(state=Release.State.OPEN)[:MOST_ROWS]:
        url = reverse("projects:release_answer", args=[release.public_id])
        text, due = f"{release.organisation.name} · {release.project}", timezone.localdate(release.asked_at)
        rows.append(DeskRow(_("Story to release"), text, url, _("Read and answer"), due))
    return [*rows, *_office_rows(user)] if is_editor(user) else rows


def _office_rows(user: Any) -> list[DeskRow]:
    waiting = Release.objects.filter(project=OuterRef("pk"), state__in=(Release.State.OPEN, Release.State.REFUSED))
    ready = tellable_projects(user).filter(story__asked_at__isnull=False).exclude(Exists(waiting))
    title, action = _("Every partner has answered: a story can be public"), _("Look and publish")
    return [
        DeskRow(title, str(one), reverse("projects:story_write", args=[one.slug]), action)
        for one in ready.order_by("phase_since", "pk")[:MOST_ROWS]
    ]
