"""What a firm says of its contribution, and who speaks."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.congress.models import Congress
from mitwerk.core.forms import TranslatedFormField, language_label
from mitwerk.core.public_forms import one_line
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept

HALVES = {"am": gettext_lazy("morning"), "pm": gettext_lazy("afternoon")}


class ContributionForm(forms.Form):
    """One page. The title alone makes a draft."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), widget=forms.RadioSelect)
    title = TranslatedFormField(label=gettext_lazy("Title"), max_length=200)
    abstract = TranslatedFormField(
        label=gettext_lazy("What it is about"), rows=5, max_length=3000, required=False,
        help_text=gettext_lazy("For the programme: what will the guests know afterwards that they did not before?"),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language in which it is held"))
    competences = forms.ModelMultipleChoiceField(
        Concept.objects.none(), label=gettext_lazy("Competences it shows"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    project = forms.ModelChoiceField(
        Project.objects.none(), label=gettext_lazy("Project it tells of"), required=False, to_field_name="slug",
        empty_label=gettext_lazy("none"),
    )  # fmt: skip
    wishes = forms.CharField(
        label=gettext_lazy("Technical wishes"), required=False, max_length=1000, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Screen, sound, power, space. Only the office reads it."),
    )  # fmt: skip
    away = forms.MultipleChoiceField(
        label=gettext_lazy("When can nobody come?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, congress: Congress, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = [(one.kind, capfirst(one.get_kind_display())) for one in congress.formats.all()]
        fields["language"].choices = [(code, language_label(code)) for code in congress.languages]
        fields["competences"].queryset = (
            Concept.objects.filter(competences__organisation=organisation).distinct().prefetch_related("labels")
        )
        fields["project"].queryset = Project.objects.filter(
            partners__organisation=organisation, state=Project.State.PUBLISHED
        ).distinct()
        fields["away"].choices = [
            (f"{day.date}-{half}", f"{date_format(day.date, 'DATE_FORMAT')}, {label}")
            for day in congress.days for half, label in HALVES.items()
        ]  # fmt: skip
        for name in ("competences", "project", "away"):
            if not list(fields[name].choices)[name == "project" :]:
                del fields[name]

    def values(self) -> dict[str, Any]:
        """As `write_contribution` takes them."""
        data = {**self.cleaned_data}
        data["away"] = [half.rsplit("-", 1) for half in data.get("away", [])]
        data["competences"] = list(data.get("competences", []))
        return data


class SpeakerForm(forms.Form):
    """Somebody who is asked by mail whether they may be named."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, validators=[one_line])
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        help_text=gettext_lazy("A mail asks whether they may be named. Nobody else sees the address."),
    )  # fmt: skip
    about = TranslatedFormField(
        label=gettext_lazy("In one sentence"), max_length=300, required=False,
        help_text=gettext_lazy("What they do, as the programme says it."),
    )  # fmt: skip

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"]).strip()
        if not name:
            raise forms.ValidationError(_("Write the name."))
        return name
