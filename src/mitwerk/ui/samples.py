"""What the page /ui/ shows: the components with texts as they occur, short and long, German and English."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.forms.widgets import MultiWidget

TEXTS: dict[str, dict[str, str]] = json.loads(Path(__file__).with_name("samples.json").read_text(encoding="utf-8"))


class _Choice(SimpleNamespace):
    def address(self, **changes: str | None) -> str:
        return "?" + "&".join(f"{name}={value}" for name, value in changes.items() if value)

    def without(self, name: str, value: str) -> str:
        return f"?without={name}-{value}"


def filters(t: dict[str, str]) -> tuple[list[Any], Any]:
    """Two filters, one of them in use, and the choice that goes with them."""

    def option(value: str, label: str, count: int, is_chosen: bool = False) -> Any:
        return SimpleNamespace(value=value, label=label, count=count, is_chosen=is_chosen)

    groups = {
        "kompetenz": (
            t["competence"],
            [option("a", t["operation"], 21, True), option("b", t["data"], 9), option("c", t["erp"], 14)],
        ),
        "land": (t["state"], [option("st", "Sachsen-Anhalt", 48), option("sn", "Sachsen", 61)]),
    }
    made = [
        SimpleNamespace(
            name=name,
            label=label,
            options=options,
            is_active=any(o.is_chosen for o in options),
            chosen=[o for o in options if o.is_chosen],
        )
        for name, (label, options) in groups.items()
    ]
    return made, _Choice(values={"kompetenz": ["a"]}, query="Leitstand", dropped=[])


class _TwoLanguages(MultiWidget):
    template_name = "ui/forms/translated.html"

    def decompress(self, value: Any) -> list[str]:
        return ["", ""]


class _Texts(forms.MultiValueField):
    def compress(self, data_list: list[str]) -> list[str]:
        return data_list


def form(t: dict[str, str], theme: str) -> forms.Form:
    """A form with one entry wrong, every kind of field."""
    two = _TwoLanguages({code: forms.TextInput({"lang": code}) for code in ("de", "en")})
    fields: dict[str, forms.Field] = {
        "name": forms.CharField(label=t["name"], widget=forms.TextInput({"autocomplete": "name"})),
        "mail": forms.EmailField(
            label=t["mail"], help_text=t["mail_help"], error_messages={"invalid": t["mail_error"]}
        ),
        "branch": forms.ChoiceField(
            label=t["branch"], required=False, choices=[("c", t["chemistry"]), ("f", t["food"])]
        ),
        "urgency": forms.ChoiceField(
            label=t["urgency"], widget=forms.RadioSelect, choices=[("n", t["now"]), ("y", t["year"])]
        ),
        "claim": _Texts(fields=[forms.CharField(required=False)] * 2, label=t["claim"], required=False, widget=two),
        "message": forms.CharField(label=t["message"], required=False, widget=forms.Textarea({"rows": 4})),
        "agree": forms.BooleanField(label=t["agree"]),
    }
    kind = type("Sample", (forms.Form,), fields)
    return kind(
        {"name": "M. Muster", "mail": "muster@", "urgency": "n", "agree": "on", "branch": "c"},
        auto_id=f"{theme}-%s",
    )  # type: ignore[no-any-return]


def context(language: str) -> dict[str, Any]:
    """Everything the template needs, in one language."""
    t = TEXTS[language]
    groups, choice = filters(t)
    return {
        "t": t,
        "crumbs": [("Mitteldeutschland", "#"), (t["actors"], "#"), (t["organisation"], "")],
        "facts": [
            (t["seat"], t["meta"]),
            (t["kind"], t["kind_value"]),
            (t["staff"], "828"),
            (t["website"], "example.org", "https://example.org/"),
        ],
        "bars": [
            (t["operation"], 21, "#"),
            (t["software"], 19, "#"),
            (t["erp"], 14, "#"),
            (t["data"], 9, "#"),
        ],
        "entries": [
            {
                "date": "18. Mai 2020" if language == "de" else "18 May 2020",
                "title": t["news"],
                "text": t["news_text"],
                "url": "#",
            },
            {"date": t["older"], "title": t["old_news"], "text": t["news_text"], "url": "#"},
        ],
        "steps": [(t["idea"], "done"), (t["group"], "done"), (t["pilot"], "current"), (t["done"], "todo")],
        "filters": groups,
        "choice": choice,
        "page": Paginator(range(480), 24).page(3),
        "record": {"sources": [{"url": "https://www.example.org/a", "date": None}], "as_of": 2012},
        "themes": [(theme, form(t, theme)) for theme in ("light", "dark")],
        "keys": ["a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8"],
        "accents": ["#1d4e9e", "#2e7d4f", "#c8372a", "#7a3b8f", "#f0b323", "#0e7c86"],
    }
