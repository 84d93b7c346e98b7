"""Reads the Research Organization Registry's files, both editions of its schema (1 and 2), into flat rows."""

import re
from pathlib import Path
from typing import Any

from mitwerk.operations.region.fields import (
    Table,
    choice,
    day_as_written,
    matching,
    number,
    optional,
    parts,
    several,
    text,
    url,
    whole,
)
from mitwerk.operations.region.reading import Rows, check_rows, read_json
from mitwerk.operations.region.report import FileError

SCHEMA_1 = (
    "id name email_address ip_addresses established types relationships addresses links aliases acronyms status "
    "wikipedia_url labels country external_ids"
)
SCHEMA_2 = "admin domains established external_ids id links locations names relationships status types"
COLUMNS = {*SCHEMA_1.split(), *SCHEMA_2.split()}
STATES = {"Saxony": "SN", "Saxony-Anhalt": "ST", "Thuringia": "TH"}
"""Schema 1 names the state, schema 2 has its code."""

NAMES = parts(value=text(250), language=optional(text(5), ""), rank=whole(0, 3))
ROR = Table(
    {
        "id": matching(r"https://ror\.org/0[0-9a-z]{8}", "a ROR id like https://ror.org/01weqhp73"),
        "names": several(NAMES, least=1),
        "acronyms": several(text(250)),
        "types": several(text(40)),
        "website": optional(url, ""),
        "established": optional(whole(1000, 2100)),
        "town": text(120),
        "state": optional(text(60), ""),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
        "modified": optional(day_as_written),
        "status": choice("active", "inactive", "withdrawn"),
    }
)
_SHOWN, _LABEL, _ALIAS = 0, 1, 2


def read_ror(path: Path) -> Rows:
    """The registry's rows, flat; rows that do not fit are refused."""
    given = read_json(path)
    if not isinstance(given, list):
        raise FileError(path.name, "it must be a list of organisations")
    unknown = {name for row in given if isinstance(row, dict) for name in row} - COLUMNS
    if unknown:
        raise FileError(path.name, f"unknown columns: {', '.join(sorted(unknown))[:200]}")
    return check_rows(path, ROR, [_flat(row) for row in given])


def _flat(row: Any) -> Any:
    """One row in the shape of `ROR`; where parts are missing, the table says which."""
    if not isinstance(row, dict):
        return row
    try:
        return _flat_2(row) if "names" in row else _flat_1(row)
    except (KeyError, TypeError, AttributeError, IndexError, ValueError):
        return {"id": row.get("id")}


def _flat_1(row: dict[str, Any]) -> dict[str, Any]:
    place = row["addresses"][0]
    state = place["geonames_city"]["geonames_admin1"]["name"]
    labels = [{"value": x["label"], "language": x["iso639"], "rank": _LABEL} for x in row["labels"]]
    return {
        "id": row["id"],
        "names": [
            {"value": _bare(row["name"]), "language": None, "rank": _SHOWN},
            *labels,
            *({"value": alias, "language": None, "rank": _ALIAS} for alias in row["aliases"]),
        ],
        "acronyms": row["acronyms"],
        "types": [kind.lower() for kind in row["types"]],
        "website": next(iter(row["links"]), None),
        "established": row["established"],
        "town": place["city"],
        "state": STATES.get(state),
        "latitude": place["lat"],
        "longitude": place["lng"],
        "modified": None,
        "status": row["status"],
    }


def _flat_2(row: dict[str, Any]) -> dict[str, Any]:
    place = _place([location["geonames_details"] for location in row["locations"]])
    return {
        "id": row["id"],
        "names": [
            {"value": _bare(name["value"]), "language": name["lang"], "rank": _rank(name["types"])}
            for name in row["names"]
            if "acronym" not in name["types"]
        ],
        "acronyms": [name["value"] for name in row["names"] if "acronym" in name["types"]],
        "types": row["types"],
        "website": next((link["value"] for link in row["links"] if link["type"] == "website"), None),
        "established": row.get("established"),
        "town": place["name"],
        "state": _state(place),
        "latitude": place["lat"],
        "longitude": place["lng"],
        "modified": row["admin"]["last_modified"]["date"],
        "status": row["status"],
    }


def _place(places: list[dict[str, Any]]) -> dict[str, Any]:
    """The first place in one of the three states, else the first at all: some have several seats."""
    return next((place for place in places if _state(place) in STATES.values()), places[0])


def _state(place: dict[str, Any]) -> str | None:
    """Its ISO code; schema 2.0 has only its name, and sometimes not even that."""
    code = place.get("country_subdivision_code") or STATES.get(place.get("country_subdivision_name") or "")
    return None if code is None else str(code)


def _bare(name: str) -> str:
    """The registry adds the country to the names of companies."""
    return re.sub(r" \(Germany\)$", "", name)


def _rank(types: list[str]) -> int:
    return _SHOWN if "ror_display" in types else _LABEL if "label" in types else _ALIAS


def german_name(names: list[dict[str, Any]]) -> str:
    """The German name where the registry has one that is more than an alias, else the name it shows itself."""
    ranked = sorted(names, key=lambda name: (name["language"] != "de" or name["rank"] == _ALIAS, name["rank"]))
    return str(ranked[0]["value"])
