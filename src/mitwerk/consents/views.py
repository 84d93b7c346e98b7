"""The newsletter's page, the link in its mail, the way out of it, and one's own consents."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.accounts.models import User
from mitwerk.accounts.queries import proved_addresses
from mitwerk.clusters.exports import inside, way_to
from mitwerk.consents.actions import ask_for_consent, confirm_consent, withdraw_consent
from mitwerk.consents.forms import SubscribeForm
from mitwerk.consents.models import Consent, Evidence
from mitwerk.consents.purposes import NEWSLETTER
from mitwerk.consents.queries import confirmed_by, has_consent, open_request, standing_of, with_pages
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.public_forms import is_accepted


def _home_name(request: HttpRequest) -> str:
    home = request.cluster or request.region
    return str(home.name) if home else "Mitwerk"


@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """Type an address. The answer is the same whatever is known of it."""
    language = get_language() or "de"
    name = _home_name(request)
    wording = (NEWSLETTER.de if language == "de" else NEWSLETTER.en).format(name=name)
    form = SubscribeForm(request.POST if request.method == "POST" else None, wording=wording)
    if request.method == "POST":
        answer = redirect(reverse("consents:asked", kwargs=inside(request.cluster)))
        if form.is_from_a_machine():
            return answer
        if is_accepted(request, form, "newsletter.ask"):
            ask_for_consent(
                email=form.cleaned_data["email"],
                purpose=NEWSLETTER.key,
                cluster=request.cluster,
                name=name,
                form=request.path,
                language=language,
            )
            return answer
    title = _("Newsletter")
    crumbs = way_to(request.region, request.cluster, (title, ""))
    context = {"title": title, "name": name, "form": form, "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)]}
    return render(request, "consents/subscribe.html", context)


@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    return render(request, "consents/asked.html", {"title": _("One more step")})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Looking at the page does nothing, because mail programs look at links by themselves; the button does it."""
    waiting, done = open_request(token), confirmed_by(token)
    if request.method == "POST" and waiting:
        confirm_consent(asked=waiting)
        return redirect(request.path)
    context = {"title": _("Newsletter"), "waiting": waiting, "is_done": bool(done), "cluster_slug": ""}
    return render(request, "consents/confirm.html", context, status=200 if waiting or done else 410)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, key: str) -> HttpResponse:
    """Leave with one click, signed in or not; mail programs post here by themselves (RFC 8058)."""
    evidence = get_object_or_404(Evidence.objects.select_related("consent"), key=key, consent__purpose=NEWSLETTER.key)
    consent = evidence.consent
    if request.method == "POST":
        is_machine = request.POST.get("List-Unsubscribe") == "One-Click"
        withdraw_consent(
            email=evidence.email,
            purpose=consent.purpose,
            cluster_slug=consent.cluster_slug,
            how=Consent.How.ONE_CLICK if is_machine else Consent.How.PAGE,
        )
    context = {
        "title": _("Newsletter"),
        "is_on": has_consent(evidence.email, consent.purpose, consent.cluster_slug),
        "wording": consent.wording,
    }
    return render(request, "consents/unsubscribe.html", context)


@require_safe
@login_required
@never_cache
def my_consents(request: HttpRequest) -> HttpResponse:
    """What one has agreed to, with the words, and the way back."""
    user = cast(User, request.user)
    return render(request, "consents/my_consents.html", {"consents": with_pages(standing_of(proved_addresses(user)))})


@require_POST
@login_required
def consent_withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    user = cast(User, request.user)
    mine = standing_of(proved_addresses(user)).filter(consent__purpose=NEWSLETTER.key)
    evidence = get_object_or_404(mine, consent__public_id=public_id)
    consent = evidence.consent
    withdraw_consent(
        email=evidence.email, purpose=consent.purpose, cluster_slug=consent.cluster_slug, how=Consent.How.ACCOUNT
    )
    messages.success(request, _("Withdrawn. It holds from this moment on."))
    return redirect("consents:my_consents")
