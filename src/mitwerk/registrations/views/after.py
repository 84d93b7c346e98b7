"""After the congress: a guest says how it was, the office reads how many came and what they say, and so does everybody
where the office wants it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.small_groups import FEW
from mitwerk.clusters.exports import way_to
from mitwerk.core.changes import Refused
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.records import or_in_region
from mitwerk.events.queries import published_events
from mitwerk.registrations.actions.feedback import give_feedback
from mitwerk.registrations.exports import KINDS, guest_groups, guests_file, public_groups
from mitwerk.registrations.forms.after import FeedbackForm
from mitwerk.registrations.models import Admission
from mitwerk.registrations.queries import admission_of, registration_by_token, run_admissions
from mitwerk.registrations.queries.after import feedback_of, guests_of, has_answered


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def feedback_give(request: HttpRequest, token: str) -> HttpResponse:
    """By the link of a ticket, once. Only roll and box are written: no session, no message, nothing in the log."""
    registration = registration_by_token(token)
    if registration is None or registration.state != way.BOOKED:
        raise Http404
    admission = registration.admission
    form = FeedbackForm(request.POST if request.method == "POST" else None, admission=admission)
    if request.method == "POST" and form.is_valid():
        try:
            give_feedback(registration=registration, **form.values())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("registrations:feedback_give", token)
    context = {
        "title": _("How was it?"), "admission": admission, "event": admission.congress.event, "form": form,
        "is_done": has_answered(registration), "token": token,
    }  # fmt: skip
    return render(request, "registrations/feedback_give.html", context)


def _answers(admission: Admission) -> list[dict[str, Any]]:
    """Each question with how often each mark was given and their mean; none before there are enough answers."""
    box = feedback_of(admission)
    if box is None:
        return []
    return [
        {
            "question": question, "bars": [(str(mark), number) for mark, number in enumerate(marks, 1)],
            "mean": sum(mark * number for mark, number in enumerate(marks, 1)) / box.count,
        }
        for question, marks in zip(admission.asked_afterwards, box.marks, strict=True)
    ]  # fmt: skip


@require_safe
@or_in_region(published_events)
def results_public(request: HttpRequest, slug: str) -> HttpResponse:
    """What the office wants everybody to know: how many came from where, and the marks they gave."""
    admission = admission_of(slug)
    if admission is None or admission.public_results is None:
        raise Http404
    event, place = admission.congress.event, request.cluster.slug if request.cluster else None
    crumbs = way_to(request.region, request.cluster, (str(event), event.address(place)), (_("Guests and feedback"), ""))
    guests = guests_of(admission).count() if admission.shows_figures else 0
    context = {
        "title": _("Guests and feedback"), "event": event, "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)],
        "guests": guests if guests >= FEW else 0, "groups": public_groups(admission) if guests >= FEW else [],
        "answers": _answers(admission) if admission.shows_feedback else [], "opengraph_key": event.public_id,
    }  # fmt: skip
    return render(request, "registrations/results_public.html", context)


def _run(request: HttpRequest, public_id: str) -> Admission:
    found: Admission = get_object_or_404(run_admissions(request.user), congress__public_id=public_id)
    return found


@login_required
@never_cache
@require_safe
def results_office(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every group of guests, the marks and the words, for the office that runs the congress."""
    admission = _run(request, public_id)
    box = feedback_of(admission)
    context = {
        "title": _("Guests and feedback"), "admission": admission, "event": admission.congress.event,
        "guests": guests_of(admission).count(), "groups": guest_groups(admission), "answers": _answers(admission),
        "words": box.words if box else [], "few": FEW, "kinds": [*KINDS], "public_id": public_id,
        "back": reverse("office_admissions:edit", args=[admission.pk]),
    }  # fmt: skip
    return render(request, "registrations/results_office.html", context)


@login_required
@never_cache
@require_safe
def figures_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    admission = _run(request, public_id)
    if kind not in KINDS:
        raise Http404
    answer = HttpResponse(guests_file(admission, kind), content_type=KINDS[kind])
    answer["Content-Disposition"] = f'attachment; filename="guests-{admission.congress.event.slug}.{kind}"'
    return answer
