"""What is typed to announce a congress, and to copy one."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.congress.models import Congress
from mitwerk.core.forms import TranslatedFormField

LONGEST = dt.timedelta(days=14)
FAR = dt.timedelta(days=3660)


class Day(forms.DateField):
    """A day that lies ahead, picked or typed."""

    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        today = timezone.localdate()
        if day and not today <= day <= today + FAR:
            raise forms.ValidationError(_("Choose a day that is not over, within the next ten years."))
        return day


class AnnounceForm(forms.Form):
    """What has to be known of a congress; the rest has defaults and can be changed in the office."""

    title = TranslatedFormField(
        label=gettext_lazy("Title"), max_length=200, help_text=gettext_lazy("One language is enough to begin with.")
    )
    starts_on = Day(label=gettext_lazy("First day"))
    ends_on = Day(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Leave it empty where it lasts one day."),
    )  # fmt: skip
    place = forms.CharField(
        label=gettext_lazy("Place"), max_length=200, required=False,
        help_text=gettext_lazy("Town and house. It can be named later."),
    )  # fmt: skip
    cluster = forms.ModelChoiceField(
        None, label=gettext_lazy("Who runs it"), to_field_name="slug", required=False,
        empty_label=gettext_lazy("The region itself"),
    )  # fmt: skip
    is_public = forms.BooleanField(
        label=gettext_lazy("Show it on the website at once"), required=False, initial=True,
        help_text=gettext_lazy("Otherwise it is a draft until the office publishes its event."),
    )  # fmt: skip

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(user)
        if not is_umbrella_editor(user):
            mine = list(field.queryset[:2])
            field.required = True
            field.initial = mine[0].slug if len(mine) == 1 else None
            field.empty_label = None if len(mine) == 1 else "---------"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        elif first and last and last - first >= LONGEST:
            self.add_error("ends_on", _("A congress lasts two weeks at most. Please look at the days once more."))
        return data


class CopyForm(forms.Form):
    """The first day of the copy."""

    starts_on = Day(label=gettext_lazy("First day of the new one"))

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._there = congress.event.starts_on
        self.fields["starts_on"].initial = self._there + dt.timedelta(weeks=52)

    def clean_starts_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["starts_on"]
        if day == self._there:
            raise forms.ValidationError(_("On this day the one that is copied begins. Choose another."))
        return day
