"""Finds the district and the coordinates of a town by its name, its postal code and its state."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import fmean

from mitwerk.algorithms.slugs import slugify


@dataclass(frozen=True)
class Place:
    """A place with one of its postal codes; `district` and `state` are keys of whatever the caller uses."""

    code: str
    name: str
    district: str
    state: str
    latitude: float
    longitude: float


@dataclass(frozen=True)
class Spot:
    """Where something is; `district` is empty and `reason` says why where it could not be told."""

    district: str = ""
    state: str = ""
    latitude: float | None = None
    longitude: float | None = None
    reason: str = ""

    @property
    def is_found(self) -> bool:
        return bool(self.district)


def town_keys(town: str) -> list[str]:
    """Spellings to look a town up by, best first: as written, without its river, without its title or its parts.

    "Halle (Saale)" → halle-saale, halle; "Saalfeld/Saale" → saalfeld-saale, saalfeld; "Leipzig OT Plagwitz" →
    leipzig-ot-plagwitz, leipzig; "Lutherstadt Wittenberg" → lutherstadt-wittenberg, wittenberg.
    """
    short = re.sub(r"\(.*?\)", " ", town)
    short = re.split(r"\bOT\b|,|/| - ", short)[0]
    titled = r"^\s*(Lutherstadt|Landeshauptstadt|Stadt|Gemeinde)\s+"
    spellings = [town, short, re.sub(titled, "", town), re.sub(titled, "", short)]
    return list(dict.fromkeys(key for s in spellings if (key := slugify(s))))


class Gazetteer:
    """All known places; looking one up needs no database. `aliases` are towns by names that are not a place's."""

    def __init__(self, places: Iterable[Place], aliases: Mapping[str, str] | None = None) -> None:
        self._aliases = aliases or {}
        self._by_code: dict[str, list[Place]] = defaultdict(list)
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            self._by_code[place.code].append(place)
            for key in town_keys(place.name):
                self._by_key[key].append(place)

    def locate(self, town: str = "", postal_code: str = "", state: str = "") -> Spot:
        """The district and the middle of the places that fit; the state decides between towns of one name."""
        found = self._candidates(self._aliases.get(town, town), postal_code)
        if not found:
            return Spot(reason=f"no place “{' '.join(filter(None, (postal_code, town)))}” is known")
        if state:
            found = [place for place in found if place.state == state]
            if not found:
                return Spot(reason=f"“{town or postal_code}” is in another state")
        districts = {place.district for place in found}
        if len(districts) > 1:
            return Spot(
                reason=f"“{town or postal_code}” is in {len(districts)} districts: {', '.join(sorted(districts))}"
            )
        return _middle(found)

    def spelling(self, town: str) -> str:
        """The town as the register writes it: *Meissen* is *Meißen*; as given where it is not known."""
        key = slugify(town)
        return next((place.name for place in self._by_key.get(key, []) if slugify(place.name) == key), town)

    def _candidates(self, town: str, postal_code: str) -> list[Place]:
        coded = self._by_code.get(postal_code, [])
        keys = town_keys(town)
        if coded:
            named = [p for p in coded if set(town_keys(p.name)) & set(keys)]
            return named or _majority(coded)
        for key in keys:
            exact = [p for p in self._by_key.get(key, []) if slugify(p.name) == key]
            if found := exact or self._by_key.get(key, []):
                return found
        return []


def _majority(places: list[Place]) -> list[Place]:
    """The places of the district that most of them are in: a postal code may cross a border."""
    counts: dict[str, int] = defaultdict(int)
    for place in places:
        counts[place.district] += 1
    most = max(sorted(counts), key=lambda district: counts[district])
    return [place for place in places if place.district == most]


def _middle(places: list[Place]) -> Spot:
    return Spot(
        places[0].district,
        places[0].state,
        round(fmean(p.latitude for p in places), 5),
        round(fmean(p.longitude for p in places), 5),
    )
