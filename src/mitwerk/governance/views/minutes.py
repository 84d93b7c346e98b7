"""Minutes: read, published, and given to everybody in short; on a page and as a document."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.changes import Refused
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.governance.actions import publish_minutes
from mitwerk.governance.exports import minutes_pdf, told_minutes
from mitwerk.governance.forms import MinutesForm
from mitwerk.governance.models import Minutes
from mitwerk.governance.queries import inner_bodies, minutes_paper, public_minutes_page, short_paper
from mitwerk.governance.rules import can_lead
from mitwerk.governance.views.sittings import entered, led


def _read(request: HttpRequest, slug: str, public_id: str) -> Minutes:
    """Minutes the user may read: drafts are for who leads the body, all of it for the body's own people."""
    sitting = entered(request, slug, public_id)
    minutes = Minutes.objects.filter(sitting=sitting).first()
    is_inner = inner_bodies(request.user).filter(pk=sitting.body_id).exists()
    if minutes is None or not is_inner:
        raise Http404
    if minutes.state == Minutes.State.DRAFT and not can_lead(request.user, sitting.body):
        raise Http404
    minutes.sitting = sitting
    return minutes


def _paper(request: HttpRequest, minutes: Minutes) -> dict[str, Any]:
    """As published; a draft, and what has been changed since, is shown to who leads the body as it would be."""
    is_fixed = minutes.state == Minutes.State.APPROVED or not can_lead(request.user, minutes.sitting.body)
    return minutes.paper if is_fixed else minutes_paper(minutes)


@login_required
@never_cache
@require_safe
def minutes_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """All of it."""
    minutes = _read(request, slug, public_id)
    paper, leads = _paper(request, minutes), can_lead(request.user, minutes.sitting.body)
    context = {
        "title": _("Minutes: %(sitting)s") % {"sitting": minutes.sitting},
        "body": minutes.sitting.body,
        "sitting": minutes.sitting,
        "minutes": minutes,
        "told": told_minutes(paper),
        "is_changed": minutes.state == Minutes.State.PUBLISHED and paper != minutes.paper,
        "leads": leads,
        "form": MinutesForm(minutes=minutes) if leads and minutes.state != Minutes.State.APPROVED else None,
    }
    return render(request, "governance/minutes_detail.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def minutes_publish(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Show them to the body's own people, and in short to everybody where that is wanted."""
    sitting = led(request, slug, public_id)
    minutes = Minutes.objects.filter(sitting=sitting).first()
    if minutes is None:
        raise Http404
    minutes.sitting = sitting
    form = MinutesForm(request.POST if request.method == "POST" else None, minutes=minutes)
    if request.method == "POST" and form.is_valid():
        try:
            publish_minutes(minutes=minutes, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The minutes are published. The next sitting can approve them."))
            return redirect("governance:minutes_detail", slug=slug, public_id=public_id)
    context = {"title": _("Publish the minutes"), "body": sitting.body, "sitting": sitting, "form": form}
    return render(request, "governance/minutes_publish.html", context)


@login_required
@never_cache
@require_safe
def minutes_document(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """All of it as a document."""
    minutes = _read(request, slug, public_id)
    return _document(_paper(request, minutes), minutes, public_id)


def _document(paper: dict[str, Any], minutes: Minutes, public_id: str) -> HttpResponse:
    file = minutes_pdf(paper, minutes.get_state_display(), get_language() or "de")
    answer = HttpResponse(file, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="minutes-{public_id}.pdf"'
    return answer


def _public(slug: str, public_id: str) -> Minutes:
    minutes = public_minutes_page(public_id)
    if minutes is None or minutes.sitting.body.slug != slug:
        raise Http404
    return minutes


@require_safe
def public_minutes_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The short version, for everybody."""
    minutes = _public(slug, public_id)
    body, place = minutes.sitting.body, inside(request.cluster)
    listed = reverse("governance:body_list", kwargs=place)
    page = reverse("governance:body_detail", kwargs={"slug": slug, **place})
    title = _("Minutes: %(sitting)s") % {"sitting": minutes.sitting}
    crumbs = way_to(request.region, request.cluster, (_("Bodies"), listed), (str(body), page), (title, ""))
    context = {
        "title": title, "body": body, "minutes": minutes, "told": told_minutes(short_paper(minutes.paper)),
        "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)], "opengraph_key": body.public_id,
    }  # fmt: skip
    return render(request, "governance/public_minutes.html", context)


@require_safe
def public_minutes_document(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """The short version as a document."""
    minutes = _public(slug, public_id)
    return _document(short_paper(minutes.paper), minutes, public_id)
