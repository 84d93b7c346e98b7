"""Who asks, as far as a public page may know."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest


def has_session(request: HttpRequest) -> bool:
    """Told by the cookie alone, so that a visitor without one is the same to every cache."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def reader(request: HttpRequest) -> Any:
    """Whoever is signed in; without a cookie nobody, and the session is not touched."""
    return request.user if has_session(request) else AnonymousUser()
