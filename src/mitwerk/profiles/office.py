"""Changes of profiles that wait to be cleared, and the yearly questions, in the office."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import DateColumn

from mitwerk.clusters.rules import is_editor
from mitwerk.core.changes import Refused
from mitwerk.core.office import Act, InspectView, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.profiles.actions import answer_by_office, clear_draft, send_back_draft
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.profiles.queries import SECTIONS, differences, editable_confirmations, editable_drafts

REASON_LENGTH = 2000


def _waits(draft: Draft) -> bool:
    return draft.state == Draft.State.WAITING


def _version(sent: QueryDict) -> dict[str, Any]:
    """The version that was read, from the button's form."""
    version = sent.get("version", "")
    return {"version": int(version) if version.isdecimal() and len(version) < 10 else -1}


def _version_and_reason(sent: QueryDict) -> dict[str, Any]:
    reason = sent.get("reason", "").strip()[:REASON_LENGTH]
    if not reason:
        raise Refused(_now("Please write what should be different, so that they know what to do."))
    return {**_version(sent), "reason": reason}


class DraftInspect(InspectView):
    """What would change, before and after side by side."""

    template_name = "profiles/draft_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = differences(self.object)
        groups = [(SECTIONS[code].title, [one for one in found if one.section == code]) for code in SECTIONS]
        context["groups"] = [(title, lines) for title, lines in groups if lines]
        context["is_disputed"] = any(one.is_disputed for one in found)
        addresses = [one["url"] for one in context.get("acts", [])]
        context["offered"] = {url.rstrip("/").rpartition("/")[2].replace("-", "_"): url for url in addresses}
        return context


class DraftOffice(OfficeViewSet):
    """A change is read and answered, never edited here."""

    model = Draft
    name = "profile-changes"
    menu_label = _("Changes of profiles")
    icon = "clipboard-list"
    menu_order = 15
    policy = OfficePolicy(
        Draft,
        may={"view": is_editor, "change": is_editor},
        records={"view": editable_drafts, "change": editable_drafts},
    )
    form_fields = ()
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_class = DraftInspect
    inspect_view_fields = ("organisation", "state", "by", "submitted_at", "note", "decided_at", "decided_by", "reason")
    list_display = (
        "organisation",
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        DateColumn("submitted_at", label=_("Handed in"), sort_key="submitted_at"),
        DateColumn("decided_at", label=_("Answered"), sort_key="decided_at"),
    )
    list_filter = ("state",)
    list_prefetch = ("organisation",)
    list_export = ("organisation", "state", "submitted_at", "decided_at")
    search_fields = ("organisation__name",)
    ordering = "-submitted_at"
    acts = {
        "clear": Act(_("Clear"), clear_draft, _("Cleared. Everybody reads it now."), _waits, takes=_version),
        "send-back": Act(
            _("Send back"), send_back_draft, _("Sent back. They read your reason."), _waits, "rotate",
            takes=_version_and_reason,
        ),
    }  # fmt: skip


def _is_open(confirmation: Confirmation) -> bool:
    return confirmation.answered_at is None


class ConfirmationOffice(OfficeViewSet):
    """Who was asked whether the profile is still right, and who has not answered."""

    model = Confirmation
    name = "yearly-questions"
    menu_label = _("Yearly questions")
    icon = "calendar-check"
    menu_order = 25
    policy = OfficePolicy(
        Confirmation,
        may={"view": is_editor, "change": is_editor},
        records={"view": editable_confirmations, "change": editable_confirmations},
    )
    form_fields = ()
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = ("organisation", "asked_at", "due_on", "reminded_at", "answered_at", "answered_by")
    list_display = (
        "organisation",
        DateColumn("asked_at", label=_("Asked"), sort_key="asked_at"),
        DateColumn("reminded_at", label=_("Reminded"), sort_key="reminded_at"),
        DateColumn("answered_at", label=_("Answered"), sort_key="answered_at"),
    )
    list_filter = {"answered_at": ["isnull"], "reminded_at": ["isnull"], "asked_at": ["lte"]}
    list_prefetch = ("organisation",)
    list_export = ("organisation", "asked_at", "due_on", "reminded_at", "answered_at")
    search_fields = ("organisation__name",)
    ordering = "asked_at"
    acts = {
        "right": Act(_("They told us that it is right"), answer_by_office, _("Noted as confirmed today."), _is_open),
    }
