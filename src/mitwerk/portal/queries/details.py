"""What exports tell of many organisations at once."""

from collections.abc import Iterable, Iterator, Sequence

from mitwerk.actors.queries import whole_organisations
from mitwerk.algorithms.facets import positions_in
from mitwerk.clusters.models import Cluster
from mitwerk.portal.queries.table import Directory

COLUMNS = ("cluster", "sector", "competence")


def details_of(known: Directory, pks: Iterable[int]) -> dict[int, dict[str, str]]:
    """Clusters, sectors and competences of each organisation in the reader's language, from the table: no query."""
    found: dict[int, dict[str, list[str]]] = {pk: {} for pk in pks}
    wanted = known.bits_of_pks(found)
    names = known.labels.here()
    for column in COLUMNS:
        for value, label in names[column].items():
            for position in positions_in(known.facets.has_any(column, [value]) & wanted):
                found[known.pks[position]].setdefault(column, []).append(label)
    return {pk: {column: ", ".join(labels) for column, labels in lists.items()} for pk, lists in found.items()}


def map_rows(pks: Sequence[int], cluster: Cluster | None) -> Iterator[tuple[str, str, str, float, float]]:
    """(name, type and town, address, longitude, latitude) of those that have a place."""
    slug = cluster.slug if cluster else None
    for one in whole_organisations(pks, cluster):
        if one.latitude is not None and one.longitude is not None:
            text = " · ".join(part for part in (str(one.get_kind_display()), one.town) if part)
            yield one.name, text, one.address(slug), one.longitude, one.latitude
