"""The directory: what the reader asks for, what is found, and what each further filter would leave."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.facets import Bits, Counts, FacetTable, Selection
from mitwerk.clusters.models import Cluster
from mitwerk.core.listing import Choice, Filter, Option, options, read_choice
from mitwerk.portal.queries.facet_labels import Labels, Names, active_language
from mitwerk.portal.queries.table import Directory, Spot, directory
from mitwerk.search.queries import matching_ids

FILTERS: Mapping[str, Promise] = {
    "relation": _("Relation to the cluster"),
    "kind": _("Type"),
    "group": _("Field of competence"),
    "competence": _("Competence"),
    "sector": _("Sector"),
    "state": _("State"),
    "district": _("District"),
    "cluster": _("Cluster"),
    "network": _("Network"),
    "size": _("Size"),
}
SORTS: Mapping[str, Promise] = {
    "match": _("best match"),
    "name": _("name"),
    "newest": _("newest entries"),
    "place": _("place"),
    "founded": _("year of foundation"),
}
VIEWS: Mapping[str, Promise] = {"list": _("List"), "map": _("Map")}


@dataclass(frozen=True)
class Found:
    """The answer to one address of the directory. `pks` are all that were found, in the order asked for."""

    known: Directory
    choice: Choice
    filters: Sequence[Filter]
    pks: Sequence[int]
    sort: str
    sorts: Sequence[Option]
    view: str
    district_counts: Mapping[str, int]

    @property
    def narrowing(self) -> Choice:
        """The choice without order and view, which narrow nothing down."""
        values = {name: chosen for name, chosen in self.choice.values.items() if name in FILTERS}
        return Choice(values, self.choice.query)

    def spot(self, pk: int) -> Spot:
        """Where one of the organisations found stands."""
        return self.known.spots[self.known.position[pk]]


def find_organisations(parameters: QueryDict, cluster: Cluster | None) -> Found:
    """Read the address, select and count. Two queries once the table is built, three with a search or a cluster."""
    known = directory()
    facets, names = _as_seen_from(cluster, known)
    choice = read_choice(parameters, {**names, "sort": SORTS, "view": VIEWS})
    ranked = matching_ids("organisation", choice.query, active_language()) if choice.query else None
    within = known.within(cluster)
    if ranked is not None:
        within &= known.bits_of_pks(ranked)
    wanted = {name: choice.values[name] for name in names if name in choice.values}
    view = choice.one("view") or "list"
    sort = _sort_of(choice, is_ranked=ranked is not None)
    pks = _in_order(known, facets.select(wanted, within), sort, ranked)
    return Found(
        known=known,
        choice=choice,
        filters=_filters(names, wanted, known.labels, lambda name: facets.counts(name, wanted, within)),
        pks=pks,
        sort=sort,
        sorts=options({k: str(v) for k, v in SORTS.items() if k != "match" or ranked is not None}, [sort]),
        view=view,
        district_counts=facets.counts("district", wanted, within) if view == "map" else {},
    )


def _as_seen_from(cluster: Cluster | None, known: Directory) -> tuple[FacetTable, dict[str, Names]]:
    """The filters of the region, or of one cluster: there the relation to it, and its own networks only."""
    names = dict(known.labels.here())
    if cluster is None:
        return known.facets, names
    values = known.facets.values
    relation = {
        "member": values["cluster"].get(cluster.slug, 0),
        "sector": values["sector"].get(cluster.sector.slug, 0) if cluster.sector else 0,
    }
    del names["cluster"]
    own = known.labels.clusters_of_network
    names["network"] = {slug: text for slug, text in names["network"].items() if cluster.slug in own.get(slug, ())}
    names["relation"] = {"member": str(_("members and partners")), "sector": str(_("of the sector"))}
    return known.facets.with_facet("relation", relation), names


def _sort_of(choice: Choice, is_ranked: bool) -> str:
    asked = choice.one("sort")
    if asked and (asked != "match" or is_ranked):
        return asked
    return "match" if is_ranked else "name"


def _in_order(known: Directory, found: Bits, sort: str, ranked: Sequence[int] | None) -> Sequence[int]:
    if sort == "match" and ranked is not None:
        if found.bit_count() == len(ranked):  # nothing but the search narrows: all that it ranked are there
            return ranked
        kept = set(Selection(known.pks, found))
        return [pk for pk in ranked if pk in kept]
    return Selection(known.pks, found, known.orders.get(sort))


def _filters(
    names: Mapping[str, Names],
    wanted: Mapping[str, Sequence[str]],
    labels: Labels,
    counts: Callable[[str], Counts],
) -> list[Filter]:
    """The filters that can still narrow something down; details only below the group or state they belong to."""
    below = {
        "competence": ("group", labels.group_of_competence),
        "district": ("state", labels.state_of_district),
    }
    found = []
    for name, title in FILTERS.items():
        values = names.get(name, {})
        if name in below:
            parent, parent_of = below[name]
            open_parents = {*wanted.get(parent, ()), *(parent_of.get(v, "") for v in wanted.get(name, ()))}
            values = {value: text for value, text in values.items() if parent_of.get(value) in open_parents}
        choices = options(values, wanted.get(name, ()), counts(name)) if values else []
        if choices:
            found.append(Filter(name, str(title), choices))
    return found


def chosen_labels(filters: Iterable[Filter]) -> list[str]:
    """What the reader has chosen, for the title of the page."""
    return [option.label for one in filters for option in one.chosen]
