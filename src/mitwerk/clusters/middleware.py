"""Chooses the cluster a request belongs to, and holds every scoped query of the request to it."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django_scopes import scope

from mitwerk.clusters.queries import cluster_by_domain, cluster_by_slug, the_region

_LANGUAGES = "|".join(code for code, _name in settings.LANGUAGES)
_INSIDE = re.compile(rf"^/(?:{_LANGUAGES})/([a-z0-9-]+)/")

Handler = Callable[[HttpRequest], HttpResponse]


def choose_cluster(get_response: Handler) -> Handler:
    """Sets `request.cluster` (None: the region) and `request.region`; the address decides, not the visitor."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path == "/" and (own := cluster_by_domain(request.get_host())):
            return HttpResponseRedirect(own.get_absolute_url())
        found = _INSIDE.match(request.path_info)
        slug = found.group(1) if found and found.group(1) not in settings.RESERVED_SLUGS else None
        request.cluster = cluster_by_slug(slug) if slug else None
        request.region = the_region()
        with scope(cluster=request.cluster):
            return get_response(request)

    middleware.process_view = _refuse_what_cannot_be  # type: ignore[attr-defined]
    return middleware


def _refuse_what_cannot_be(request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
    """Names with a null byte, which PostgreSQL does not even look up, and unknown clusters.

    Views read `request.cluster`; the address part itself is of no use to them. The home page is asked all the same:
    what is no cluster may be a page of the region, such as the imprint.
    """
    if any("\0" in value for value in kwargs.values() if isinstance(value, str)):
        raise Http404("no name holds a null byte")
    is_home = request.resolver_match is not None and request.resolver_match.view_name == "clusters:home"
    if kwargs.pop("cluster", None) is not None and request.cluster is None and not is_home:
        raise Http404("unknown cluster")
