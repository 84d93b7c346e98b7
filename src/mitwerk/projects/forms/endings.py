"""What is typed when a project ends: the outcome, what a partner confirms, and the story."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.algorithms.pipeline import CARRIER, ENDING, moves_from
from mitwerk.core.forms import TranslatedFormField
from mitwerk.pictures.forms import PictureFileField
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import COMPETENCES, Concept
from mitwerk.vocabularies.office import ConceptsField

FIGURES = 4
LABELS = {
    "achieve": gettext_lazy("The aim is achieved"),
    "achieve-partly": gettext_lazy("The aim is partly achieved"),
    "stop": gettext_lazy("We stop it"),
}


def _both(label: Any, rows: int = 0, **kwargs: Any) -> TranslatedFormField:
    return TranslatedFormField(
        label=label, rows=rows, max_length=3000 if rows else 200, required=False, **kwargs
    )


class EndForm(forms.Form):
    """Everything on one page: the kind of end, the lessons, the result with figures, what it proved, a picture."""

    verb = forms.ChoiceField(label=gettext_lazy("How does it end?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("What came of it, and what have you learned?"), max_length=5000,
        widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("Those who take part, the board and the office read it."),
    )  # fmt: skip
    result = _both(
        gettext_lazy("The result in one sentence"), 2,
        help_text=gettext_lazy("The office makes the public story of it. It is public when every partner agrees."),
    )  # fmt: skip
    proved = ConceptsField(
        COMPETENCES, label=gettext_lazy("Competences it proved"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Each partner is asked by e-mail which of them it confirms."),
    )  # fmt: skip
    picture = PictureFileField(
        label=gettext_lazy("Picture"), required=False, widget=forms.FileInput,
    )  # fmt: skip
    alt = _both(gettext_lazy("What the picture shows"))
    credit = forms.CharField(label=gettext_lazy("Who made the picture"), required=False, max_length=200)

    def __init__(self, *args: Any, project: Project, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        verbs = [move.verb for move in moves_from(project.phase, CARRIER) if move.verb in ENDING]
        fields: Any = self.fields
        fields["picture"].help_text = _("JPEG, PNG or WebP. Only one you may publish.")  # not the field's own words
        fields["verb"].choices = [(verb, LABELS[verb]) for verb in verbs]
        for number in range(1, FIGURES + 1):
            place = {"number": number}
            fields[f"value_{number}"] = forms.CharField(
                label=_("Figure %(number)s") % place, required=False, max_length=30,
                help_text=_("Short, such as 5 or 1.2 million.") if number == 1 else "",
            )  # fmt: skip
            fields[f"label_{number}"] = _both(_("What figure %(number)s counts") % place)
        self.order_fields(["verb", "text", "result", *(f"{kind}_{number}" for number in range(1, FIGURES + 1)
                           for kind in ("value", "label")), "proved", "picture", "alt", "credit"])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for number in range(1, FIGURES + 1):
            value, label = data.get(f"value_{number}"), data.get(f"label_{number}")
            if value and not label:
                self.add_error(f"label_{number}", _("Say what the figure counts."))
            if label and not value:
                self.add_error(f"value_{number}", _("Give the figure."))
        if data.get("picture"):
            if not data.get("alt"):
                self.add_error("alt", _("Say what the picture shows, for those who cannot see it."))
            if not data.get("credit"):
                self.add_error("credit", _("Say who made the picture."))
        return data

    def outcome(self) -> dict[str, Any]:
        """As `actions.endings.Outcome` takes it."""
        data = self.cleaned_data
        pairs = [(data[f"value_{number}"], data[f"label_{number}"]) for number in range(1, FIGURES + 1)]
        names = ("result", "proved", "picture", "alt", "credit")
        return {"figures": [pair for pair in pairs if pair[0]], **{name: data[name] for name in names}}


class ProofForm(forms.Form):
    """What the project proved for one partner; what is not ticked is declined."""

    concepts = forms.ModelMultipleChoiceField(
        Concept.objects.none(), label=gettext_lazy("The project proved"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What you tick becomes a reference on your profile. Take the ticks off what is not so."),
    )  # fmt: skip

    def __init__(self, *args: Any, concepts: QuerySet[Concept], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["concepts"]
        field.queryset = concepts
        field.initial = [one.slug for one in concepts]


class StoryForm(forms.Form):
    """The public texts, in both languages."""

    summary = _both(gettext_lazy("In short"), 2)
    problem = _both(gettext_lazy("The problem"), 5)
    work = _both(gettext_lazy("What was done"), 6)
    result = _both(gettext_lazy("The result"), 3, help_text=gettext_lazy("The loudest sentence of the page."))

    def clean_summary(self) -> Any:
        if not self.cleaned_data["summary"]:
            raise forms.ValidationError(_("Write at least one sentence."))
        return self.cleaned_data["summary"]
