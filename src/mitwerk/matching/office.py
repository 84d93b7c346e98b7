"""Needs in the office: written here, or reported by a visitor and cleared here."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from mitwerk.clusters.office import STILL_RIGHT, ClusterRecordForm, cluster_policy, clusters_panel
from mitwerk.core.office import Act, InspectView, OfficeViewSet
from mitwerk.core.office_forms import SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.matching.actions import change_need, close_need, publish_need, remove_need
from mitwerk.matching.models import Need, NeedContact
from mitwerk.vocabularies.models import COMPETENCES, SECTORS
from mitwerk.vocabularies.office import ConceptField, ConceptsField


class NeedForm(ClusterRecordForm):
    sector = ConceptField(SECTORS, label=_("sector"), required=False)
    concepts = ConceptsField(COMPETENCES, label=_("competences that answer it"), required=False)
    sources = SourcesField(label=_("sources"), required=False)


class NeedView(InspectView):
    """The need with its contact, whom only the office sees."""

    def get_contact_display_value(self) -> Any:
        contact = NeedContact.objects.filter(need=self.object).first()
        if contact is None:
            return "–"
        return ", ".join(part for part in (contact.organisation_name, contact.name, contact.email) if part)


class NeedOffice(OfficeViewSet):
    """Needs. Publishing and closing are decisions of their own, not a field of the form."""

    model = Need
    name = "needs"
    icon = "help"
    menu_order = 240
    save_verb = change_need
    remove_verb = remove_need
    policy = cluster_policy(Need)
    form_class = NeedForm
    inspect_view_class = NeedView
    inspect_view_enabled = True
    inspect_view_fields = (
        "title",
        "text",
        "contact",
        "state",
        "origin",
        "sector",
        "concepts",
        "clusters",
        "created_at",
    )
    title_field = "title"
    list_display = (
        "title",
        text_column("get_state_display", _("Publication")),
        text_column("get_origin_display", _("Origin")),
        changed_column(_("Changed")),
    )
    list_filter = ("state", "origin", "clusters")
    list_export = (
        "public_id", "title.de", "title.en", "text.de", "text.en", "sector", "concepts", "origin", "state", "clusters",
        "as_of", "updated_at",
    )  # fmt: skip
    list_prefetch = ("clusters", "sector__labels", "concepts__labels")
    search_fields = ("title", "text")
    tabs = (
        (
            _("Need"),
            (
                both("title"),
                both("text", rows=6),
                FieldRowPanel([FieldPanel("sector"), FieldPanel("origin")]),
                clusters_panel(),
            ),
        ),
        (_("Competences"), (FieldPanel("concepts"),)),
        (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))),
    )
    acts = {
        **STILL_RIGHT,
        "publish": Act(
            _("Publish"),
            publish_need,
            _("Published. Everybody can read it now, without the contact."),
            lambda need: bool(need.state != Need.State.PUBLISHED),
        ),
        "close": Act(
            _("Close"),
            close_need,
            _("Closed. It is no longer shown."),
            lambda need: bool(need.state != Need.State.CLOSED),
            "cross",
        ),
    }
