"""Finding the one record that an address names, at its right place."""

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django_scopes import scope

View = Callable[..., HttpResponseBase]
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")
MOST_AT_ONCE = 20
"""How many values of one filter are looked up; more than a reader could have chosen by hand."""


def move_to_region(records: Callable[[], QuerySet[Any]], slug: str, url_name: str = "") -> HttpResponseRedirect:
    """Send the reader to the region's page of a record that is not the cluster's; 404 where there is none.

    `records` is a subject's query of what everybody may see; it is asked again with the whole region in scope.
    `url_name` names another page of the record than its own.
    """
    with scope(cluster=None):
        record = get_object_or_404(records(), slug=slug)
    address = reverse(url_name, kwargs={"slug": slug}) if url_name else record.get_absolute_url()
    return HttpResponseRedirect(address)


def or_in_region(records: Callable[[], QuerySet[Any]]) -> Callable[[View], View]:
    """For pages below a record: inside a cluster that the record does not belong to, to the same page of the region.

    `records` as for `move_to_region`; it is asked only where the page is missing. The view takes `slug` by name.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def page(request: Any, **places: Any) -> HttpResponseBase:
            try:
                return view(request, **places)
            except Http404:
                here = records().filter(slug=places["slug"])
                if request.cluster is None or request.method == "POST" or here.exists():
                    raise
                with scope(cluster=None):
                    get_object_or_404(records(), slug=places["slug"])
                return HttpResponseRedirect(reverse(request.resolver_match.view_name, kwargs=places))

        return page

    return decorate


def plain_slugs(values: Iterable[str]) -> list[str]:
    """Those values that can be a slug at all, so that junk never reaches the database."""
    return [value for value in list(values)[:MOST_AT_ONCE] if _SLUG.fullmatch(value)]


def neighbours(records: QuerySet[Any], pk: int) -> tuple[Any, Any]:
    """The records before and after one of them, in the order of `records`: two queries, whatever their number."""
    order = list(records.values_list("pk", flat=True))
    if pk not in order:
        return None, None
    place = order.index(pk)
    wanted = (order[place - 1] if place else None, order[place + 1] if place + 1 < len(order) else None)
    found = records.in_bulk([key for key in wanted if key is not None])
    return found.get(wanted[0]), found.get(wanted[1])
