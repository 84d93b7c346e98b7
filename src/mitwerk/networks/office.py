"""Networks in the office."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from mitwerk.actors.office import OrganisationRowForm
from mitwerk.clusters.office import STILL_RIGHT, ClusterRecordForm, cluster_policy, clusters_panel
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RowsPanel, SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.networks.actions import change_network, remove_network
from mitwerk.networks.models import Network


class NetworkForm(ClusterRecordForm):
    sources = SourcesField(label=_("sources"), required=False)


class NetworkOffice(OfficeViewSet):
    """Networks with their members."""

    model = Network
    name = "networks"
    icon = "link"
    menu_order = 230
    save_verb = change_network
    remove_verb = remove_network
    acts = STILL_RIGHT
    policy = cluster_policy(Network)
    form_class = NetworkForm
    title_field = "name"
    list_display = (
        "name",
        "since",
        text_column("get_state_display", _("Publication")),
        changed_column(_("Changed")),
    )
    list_filter = ("state", "clusters")
    list_export = (
        "public_id", "name.de", "name.en", "purpose.de", "purpose.en", "since", "website", "state", "clusters",
        "updated_at",
    )  # fmt: skip
    list_prefetch = ("clusters",)
    search_fields = ("name", "purpose")
    ordering = "sort_title"
    tabs = (
        (
            _("Network"),
            (
                both("name"),
                both("purpose", rows=4),
                both("member_kinds", rows=2),
                both("note", rows=2),
                FieldRowPanel([FieldPanel("since"), FieldPanel("region_text")]),
                FieldPanel("website"),
                FieldPanel("picture"),
                clusters_panel(),
                FieldPanel("state"),
            ),
        ),
        (
            _("Members"),
            (
                HelpPanel(template="networks/_office_people.html"),
                RowsPanel(
                    "members",
                    [FieldPanel("organisation"), FieldPanel("is_public")],
                    form=OrganisationRowForm,
                    label=_("member"),
                    heading=_("Members"),
                    help_text=_("Shown on the website only where you tick it and the affiliation agreement gives it."),
                ),
            ),
        ),
        (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))),
    )
