"""Merges in the office: what was made one, by whom, until when it can be undone."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import DateColumn

from mitwerk.actors.actions import undo_merge
from mitwerk.actors.models import Merge
from mitwerk.actors.queries import undoable_merges
from mitwerk.clusters.rules import is_editor
from mitwerk.core.office import Act, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy


def what_stayed(told: list[str]) -> str:
    """What was changed since the merge and is therefore left as it is."""
    names = ", ".join(dict.fromkeys(told))
    return _("Changed since the merge, and left as it is now: %(names)s") % {"names": names} if told else ""


UNDO = Act(
    gettext_lazy("Undo"),
    undo_merge,
    gettext_lazy("Undone. Both are there again."),
    lambda merge: bool(merge.can_be_undone),
    "rotate",
    what_stayed,
)


class MergeOffice(OfficeViewSet):
    """Merges are undone, not edited."""

    model = Merge
    name = "merges"
    menu_label = gettext_lazy("Merges")
    icon = "resubmit"
    menu_order = 202
    policy = OfficePolicy(
        Merge,
        may={"view": is_editor, "change": is_editor},
        records={"view": undoable_merges, "change": undoable_merges},
    )
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("winner", "loser", "by", "created_at", "last_day", "undone_at")
    list_display = (
        "loser",
        text_column("winner", gettext_lazy("Kept")),
        text_column("by", gettext_lazy("By")),
        DateColumn("created_at", label=gettext_lazy("Merged"), sort_key="created_at"),
        DateColumn("undone_at", label=gettext_lazy("Undone"), sort_key="undone_at"),
    )
    list_export = ("loser", "winner", "by", "created_at", "undone_at")
    list_prefetch = ("winner", "loser", "by")
    search_fields = ("winner__name", "loser__name")
    acts = {"undo": UNDO}
