"""Where the database is busy writing something long: a page that says so, and keeps what was typed."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

WAITED = ("database is locked", "deadlock detected", "lock timeout")
"""SQLite after its timeout, and PostgreSQL when it ends one of two that wait for each other."""
SECRETS = ("password", "code", "csrf")
RETRY_AFTER = "30"


class KeepWhatWasSent:
    """Middleware. What was sent can be sent again with one click; files have to be chosen again, secrets typed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not (isinstance(exception, OperationalError) and any(words in str(exception) for words in WAITED)):
            return None
        sent = [(name, value) for name, values in request.POST.lists() if not _secret(name) for value in values]
        has_more = bool(request.FILES) or any(_secret(name) for name in request.POST if "csrf" not in name)
        context = {"sent": sent, "has_more": has_more}
        response = render(request, "ui/503.html", context, status=503)
        response.headers["Retry-After"] = RETRY_AFTER
        return response


def _secret(name: str) -> bool:
    return any(part in name for part in SECRETS)
