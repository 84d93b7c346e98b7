"""The one place where the office is put together: every subject's viewsets, in the order of the menu."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.permissions import register_permission_policy

from mitwerk.accounts.actions import record_export
from mitwerk.accounts.office import AccountOffice
from mitwerk.actors.office import DuplicateOffice, MergeOffice, organisation_chooser
from mitwerk.charter.office import CharterOffice
from mitwerk.clusters.office import ConceptOffice, LogOffice, MailOffice, MessageOffice, RegionOffice
from mitwerk.competences.office import OrganisationOffice
from mitwerk.congress.office import CongressOffice, ContributionOffice, StandOffice
from mitwerk.consents.office import SubscriberOffice
from mitwerk.core.office import OfficeViewSet, field_labels
from mitwerk.events.office import EventOffice
from mitwerk.governance.office import BodyOffice, ResolutionOffice
from mitwerk.matching.office import NeedOffice
from mitwerk.networks.office import NetworkOffice
from mitwerk.pages.office import ClusterOffice
from mitwerk.people.office import ClaimOffice, InvitationOffice, RepresentativeOffice, RoleOffice
from mitwerk.portal.office import OfficeDesk
from mitwerk.privacy.office import RemovedOffice
from mitwerk.profiles.office import ConfirmationOffice, DraftOffice
from mitwerk.projects.office import ProjectOffice
from mitwerk.registrations.office import AdmissionOffice, InvoiceOffice, RegistrationOffice, SellerOffice

LISTS: tuple[type[OfficeViewSet], ...] = (
    MessageOffice,
    ClaimOffice,
    DraftOffice,
    ConfirmationOffice,
    InvitationOffice,
    OrganisationOffice,
    RepresentativeOffice,
    MergeOffice,
    ProjectOffice,
    EventOffice,
    CongressOffice,
    ContributionOffice,
    StandOffice,
    AdmissionOffice,
    RegistrationOffice,
    InvoiceOffice,
    SellerOffice,
    NetworkOffice,
    BodyOffice,
    ResolutionOffice,
    CharterOffice,
    NeedOffice,
    RegionOffice,
    ClusterOffice,
    ConceptOffice,
    SubscriberOffice,
    RoleOffice,
    AccountOffice,
    MailOffice,
    RemovedOffice,
    LogOffice,
)

for _list in LISTS:
    register_permission_policy(_list.model, _list.policy)
    _list.export_verb = staticmethod(record_export)


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def register_lists() -> list[Any]:
    return [organisation_chooser, DuplicateOffice(), *(office() for office in LISTS)]


@hooks.register("register_log_actions")  # type: ignore[untyped-decorator]
def register_history(actions: Any) -> None:
    """What the history says: which fields changed, by their names in the reader's language."""

    @actions.register_action("office.add")
    class Added(LogFormatter):  # type: ignore[misc]
        label = _("Add")
        message = _("Added")

    @actions.register_action("office.change")
    class Changed(LogFormatter):  # type: ignore[misc]
        label = _("Change")

        def format_message(self, log_entry: Any) -> str:
            names = field_labels(log_entry.content_type.model_class(), log_entry.data.get("names", []))
            return _("Changed: %(fields)s") % {"fields": names} if names else str(_("Saved without a change"))

    @actions.register_action("office.merge")
    class Merged(LogFormatter):  # type: ignore[misc]
        label = _("Merge")

        def format_message(self, log_entry: Any) -> str:
            return _("Merged with: %(names)s") % {"names": ", ".join(log_entry.data.get("names", []))}

    @actions.register_action("office.act")
    class Acted(LogFormatter):  # type: ignore[misc]
        label = _("Decide")

        def format_message(self, log_entry: Any) -> str:
            [name] = log_entry.data["names"]
            office = next(one for one in LISTS if one.model is log_entry.content_type.model_class())
            return str(office.acts[name].label if name in office.acts else name)


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def put_the_desk_first(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, OfficeDesk())


@hooks.register("construct_homepage_summary_items")  # type: ignore[untyped-decorator]
def count_nothing(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail counts the pages of all clusters, which tells an editor of one nothing."""
    items.clear()


@hooks.register("construct_main_menu")  # type: ignore[untyped-decorator]
def leave_out_what_nobody_needs(request: HttpRequest, items: list[Any]) -> None:
    """Help leads to other people's servers; snippets are a second door to records that have one."""
    items[:] = [item for item in items if item.name not in {"help", "snippets"}]


@hooks.register("construct_settings_menu")  # type: ignore[untyped-decorator]
def leave_out_wagtails_users(request: HttpRequest, items: list[Any]) -> None:
    """Accounts and roles have lists of our own; these two are closed (`config.urls`)."""
    items[:] = [item for item in items if item.name not in {"users", "groups"}]


@hooks.register("insert_global_admin_css")  # type: ignore[untyped-decorator]
def dress_the_office() -> str:
    sheets = (static("ui/fonts.css"), static("core/office.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((sheet,) for sheet in sheets))
