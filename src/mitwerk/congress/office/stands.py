"""Stands in the office: exhibitor, number, place on the floor, what is told there."""

from typing import Any

from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from django_scopes.forms import SafeModelChoiceField
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from mitwerk.algorithms.floorplan import Spot
from mitwerk.clusters.office import STILL_RIGHT, cluster_policy
from mitwerk.congress.actions import change_stand, remove_stand
from mitwerk.congress.models import Congress, Room, Stand
from mitwerk.congress.queries import run_congresses
from mitwerk.congress.queries.stands import office_stands
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowForm, RowsPanel, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.vocabularies.models import COMPETENCES, SECTORS
from mitwerk.vocabularies.office import ConceptsField

register_form_field_override(ForeignKey, to=Congress, override={"form_class": SafeModelChoiceField})
"""Forms that name a congress are made outside every scope; each sets the congresses to choose from itself."""


class StandForm(RecordForm):
    """A place inside its hall that nobody else has."""

    competences = ConceptsField(COMPETENCES, label=_("Competences it shows"), required=False)
    sectors = ConceptsField(SECTORS, label=_("For whom"), required=False)

    def limit(self) -> None:
        super().limit()
        mine, fields = run_congresses(self.for_user), self.fields
        congress: Any = fields["congress"]
        room: Any = fields["room"]
        congress.queryset = mine
        room.queryset = Room.objects.filter(congress__in=mine.order_by().values("pk")).select_related("congress")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name in ("width", "depth"):
            if data.get(name) is not None and not 1 <= data[name] <= 50:
                self.add_error(name, _("Between 1 and 50 metres."))
        room, x, y = data.get("room"), data.get("x"), data.get("y")
        if room and data.get("congress") and room.congress_id != data["congress"].pk:
            self.add_error("room", _("This hall belongs to another congress."))
        elif (x is None) != (y is None):
            self.add_error("y" if y is None else "x", _("Give both, or leave both empty."))
        elif x is not None and room is None:
            self.add_error("room", _("Choose the hall in which it stands there."))
        elif x is not None and not self.errors:
            self._check_place(room, Spot(x, data["y"], data["width"], data["depth"]))
        return data

    def _check_place(self, room: Room, spot: Spot) -> None:
        if room.width is not None and room.depth is not None and not spot.fits(room.width, room.depth):
            size = {"width": room.width, "depth": room.depth}
            self.add_error("x", _("It would stand outside the hall, which is %(width)s by %(depth)s metres.") % size)
        others = room.stands.filter(x__isnull=False).exclude(pk=self.instance.pk)
        taken = next((one for one in others if one.spot and one.spot.covers(spot)), None)
        if taken is not None:
            self.add_error("x", _("Stand %(number)s is there already.") % {"number": taken.number})


class StandTalkForm(RowForm):
    """Something told at the stand; it ends after it begins."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = data.get("starts_at"), data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It ends after it begins."))
        return data


def _own_congresses(request: Any) -> Any:
    return run_congresses(request.user) if request else Congress.objects.none()


class StandFilter(WagtailFilterSet):  # type: ignore[misc]
    """By congress, of those the office runs."""

    congress = ModelChoiceFilter(queryset=_own_congresses, label=_("Congress"))

    class Meta:
        model = Stand
        fields = ("congress",)


class StandOffice(OfficeViewSet):
    """Who stands where."""

    model = Stand
    name = "stands"
    icon = "table"
    menu_order = 223
    save_verb = change_stand
    remove_verb = remove_stand
    acts = STILL_RIGHT
    policy = cluster_policy(Stand, office_stands, office_stands)
    form_class = StandForm
    filterset_class = StandFilter
    list_display = (
        "number",
        text_column("organisation", _("Organisation")),
        text_column("congress", _("Congress")),
        text_column("room", _("Hall")),
        changed_column(_("Changed")),
    )
    list_export = ("congress", "number", "organisation", "room", "x", "y", "width", "depth", "shows")
    list_prefetch = ("sectors__labels", "competences__labels")
    search_fields = ("number", "organisation__name")
    ordering = ("congress", "number")
    tabs = (
        (
            _("Stand"),
            (
                FieldPanel("congress"),
                FieldRowPanel([FieldPanel("number"), FieldPanel("organisation")]),
                MultiFieldPanel(
                    [
                        FieldPanel("room"),
                        FieldRowPanel([FieldPanel("x"), FieldPanel("y")]),
                        FieldRowPanel([FieldPanel("width"), FieldPanel("depth")]),
                    ],
                    heading=_("Place on the plan"),
                    help_text=_("The corner at the top left of the plan is 0 by 0 metres."),
                ),
            ),
        ),
        (
            _("What is shown"),
            (
                both("shows", rows=4),
                FieldPanel("competences"),
                FieldPanel("sectors"),
                RowsPanel(
                    "talks",
                    [both("title"), FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")])],
                    form=StandTalkForm,
                    label=_("time"),
                    heading=_("Told at the stand"),
                ),
            ),
        ),
    )
