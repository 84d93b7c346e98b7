"""What a row would write to an organisation: only what it says, and only where it differs."""

from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from mitwerk.actors.models import Contact
from mitwerk.algorithms.sheets.values import Odd, Read, website
from mitwerk.algorithms.text import fold
from mitwerk.core.wording import note_writing
from mitwerk.imports.models import Import
from mitwerk.imports.queries.directory import Directory, Held, first_language
from mitwerk.imports.queries.jobs import digest

PLAIN = ("legal_form", "kind", "size", "founded", "town", "postal_code", "website", "register_number")
CONTACT = {"contact_name": "name", "contact_email": "email", "contact_phone": "phone"}
MOVED = ("district_id", "latitude", "longitude")
"""What is no longer right when an organisation moves to another town."""


@dataclass
class Wanted:
    """Columns with their new values, and `shown`: target, text now, new text."""

    organisation: dict[str, Any] = field(default_factory=dict)
    sectors: list[int] = field(default_factory=list)
    membership: dict[str, Any] = field(default_factory=dict)
    own_id: str = ""
    contact: dict[str, Any] = field(default_factory=dict)
    person: Contact | None = None
    shown: list[tuple[str, str, str]] = field(default_factory=list)
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.organisation or self.sectors or self.membership or self.own_id or self.contact)


def wanted(job: Import, read: Read, held: Held, directory: Directory, *, is_leader: bool, by_id: bool) -> Wanted:
    """`is_leader`: no earlier row names this organisation, so this one speaks for it. `by_id`: its name may change."""
    found = Wanted()
    if held.organisation.is_claimed:
        found.reason = "claimed"
    elif is_leader:
        _columns(found, read, held, by_id)
    if is_leader:
        _membership(found, job, read, held)
    key = read.values.get("own_id", "")
    if key and key not in held.own_ids and directory.by_own_id.get(key, held.organisation.pk) == held.organisation.pk:
        found.own_id = key
        found.shown.append(("own_id", ", ".join(sorted(held.own_ids)), key))
    _contact(found, read, held, directory)
    return found


def _columns(found: Wanted, read: Read, held: Held, by_id: bool) -> None:
    one, values = held.organisation, read.values
    for name in (*PLAIN, *(["name"] if by_id else [])):
        if name in values and not _is_same(name, getattr(one, name), values[name]):
            found.organisation[name] = values[name]
            found.shown.append((name, _text(getattr(one, name)), _text(values[name])))
    if "state" in values and values["state"] != one.state_id:
        found.organisation["state_id"] = values["state"]
        found.shown.append(("state", _text(one.state), str(values["state"])))
    if {"town", "postal_code"} & set(found.organisation) and any(getattr(one, name) is not None for name in MOVED):
        found.organisation |= dict.fromkeys(MOVED)
    _description(found, read, held)
    if more := sorted(set(values.get("sectors", [])) - held.sectors):
        found.sectors = more
        found.shown.append(("sectors", "", " ".join(map(str, more))))


def _is_same(name: str, old: Any, new: Any) -> bool:
    if name == "website" and old:
        try:
            return bool(website(old) == new)
        except Odd:
            return False
    return bool((old or "") == new)


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _description(found: Wanted, read: Read, held: Held) -> None:
    one = held.organisation
    said = {code: read.values[f"description_{code}"] for code in ("de", "en") if f"description_{code}" in read.values}
    new = {code: text for code, text in said.items() if " ".join(one.description.get(code, "").split()) != text}
    if not new:
        return
    for code, text in new.items():
        found.shown.append((f"description_{code}", one.description.get(code, ""), text))
    written = copy(one)
    written.description = {**one.description, **new}
    note_writing(written, ["description"])
    found.organisation |= {"description": {**one.description, **new}, "behind": written.behind}


def _membership(found: Wanted, job: Import, read: Read, held: Held) -> None:
    kind, since = read.values.get("membership"), read.values.get("member_since")
    there = held.membership
    if there is None:
        is_refused = any(target == "membership" for target, _text_there in read.notes)
        kind = kind or ("" if is_refused or job.cluster_id is None else job.membership)
        if kind:
            found.membership = {"kind": kind, **({"since": date.fromisoformat(since)} if since else {})}
            found.shown.append(("membership", "", kind))
        return
    if kind and kind != there.kind:
        found.membership["kind"] = kind
        found.shown.append(("membership", there.kind, kind))
    day = date.fromisoformat(since) if since else None
    if day and day != there.since and not (there.until and there.until < day):
        found.membership["since"] = day
        found.shown.append(("member_since", _text(there.since), day.isoformat()))


def _contact(found: Wanted, read: Read, held: Held, directory: Directory) -> None:
    values = {column: read.values[target] for target, column in CONTACT.items() if read.values.get(target)}
    function = read.values.get("contact_function")
    if not values:
        return
    if values.get("email") and digest(values["email"]) in directory.objections:
        found.reason = "objected"
        return
    language, person = first_language(), _known_person(values, held.contacts)
    if person is None:
        values.setdefault("name", held.organisation.name[:150])
        found.contact = {**values, "function": {language: function} if function else {}}
        found.shown.append(("contact_name", "", ", ".join(filter(None, [values["name"], values.get("email")]))))
        return
    if held.organisation.is_claimed:
        return
    found.person = person
    for target, column in CONTACT.items():
        if column in values and getattr(person, column).lower() != values[column].lower():
            found.contact[column] = values[column]
            found.shown.append((target, getattr(person, column), values[column]))
    if function and person.function.get(language, "") != function:
        found.contact["function"] = {**person.function, language: function}
        found.shown.append(("contact_function", person.function.get(language, ""), function))


def _known_person(values: dict[str, Any], contacts: list[Contact]) -> Contact | None:
    """By the address; by the name where one of the two has no address."""
    email, name = values.get("email", ""), fold(values.get("name", ""))
    for one in contacts:
        if email and one.email.lower() == email:
            return one
    named = (one for one in contacts if name and fold(one.name) == name and not (email and one.email))
    return next(named, None)


def contact_key(read: Read) -> str:
    """By which a person stands twice in one file."""
    email, name = read.values.get("contact_email", ""), fold(read.values.get("contact_name", ""))
    return email or name or str(read.values.get("contact_phone", ""))


def source_of(job: Import) -> str:
    """Where a person's data come from, as it is kept with them."""
    day = f"{job.created_at:%Y-%m-%d}"
    return _("Import of the file “%(file)s” on %(day)s") % {"file": job.file_name, "day": day}
