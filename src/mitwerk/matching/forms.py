"""What the list of needs can be asked for, and the form that reports one."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitwerk.clusters.forms import INVALID_EMAIL
from mitwerk.core.listing import Choice, Filter, options, read_choice
from mitwerk.core.public_forms import PublicForm, one_line
from mitwerk.core.records import plain_slugs
from mitwerk.matching import queries

OFFERED = 12
"""How many competences the filter offers unasked; others come with the address of a link."""


def read_needs_choice(parameters: QueryDict) -> Choice:
    """What the address asks for; unknown values are dropped and told."""
    given = {name: plain_slugs(parameters.getlist(name)) for name in ("sector", "competence")}
    return read_choice(parameters, {name: queries.concepts_by_slug(slugs) for name, slugs in given.items()})


def need_filters(choice: Choice) -> list[Filter]:
    """The filters beside the list, each with what it would leave."""
    by_competence = queries.count_competences(choice)
    chosen = choice.values.get("competence", [])
    offered = list(by_competence)[:OFFERED]
    found = [
        _concepts("sector", gettext("Sector"), queries.count_sectors(choice), choice),
        _concepts(
            "competence",
            gettext("Competence"),
            {slug: by_competence.get(slug, 0) for slug in [*offered, *(c for c in chosen if c not in offered)]},
            choice,
        ),
    ]
    return [each for each in found if each.options]


def _concepts(name: str, label: str, counts: dict[str, int], choice: Choice) -> Filter:
    chosen = choice.values.get(name, [])
    concepts = queries.concepts_by_slug([*counts, *(slug for slug in chosen if slug not in counts)])
    return Filter(name, label, options({slug: str(c) for slug, c in concepts.items()}, chosen, counts))


class SectorField(forms.ModelChoiceField):
    """Sectors by their label in the reader's language."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queries.sectors(), to_field_name="slug", **kwargs)


class NeedForm(PublicForm):
    """A need in the words of those who have it. The office reads it before anybody else does."""

    title = forms.CharField(
        label=_("Your need in one line"),
        error_messages={"required": _("Say in one line what you need.")},
        max_length=150,
        validators=[one_line],
        help_text=_("For example: see early when a machine is about to fail"),
    )
    text = forms.CharField(
        label=_("Your need in your own words"),
        error_messages={"required": _("Describe what you need; a few sentences are enough.")},
        max_length=5000,
        help_text=_("What happens today, what should be different, by when? No technical terms needed."),
        widget=forms.Textarea({"rows": 8}),
    )
    sector = SectorField(label=_("Your sector"), required=False, empty_label=_("Choose a sector"))
    organisation_name = forms.CharField(
        label=_("Organisation"),
        error_messages={"required": _("Tell us the name of your organisation.")},
        max_length=200,
        validators=[one_line],
        help_text=_("Only the office reads it. It is not published with the need."),
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Tell us your name.")},
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Tell us where to send the answer."), "invalid": INVALID_EMAIL},
        max_length=254,
        help_text=_("The answer goes to this address."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )

    def need(self) -> dict[str, Any]:
        """What was written, as `actions.report_need` takes it."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "trap"}
