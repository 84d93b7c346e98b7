"""Who gets the newsletter, for the office: how many, and the addresses as a file."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn

from mitwerk.clusters.rules import is_editor
from mitwerk.consents.models import Evidence
from mitwerk.consents.queries import readable_subscribers
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy


class SubscriberOffice(OfficeViewSet):
    """Read only: who subscribes and who leaves is said by nobody but themselves."""

    model = Evidence
    name = "subscribers"
    menu_label = _("Subscribers")
    icon = "mail"
    menu_order = 320
    policy = OfficePolicy(Evidence, may={"view": is_editor}, records={"view": readable_subscribers})
    hidden_views = frozenset({"usage", "add", "edit", "delete", "history", "history_results"})
    form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("email", "language", "consent")
    list_display = (
        "email",
        text_column("consent.purpose", _("Purpose")),
        text_column("consent.cluster_slug", _("Cluster")),
        DateColumn("consent.at", label=_("Since")),
    )
    list_export = ("email", "language", "consent")
    list_prefetch = ("consent",)
    search_fields = ("email",)
