"""Which organisation has which value of which filter, as the database tells it (see `table`)."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships, visible_organisations
from mitwerk.competences.queries import claimed_concepts
from mitwerk.networks.queries import public_members

Pairs = Iterator[tuple[int, str]]


class Row(NamedTuple):
    """What the table needs of an organisation; state and district by their slugs."""

    pk: int
    kind: str
    size: str
    state: str | None
    district: str | None
    town: str
    founded: int | None
    created_at: datetime
    latitude: float | None
    longitude: float | None


COLUMNS = (
    "pk", "kind", "size", "state__slug", "district__slug", "town", "founded", "created_at", "latitude", "longitude",
)  # fmt: skip


def organisations() -> list[Row]:
    """Every published organisation of the region, by name."""
    rows = visible_organisations(None).order_by("sort_name", "pk").values_list(*COLUMNS)
    return [Row(*row) for row in rows]


def facet_pairs(rows: Sequence[Row], position: Mapping[int, int]) -> dict[str, Pairs]:
    """(position, value) pairs of every filter; organisations that are not in the table are passed over."""
    claimed = [(position[pk], concept, group) for pk, concept, group in claimed_concepts() if pk in position]

    def of_known(pairs: Iterator[tuple[int, str]]) -> Pairs:
        return ((position[pk], value) for pk, value in pairs if pk in position)

    return {
        "kind": ((n, row.kind) for n, row in enumerate(rows)),
        "size": ((n, row.size) for n, row in enumerate(rows)),
        "state": ((n, row.state or "") for n, row in enumerate(rows)),
        "district": ((n, row.district or "") for n, row in enumerate(rows)),
        "cluster": of_known(_cluster_members()),
        "sector": of_known(_sectors()),
        "network": of_known(_network_members()),
        "group": ((n, group) for n, _concept, group in claimed),
        "competence": ((n, concept) for n, concept, _group in claimed),
    }


def _cluster_members() -> Iterator[tuple[int, str]]:
    in_clusters = current_memberships().filter(cluster__isnull=False)
    return in_clusters.order_by().values_list("organisation_id", "cluster__slug").iterator()


def _sectors() -> Iterator[tuple[int, str]]:
    return Organisation.sectors.through.objects.values_list("organisation_id", "concept__slug").iterator()


def _network_members() -> Iterator[tuple[int, str]]:
    return public_members().order_by().values_list("organisation_id", "network__slug").iterator()
