"""Claims, invitations and representatives in the office: narrow views, so that nobody needs Wagtail's of users."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column, DateColumn

from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.office.twins import TwinsMixin
from mitwerk.actors.queries import editable_claims, editable_organisations
from mitwerk.clusters.actions import revoke_role
from mitwerk.clusters.models import Role
from mitwerk.clusters.queries import edited_clusters, revocable_roles, seen_roles
from mitwerk.clusters.rules import is_editor
from mitwerk.core.office import Act, CreateView, InspectView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.people.actions import (
    accept_claim,
    decline_claim,
    end_representation,
    give_role,
    remove_claim,
    revoke_invitation,
    send_invitation,
)
from mitwerk.people.models import Invitation, Representative
from mitwerk.people.queries import editable_invitations, editable_representatives, known_account
from mitwerk.people.rules import can_grant_role, may_grant_roles


def _is_open(claim: Claim) -> bool:
    return bool(claim.state == Claim.State.OPEN)


class ClaimInspect(TwinsMixin, InspectView):
    """Whoever answers sees whether there is a second entry that may be meant."""

    template_name = "people/claim_inspect.html"

    def organisation(self) -> Organisation:
        return self.object.organisation


class ClaimOffice(OfficeViewSet):
    """Claims are answered, not edited."""

    model = Claim
    name = "claims"
    menu_label = _("Claims")
    icon = "user"
    menu_order = 20
    policy = OfficePolicy(
        Claim,
        may={"view": is_editor, "change": is_editor, "delete": is_editor},
        records={"view": editable_claims, "change": editable_claims, "delete": editable_claims},
    )
    remove_verb = remove_claim
    hidden_views = frozenset({"usage", "add", "edit"})
    inspect_view_enabled = True
    inspect_view_class = ClaimInspect
    inspect_view_fields = ("organisation", "name", "function", "email", "text", "state", "created_at", "updated_at")
    form_fields = ()
    list_display = (
        "organisation",
        text_column("name", _("Name")),
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        changed_column(_("Changed")),
    )
    list_filter = ("state",)
    list_export = ("organisation", "name", "function", "email", "text", "state", "created_at")
    search_fields = ("organisation__name", "name", "email", "text")
    acts = {
        "accept": Act(_("Accept"), accept_claim, _("Accepted. The entry is now marked as claimed."), _is_open),
        "decline": Act(_("Decline"), decline_claim, _("Declined. The entry stays as it was."), _is_open, "cross"),
    }


class InvitationForm(RecordForm):
    """Either an organisation and what for, or a role and where; only what the editor may give."""

    def limit(self) -> None:
        super().limit()
        organisation, cluster = self.fields["organisation"], self.fields["cluster"]
        organisation.queryset = editable_organisations(self.for_user)  # type: ignore[attr-defined]
        cluster.queryset = edited_clusters(self.for_user)  # type: ignore[attr-defined]
        cluster.help_text = _("Empty: the umbrella body.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for_organisation = bool(data.get("organisation") and data.get("represents_as"))
        for_work = bool(data.get("role"))
        if for_organisation == for_work or (for_work and data.get("organisation")):
            raise forms.ValidationError(
                _("Choose either an organisation and what the person is to be there, or a role."), code="one_thing"
            )
        if for_work and not can_grant_role(self.for_user, data["role"], data.get("cluster")):
            raise forms.ValidationError(_("You cannot give this role there."), code="not_yours")
        return data


def _is_waiting(invitation: Invitation) -> bool:
    return invitation.accepted_at is None and invitation.revoked_at is None


class InvitationCreate(CreateView):
    """The desk names the organisation that somebody is to be invited for."""

    def get_initial(self) -> dict[str, Any]:
        key = self.request.GET.get("organisation", "")
        found = editable_organisations(self.request.user).filter(public_id=key).first()
        return {**super().get_initial(), **({"organisation": found} if found else {})}


class InvitationOffice(OfficeViewSet):
    """Who was invited to what. An invitation is sent, never edited."""

    model = Invitation
    name = "invitations"
    menu_label = _("Invitations")
    icon = "mail"
    menu_order = 30
    save_verb = send_invitation
    add_view_class = InvitationCreate
    form_class = InvitationForm
    policy = OfficePolicy(
        Invitation,
        may={"view": is_editor, "add": is_editor, "change": is_editor},
        records={"view": editable_invitations, "change": editable_invitations},
    )
    hidden_views = frozenset({"usage", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = (
        "email", "organisation", "represents_as", "role", "cluster", "created_at", "expires_at", "accepted_at",
        "revoked_at",
    )  # fmt: skip
    list_display = (
        "email",
        text_column("offer", _("Invited as")),
        DateColumn("created_at", label=_("Sent"), sort_key="created_at"),
        DateColumn("accepted_at", label=_("Accepted"), sort_key="accepted_at"),
    )
    list_filter = {"role": ["exact"], "represents_as": ["exact"], "accepted_at": ["isnull"]}
    list_prefetch = ("organisation", "cluster")
    list_export = ("email", "offer", "created_at", "expires_at", "accepted_at", "revoked_at")
    search_fields = ("email", "organisation__name")
    acts = {"revoke": Act(_("Take back"), revoke_invitation, _("The invitation is taken back."), _is_waiting, "cross")}
    tabs = (
        (
            _("Invitation"),
            (
                FieldPanel("email"),
                FieldPanel("language"),
                FieldPanel("organisation"),
                FieldPanel("represents_as"),
                FieldPanel("role"),
                FieldPanel("cluster"),
            ),
        ),
    )


class RoleForm(RecordForm):
    """A role for somebody who has a sign-in that the office knows; nobody gives more than they have."""

    email = forms.EmailField(label=_("E-mail address of the sign-in"), max_length=254)

    def limit(self) -> None:
        super().limit()
        cluster: Any = self.fields["cluster"]
        cluster.queryset = edited_clusters(self.for_user)
        cluster.help_text = _("Empty: the umbrella body.")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        account = known_account(self.for_user, email)
        if account is None:
            raise forms.ValidationError(
                _("Your office knows no sign-in with this address. Send an invitation: it gives the role as well."),
                code="unknown",
            )
        self.instance.user = account
        return email

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "kind" in data and not can_grant_role(self.for_user, data["kind"], data.get("cluster")):
            raise forms.ValidationError(_("You cannot give this role there."), code="not_yours")
        return data

    def validate_unique(self) -> None:
        """A role that is held already is no mistake: giving it again changes nothing."""

    def validate_constraints(self) -> None:
        """Likewise; that role and place belong together is asked in `clean`."""


class RoleOffice(OfficeViewSet):
    """Who may what where. A role is given and taken away, never edited."""

    model = Role
    name = "roles"
    menu_label = _("Roles")
    icon = "key"
    menu_order = 215
    save_verb = give_role
    remove_verb = revoke_role
    form_class = RoleForm
    policy = OfficePolicy(
        Role,
        may={"view": is_editor, "add": may_grant_roles, "delete": is_editor},
        records={"view": seen_roles, "delete": revocable_roles},
    )
    hidden_views = frozenset({"usage", "edit"})
    inspect_view_enabled = True
    inspect_view_fields = ("user", "kind", "cluster")
    list_display = (
        "user",
        Column("email", label=_("E-mail address"), accessor="user.email"),
        text_column("get_kind_display", _("Role")),
        text_column("cluster", _("Cluster")),
    )
    list_filter = ("kind", "cluster")
    list_export = ("user", "kind", "cluster")
    search_fields = ("user__name", "user__email")
    tabs = ((_("Role"), (FieldPanel("email"), FieldPanel("kind"), FieldPanel("cluster"))),)


class RepresentativeOffice(OfficeViewSet):
    """Who acts for whom. People come by invitation; here it can only be ended."""

    model = Representative
    name = "representatives"
    menu_label = _("Representatives")
    icon = "group"
    menu_order = 210
    policy = OfficePolicy(
        Representative,
        may={"view": is_editor, "change": is_editor},
        records={"view": editable_representatives, "change": editable_representatives},
    )
    form_fields = ()
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = ("person", "organisation", "role", "since", "until")
    list_display = (
        "person",
        text_column("organisation", _("Organisation")),
        text_column("get_role_display", _("Role")),
        DateColumn("since", label=_("Since"), sort_key="since"),
    )
    list_filter = ("role",)
    list_prefetch = ("person", "organisation")
    list_export = ("person", "organisation", "role", "since")
    search_fields = ("person__name", "person__email", "organisation__name")
    acts = {"end": Act(_("End"), end_representation, _("No longer acts for the organisation."), icon="cross")}
