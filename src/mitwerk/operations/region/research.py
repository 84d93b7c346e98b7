"""Research organisations from the registry: joined with those that are there, added where they are not."""

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

from mitwerk.actors.actions import add_to_organisation, save_organisation
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.gazetteer import Gazetteer, town_keys
from mitwerk.algorithms.joining import Entry, same
from mitwerk.core.saving import Change, Saved
from mitwerk.operations.region.reading import Rows
from mitwerk.operations.region.records import told
from mitwerk.operations.region.ror import german_name
from mitwerk.places.models import District, State
from mitwerk.places.queries import district_at, districts_with_outlines, gazetteer

Values = dict[str, Any]
Note = Callable[[str], None]
SCHOOL = ("universi", "hochschule", "akademie", "academy", "school of management")
RESEARCH = ("institut", "forsch", "research", "zentrum", "center", "centre", "labor", "anstalt")
LOOSE = {"nonprofit", "other", "funder"}
"""The registry's types that say nothing about what an organisation does."""
MOST_NAMES = 20


class Registry:
    """What one run of the registry's rows needs to know."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    @cached_property
    def stored(self) -> dict[str, Organisation]:
        """By the id at the source; a merged one is there as itself."""
        return {str(o.source_id or o.public_id): o for o in Organisation.objects.select_related("merged_into")}

    @cached_property
    def by_ror(self) -> dict[str, Organisation]:
        return {o.ror_id: o.standing for o in self.stored.values() if o.ror_id}

    @cached_property
    def joined(self) -> dict[str, str]:
        """ROR id to source id, for organisations that are there from another source."""
        mine = [_entry(row.values) for row in self.rows.rows if row.values["id"] not in self.by_ror]
        theirs = [
            Entry(key, [o.name, *o.alternative_names], o.town, o.website)
            for key, o in self.stored.items()
            if not (o.ror_id or o.merged_into_id)
        ]
        return same(mine, theirs)

    @cached_property
    def districts(self) -> Sequence[District]:
        return list(districts_with_outlines())

    @cached_property
    def states(self) -> dict[str, State]:
        return {state.code: state for state in State.objects.all()}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()


def _entry(row: Values) -> Entry:
    names = [name["value"] for name in row["names"]]
    return Entry(row["id"], [*names, *row["acronyms"]], row["town"], row["website"], row["acronyms"])


def research_organisation(row: Values, registry: Registry, note: Note) -> Change:
    """Join or add one; closed ones are left out."""
    if row["status"] != "active":
        note(f"“{row['id']}” is {row['status']} and was left out")
        return Change.UNCHANGED
    there = registry.by_ror.get(row["id"]) or registry.stored.get(registry.joined.get(row["id"], ""))
    if there and there.source_id != row["id"]:
        return told(_join(there, row, note), row["id"], note)
    return told(_add(row, registry, note), row["id"], note)


def _join(there: Organisation, row: Values, note: Note) -> Saved[Organisation]:
    """Keep what the first source says, add what it does not know, and name both sources."""
    if not there.ror_id:
        note(f"“{row['id']}” is “{there.source_id}” ({there.name})")
    kept = [source for source in there.sources if source.get("url") != row["id"]]
    return add_to_organisation(
        organisation=there,
        ror_id=row["id"],
        sources=[*kept, _source(row)],
        alternative_names=_other_names(there.name, row, there.alternative_names),
        website=there.website or row["website"],
        founded=there.founded or row["established"],
    )


def _add(row: Values, registry: Registry, note: Note) -> Saved[Organisation]:
    name = german_name(row["names"])
    district = _district(row, registry, note)
    state = registry.states.get(row["state"]) or (district.state if district else None)
    return save_organisation(
        source_id=row["id"],
        name=name,
        alternative_names=_other_names(name, row, []),
        kind=_kind(row),
        town=_town(registry.gazetteer.spelling(row["town"]), district),
        state=state,
        district=district,
        latitude=row["latitude"],
        longitude=row["longitude"],
        founded=row["established"],
        website=row["website"],
        ror_id=row["id"],
        sources=[_source(row)],
        as_of=int(row["modified"][:4]) if row["modified"] else None,
    )


def _source(row: Values) -> dict[str, Any]:
    return {"url": row["id"], "date": row["modified"]}


def _other_names(name: str, row: Values, known: Sequence[str]) -> list[str]:
    """Names besides `name`, those already known first."""
    ranked = sorted(row["names"], key=lambda one: int(one["rank"]))
    found = [*known, *(one["value"] for one in ranked), *row["acronyms"]]
    return [other for other in dict.fromkeys(found) if other != name][: max(MOST_NAMES, len(known))]


def _kind(row: Values) -> str:
    names = " ".join(name["value"] for name in row["names"]).lower()
    if "education" in row["types"] and any(word in names for word in SCHOOL):
        return Organisation.Kind.UNIVERSITY
    if "company" in row["types"] or (set(row["types"]) <= LOOSE and " gmbh" in names):
        return Organisation.Kind.COMPANY
    if "government" in row["types"]:
        return Organisation.Kind.PUBLIC_BODY
    if set(row["types"]) <= LOOSE and not any(word in names for word in RESEARCH):
        return Organisation.Kind.ASSOCIATION
    return Organisation.Kind.RESEARCH


def _district(row: Values, registry: Registry, note: Note) -> District | None:
    found = district_at(row["longitude"], row["latitude"], registry.districts)
    if found is None or found.state.code != row["state"]:
        spot = registry.gazetteer.locate(row["town"], "", row["state"])
        found = next((d for d in registry.districts if d.ags == spot.district), found)
        if found is None:
            note(f"“{row['id']}” is in none of the districts: {spot.reason}")
    return found


def _town(town: str, district: District | None) -> str:
    """The city as its district writes it: *Halle* is *Halle (Saale)*."""
    if district and "Stadt" in district.kind and set(town_keys(town)) & set(town_keys(district.name)):
        return district.name
    return town
