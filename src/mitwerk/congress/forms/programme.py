"""What the office types about an item of the programme and a release, and what a reader chooses."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mitwerk.congress.models import Congress, Room, Session
from mitwerk.congress.queries.programme import Released
from mitwerk.core.forms import TranslatedFormField
from mitwerk.core.listing import Choice, Filter, options, read_choice
from mitwerk.core.translated import Translated

FILTERS = ("day", "room", "track", "topic", "sector")
SHORTEST, LONGEST = 5, 14 * 60


class SessionForm(forms.Form):
    """Where and when. `version` is what the editor saw; a new item has none."""

    room = forms.ModelChoiceField(
        Room.objects.none(), label=gettext_lazy("Room"), required=False, to_field_name="public_id",
        empty_label=gettext_lazy("none yet"),
    )  # fmt: skip
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    start = forms.TimeField(label=gettext_lazy("Begins at"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Length in minutes"),
        min_value=SHORTEST,
        max_value=LONGEST,
        widget=forms.NumberInput({"step": 5}),
    )
    seats = forms.IntegerField(
        label=gettext_lazy("Guests expected"), min_value=1, max_value=9999, required=False,
        help_text=gettext_lazy("Then you are told when the room is too small."),
    )  # fmt: skip
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, congress: Congress, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["room"].queryset = congress.rooms.all()
        fields["day"].choices = [(day.date.isoformat(), date_format(day.date, "DATE_FORMAT")) for day in congress.days]

    def values(self) -> dict[str, Any]:
        """As the verbs take them."""
        data = self.cleaned_data
        start = timezone.make_aware(dt.datetime.combine(dt.date.fromisoformat(data["day"]), data["start"]))
        end = start.astimezone(dt.UTC) + dt.timedelta(minutes=data["minutes"])
        own = {name: data[name] for name in ("seats", "kind", "title") if name in data}
        return {"room": data["room"], "starts_at": start, "ends_at": end, **own}


class BreakForm(SessionForm):
    """Something that nobody handed in, with words of its own."""

    kind = forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Session.Kind.choices[1:])
    title = TranslatedFormField(label=gettext_lazy("Title"), max_length=200)
    field_order = ("kind", "title", "room", "day", "start", "minutes", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        del fields["seats"]
        fields["room"].empty_label = _("everywhere")


class ReleaseForm(forms.Form):
    """A sentence for the changelog; `seen` is the draft that was looked at."""

    note = TranslatedFormField(
        label=gettext_lazy("What is new, in a sentence"), max_length=300, required=False,
        help_text=gettext_lazy("It stands above the list of changes, which is made for you."),
    )  # fmt: skip
    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


def day_name(day: dt.date) -> str:
    """With the day of the week, and without the year."""
    return f"{date_format(day, 'l')}, {date_format(day, pgettext('date format', 'j F'))}"


def labels_of(found: Released) -> dict[str, dict[str, str]]:
    """Name of a filter → value → what the reader sees; only what the programme has."""
    rooms = {room.key: str(one) for room in found.programme.rooms for one in [_best(room.names) or room.key]}
    tracks = {key: str(_best(names)) for key, names in found.programme.tracks.items()}
    words = {slug: str(names) for slug, names in found.labels.items()}
    have = {name: {value for one in found.entries for value in getattr(one, name)} for name in ("topics", "sectors")}
    return {
        "day": {day.isoformat(): day_name(day) for day in found.days},
        "room": {key: name for key, name in rooms.items() if any(one.item.room == key for one in found.entries)},
        "track": {key: name for key, name in tracks.items() if any(one.item.track == key for one in found.entries)},
        "topic": _sorted({slug: words[slug] for slug in have["topics"] if slug in words}),
        "sector": _sorted({slug: words[slug] for slug in have["sectors"] if slug in words}),
    }


def _best(names: Mapping[str, str]) -> str:
    return str(Translated(names))


def _sorted(words: dict[str, str]) -> dict[str, str]:
    return dict(sorted(words.items(), key=lambda one: one[1].casefold()))


def read_programme_choice(parameters: QueryDict, found: Released) -> Choice:
    return read_choice(parameters, labels_of(found))


def programme_filters(choice: Choice, found: Released) -> list[Filter]:
    """All but the day, which has its own place on the page."""
    names = {"room": _("Room"), "track": _("Track"), "topic": _("Topic"), "sector": _("For the sector")}
    labels = labels_of(found)
    return [Filter(name, label, options(labels[name], choice.values.get(name, ()))) for name, label in names.items()]
