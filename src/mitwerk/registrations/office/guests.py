"""Who comes to a congress: decided and cancelled here, exported, found by the code of a ticket."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import DateColumn

from mitwerk.algorithms import registrations as way
from mitwerk.core.office import Act, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.registrations.actions.changing import approve_registration, cancel_registration, refuse_registration
from mitwerk.registrations.models import Registration
from mitwerk.registrations.office.policies import editors_policy
from mitwerk.registrations.queries import run_admissions, run_kinds, run_registrations


class GuestFilter(WagtailFilterSet):  # type: ignore[misc]
    """Only what the user runs is offered: the names of other clusters' drafts are nobody's business."""

    admission = ModelChoiceFilter(label=_("Congress"), queryset=lambda request: run_admissions(request.user))
    kind = ModelChoiceFilter(label=_("Ticket"), queryset=lambda request: run_kinds(request.user))

    class Meta:
        model = Registration
        fields = ("admission", "kind", "state")


def _may(verb: str) -> Any:
    return lambda registration: verb in way.verbs_from(registration.state, way.OFFICE)


class RegistrationOffice(OfficeViewSet):
    """Who comes. Registrations are decided and cancelled here, and changed by the guests."""

    model = Registration
    name = "registrations"
    menu_label = _("Guests")
    icon = "group"
    menu_order = 223
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = (
        "public_id", "admission", "kind", "name", "email", "organisation_label", "state", "held_until", "diet",
        "access_needs", "answers_in_words", "created_at", "updated_at",
    )  # fmt: skip
    form_fields = ()
    policy = editors_policy(Registration, run_registrations)
    list_display = (
        "name",
        text_column("organisation_label", _("Organisation")),
        text_column("kind", _("Ticket")),
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        text_column("admission", _("Congress")),
        DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
        DateColumn("arrived", label=_("Arrived"), sort_key="arrived"),
    )
    filterset_class = GuestFilter
    list_export = (
        "public_id", "admission", "kind", "name", "email", "organisation_label", "guest_of", "state", "held_until",
        "diet", "access_needs", "answers_in_words", "invoice", "created_at", "arrived",
    )  # fmt: skip
    list_prefetch = ("admission__questions",)
    search_fields = ("public_id", "name", "email", "booking__organisation_name", "booking__organisation__name")
    acts = {
        "approve": Act(_("Approve"), approve_registration, _("Approved. A mail says so."), _may("approve")),
        "refuse": Act(_("Refuse"), refuse_registration, _("Refused. A mail says so."), _may("refuse"), "cross"),
        "cancel": Act(
            _("Cancel for the guest"), cancel_registration, _("Cancelled. The seat goes to the next in line."),
            _may("cancel"), "bin",
        ),
    }  # fmt: skip
