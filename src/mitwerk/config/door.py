"""What the sign-in has to do with roles: who needs a second factor, when a session is over."""

import time
from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mitwerk.accounts.rules import WANTED
from mitwerk.clusters.rules import is_editor, needs_second_factor
from mitwerk.core.visitors import has_session

Handler = Callable[[HttpRequest], HttpResponse]
SINCE, SEEN = "signed_in_at", "seen_at"
NOTE_EVERY = 60 * 5
"""Seconds between two notes of when a session was last used; each note is a write."""


def has_second_factor(user: Any) -> bool:
    return bool(is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]))


def ask_for_second_factor(get_response: Handler) -> Handler:
    """Nothing of the office opens before somebody with a role there has an authenticator app or a passkey.

    A middleware and no decorator, because Wagtail brings far more addresses than we write.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(settings.OFFICE_PREFIX) or not has_session(request):
            return get_response(request)
        user = request.user
        if user.is_authenticated and not user.has_perm("wagtailadmin.access_admin"):
            # Wagtail would send them to the sign-in, which sends them back.
            messages.warning(request, _("The office is for those who run a cluster. Here is what is yours."))
            return redirect(settings.LOGIN_REDIRECT_URL)
        if settings.OFFICE_NEEDS_SECOND_FACTOR and needs_second_factor(user) and not has_second_factor(user):
            if request.method == "GET":
                request.session[WANTED] = request.get_full_path()
            return redirect("mfa_index")
        if WANTED in request.session:
            del request.session[WANTED]
        return get_response(request)

    return middleware


def end_old_sessions(get_response: Handler) -> Handler:
    """Sign out whoever was away for too long, or signed in too long ago; sooner where there is more to lose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not has_session(request) or not request.user.is_authenticated:
            return get_response(request)
        now = int(time.time())
        if is_over(request, now):
            logout(request)
            messages.info(request, _("Your last sign-in was a while ago. Please sign in again."))
            return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': _way_back(request)})}")
        if now - request.session.get(SEEN, 0) >= NOTE_EVERY:
            request.session.setdefault(SINCE, now)
            request.session[SEEN] = now
            UserSession.objects.create_from_request(request)
        return get_response(request)

    return middleware


def _way_back(request: HttpRequest) -> str:
    return request.get_full_path() if request.method == "GET" else "/"


def is_over(request: HttpRequest, now: int) -> bool:
    """`now` in seconds since 1970. A session without notes has just begun."""
    is_office = is_editor(request.user)
    idle = settings.OFFICE_SESSION_IDLE if is_office else settings.SESSION_COOKIE_AGE
    longest = settings.OFFICE_SESSION_LONGEST if is_office else settings.SESSION_LONGEST
    session = request.session
    return bool(now - session.get(SEEN, now) > idle or now - session.get(SINCE, now) > longest)
