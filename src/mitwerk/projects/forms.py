"""What the list of projects can be asked for."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import clusters
from mitwerk.core.listing import Choice, Filter, Option, options, read_choice
from mitwerk.core.records import plain_slugs
from mitwerk.projects import queries
from mitwerk.projects.models import Project

YEARS = range(1900, 2100)
SORTS = ("newest", "oldest")
OFFERED = 12
"""How many partners or competences a filter offers unasked; others come with the address of a link."""


def read_projects_choice(parameters: QueryDict, cluster: Cluster | None) -> Choice:
    """What the address asks for; unknown values are dropped and told."""
    given_concepts = plain_slugs(parameters.getlist("competence"))
    allowed = {
        "status": Project.Status.values,
        "year": [str(year) for year in YEARS],
        "partner": queries.known_partners(plain_slugs(parameters.getlist("partner"))),
        "competence": queries.concepts_by_slug(given_concepts),
        "sort": SORTS,
    }
    if cluster is None:
        allowed["cluster"] = [each.slug for each in clusters()]
    return read_choice(parameters, allowed)


def project_filters(choice: Choice, cluster: Cluster | None) -> list[Filter]:
    """The filters beside the list, each with what it would leave."""
    found = [_status(choice), _cluster(choice)] if cluster is None else [_status(choice)]
    found += [_year(choice), _partner(choice), _competence(choice)]
    return [each for each in found if each.options]


def sort_options(choice: Choice) -> list[Option]:
    labels = {"newest": _("newest first"), "oldest": _("oldest first")}
    return options(labels, [choice.one("sort") or "newest"])


def _status(choice: Choice) -> Filter:
    labels = {value: str(label) for value, label in Project.Status.choices}
    return _filter("status", _("Status"), labels, choice, queries.count_statuses(choice))


def _cluster(choice: Choice) -> Filter:
    labels = {each.slug: each.menu_name for each in clusters()}
    return _filter("cluster", _("Cluster"), labels, choice, queries.count_clusters(choice))


def _year(choice: Choice) -> Filter:
    counts = queries.count_years(choice)
    chosen = [year for year in choice.values.get("year", []) if year not in counts]
    labels = {year: year for year in sorted({*counts, *chosen}, reverse=True)}
    return _filter("year", _("Year"), labels, choice, counts)


def _partner(choice: Choice) -> Filter:
    counted = queries.count_partners(choice)
    chosen = choice.values.get("partner", [])
    shown = [*list(counted)[:OFFERED], *(slug for slug in chosen if slug not in list(counted)[:OFFERED])]
    labels = {slug: counted[slug][0] if slug in counted else slug for slug in shown}
    return _filter(
        "partner", _("Partner"), labels, choice, {slug: counted[slug][1] for slug in shown if slug in counted}
    )


def _competence(choice: Choice) -> Filter:
    counts = queries.count_competences(choice)
    chosen = choice.values.get("competence", [])
    shown = [*list(counts)[:OFFERED], *(slug for slug in chosen if slug not in list(counts)[:OFFERED])]
    concepts = queries.concepts_by_slug(shown)
    labels = {slug: str(concepts[slug]) for slug in shown if slug in concepts}
    return _filter("competence", _("Competence"), labels, choice, counts)


def _filter(name: str, label: str, labels: dict[str, str], choice: Choice, counts: dict[str, int]) -> Filter:
    return Filter(name, label, options(labels, choice.values.get(name, []), counts))
