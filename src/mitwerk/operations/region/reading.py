"""Reads a file of rows without trusting it: size, encoding, JSON and columns are checked before anything is written."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mitwerk.operations.region.fields import Refused, Table
from mitwerk.operations.region.report import FileError, Refusal

LIMIT = 20 * 1024 * 1024
"""Bytes a file may have. The largest file of the demo region has a hundredth of it."""


@dataclass(frozen=True)
class Row:
    """A row that fits its table: its number in the file (from 1) and its cleaned values."""

    number: int
    values: dict[str, Any]


@dataclass
class Rows:
    """A file's rows, and those that were refused."""

    file: str
    rows: list[Row]
    refused: list[Refusal]

    @property
    def ids(self) -> set[str]:
        return {row.values["id"] for row in self.rows if "id" in row.values}

    def refuse(self, row: Row, field: str, reason: str) -> None:
        self.refused.append(Refusal(self.file, row.number, field, reason, str(row.values.get("id", ""))))
        self.rows = [kept for kept in self.rows if kept is not row]


def read_text(path: Path) -> str:
    """The text of a file that exists, is not too large and is UTF-8; `FileError` otherwise."""
    try:
        if not path.is_file():
            raise FileError(path.name, "there is no such file" if not path.exists() else "this is not a file")
        with path.open("rb") as opened:
            content = opened.read(LIMIT + 1)
    except OSError as error:
        raise FileError(path.name, f"it cannot be read ({error.strerror})") from error
    if len(content) > LIMIT:
        raise FileError(path.name, f"it has more than {LIMIT // 1024 // 1024} MB, that is too much for a file of rows")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FileError(path.name, f"it is not UTF-8 (byte {error.start})") from error


def read_json(path: Path) -> Any:
    """The JSON of a file; `FileError` says where it breaks off."""
    try:
        return json.loads(read_text(path), object_pairs_hook=_no_doubles, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise FileError(path.name, f"it is not complete JSON (line {error.lineno}: {error.msg})") from error
    except (ValueError, RecursionError) as error:
        raise FileError(path.name, f"it cannot be read as JSON ({error})") from error


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(f"a name is there twice among {sorted(found)[:8]}")
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not a number")


def read_rows(path: Path, table: Table) -> Rows:
    """The rows of a JSON file."""
    return check_rows(path, table, read_json(path))


def read_csv(path: Path, table: Table) -> Rows:
    """The rows of a csv file whose first line names the columns."""
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""), strict=True)
    try:
        given = [{name or "(none)": value for name, value in row.items()} for row in reader]
    except csv.Error as error:
        raise FileError(path.name, f"it cannot be read as csv ({error})") from error
    return check_rows(path, table, given)


def read_geojson(path: Path, table: Table) -> Rows:
    """The features of a GeoJSON file: their properties, and `outline` where the table has it."""
    given = read_json(path)
    features = given.get("features") if isinstance(given, dict) else None
    if not isinstance(features, list):
        raise FileError(path.name, "it must be a GeoJSON FeatureCollection")
    has_outline = "outline" in table.columns
    rows = [
        {**_object(feature, "properties"), **({"outline": feature.get("geometry")} if has_outline else {})}
        for feature in features
        if isinstance(feature, dict)
    ]
    return check_rows(path, table, rows)


def _object(feature: dict[str, Any], name: str) -> dict[str, Any]:
    found = feature.get(name)
    return found if isinstance(found, dict) else {}


def check_rows(path: Path, table: Table, given: Any) -> Rows:
    """Rows that fit and rows that are refused; unknown columns refuse the whole file."""
    if not isinstance(given, list):
        raise FileError(path.name, "it must be a list of rows")
    unknown = {name for row in given if isinstance(row, dict) for name in row} - set(table.columns)
    if unknown:
        raise FileError(path.name, f"unknown columns: {', '.join(sorted(unknown))[:200]}")
    result = Rows(path.name, [], [])
    first: dict[Any, int] = {}
    for number, row in enumerate(given, 1):
        try:
            values = table.read(row)
            _refuse_double(values, table, first, number)
        except Refused as refused:
            name = row.get("id") if isinstance(row, dict) else ""
            shown = name if isinstance(name, str) else ""
            result.refused.append(Refusal(path.name, number, refused.field, refused.reason, shown[:80]))
        else:
            result.rows.append(Row(number, values))
    return result


def _refuse_double(values: dict[str, Any], table: Table, first: dict[Any, int], number: int) -> None:
    key = tuple(values[name] for name in table.key)
    if key in first:
        raise Refused(table.key[-1], f"“{key[-1]}” is there already in row {first[key]}")
    first[key] = number


def refuse_dangling(found: Rows, table: Table, known: Mapping[str, Iterable[str]]) -> None:
    """Refuse rows that name a record which is neither in the folder nor in the database."""
    sets = {kind: set(ids) for kind, ids in known.items()}
    for row in list(found.rows):
        for field, (kind, names) in table.refers.items():
            missing = [name for name in names(row.values[field]) if name not in sets[kind]]
            if missing:
                found.refuse(row, field, f"there is no “{missing[0]}” among the {kind}")
                break
