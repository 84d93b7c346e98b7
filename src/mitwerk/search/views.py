"""One box over all subjects."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from mitwerk.core.listing import Choice, notice, options, page_of, read_choice
from mitwerk.search.documents import sources
from mitwerk.search.queries import search as find

BEST, MOST = 5, 200


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results of all kinds, grouped; with `kind` all results of one kind, in pages."""
    kinds = {one.kind: str(one.label) for one in sources()}
    choice = read_choice(request.GET, {"kind": kinds})
    kind = choice.one("kind") or None
    found = find(choice.query, get_language() or "de", request.cluster, kind=kind, best=MOST if kind else BEST)
    page = page_of(found.groups[0].results, request.GET.get("page")) if kind and found.groups else None
    context = {
        "all_kinds_url": Choice({}, choice.query).address(),
        "dropped_notice": notice(choice),
        "choice": choice,
        "found": found,
        "kind": kind,
        "kinds": options(kinds, [kind] if kind else []),
        "page": page,
        "results": page.object_list if page else None,
    }
    return render(request, "search/search.html", context)
