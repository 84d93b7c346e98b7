"""Events in the office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from mitwerk.actors.office import OrganisationRowForm
from mitwerk.clusters.office import STILL_RIGHT, ClusterRecordForm, cluster_policy, clusters_panel
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RowsPanel, SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.events.actions import change_event, remove_event
from mitwerk.events.models import Event


class EventForm(ClusterRecordForm):
    sources = SourcesField(label=_("sources"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first."))
        if data.get("ends_at") and not data.get("starts_at"):
            self.add_error("starts_at", _("Write when it starts, or leave the end empty as well."))
        return data


class EventOffice(OfficeViewSet):
    """Events with organisers and topics."""

    model = Event
    name = "events"
    icon = "date"
    menu_order = 220
    save_verb = change_event
    remove_verb = remove_event
    acts = STILL_RIGHT
    policy = cluster_policy(Event)
    form_class = EventForm
    title_field = "title"
    list_display = (
        "title",
        "starts_on",
        "place",
        text_column("get_state_display", _("Publication")),
        changed_column(_("Changed")),
    )
    list_filter = ("is_congress", "state", "clusters", "starts_on")
    list_export = (
        "public_id", "title.de", "title.en", "starts_on", "ends_on", "place", "website", "is_congress", "state",
        "clusters", "organisers", "topics", "updated_at",
    )  # fmt: skip
    list_prefetch = ("clusters", "organisers", "topics")
    search_fields = ("title", "place", "organisers__name")
    tabs = (
        (
            _("Event"),
            (
                both("title"),
                both("description", rows=6),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
                        FieldPanel("is_month_only"),
                    ],
                    heading=_("When"),
                    help_text=_("Without a time of day the event takes whole days."),
                ),
                FieldRowPanel([FieldPanel("place"), FieldPanel("website")]),
                FieldPanel("is_congress"),
                FieldPanel("picture"),
                clusters_panel(),
                FieldPanel("state"),
            ),
        ),
        (
            _("Organisers and topics"),
            (
                RowsPanel(
                    "organisers",
                    [FieldPanel("organisation"), FieldPanel("name")],
                    form=OrganisationRowForm,
                    label=_("organiser"),
                    heading=_("Organisers"),
                ),
                RowsPanel("topics", [both("name")], label=_("topic"), heading=_("Topics")),
            ),
        ),
        (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))),
    )
