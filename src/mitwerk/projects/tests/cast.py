"""Projects of the fixed cast: one with everything, one of the other cluster, one bare, one draft."""

from dataclasses import dataclass

from mitwerk.actors.tests.cast import Cast
from mitwerk.projects.models import Partner, Project, ProjectFigure


@dataclass(frozen=True)
class Projects:
    """The projects by name."""

    story: Project
    bread: Project
    bare: Project
    draft: Project


def make_project(slug: str, title: str, **values: object) -> Project:
    clusters, proved = values.pop("clusters", []), values.pop("proved", [])
    texts = {"title": {"de": title, "en": f"{title} (en)"}, "summary": {"de": f"Kurz: {title}"}}
    project = Project.objects.create(slug=slug, **{**texts, **values})
    project.clusters.set(clusters)
    project.proved.set(proved)
    return project


def make_projects(cast: Cast) -> Projects:
    """Needs the actors' cast."""
    story = make_project(
        "muehle", "Mühle misst mit", status=Project.Status.FINISHED, clusters=[cast.it],
        start_year=2006, start_month=7, end_year=2007, end_month=4, proved=[cast.analytics],
        problem={"de": "Das Mehl war zu feucht."}, work={"de": "Sensoren kamen hinein."},
        result={"de": "Ein Drittel weniger Ausschuss.", "en": "A third less waste."},
        sources=[{"url": "https://zeitung.example/muehle", "date": "2007-04"}], as_of=2007,
    )  # fmt: skip
    Partner.objects.create(project=story, organisation=cast.firm, name="Ährenwerk", role=Partner.Role.CARRIER)
    Partner.objects.create(project=story, organisation=cast.hidden, name="Verborgene GmbH", position=1)
    Partner.objects.create(project=story, name="Mühle am Bach", position=2)
    ProjectFigure.objects.create(project=story, value="33 %", label={"de": "weniger Ausschuss"})
    bread = make_project("brot", "Brot nach Plan", status=Project.Status.RUNNING, clusters=[cast.food], start_year=2009)
    Partner.objects.create(project=bread, organisation=cast.bakery, name="Backhaus")
    return Projects(
        story=story,
        bread=bread,
        bare=make_project("ohne", "Ohne alles"),
        draft=make_project("entwurf", "Entwurf", state=Project.State.DRAFT, clusters=[cast.it]),
    )
