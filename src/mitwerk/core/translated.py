"""A short text in several languages in one JSON column.

Stored as ``{"de": "…", "en": "…"}`` with umlauts unescaped, so that a search for "Müller" finds it. A missing
language is shown in the other one, and the reader is told (`Text.language`).
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.db.models.fields.json import KT
from django.db.models.functions import Collate
from django.db.models.query_utils import DeferredAttribute
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language, override

from mitwerk.core.database import GERMAN


class Text(NamedTuple):
    """A text and the language it is really in."""

    text: str
    language: str


class Translated(dict[str, str]):
    """Texts by language code; `str()` gives the one for the active language."""

    def best(self, language: str | None = None) -> Text:
        """The text in `language` (the active one by default), else in the first language that has one."""
        wanted = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
        for code in (wanted, *(code for code, _ in settings.LANGUAGES)):
            if self.get(code):
                return Text(self[code], code)
        return Text("", wanted)

    @property
    def missing(self) -> list[str]:
        """Language codes without a text; empty when nothing is written at all."""
        if not any(self.values()):
            return []
        return [code for code, _ in settings.LANGUAGES if not self.get(code)]

    def __str__(self) -> str:
        return self.best().text

    def __bool__(self) -> bool:
        return any(self.values())


def in_both_languages(text: Any, /, **values: Any) -> Translated:
    """A text of ours (lazily translated) in each language, for a record. What is put in is in the same language: texts
    that are translated, and days."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = str(text) % {name: _in_language(value) for name, value in values.items()}
    return Translated(found)


def _in_language(value: Any) -> str:
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value))
    return date_format(value) if isinstance(value, date) else str(value)


class _Unescaped(json.JSONEncoder):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "ensure_ascii": False, "sort_keys": True})


class _Attribute(DeferredAttribute):
    """Turns a plain dict assigned in code into `Translated`, so both behave alike before the first save."""

    def __set__(self, instance: Any, value: Any) -> None:
        plain = isinstance(value, dict) and not isinstance(value, Translated)
        instance.__dict__[self.field.attname] = Translated(value) if plain else value


class TranslatedField(models.JSONField):
    """Column of `Translated` texts; `blank=True` allows that no language has one."""

    descriptor_class = _Attribute

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", Translated)
        kwargs["encoder"] = _Unescaped
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("encoder", None)
        return name, path, args, kwargs

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        loaded = super().from_db_value(value, expression, connection)
        return Translated(loaded) if isinstance(loaded, dict) else loaded

    def to_python(self, value: Any) -> Any:
        loaded = super().to_python(value)
        return Translated(loaded) if isinstance(loaded, dict) else loaded

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {code: text for code, text in value.items() if text}
        return super().get_prep_value(value)

    def formfield(self, **kwargs: Any) -> Any:
        from mitwerk.core.forms import TranslatedFormField

        return TranslatedFormField(
            required=not self.blank,
            label=kwargs.get("label") or capfirst(self.verbose_name),
            help_text=self.help_text,
            max_length=kwargs.get("max_length"),
            **({"widget": kwargs["widget"]} if kwargs.get("widget") else {}),
        )


def in_language(field: str, language: str | None = None) -> Collate:
    """Expression that orders by the text in one language, umlauts where a dictionary has them."""
    code = (language or get_language() or settings.LANGUAGE_CODE).split("-")[0]
    return Collate(KT(f"{field}__{code}"), GERMAN)
