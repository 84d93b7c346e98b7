"""The demo's mailbox: what would have been sent, to read in the browser. Outside of the demo there is none."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitwerk.core.listing import page_of
from mitwerk.outbox.queries import all_mails


@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """All mails, the newest first."""
    _only_in_the_demo()
    context = {"title": _("Mailbox of the demo"), "page": page_of(all_mails(), request.GET.get("page"))}
    return render(request, "outbox/mail_list.html", context)


@require_safe
def mail_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One mail as its reader sees it."""
    _only_in_the_demo()
    mail = get_object_or_404(all_mails(), public_id=public_id)
    return render(request, "outbox/mail_detail.html", {"title": mail.subject, "mail": mail})


def _only_in_the_demo() -> None:
    if not settings.IS_DEMO:
        raise Http404
