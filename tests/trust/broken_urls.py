"""A site with one view that fails: the control of the crawl."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from mitwerk.config.urls import handler404, handler500, urlpatterns  # noqa: F401

known = urlpatterns


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("meant to fail")


urlpatterns = [path("broken/", broken), *known]
