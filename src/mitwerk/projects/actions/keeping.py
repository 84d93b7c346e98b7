"""Writes of cooperation projects."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.saving import Change, Saved, by_source, link, replace_rows, together, write
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept


class ProjectFields(TypedDict, total=False):
    """What may be said of a project; what is left out stays as it is. Months are 0 where only the year is known."""

    title: dict[str, str]
    summary: dict[str, str]
    result: dict[str, str]
    start_year: int | None
    start_month: int
    end_year: int | None
    end_month: int
    status: str
    sources: list[dict[str, Any]]
    as_of: int | None


class PartnerRow(TypedDict):
    organisation: Organisation | None
    name: str


@transaction.atomic
def save_project(
    *,
    source_id: str,
    clusters: Sequence[Cluster] = (),
    partners: Sequence[PartnerRow] = (),
    proved: Sequence[Concept] = (),
    actor: User | None = None,
    **fields: Unpack[ProjectFields],
) -> Saved[Project]:
    """Make or change the project of a source row, with exactly these partners; what the office has changed stays."""
    project = by_source(Project, source_id, fields.get("title", {}).get("de", ""))
    if project.is_the_offices:
        return Saved(project, Change.UNCHANGED)
    change = together(
        write(project, fields),
        link(project.clusters, clusters),
        link(project.proved, proved),
        replace_rows(project.partners, partners),
    )
    if change is not Change.UNCHANGED:
        record_audit(verb="project.save", target=project, actor=actor)
    return Saved(project, change)


@transaction.atomic
def change_project(*, project: Project, values: Values, rows: Rows, actor: User) -> Project:
    """What the office enters: a new project or changes of one, with its partners, figures and proved competences."""
    if not project.slug:
        project.slug = free_slug_for(project, values["title"].best("de").text)
    write_record(record=project, values=values, rows=rows, actor=actor)
    return project


def remove_project(*, project: Project, actor: User) -> None:
    """Delete a project with what stands below it."""
    remove_record(record=project, actor=actor)
