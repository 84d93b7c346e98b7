"""What a juror reads and says: contributions that wait for points, one page each."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.actors.models import Organisation
from mitwerk.congress.actions import review_contribution
from mitwerk.congress.forms import ReviewForm
from mitwerk.congress.models import Congress, Contribution
from mitwerk.congress.queries.reviews import (
    foreign_contributions,
    judged_congresses,
    reviewable_contributions,
    seat_of,
    with_own_review,
)
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of


def _judged(request: HttpRequest, public_id: str) -> tuple[Congress, Organisation]:
    congress = get_object_or_404(judged_congresses(request.user), public_id=public_id)
    seat = seat_of(request.user, congress)
    if seat is None:
        raise Http404
    return congress, seat


@login_required
@never_cache
@require_safe
def review_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """What waits for a decision, with what my seat has said of it."""
    congress, seat = _judged(request, public_id)
    found = with_own_review(reviewable_contributions(request.user, congress), seat)
    context = {
        "title": _("Score contributions"), "congress": congress, "seat": seat, "choice": Choice({}),
        "page": page_of(found, request.GET.get("page")),
    }  # fmt: skip
    return render(request, "congress/review_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Read one, and give points. Where it was decided meanwhile, what was typed is given back with that answer."""
    congress, seat = _judged(request, public_id)
    readable = foreign_contributions if request.method == "POST" else reviewable_contributions
    found = readable(request.user, congress).select_related("project")
    contribution = get_object_or_404(
        with_own_review(found, seat).prefetch_related("competences__labels"), number=number
    )
    review = next(iter(contribution.own), None)
    form = ReviewForm(
        request.POST if request.method == "POST" else None, congress=congress, review=review,
        scores=contribution.own_scores,
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            review_contribution(contribution=contribution, actor=request.user, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted. You can change it until the office decides."))
            return redirect(_next(request, congress, seat))
    return render(request, "congress/review_edit.html", _context(congress, contribution, form))


def _next(request: HttpRequest, congress: Congress, seat: Organisation) -> Any:
    """The next one without a word of this seat; after the last, the list."""
    waiting = reviewable_contributions(request.user, congress).exclude(reviews__organisation=seat).first()
    if waiting is None:
        return redirect("congress:review_list", public_id=congress.public_id).url
    return redirect("congress:review_edit", public_id=congress.public_id, number=waiting.number).url


def _context(congress: Congress, contribution: Contribution, form: ReviewForm) -> dict[str, Any]:
    """Blind means that names are not even given to the page."""
    named = {} if congress.is_blind else {"organisation": contribution.organisation, "project": contribution.project}
    speakers = [] if congress.is_blind else [one.name for one in contribution.speakers.all()]
    return {
        "title": contribution.title, "congress": congress, "contribution": contribution, "form": form,
        "speakers": speakers, "competences": list(contribution.competences.all()), **named,
    }  # fmt: skip
