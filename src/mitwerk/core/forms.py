"""Form fields that more than one subject uses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.textdiff import Part, diff
from mitwerk.core.models import Standing
from mitwerk.core.translated import Translated
from mitwerk.core.wording import Lack


@dataclass(frozen=True)
class LanguageNote:
    """What stands below a language's input: that it is missing, or what the other language says since."""

    text: str
    parts: list[Part]


def language_note(lack: Lack) -> LanguageNote:
    names = {code: gettext(name) for code, name in settings.LANGUAGES}
    if lack.standing is Standing.MISSING:
        told = gettext("Missing. Visitors read the text in the other language: %(language)s.")
        return LanguageNote(told % {"language": names[lack.other]}, [])
    day = date_format(localtime(lack.since), "SHORT_DATE_FORMAT") if lack.since else ""
    told = gettext("Behind since %(day)s: the text in the other language (%(language)s) was changed.")
    return LanguageNote(told % {"day": day, "language": names[lack.other]}, diff(lack.was, lack.now))


def notes_on(lacking: Iterable[Lack]) -> dict[str, LanguageNote]:
    """Language to its note, as `TranslatedWidget.notes` takes them."""
    return {lack.language: language_note(lack) for lack in lacking}


class TranslatedWidget(forms.MultiWidget):
    """One input per language, side by side, each with its own `lang` and a note on what it lacks."""

    template_name = "ui/forms/translated.html"
    notes: Mapping[str, LanguageNote] = {}

    def __init__(self, attrs: dict[str, Any] | None = None, rows: int = 0) -> None:
        kind = forms.Textarea if rows else forms.TextInput
        size = {"rows": rows} if rows else {}
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: kind({**size, "lang": code}) for code, _name in settings.LANGUAGES
        }
        super().__init__(widgets, attrs)

    def use_required_attribute(self, initial: Any) -> bool:
        """One language is enough, so the browser must not insist on each."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for subwidget, (code, language) in zip(context["widget"]["subwidgets"], settings.LANGUAGES, strict=True):
            subwidget["language"] = language
            subwidget["code"] = code
            subwidget["note"] = self.notes.get(code)
        return context

    def decompress(self, value: Any) -> list[str]:
        texts = value or {}
        return [texts.get(code, "") for code, _name in settings.LANGUAGES]


class TranslatedFormField(forms.MultiValueField):
    """A text in every language; one language is enough."""

    def __init__(self, *, rows: int = 0, max_length: int | None = None, required: bool = True, **kwargs: Any) -> None:
        fields = [forms.CharField(required=False, max_length=max_length) for _code in settings.LANGUAGES]
        kwargs.setdefault("widget", TranslatedWidget(rows=rows))
        super().__init__(fields, require_all_fields=False, required=required, **kwargs)
        self.error_messages["required"] = _("Write this in at least one language.")

    def compress(self, data_list: list[str]) -> Translated:
        codes = [code for code, _name in settings.LANGUAGES]
        return Translated({code: text for code, text in zip(codes, data_list or [], strict=False) if text})

    def clean(self, value: Any) -> Any:
        return super().clean(value) or Translated()


SPOKEN = (
    "de en ar bg cs da el es et fa fi fr he hi hr hu it ja ko lt lv nl nb pl pt ro ru sk sl sr sv tr uk vi zh-hans"
).split()
"""Languages that firms of the region work in with their customers (ISO 639-1), the two of the house first."""


def language_label(code: str) -> str:
    """What a language is called in the reader's."""
    return str(capfirst(get_language_info(code)["name_translated"]))


class SpokenLanguagesField(forms.MultipleChoiceField):
    """Languages to tick; the value is a list of their codes, in the order of the choices."""

    widget = forms.CheckboxSelectMultiple(attrs={"class": "office-ticks"})

    def __init__(self, **kwargs: Any) -> None:
        label = lazy(language_label, str)
        super().__init__(choices=[(code, label(code)) for code in SPOKEN], **kwargs)
