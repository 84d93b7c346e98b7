"""Writes of places: official data, loaded as a whole."""

from collections.abc import Sequence
from typing import Any, TypedDict

from django.db import transaction

from mitwerk.core.saving import Tally, upsert
from mitwerk.places.models import District, PostalCode, State


class StateFields(TypedDict):
    code: str
    slug: str
    name: dict[str, str]


class DistrictFields(TypedDict):
    ags: str
    slug: str
    name: str
    kind: str
    nuts: str
    state: State
    outline: Any


class PostalCodeFields(TypedDict):
    code: str
    place: str
    district: District
    latitude: float
    longitude: float


@transaction.atomic
def save_states(*, states: Sequence[StateFields]) -> Tally:
    return upsert(State, ["code"], states)


@transaction.atomic
def save_districts(*, districts: Sequence[DistrictFields]) -> Tally:
    return upsert(District, ["ags"], districts)


@transaction.atomic
def save_postal_codes(*, postal_codes: Sequence[PostalCodeFields]) -> Tally:
    return upsert(PostalCode, ["code", "place", "district"], postal_codes)
