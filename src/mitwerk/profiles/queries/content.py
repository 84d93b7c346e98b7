"""A profile as plain values: what its own people can change of it, and how it is read in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Certificate, Contact, Location, Organisation
from mitwerk.competences.models import Competence, Reference
from mitwerk.core.forms import language_label
from mitwerk.core.translated import TranslatedField
from mitwerk.pictures.models import Picture
from mitwerk.vocabularies.models import Concept

Content = dict[str, Any]
"""Field to plain value; relation to a list of rows, each with the `id` it has in the database (None: a new one)."""

PLAIN: tuple[str, ...] = (
    "name", "legal_form", "description", "website", "founded", "size", "employees", "employees_year",
    "register_number", "postal_code", "town", "languages", "sectors", "logo",
)  # fmt: skip

ROWS: dict[str, tuple[type[models.Model], tuple[str, ...]]] = {
    "locations": (Location, ("postal_code", "town", "purpose")),
    "competences": (Competence, ("concept", "wording")),
    "references": (Reference, ("wording", "concepts")),
    "certificates": (Certificate, ("name", "issuer", "valid_until")),
    "contacts": (
        Contact,
        ("name", "name_visibility", "function", "email", "email_visibility", "phone", "phone_visibility"),
    ),
}
"""Relation to its model and the columns its people write."""


@dataclass(frozen=True)
class Section:
    """A part of the profile that is edited on a page of its own."""

    code: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...]
    is_rows: bool = False


SECTIONS: dict[str, Section] = {
    section.code: section
    for section in (
        Section(
            "about",
            _("About us"),
            _("Who you are, in two or three sentences that a customer understands. In both languages, side by side."),
            ("name", "legal_form", "description", "website", "founded", "size", "employees", "employees_year",
             "register_number", "sectors", "languages"),
        ),
        Section(
            "places", _("Place"), _("The town of your main office. It puts you on the map."), ("postal_code", "town")
        ),
        Section(
            "locations", _("Further places"), _("Branches and sites besides the main office."), ("locations",), True
        ),
        Section(
            "competences",
            _("Competences"),
            _("What you can do. The concept is what people search by; your own words are what they read."),
            ("competences",),
            True,
        ),
        Section(
            "references",
            _("References"),
            _("Work that proves it: for whom, what, and what came of it. Two or three good ones are enough."),
            ("references",),
            True,
        ),
        Section(
            "certificates", _("Certificates"), _("What somebody independent has checked."), ("certificates",), True
        ),
        Section(
            "contacts",
            _("Contacts"),
            _("Whom to turn to. For each detail you say who sees it; at first it is only the cluster's office."),
            ("contacts",),
            True,
        ),
        Section("logo", _("Logo"), _("Without one, a drawing made from your name stands in its place."), ("logo",)),
    )
}  # fmt: skip


def content_of(organisation: Organisation) -> Content:
    """The profile as it stands, public or not, with its rows in their order."""
    content = {name: _plain(organisation, name) for name in PLAIN}
    for relation, (model, columns) in ROWS.items():
        many = [name for name in columns if model._meta.get_field(name).many_to_many]
        found = getattr(organisation, relation).order_by("position", "pk").prefetch_related(*many)
        content[relation] = [{"id": row.pk, **{name: _plain(row, name) for name in columns}} for row in found]
    return content


def _plain(record: models.Model, name: str) -> Any:
    """A value as JSON holds it: keys for records, ISO dates, texts by language."""
    field = record._meta.get_field(name)
    if field.many_to_many:
        return sorted(one.pk for one in getattr(record, name).all())
    value = getattr(record, field.attname)  # type: ignore[union-attr]
    if isinstance(field, TranslatedField):
        return {code: text for code, text in (value or {}).items() if text}
    return value.isoformat() if isinstance(value, date) else value


def field_of(relation: str, name: str) -> Any:
    """The model field behind a value; `relation` is empty for the organisation itself."""
    model: type[models.Model] = ROWS[relation][0] if relation else Organisation
    return model._meta.get_field(name)


class Reader:
    """Puts values into words. The names of all concepts and pictures that any of the contents holds are asked once."""

    def __init__(self, *contents: Content) -> None:
        concepts: set[int] = set()
        pictures: set[int] = set()
        for content in contents:
            concepts |= set(content.get("sectors") or [])
            pictures |= {content["logo"]} if content.get("logo") else set()
            concepts |= {row["concept"] for row in content.get("competences") or []}
            concepts |= {pk for row in content.get("references") or [] for pk in row["concepts"]}
        found = Concept.objects.filter(pk__in=concepts).prefetch_related("labels")
        self.concepts = {one.pk: str(one) for one in found}
        self.pictures = Picture.objects.in_bulk(pictures)

    def text(self, relation: str, name: str, value: Any) -> str:
        """One value in the reader's language; empty where nothing is said. Not for texts in two languages."""
        if value in (None, "", []):
            return ""
        field = field_of(relation, name)
        if name in {"sectors", "concepts"}:
            return ", ".join(self.concepts.get(pk, "?") for pk in value)
        if name == "concept":
            return self.concepts.get(value, "?")
        if name == "languages":
            return ", ".join(language_label(code) for code in value)
        if name == "logo":
            return str(self.pictures[value].title) if value in self.pictures else "?"
        if field.choices:
            return str(dict(field.flatchoices).get(value, value))
        return str(value)

    def row_title(self, relation: str, row: Mapping[str, Any]) -> str:
        """What a row is called in a sentence."""
        name, wording = row.get("name"), row.get("wording")
        if relation == "competences":
            return self.concepts.get(row["concept"], "?")
        if relation == "locations":
            return f"{row['postal_code']} {row['town']}".strip()
        return str(name or next(iter((wording or {}).values()), "–"))[:80]



def label_of(relation: str, name: str) -> str:
    """What the field is called."""
    return str(capfirst(field_of(relation, name).verbose_name))


def is_translated(relation: str, name: str) -> bool:
    return isinstance(field_of(relation, name), TranslatedField)
