"""One's own account, as far as allauth has no page for it, and the way from its old addresses."""

from typing import Any, cast

from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import resolve
from django.utils.encoding import escape_uri_path
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mitwerk.accounts import actions, queries
from mitwerk.accounts.forms import MailCodeForm, OwnForm
from mitwerk.accounts.models import User
from mitwerk.accounts.rules import confirms_by_mail


def _user(request: HttpRequest) -> User:
    """Behind `login_required` it is one of ours."""
    return cast(User, request.user)


@login_required
def account_show(request: HttpRequest) -> HttpResponse:
    """Everything about the account on one page, each thing with the way to change it."""
    return render(request, "accounts/account_show.html", {"account": queries.account_of(request.user)})


@login_required
def account_edit(request: HttpRequest) -> HttpResponse:
    form = OwnForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        actions.describe_self(user=_user(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("accounts:account_show")
    return render(request, "accounts/account_edit.html", {"form": form})


@login_required
@require_POST
def session_end(request: HttpRequest, number: int) -> HttpResponse:
    """Ends one session of one's own; the present one ends with the sign-out."""
    session = get_object_or_404(queries.sessions_of(request.user), pk=number)
    if session.session_key == request.session.session_key:
        return redirect("account_logout")
    actions.end_session(session=session, actor=_user(request))
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")


@login_required
@never_cache
def mail_confirm(request: HttpRequest) -> HttpResponse:
    """Asks the mailbox, where there is neither a password nor a second factor to ask for."""
    if not confirms_by_mail(request.user):
        return redirect("account_reauthenticate")
    limited: HttpResponse | None = ratelimit.consume_or_429(request, action="reauthenticate", user=_user(request))
    if limited:
        return limited
    is_answer = request.method == "POST" and "code" in request.POST
    action = "login_failed" if is_answer else "request_login_code"
    if not ratelimit.consume(request, action=action, key=f"confirm:{request.user.pk}"):
        return too_many(request)
    if request.method == "POST" and not is_answer:
        actions.send_proof(request=request, user=_user(request))
    form = MailCodeForm(request.POST if is_answer else None, expected=actions.expected_proof(request))
    if is_answer and form.is_valid():
        actions.accept_proof(request=request, user=_user(request))
        resumed: HttpResponse | None = resume_request(request)
        return resumed or redirect("accounts:account_show")
    if is_answer and not actions.count_wrong_proof(request=request):
        messages.error(request, _("Those were too many tries. Please have a new code sent."))
    return render(request, "accounts/mail_confirm.html", _confirm_context(request, form))


def too_many(request: HttpRequest) -> HttpResponse:
    answer: HttpResponse = ratelimit.respond_429(request)
    return answer


def _confirm_context(request: HttpRequest, form: MailCodeForm) -> dict[str, Any]:
    return {
        "form": form,
        "is_sent": bool(actions.expected_proof(request)),
        "next": get_next_redirect_url(request) or "",
        "minutes": settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT // 60,
    }


@require_safe
def moved(request: HttpRequest, rest: str) -> HttpResponse:
    """To the same page in the visitor's language: mails sent long ago still link to the old address."""
    path = f"/{get_language()}/{_('account/')}{rest}"
    resolve(path)  # what was no page then is none now
    query = request.META.get("QUERY_STRING", "")
    return HttpResponseRedirect(escape_uri_path(path) + (f"?{query}" if query else ""))
