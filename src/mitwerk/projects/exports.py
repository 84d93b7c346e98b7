"""What a project looks like to machines."""

from mitwerk.core.jsonld import Thing, absolute, organization, thing
from mitwerk.projects.models import Partner, Project


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
