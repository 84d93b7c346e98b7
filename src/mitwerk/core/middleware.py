"""What every request passes, whoever it is for."""

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_cache_control, patch_vary_headers

Handler = Callable[[HttpRequest], HttpResponse]
_SLASHES = re.compile(r"/{2,}")
_PAGE = re.compile(rf"/(?:{'|'.join(code for code, _name in settings.LANGUAGES)})/")


def clean_address(get_response: Handler) -> Handler:
    """One spelling per page: no double slashes, no capitals where the small spelling exists."""

    def middleware(request: HttpRequest) -> HttpResponse:
        path = _SLASHES.sub("/", request.path)
        reads = request.method in {"GET", "HEAD"}  # a form would lose what was typed
        if path != request.path and reads:
            return HttpResponsePermanentRedirect(_with_query(path, request))
        response = get_response(request)
        small = request.path.lower()
        if reads and response.status_code == 404 and small != request.path and _PAGE.match(small):
            return HttpResponsePermanentRedirect(_with_query(small, request))
        return response

    return middleware


def _with_query(path: str, request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{path}?{query}" if query else path


def office_policy(get_response: Handler) -> Handler:
    """The office has its own content security policy (see the settings) and shows previews in frames; nothing else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(settings.OFFICE_PREFIX):
            response._csp_config = settings.OFFICE_SECURITY_POLICY  # type: ignore[attr-defined]
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
        return response

    return middleware


def keep_private(get_response: Handler) -> Handler:
    """A page made for somebody signed in is never stored by a shared cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if getattr(request, "session", None) is not None and request.session.accessed and request.session.session_key:
            patch_cache_control(response, private=True, no_store=True)
            patch_vary_headers(response, ["Cookie"])
        return response

    return middleware


class HouseLocale(LocaleMiddleware):
    """Django sends a missing page to its twin under a language; the office and files have no such twin."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.status_code == 404 and request.path_info.startswith(settings.PATHS_WITHOUT_LANGUAGE):
            return response
        return super().process_response(request, response)
