"""Brings cells into shape. What makes no sense is left out and told, never guessed."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from mitwerk.algorithms.sheets.columns import key_of
from mitwerk.algorithms.text.folding import clean

KINDS = {
    "company": "company unternehmen firma betrieb kmu company dienstleister startup gmbh",
    "university": "university universitaet hochschule fachhochschule uni",
    "research": "research researchinstitute forschungsinstitut institut forschung forschungseinrichtung",
    "public-body": "publicbody behoerde verwaltung kommune stadt oeffentlich oeffentlichestelle",
    "association": "association verband verein kammer netzwerk stiftung",
}
MEMBERSHIPS = {
    "member": "member mitglied ja yes x 1 aktiv active vollmitglied ordentlichesmitglied ordentlich",
    "founder": "founder foundingmember gruendungsmitglied gruender",
    "partner": "partner kooperationspartner foerdermitglied foerderer assoziiert assoziiertesmitglied",
}
SIZES = ((10, "1-9"), (50, "10-49"), (250, "50-249"))
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}")
WEBSITE = re.compile(r"https?://[^\s/?#@:<>\"']+\.[^\s/?#@:<>\"'.]{2,}(?::\d+)?(?:[/?#][^\s<>\"']*)?")
LENGTHS = {
    "name": 250, "legal_form": 60, "town": 120, "website": 200, "register_number": 80, "own_id": 80, "public_id": 16,
    "contact_name": 150, "contact_function": 150, "contact_phone": 40, "contact_email": 254, "description_de": 5000,
    "description_en": 5000,
}  # fmt: skip
DISARMED = re.compile(r"^'(?=\s*[=+\-@|＝＋－＠])")
"""The apostrophe that our own exports put before what a spreadsheet would take for a formula."""
EPOCH = date(1899, 12, 30)
"""Day 0 of a spreadsheet."""


class Odd(ValueError):
    """A cell that makes no sense; the argument is a code."""


@dataclass
class Read:
    """What a row says, by target; `notes` are what was left out: target and what stood there."""

    values: dict[str, Any] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    refused: str = ""


def read_row(cells: Sequence[str], columns: Sequence[str], known: Mapping[str, Mapping[str, Any]]) -> Read:
    """`known` gives, for *state* and *sectors*, what each word stands for, under its `key_of`."""
    read = Read()
    for cell, target in zip(cells, columns, strict=False):
        text = clean(unicodedata.normalize("NFC", DISARMED.sub("", cell))) if target else ""
        if not text:
            continue
        try:
            read.values[target] = _value(target, text, known)
        except Odd:
            read.notes.append((target, text[:80]))
    _split_place(read.values)
    _join_name(read.values)
    name = read.values.get("name")
    is_named = any(map(str.isalnum, name)) if name else bool({"own_id", "public_id"} & set(read.values))
    read.refused = "" if is_named else "name"
    return read


def _value(target: str, text: str, known: Mapping[str, Mapping[str, Any]]) -> Any:
    if target in known:
        return _known(target, text, known[target])
    value = SHAPERS[target](text) if target in SHAPERS else text
    if isinstance(value, str) and len(value) > LENGTHS.get(target, 20_000):
        raise Odd("long")
    return value


def _known(target: str, text: str, words: Mapping[str, Any]) -> Any:
    parts = re.split(r"[;,|/]", text) if target == "sectors" else [text]
    whole = words.get(key_of(text))
    found = [whole] if whole is not None else [words.get(key_of(part)) for part in parts if part.strip()]
    if not found or None in found:
        raise Odd("unknown")
    return sorted(set(found)) if target == "sectors" else found[0]


def _choice(words: Mapping[str, str]) -> Callable[[str], str]:
    by_word = {word: value for value, all_words in words.items() for word in (*all_words.split(), key_of(value))}

    def choose(text: str) -> str:
        if found := by_word.get(key_of(text)):
            return found
        raise Odd("unknown")

    return choose


def size(text: str) -> str:
    """A class of sizes of a number or a range: "ca. 120", "50-249", "250+"."""
    if re.search(r"\d{4}-\d\d-\d\d|\d\.\d\d?\.\d", text):
        raise Odd("date")  # 10-49 that a spreadsheet took for a day
    numbers = [int(found.replace(".", "")) for found in re.findall(r"\d{1,3}(?:\.\d{3})+|\d{1,7}", text)]
    if not numbers or not 0 < numbers[0] < 5_000_000:
        raise Odd("size")
    return next((label for below, label in SIZES if numbers[0] < below), "250+")


def year(text: str) -> int:
    found = re.findall(r"(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)", text)
    if len(set(found)) != 1:
        raise Odd("year")
    return int(found[0])


def day(text: str) -> str:
    """A day as 2026-11-27: written in German or ISO order, as a spreadsheet's number, or only the year."""
    plain = text.removesuffix(" 00:00:00").split("T")[0]
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y", "%d/%m/%Y", "%m.%Y", "%m/%Y", "%Y"):
        try:
            found = datetime.strptime(plain, form).date()
        except ValueError:
            continue
        if 1800 <= found.year <= 2100:
            return found.isoformat()
    if plain.isdecimal() and 10_000 <= int(plain) < 80_000 and len(plain) == 5:
        return (EPOCH + timedelta(days=int(plain))).isoformat()
    raise Odd("day")


def website(text: str) -> str:
    text = text.split()[0].rstrip(",;")
    url = text if "://" in text else f"https://{text}"
    host = re.match(r"(?i)(https?)://([^/?#]*)", url)
    if host:
        url = url[: host.end()].lower() + url[host.end() :]
    if not WEBSITE.fullmatch(url):
        raise Odd("website")
    return url.rstrip("/") if url.count("/") == 3 else url


def email(text: str) -> str:
    """One address in small letters, without a name before it."""
    inside = re.search(r"<([^<>]+)>", text)
    found = (inside[1] if inside else re.split(r"[;,\s]", text.removeprefix("mailto:"))[0]).strip().lower()
    if not EMAIL.fullmatch(found):
        raise Odd("email")
    return found


def phone(text: str) -> str:
    """As written, if it can be a number: a spreadsheet makes days of some, which nobody can call."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d.*", text) or re.search(r"\d[eE]\+\d", text):
        raise Odd("phone")
    if not 5 <= sum(char.isdecimal() for char in text) <= 20 or re.search(r"[^\d\s()+/.\-–‐]", text.split("ext")[0]):
        raise Odd("phone")
    return text


def postal_code(text: str) -> str:
    """Five figures; a spreadsheet takes the zero before four of them away."""
    found = re.fullmatch(r"(?:D[E]?[- ]?)?(\d{4,5})", text)
    if not found:
        raise Odd("postal_code")
    return found[1].zfill(5)


SHAPERS: Mapping[str, Callable[[str], Any]] = {
    "kind": _choice(KINDS), "membership": _choice(MEMBERSHIPS), "size": size, "founded": year, "member_since": day,
    "website": website, "contact_email": email, "contact_phone": phone, "postal_code": postal_code,
}  # fmt: skip


def _split_place(values: dict[str, Any]) -> None:
    """`04109 Leipzig` in one cell."""
    if text := values.pop("place", ""):
        found = re.search(r"(?:\bD-)?\b(\d{5})\s+([^\d,;]+)", text)
        if found:
            values.setdefault("postal_code", found[1])
            values.setdefault("town", found[2].strip()[:120])


def _join_name(values: dict[str, Any]) -> None:
    parts = [values.pop(part, "") for part in ("contact_first", "contact_last")]
    if any(parts) and not values.get("contact_name"):
        values["contact_name"] = " ".join(part for part in parts if part)[:150]
