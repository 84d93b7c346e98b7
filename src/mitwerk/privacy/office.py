"""For the office: how long each kind of record is kept, and what was removed and can come back."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin.ui.tables import DateColumn

from mitwerk.accounts.models import Removed
from mitwerk.clusters.rules import is_editor
from mitwerk.core.office import Act, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.privacy.actions import restore
from mitwerk.privacy.queries import restorable
from mitwerk.privacy.retention import PERIODS


@require_safe
def retention_list(request: HttpRequest) -> HttpResponse:
    """The table, and how many `tick` would forget now."""
    if not is_editor(request.user):
        raise PermissionDenied
    rows = [(period, period.rows().count()) for period in PERIODS]
    return render(request, "privacy/office/retention_list.html", {"rows": rows})


def _told(lost: int) -> str:
    if not lost:
        return ""
    text = ngettext(
        "%(number)d entry below it found no place any more.",
        "%(number)d entries below it found no place any more.",
        lost,
    )
    return text % {"number": lost}


def last_day(removed: Removed) -> str:
    """As a date: Wagtail's column tells how long ago something was, and this is to come."""
    return date_format(timezone.localtime(removed.last_day), "SHORT_DATE_FORMAT")


class RemovedOffice(OfficeViewSet):
    """What the office removed within a month; whoever may see it may restore it."""

    model = Removed
    name = "removed"
    menu_label = _("Removed")
    icon = "bin"
    menu_order = 905
    policy = OfficePolicy(
        Removed, may={"view": is_editor, "change": is_editor}, records={"view": restorable, "change": restorable}
    )
    hidden_views = frozenset({"usage", "add", "edit", "delete", "history", "history_results"})
    form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("name", "kind", "by", "at", "restored_at")
    list_display = (
        "name",
        text_column("get_kind_display", _("Kind")),
        text_column("by", _("By")),
        DateColumn("at", label=_("Removed"), sort_key="at"),
        text_column(last_day, _("Restorable until")),
        DateColumn("restored_at", label=_("Restored"), sort_key="restored_at"),
    )
    list_export = ("name", "kind", "by", "at")
    list_prefetch = ("by",)
    search_fields = ("name",)
    acts = {
        "restore": Act(
            _("Restore"), restore, _("It is back in its place."), lambda one: one.can_be_restored, "rotate", _told
        ),
    }
