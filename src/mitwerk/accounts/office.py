"""Accounts in the office: one's own page, for administrators the list of all in place of Wagtail's, and the log.

Address and password are changed at the one login door.
"""

from typing import Any

import django_filters
from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.auth import require_admin_access
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, DateColumn
from wagtail.admin.views.account import (
    AccountView,
    BaseSettingsPanel,
    LocaleSettingsPanel,
    NotificationsSettingsPanel,
    ThemeSettingsPanel,
    profile_tab,
)
from wagtail.users.models import UserProfile

from mitwerk.accounts.actions import close_account, end_administrator, make_administrator, open_account
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.queries import all_users, verbs_of
from mitwerk.accounts.rules import is_administrator
from mitwerk.core.office import Act, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy


class NameForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = User
        fields = ("name",)


class NamePanel(BaseSettingsPanel):  # type: ignore[misc]
    """Wagtail's own asks for first and last name, which we do not keep."""

    name = "name"
    title = User._meta.get_field("name").verbose_name
    order = 100
    form_class = NameForm
    form_object = "user"
    tab = profile_tab


class OwnAccountView(AccountView):  # type: ignore[misc]
    """Without address (the login door's) and without a picture of the person."""

    def get_panels(self) -> list[Any]:
        user, profile = self.request.user, UserProfile.get_for_user(self.request.user)
        kinds = (NamePanel, LocaleSettingsPanel, ThemeSettingsPanel, NotificationsSettingsPanel)
        return [panel for kind in kinds if (panel := kind(self.request, user, profile)).is_active()]


def closed(request: HttpRequest) -> HttpResponse:
    """Addresses that Wagtail brings and nobody here may use.

    Its forms of users and groups know nothing of our roles and of the last administrator; there is one operator, made
    with the pages; and its test of the error page is one.
    """
    raise Http404("closed")


own_account = require_admin_access(OwnAccountView.as_view())


class LogFilter(WagtailFilterSet):  # type: ignore[misc]
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)
    verb = django_filters.ChoiceFilter(label=_("What"), choices=lambda: [(verb, verb) for verb in verbs_of()])

    class Meta:
        model = AuditEntry
        fields = ("at", "verb", "cluster_slug")


class LogOffice(OfficeViewSet):
    """The log, to read and to search. The policy comes from above, where roles are known."""

    model = AuditEntry
    name = "log"
    menu_label = _("Log")
    icon = "history"
    menu_order = 910
    hidden_views = frozenset({"usage", "add", "edit", "delete", "history", "history_results"})
    form_fields = ()
    filterset_class = LogFilter
    inspect_view_enabled = True
    inspect_view_fields = ("at", "actor", "verb", "target_name", "target_kind", "target_id", "cluster_slug", "details")
    list_display = (
        DateColumn("at", label=_("When"), sort_key="at"),
        "verb",
        text_column("target_name", _("Record")),
        text_column("actor", _("Who")),
        text_column("cluster_slug", _("Cluster")),
    )
    list_export = ("at", "actor", "verb", "target_name", "target_kind", "target_id", "cluster_slug")
    list_prefetch = ("actor",)
    search_fields = ("target_name", "target_id", "verb")


class AccountOffice(OfficeViewSet):
    """Who can sign in. Nothing is typed here: people come by invitation, roles are given in their own list."""

    model = User
    name = "accounts"
    menu_label = _("Accounts")
    icon = "user"
    menu_order = 260
    policy = OfficePolicy(
        User,
        may={"view": is_administrator, "change": is_administrator},
        records={"view": all_users, "change": all_users},
    )
    form_fields = ()
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = ("name", "email", "language", "is_active", "is_superuser", "date_joined", "last_login")
    list_display = (
        "email",
        text_column("name", _("Name")),
        BooleanColumn("is_active", label=_("Active"), sort_key="is_active"),
        BooleanColumn("is_superuser", label=_("Administrator"), sort_key="is_superuser"),
        DateColumn("last_login", label=_("Last sign-in"), sort_key="last_login"),
    )
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "name")
    ordering = "email"
    acts = {
        "close": Act(
            _("Close the account"), close_account, _("The account is closed."), lambda user: user.is_active, "cross"
        ),
        "open": Act(_("Open again"), open_account, _("The account is open again."), lambda user: not user.is_active),
        "promote": Act(
            _("Make administrator"),
            make_administrator,
            _("From now on this user may do everything."),
            lambda user: user.is_active and not user.is_superuser,
        ),
        "demote": Act(
            _("End as administrator"),
            end_administrator,
            _("This user no longer runs the installation."),
            lambda user: user.is_superuser,
            "cross",
        ),
    }
