"""Error pages in the visitor's language, each with a way on."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import translate_url
from django.utils.translation import get_language, override


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The page with a search box; an address in the other language's words leads to the right one."""
    moved = in_right_words(request.path)
    if moved and request.method in {"GET", "HEAD"}:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{moved}?{query}" if query else moved)
    return render(request, "ui/404.html", status=404)


def in_right_words(path: str) -> str | None:
    """``/de/organisations/`` → ``/de/akteure/``; None where no other language knows the address."""
    active = get_language() or ""
    for code, _name in settings.LANGUAGES:
        if code == active or not path.startswith(f"/{active}/"):
            continue
        with override(code):
            moved = translate_url(f"/{code}/{path.removeprefix(f'/{active}/')}", active)
        if moved.startswith(f"/{active}/") and moved != path:
            return moved
    return None


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "ui/400.html", status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/429.html", status=429)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request's context, because that may be what failed."""
    return HttpResponse(render(None, "ui/500.html").content, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return render(request, "ui/403_csrf.html", status=403)
