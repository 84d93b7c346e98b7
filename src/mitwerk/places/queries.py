"""Reads of places: where a town is, which district a point lies in, and the outlines for the map."""

from collections.abc import Iterable

from django.db.models import QuerySet

from mitwerk.algorithms.gazetteer import Gazetteer, Place, Spot
from mitwerk.algorithms.geometry import contains
from mitwerk.places.models import District, PostalCode, State

ALIASES = {"Flughafen Leipzig/Halle": "Schkeuditz"}
"""Addresses that are no place of the register: the airport stands on Schkeuditz's ground, not Leipzig's."""


def states() -> QuerySet[State]:
    """The states the region lies in: those with districts."""
    return State.objects.filter(districts__isnull=False).distinct()


def districts() -> QuerySet[District]:
    """All districts by name, without their outlines."""
    return District.objects.select_related("state").defer("outline")


def districts_with_outlines() -> QuerySet[District]:
    """All districts with outlines (GeoJSON geometries, see `algorithms.projection.outline_path`)."""
    return District.objects.select_related("state")


def gazetteer() -> Gazetteer:
    """All places at once, for looking up many; districts by AGS, states by code."""
    rows = PostalCode.objects.values_list(
        "code", "place", "district__ags", "district__state__code", "latitude", "longitude"
    )
    return Gazetteer((Place(*row) for row in rows.order_by("pk")), ALIASES)


def locate(town: str = "", postal_code: str = "", state: str = "") -> Spot:
    """Where a single town is; `state` is a state's code ("SN"). For many towns ask `gazetteer()` once."""
    return gazetteer().locate(town, postal_code, state)


def district_at(longitude: float, latitude: float, among: Iterable[District] | None = None) -> District | None:
    """The district a point lies in; outlines are simplified, so a point near a border may get its neighbour.

    `among` spares the query where many points are asked for.
    """
    for district in districts_with_outlines() if among is None else among:
        if contains(district.outline, longitude, latitude):
            return district
    return None
