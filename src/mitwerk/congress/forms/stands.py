"""What the list of stands can be asked for, and what an exhibitor says of theirs."""

import datetime as dt
from collections import Counter
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.congress.models import Congress, Stand
from mitwerk.core.forms import TranslatedFormField
from mitwerk.core.listing import Choice, Filter, options, read_choice
from mitwerk.vocabularies.models import SECTORS, Concept
from mitwerk.vocabularies.office import ConceptsField


def read_stands_choice(parameters: QueryDict, stands: list[Stand]) -> Choice:
    """Which sectors the reader is of; what no stand is for is dropped and told."""
    return read_choice(parameters, {"sector": {one.slug for stand in stands for one in stand.sectors.all()}})


def stand_filters(choice: Choice, stands: list[Stand]) -> list[Filter]:
    """By sector, each with how many stands are for it."""
    sectors = {one.slug: str(one) for stand in stands for one in stand.sectors.all()}
    counts = Counter(one.slug for stand in stands for one in stand.sectors.all())
    labels = dict(sorted(sectors.items(), key=lambda pair: pair[1].casefold()))
    found = Filter("sector", _("For my sector"), options(labels, choice.values.get("sector", []), counts))
    return [found] if found.options else []


class StandForm(forms.Form):
    """What is shown, and for whom. Number and place are the office's."""

    shows = TranslatedFormField(
        label=gettext_lazy("What you show"), rows=5, max_length=2000, required=False,
        help_text=gettext_lazy("What can guests see, try and take away?"),
    )  # fmt: skip
    competences = forms.ModelMultipleChoiceField(
        Concept.objects.none(), label=gettext_lazy("Competences it shows"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    sectors = ConceptsField(
        SECTORS, label=gettext_lazy("For whom"), required=False, to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, stand: Stand, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "shows": stand.shows, "competences": [one.slug for one in stand.competences.all()],
            "sectors": [one.slug for one in stand.sectors.all()],
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        competences: Any = self.fields["competences"]
        found = Concept.objects.filter(competences__organisation=stand.organisation).distinct()
        competences.queryset = found.prefetch_related("labels")

    def values(self) -> dict[str, Any]:
        """As `tell_of_stand` takes them."""
        return {name: list(value) if name != "shows" else value for name, value in self.cleaned_data.items()}


class StandTalkForm(forms.Form):
    """Something told at the stand: on which day, from when, how long."""

    title = TranslatedFormField(label=gettext_lazy("Title"), max_length=200)
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    begins = forms.TimeField(label=gettext_lazy("Begins at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), min_value=5, max_value=240, initial=15)

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.choices = [(f"{one.date}", capfirst(date_format(one.date, "DATE_FORMAT"))) for one in congress.days]

    def values(self) -> dict[str, Any]:
        """As `add_stand_talk` takes them."""
        data = self.cleaned_data
        begins = timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(data["day"]), data["begins"]))
        return {"title": data["title"], "starts_at": begins, "ends_at": begins + dt.timedelta(minutes=data["minutes"])}
