"""Organisations with their contacts as a table. Its heads are those that an import understands."""

from collections.abc import Iterator
from typing import Any

from mitwerk.actors.models import Contact, Organisation
from mitwerk.actors.queries import editable_organisations
from mitwerk.core.spreadsheets import CSV, XLSX, table_as_csv, table_as_xlsx
from mitwerk.imports.queries.directory import first_language
from mitwerk.imports.queries.words import TARGETS

COLUMNS = (
    "public_id", "name", "legal_form", "kind", "size", "founded", "postal_code", "town", "state", "website",
    "register_number", "sectors", "description_de", "description_en", "contact_name", "contact_function",
    "contact_email", "contact_phone",
)  # fmt: skip
PART = 300
WRITERS = {"csv": (CSV, table_as_csv), "xlsx": (XLSX, table_as_xlsx)}


def contact_rows(user: Any) -> Iterator[list[Any]]:
    """A row a contact, and one for an organisation without any: all that the user's office edits."""
    keys = list(editable_organisations(user).order_by("sort_name", "pk").values_list("pk", flat=True))
    for start in range(0, len(keys), PART):
        part = keys[start : start + PART]
        found = Organisation.objects.select_related("state").prefetch_related("sectors__labels", "contacts")
        by_key = found.in_bulk(part)
        for key in part:
            one = by_key[key]
            for contact in list(one.contacts.all()) or [None]:
                yield _row(one, contact)


def _row(one: Organisation, contact: Contact | None) -> list[Any]:
    sectors = "; ".join(str(sector) for sector in one.sectors.all())
    texts = [one.description.get(code, "") for code in ("de", "en")]
    person = ["", "", "", ""]
    if contact:
        person = [contact.name, contact.function.get(first_language(), ""), contact.email, contact.phone]
    return [
        one.public_id, one.name, one.legal_form, one.get_kind_display(), one.size, one.founded, one.postal_code,
        one.town, str(one.state or ""), one.website, one.register_number, sectors, *texts, *person,
    ]  # fmt: skip


def contact_file(user: Any, form: str) -> tuple[bytes, str, int]:
    """The table, its content type, and how many rows it has."""
    content_type, write = WRITERS[form]
    rows = list(contact_rows(user))
    return write([str(TARGETS[column]) for column in COLUMNS], rows), content_type, len(rows)
