"""Finds out which entries of two registers are the same organisation, without ever guessing.

Two entries are one when the web address or a name says so *and* they stand in the same town, and only when nobody
else could be meant. Everything less certain is left to a person.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar
from urllib.parse import urlsplit

from mitwerk.algorithms.gazetteer import town_keys
from mitwerk.algorithms.names import name_keys

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Entry:
    """One organisation in one register; `names` are all its spellings."""

    key: str
    names: Sequence[str]
    town: str
    website: str = ""
    acronyms: Sequence[str] = field(default=())


def host(website: str) -> str:
    """The host of a web address without `www.`; empty where there is none."""
    try:
        return (urlsplit(website).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_same_town(one: str, other: str) -> bool:
    return bool(set(town_keys(one)) & set(town_keys(other)))


def keys(entry: Entry) -> set[str]:
    """Comparison forms of its names, also with its acronym at the end: *… Feinmechanik IOF*, or without it."""
    found = {key for name in entry.names for key in name_keys(name)}
    for short in {key for name in entry.acronyms for key in name_keys(name)}:
        found |= {key.removesuffix(f" {short}") for key in found} | {f"{key} {short}" for key in found}
    return found


def same(left: Iterable[Entry], right: Iterable[Entry]) -> dict[str, str]:
    """Pairs of keys, left to right: entries that are certainly one. Entries that fit several are in no pair."""
    left, right = list(left), list(right)
    by_host = _index((host(e.website), e) for e in right)
    shared = {h for h, found in _index((host(e.website), e) for e in left).items() if len(found) > 1}
    by_name = _index((key, e) for e in right for key in keys(e))
    pairs: dict[str, str] = {}
    for entry in left:
        address = host(entry.website)
        found = [] if address in shared else by_host.get(address, [])
        if len(found) != 1 or not is_same_town(entry.town, found[0].town):
            found = [e for key in sorted(keys(entry)) for e in by_name.get(key, []) if is_same_town(entry.town, e.town)]
        meant = {e.key for e in found}
        if len(meant) == 1:
            pairs[entry.key] = meant.pop()
    taken = _index((value, key) for key, value in pairs.items())
    return {key: value for key, value in pairs.items() if len(taken[value]) == 1}


def _index(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for key, value in pairs:
        if key:
            found[key].append(value)
    return found
