"""Columns as data: each names the reader that checks and cleans its value. No reader guesses or repairs."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from mitwerk.algorithms.geometry import box

Reader = Callable[[Any], Any]
MISSING = object()


class Refused(Exception):
    """A value that cannot be taken; the field is filled in by the table."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field, self.reason = field, reason


@dataclass(frozen=True)
class Day:
    """A date as far as the source knows it: month and day are 0 where it does not."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])


@dataclass(frozen=True)
class Table:
    """A file's columns; what its rows refer to; and checks that look at more than one column."""

    columns: Mapping[str, Reader]
    key: Sequence[str] = ("id",)
    refers: Mapping[str, tuple[str, Callable[[Any], Iterable[str]]]] = field(default_factory=dict)
    checks: Sequence[Callable[[dict[str, Any]], None]] = ()

    def read(self, row: Any) -> dict[str, Any]:
        """The cleaned values of a row; `Refused` names the first field that cannot be taken."""
        if not isinstance(row, dict):
            raise Refused("–", "a row must be an object with named values")
        values = {}
        for name, reader in self.columns.items():
            if name not in row:
                raise Refused(name, "the column is missing")
            try:
                values[name] = reader(row[name])
            except Refused as refused:
                raise Refused(name, refused.reason) from refused
        for check in self.checks:
            check(values)
        return values


def _refuse(reason: str) -> Refused:
    return Refused("", reason)


def text(limit: int) -> Reader:
    """A text with something in it, without control characters."""

    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise _refuse("must be a text")
        cleaned = value.strip()
        if not cleaned:
            raise _refuse("must not be empty")
        if len(cleaned) > limit:
            raise _refuse(f"must have at most {limit} characters, not {len(cleaned)}")
        if any(not (c.isprintable() or c in "\n\u00ad\u200b") for c in cleaned):
            raise _refuse("has control characters")
        return cleaned

    return read


def optional(reader: Reader, empty: Any = None) -> Reader:
    """`null` is allowed and read as `empty`."""
    return lambda value: empty if value is None else reader(value)


def matching(pattern: str, meaning: str) -> Reader:
    """A text of one form, said in words for the message."""
    short = text(200)

    def read(value: Any) -> str:
        found: str = short(value)
        if not re.fullmatch(pattern, found):
            raise _refuse(f"must be {meaning}, not “{found[:60]}”")
        return found

    return read


def choice(*allowed: str) -> Reader:
    def read(value: Any) -> str:
        if not isinstance(value, str) or value not in allowed:
            raise _refuse(f"must be one of {', '.join(allowed)}, not {value!r:.60}")
        return value

    return read


def whole(low: int, high: int) -> Reader:
    def read(value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _refuse("must be a whole number")
        if not low <= value <= high:
            raise _refuse(f"must be between {low} and {high}, not {value!r:.40}")
        return value

    return read


def url(value: Any) -> str:
    """A web address people can be sent to: http or https, with a host."""
    address: str = text(500)(value)
    try:
        parts = urlsplit(address)
        is_good = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.username
    except ValueError:
        is_good = False
    if not is_good or re.search(r"\s", address):
        raise _refuse("must be a web address that begins with http:// or https://")
    return address


def source(value: Any) -> str:
    """Where a statement comes from: a web address, or a file of a public repository as `owner/name:path`."""
    address: str = text(500)(value)
    if re.fullmatch(r"[\w.-]+/[\w.-]+:[\w./ -]+", address):
        return address
    return url(address)


def day(value: Any) -> Day:
    """A year, a month or a day: "2006", "2006-07", "2006-07-14"."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", value):
        raise _refuse("must be a date like 2006, 2006-07 or 2006-07-14")
    found = Day(*(int(part) for part in value.split("-")))
    try:
        found.last  # noqa: B018 - raises where there is no such month or day
    except (ValueError, IndexError) as error:
        raise _refuse(f"there is no such date as {value}") from error
    if not 1000 <= found.year <= 2100:
        raise _refuse(f"{found.year} is not a likely year")
    return found


def day_as_written(value: Any) -> str:
    """A date that is kept as the source has it."""
    day(value)
    return str(value)


def month_or_day(value: Any) -> Day:
    """A date of which at least the month is known."""
    found = day(value)
    if not found.month:
        raise _refuse("must name at least the month")
    return found


def number(low: float, high: float) -> Reader:
    """A number, or a text of one as csv has it."""

    def read(value: Any) -> float:
        try:
            found = float(value) if not isinstance(value, bool) else None
        except (TypeError, ValueError, OverflowError):
            found = None
        if found is None or not low <= found <= high:
            raise _refuse(f"must be a number between {low:g} and {high:g}")
        return found

    return read


def outline(value: Any) -> dict[str, Any]:
    """A GeoJSON Polygon or MultiPolygon with points inside the world."""
    try:
        west, south, east, north = box(value)
        is_good = -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    except (TypeError, ValueError, KeyError, IndexError):
        is_good = False
    if not is_good:
        raise _refuse("must be a GeoJSON Polygon or MultiPolygon")
    return {"type": value["type"], "coordinates": value["coordinates"]}


def several(reader: Reader, most: int = 200, least: int = 0) -> Reader:
    """A list of values of one kind."""

    def read(value: Any) -> list[Any]:
        if not isinstance(value, list):
            raise _refuse("must be a list")
        if not least <= len(value) <= most:
            raise _refuse(f"must have {least} to {most} entries, not {len(value)}")
        found = []
        for number, entry in enumerate(value, 1):
            try:
                found.append(reader(entry))
            except Refused as refused:
                raise _refuse(f"entry {number}: {refused.reason}") from refused
        return found

    return read


def parts(**readers: Reader) -> Reader:
    """An object with exactly these names."""

    def read(value: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise _refuse("must be an object")
        if unlike := set(value) ^ set(readers):
            raise _refuse(f"must have the names {', '.join(readers)}; look at {', '.join(sorted(unlike))[:100]}")
        found = {}
        for name, reader in readers.items():
            try:
                found[name] = reader(value[name])
            except Refused as refused:
                raise _refuse(f"{name}: {refused.reason}") from refused
        return found

    return read


def both(name: str, limit: int, *, is_needed: bool = True) -> dict[str, Reader]:
    """The two columns of a text in German and English."""
    reader = text(limit) if is_needed else optional(text(limit), "")
    return {f"{name}_de": reader, f"{name}_en": reader}


def translated(values: Mapping[str, Any], name: str) -> dict[str, str]:
    """`{"de": …, "en": …}` out of two columns, without those that are empty."""
    return {code: values[f"{name}_{code}"] for code in ("de", "en") if values[f"{name}_{code}"]}


def in_order(start: str, end: str) -> Callable[[dict[str, Any]], None]:
    """Check that a period does not end before it starts."""

    def check(values: dict[str, Any]) -> None:
        if values[start] and values[end] and values[end].last < values[start].first:
            raise Refused(end, f"must not be before {start}")

    return check
