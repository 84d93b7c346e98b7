"""What a project looks like to machines, and the board as a file."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mitwerk.core.jsonld import Thing, absolute, organization, thing
from mitwerk.core.spreadsheets import CSV, XLSX, table_as_csv, table_as_xlsx
from mitwerk.projects.models import Involvement, Partner, Project


def project_thing(project: Project, language: str) -> Thing:
    """The story (CreativeWork) and the project it is about."""
    partners = [partner_thing(partner) for partner in project.partners.all()]
    address = absolute(project.get_absolute_url())
    return thing(
        "CreativeWork",
        id=address,
        url=address,
        name=str(project.title),
        headline=str(project.title),
        abstract=str(project.summary),
        inLanguage=project.title.best(language).language,
        temporalCoverage=_coverage(project),
        dateModified=project.updated_at.date().isoformat(),
        contributor=partners,
        keywords=[str(concept) for concept in project.proved.all()],
        about=thing(
            "ResearchProject",
            name=str(project.title),
            description=str(project.summary),
            foundingDate=_iso_month(project.start_year, project.start_month),
            dissolutionDate=_iso_month(project.end_year, project.end_month),
            member=partners,
        ),
    )


def partner_thing(partner: Partner) -> Thing:
    profile = partner.profile
    return organization(partner.name, profile.get_absolute_url() if profile else "")


def _coverage(project: Project) -> str:
    start = _iso_month(project.start_year, project.start_month)
    end = _iso_month(project.end_year, project.end_month)
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _iso_month(year: int | None, month: int) -> str:
    if not year:
        return ""
    return f"{year}-{month:02}" if month else str(year)


BOARD_KINDS = {"csv": CSV, "xlsx": XLSX}


def board_file(projects: Iterable[Project], kind: str) -> bytes:
    """The whole pipeline as a table: one line for each project, with what its partners put in."""
    head = [
        _("Title"), _("Phase"), _("In this phase since"), _("Due on"), _("Cluster"), _("Carriers"), _("Partners"),
        _("Partners in joint research"), _("Effort in person days"),
    ]  # fmt: skip
    rows = [_board_row(project) for project in projects]
    return table_as_csv(head, rows) if kind == "csv" else table_as_xlsx(head, rows)


def _board_row(project: Project) -> list[str | int | None]:
    partners = list(project.partners.all())
    carriers = [one.name for one in partners if one.role == Partner.Role.CARRIER]
    others = [one.name for one in partners if one.role != Partner.Role.CARRIER]
    return [
        str(project.title),
        str(project.get_phase_display()),
        project.phase_since.date().isoformat() if project.phase_since else "",
        project.due_on.isoformat() if project.due_on else "",
        ", ".join(cluster.menu_name for cluster in project.clusters.all()),
        ", ".join(carriers),
        ", ".join(others),
        sum(one.involvement == Involvement.RESEARCH for one in partners),
        sum(one.effort_days or 0 for one in partners),
    ]
