"""What the list of events can be asked for."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import clusters
from mitwerk.core.listing import Choice, Filter, options, read_choice
from mitwerk.events import queries

YEARS = range(1900, 2100)


def read_events_choice(parameters: QueryDict, cluster: Cluster | None) -> Choice:
    """What the address asks for; unknown values are dropped and told."""
    allowed = {"year": [str(year) for year in YEARS]}
    if cluster is None:
        allowed["cluster"] = [each.slug for each in clusters()]
    return read_choice(parameters, allowed)


def event_filters(choice: Choice, cluster: Cluster | None) -> list[Filter]:
    """The filters beside the list, each with what it would leave."""
    years = queries.count_years(choice)
    chosen = choice.values.get("year", [])
    labels = {year: year for year in sorted({*years, *chosen}, reverse=True)}
    found = [Filter("year", _("Year"), options(labels, chosen, years))]
    if cluster is None:
        names = {each.slug: each.menu_name for each in clusters()}
        offered = options(names, choice.values.get("cluster", []), queries.count_clusters(choice))
        found.append(Filter("cluster", _("Cluster"), offered))
    return [each for each in found if each.options]
