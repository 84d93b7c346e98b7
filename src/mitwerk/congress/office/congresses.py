"""Congresses in the office: hours, rooms, tracks, kinds of contributions and the call. Title, days and place are the
event's."""

from typing import Any

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.widgets.button import HeaderButton

from mitwerk.clusters.office import STILL_RIGHT, cluster_policy
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.congress.actions import ask_jury, change_congress, make_stands, remove_congress
from mitwerk.congress.models import Congress
from mitwerk.congress.models.reviews import WEIGHTS
from mitwerk.congress.queries import run_congresses
from mitwerk.core.forms import SpokenLanguagesField
from mitwerk.core.office import Act, IndexView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowForm, RowsPanel, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.governance.queries import editable_bodies


class CongressForm(RecordForm):
    """A congress of one of the editor's clusters; the region's has none and is the umbrella body's."""

    languages = SpokenLanguagesField(
        label=_("Languages spoken"), help_text=_("Contributions are held in one of them; the texts stand in both.")
    )

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(self.for_user)
        field.required = not is_umbrella_editor(self.for_user)
        field.empty_label = _("The region itself")
        self.fields["jury"].queryset = editable_bodies(self.for_user)
        self.fields["jury"].empty_label = _("None: the office decides alone")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _check_hours(self, data)
        if data.get("jury") and data["jury"].cluster != data.get("cluster"):
            self.add_error("jury", _("Choose a body of whom the congress is run by."))
        begins, ends = data.get("call_from"), data.get("call_until")
        if begins and not ends:
            self.add_error("call_until", _("Say until when, or leave both empty: then nothing is called for."))
        elif ends and not begins:
            self.add_error("call_from", _("Say from when, or leave both empty: then nothing is called for."))
        elif begins and ends and ends <= begins:
            self.add_error("call_until", _("The call closes after it opens."))
        return data


def _check_hours(form: Any, data: dict[str, Any]) -> None:
    opens, closes = data.get("opens_at"), data.get("closes_at")
    if opens and closes and closes <= opens:
        form.add_error("closes_at", _("It closes after it opens, on the same day."))


class HoursForm(RowForm):
    """A day with hours of its own; it is one of the congress's."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        _check_hours(self, data)
        event, day = self.instance.congress.event, data.get("day")
        if day and not event.first_day <= day <= event.last_day:
            self.add_error("day", _("The congress is not on this day."))
        return data


class FormatForm(RowForm):
    """A kind of contribution with sensible minutes."""

    def clean_minutes(self) -> int | None:
        minutes: int | None = self.cleaned_data["minutes"]
        if minutes is not None and not 5 <= minutes <= 600:
            self.add_error("minutes", _("Between 5 and 600 minutes, or empty where it stands all day."))
        return minutes


class RoomForm(RowForm):
    """A room with seats."""

    def clean_seats(self) -> int:
        seats: int = self.cleaned_data["seats"]
        if seats < 1:
            self.add_error("seats", _("A room has at least one seat."))
        return seats

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        lengths = [data.get("width"), data.get("depth")]
        if (lengths[0] is None) != (lengths[1] is None):
            self.add_error("depth" if lengths[1] is None else "width", _("Give both lengths, or leave both empty."))
        elif any(one is not None and not 1 <= one <= 500 for one in lengths):
            self.add_error("width", _("Between 1 and 500 metres."))
        return data


class CriterionForm(RowForm):
    """A question of the jury, with its weight."""

    def clean_weight(self) -> int:
        weight: int = self.cleaned_data["weight"]
        if not WEIGHTS[0] <= weight <= WEIGHTS[1]:
            self.add_error("weight", _("Between 1 and 9."))
        return weight


class CongressIndex(IndexView):
    """A new one is announced on a page of its own, which asks for less."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        return [HeaderButton(_("Announce a congress"), url=reverse("congress:congress_add"), icon_name="plus")]


def _has_jury(congress: Congress) -> bool:
    return congress.jury_id is not None


class CongressOffice(OfficeViewSet):
    """Congresses by day."""

    model = Congress
    name = "congresses"
    icon = "site"
    menu_order = 221
    index_view_class = CongressIndex
    hidden_views = frozenset({"usage", "add"})
    save_verb = change_congress
    remove_verb = remove_congress
    acts = {
        "ask-jury": Act(
            _("Ask the jury"), ask_jury, _("Asked: every juror for whom something waits gets a mail, once a day."),
            _has_jury, "mail",
        ),
        "make-stands": Act(
            _("Make the stands"), make_stands,
            _("Every accepted stand has a number now, and a place where a hall with a size has room."), icon="plus",
        ),
        **STILL_RIGHT,
    }  # fmt: skip
    policy = cluster_policy(Congress, run_congresses, run_congresses)
    form_class = CongressForm
    list_display = (
        "__str__",
        text_column("cluster", _("Run by")),
        text_column("call_until", _("Call closes")),
        changed_column(_("Changed")),
    )
    list_filter = ("cluster",)
    list_export = ("public_id", "event", "cluster", "opens_at", "closes_at", "languages", "call_from", "call_until")
    list_prefetch = ("event", "cluster")
    search_fields = ("event__title", "event__place")
    tabs = (
        (
            _("Congress"),
            (
                HelpPanel(template="congress/_office_help.html"),
                FieldPanel("cluster"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
                    heading=_("Opening hours"),
                    help_text=_("Of every day. Name days with other hours below."),
                ),
                RowsPanel(
                    "hours",
                    [FieldPanel("day"), FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
                    form=HoursForm,
                    label=_("day"),
                    heading=_("Days with other hours"),
                ),
                FieldPanel("languages"),
            ),
        ),
        (
            _("Rooms and tracks"),
            (
                RowsPanel(
                    "rooms",
                    [
                        both("name"),
                        FieldPanel("seats"),
                        FieldPanel("place"),
                        FieldRowPanel([FieldPanel("width"), FieldPanel("depth")]),
                    ],
                    form=RoomForm,
                    label=_("room"),
                    heading=_("Rooms"),
                ),
                RowsPanel(
                    "tracks",
                    [both("name")],
                    label=_("track"),
                    heading=_("Tracks"),
                    help_text=_("Contributions that belong together. None is needed."),
                ),
            ),
        ),
        (
            _("Call for contributions"),
            (
                both("call", rows=4),
                FieldRowPanel([FieldPanel("call_from"), FieldPanel("call_until")]),
                RowsPanel(
                    "formats",
                    [FieldRowPanel([FieldPanel("kind"), FieldPanel("minutes")])],
                    form=FormatForm,
                    label=_("kind of contribution"),
                    heading=_("Kinds of contributions"),
                ),
            ),
        ),
        (
            _("Jury"),
            (
                FieldPanel("jury"),
                FieldPanel("is_blind"),
                RowsPanel(
                    "criteria",
                    [both("name"), FieldPanel("weight")],
                    form=CriterionForm,
                    label=_("question"),
                    heading=_("What the jury gives points for"),
                    help_text=_("From 1 to 5. A question with weight 2 counts as much as two others."),
                ),
            ),
        ),
        (
            _("Afterwards"),
            (
                both("thanks", rows=4),
                RowsPanel(
                    "next_steps",
                    [both("text"), FieldRowPanel([FieldPanel("who"), FieldPanel("until")])],
                    label=_("next step"),
                    heading=_("Next steps"),
                    help_text=_("On the congress's page once it is over: what, who, until when."),
                ),
            ),
        ),
    )
