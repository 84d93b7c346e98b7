"""Mails in the office: which ones wait, and which ones did not arrive. Nobody writes one here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import DateColumn

from mitwerk.core.office import Act, OfficeViewSet
from mitwerk.core.office_lists import text_column
from mitwerk.outbox.actions import retry_mail
from mitwerk.outbox.models import Mail


def _is_given_up(mail: Mail) -> bool:
    return bool(mail.state == Mail.State.GIVEN_UP)


class MailOffice(OfficeViewSet):
    """Without the texts: they are for their readers. The policy comes from above, where roles are known."""

    model = Mail
    name = "mails"
    menu_label = _("Mails")
    icon = "mail"
    menu_order = 900
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = ("subject", "to", "template", "state", "created_at", "sent_at", "due_at", "attempts", "error")
    list_display = (
        "subject",
        text_column("to", _("To")),
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        DateColumn("created_at", label=_("Written"), sort_key="created_at"),
        DateColumn("sent_at", label=_("Sent"), sort_key="sent_at"),
    )
    list_filter = ("state", "language")
    list_export = ("subject", "to", "template", "state", "created_at", "sent_at", "attempts", "error")
    search_fields = ("subject", "to", "template")
    acts = {
        "retry": Act(_("Try again"), retry_mail, _("It is on its way again."), _is_given_up, "resubmit"),
    }
