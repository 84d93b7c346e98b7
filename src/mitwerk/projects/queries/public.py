"""Reads of projects."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from mitwerk.actors.models import Organisation
from mitwerk.charter.queries.public import Goal, goals_named
from mitwerk.core.listing import Choice
from mitwerk.core.records import neighbours
from mitwerk.core.words import has_words
from mitwerk.projects.models import Partner, Project
from mitwerk.vocabularies.models import Concept

Projects = QuerySet[Project]
NEWEST: Sequence[str | OrderBy] = (F("start_year").desc(nulls_last=True), "-start_month", "-pk")
OLDEST: Sequence[str | OrderBy] = (F("start_year").asc(nulls_last=True), "start_month", "pk")
_CLUSTERS: Any = Project.clusters.through
_PROVED: Any = Project.proved.through
NEWS_SHOWN = 4


def published_projects() -> Projects:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Project.objects.filter(state=Project.State.PUBLISHED)


def published_partners() -> QuerySet[Partner]:
    """Partners with their organisation, where that one may be linked to; `organisation` is None otherwise."""
    found = Partner.objects.filter(is_named=True).select_related("organisation")
    return found.order_by("role", "position", "pk")


def project_page(slug: str) -> Project | None:
    """One project with all that its story shows."""
    return (
        published_projects()
        .select_related("picture")
        .prefetch_related(Prefetch("partners", published_partners()), "figures", "clusters", "proved__labels")
        .filter(slug=slug)
        .first()
    )


def projects_by_goal(keys: Collection[int]) -> dict[int, list[Project]]:
    """Published projects by the key of the goal of the charter that they serve, the newest first; one query."""
    if not keys:
        return {}
    found: dict[int, list[Project]] = {}
    rows: Any = published_projects().filter(goals__in=keys).annotate(goal=F("goals"))
    for project in rows.order_by(*NEWEST):
        found.setdefault(project.goal, []).append(project)
    return found


def goals_served(project: Project) -> list[Goal]:
    """Goals in force that a project serves, whichever charter they stand in."""
    return goals_named(list(project.goals.order_by().values_list("pk", flat=True)))


def before_and_after(project: Project) -> tuple[Project | None, Project | None]:
    """The neighbours in the order of the list, newest first."""
    newer, older = neighbours(published_projects().order_by(*NEWEST), project.pk)
    return newer, older


# How each filter of the list narrows it; several values of one filter mean any of them.


def said(query: str) -> Q:
    by_partner = Partner.objects.filter(has_words(query, "name"), is_named=True).values("project")
    return has_words(query, translated=("title", "summary")) | Q(pk__in=by_partner)


def _in_years(projects: Projects, years: Sequence[str]) -> Projects:
    covered = Q()
    for year in years:
        covered |= Q(first__lte=int(year), last__gte=int(year))
    return projects.annotate(first=Coalesce("start_year", "end_year"), last=Coalesce("end_year", "start_year")).filter(
        covered
    )


def _of_clusters(projects: Projects, slugs: Sequence[str]) -> Projects:
    links = _CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__slug__in=slugs)
    return projects.filter(Exists(links))


def _with_partners(projects: Projects, slugs: Sequence[str]) -> Projects:
    links = Partner.objects.filter(project=OuterRef("pk"), organisation__slug__in=slugs, is_named=True)
    return projects.filter(Exists(links))


def _proving(projects: Projects, slugs: Sequence[str]) -> Projects:
    links = _PROVED.objects.filter(project=OuterRef("pk"), concept__slug__in=slugs)
    return projects.filter(Exists(links))


def _with_status(projects: Projects, statuses: Sequence[str]) -> Projects:
    return projects.filter(status__in=statuses)


NARROW: dict[str, Callable[[Projects, Sequence[str]], Projects]] = {
    "status": _with_status,
    "cluster": _of_clusters,
    "year": _in_years,
    "partner": _with_partners,
    "competence": _proving,
}


def narrowed(choice: Choice, but: str = "") -> Projects:
    """Published projects that fit the choice; `but` leaves one filter out, to count what it offers."""
    projects = published_projects()
    if choice.query:
        projects = projects.filter(said(choice.query))
    for name, narrow in NARROW.items():
        if name != but and choice.values.get(name):
            projects = narrow(projects, choice.values[name])
    return projects


def chosen_projects(choice: Choice) -> Projects:
    """The list itself."""
    order = OLDEST if choice.one("sort") == "oldest" else NEWEST
    return narrowed(choice).select_related("picture").prefetch_related("clusters").order_by(*order)


# What each filter offers: value to number of projects, all other filters applied.


def count_statuses(choice: Choice) -> dict[str, int]:
    return dict(narrowed(choice, "status").order_by().values_list("status").annotate(Count("pk")))


def count_clusters(choice: Choice) -> dict[str, int]:
    links = _CLUSTERS.objects.filter(project__in=narrowed(choice, "cluster").values("pk"))
    return dict(links.values_list("cluster__slug").annotate(Count("pk")))


def count_years(choice: Choice) -> dict[str, int]:
    """Every year between start and end counts; a project without an end covers its first year."""
    rows = narrowed(choice, "year").order_by().values_list("start_year", "end_year").annotate(Count("pk"))
    counts: dict[str, int] = {}
    for start, end, number in rows:
        if start or end:
            for year in range(start or end, (end or start) + 1):
                counts[str(year)] = counts.get(str(year), 0) + number
    return dict(sorted(counts.items(), reverse=True))


def count_partners(choice: Choice) -> dict[str, tuple[str, int]]:
    """Slug to name and number of projects, the most frequent first."""
    rows = (
        Partner.objects.filter(
            is_named=True,
            project__in=narrowed(choice, "partner").values("pk"),
            organisation__visibility=Organisation.Visibility.PUBLISHED,
        )
        .order_by()
        .values_list("organisation__slug", "organisation__name")
        .annotate(number=Count("project", distinct=True))
        .order_by("-number", "organisation__sort_name", "organisation__slug")
    )
    return {slug: (name, number) for slug, name, number in rows}


def count_competences(choice: Choice) -> dict[str, int]:
    """Slug to number of projects, the most frequent first."""
    links = _PROVED.objects.filter(project__in=narrowed(choice, "competence").values("pk"))
    rows = links.values_list("concept__slug").annotate(number=Count("pk"))
    return dict(rows.order_by("-number", "concept__slug"))


def known_partners(slugs: Sequence[str]) -> list[str]:
    """Those slugs that name a published organisation."""
    if not slugs:
        return []
    visible = Organisation.objects.filter(visibility=Organisation.Visibility.PUBLISHED, slug__in=slugs)
    return list(visible.order_by().values_list("slug", flat=True))


def concepts_by_slug(slugs: Sequence[str]) -> dict[str, Concept]:
    """Concepts with their labels."""
    if not slugs:
        return {}
    return {c.slug: c for c in Concept.objects.filter(slug__in=slugs).prefetch_related("labels")}


def news_about(project: Project, language: str) -> list[Any]:
    """Published news in one language that name the project, the latest first.

    `pages` stands above and is not imported: it declares `news_mentions` on its link to projects for this use.
    """
    published = project.news_mentions.filter(page__live=True, page__locale__language_code=language)
    return [mention.page for mention in published.select_related("page").order_by("-page__date", "-pk")[:NEWS_SHOWN]]
