"""Claims of entries, invitations, and the people of an organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.actors.rules import can_be_claimed
from mitwerk.actors.views import moved
from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.changes import Refused
from mitwerk.core.public_forms import is_accepted, is_allowed
from mitwerk.core.records import move_to_region
from mitwerk.people.actions import (
    accept_invitation,
    claim_organisation,
    end_representation,
    revoke_invitation,
    send_invitation,
    use_act_link,
)
from mitwerk.people.forms import AcceptForm, ClaimForm, InviteForm
from mitwerk.people.models import Invitation, Offer, Person
from mitwerk.people.queries import (
    act_link_by_token,
    invitation_by_token,
    open_invitations,
    representatives_of,
    represented_organisations,
    waiting_invitations,
)
from mitwerk.people.rules import can_end, given_roles

T = TypeVar("T")
INVITATIONS_PER_HOUR = 20
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_claim(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that an entry is ours. The office checks it; nothing changes before."""
    organisation = _organisation(request, slug)
    if organisation is None:
        return _at_region(request, slug, "people:organisation_claim")
    if not can_be_claimed(organisation):
        return redirect(organisation.address(request.cluster.slug if request.cluster else None))
    form = ClaimForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        done = reverse("people:organisation_claimed", kwargs={"slug": slug, **inside(request.cluster)})
        if form.is_from_a_machine():
            return redirect(done)
        if is_accepted(request, form, "organisation.claim"):
            language = get_language() or settings.LANGUAGE_CODE
            claim_organisation(organisation=organisation, cluster=request.cluster, language=language, **form.claim())
            return redirect(done)
        status = 429 if form.has_error("__all__", "too_many") else 200
    title = _("This is our organisation")
    page = organisation.address(request.cluster.slug if request.cluster else None)
    crumbs = way_to(request.region, request.cluster, (organisation.name, page), (title, ""))
    context = {"title": title, "organisation": organisation, "form": form, "crumbs": crumbs}
    return render(request, "people/organisation_claim.html", context, status=status)


@require_safe
def organisation_claimed(request: HttpRequest, slug: str) -> HttpResponse:
    """Thank you."""
    organisation = _organisation(request, slug)
    if organisation is None:
        return _at_region(request, slug, "people:organisation_claimed")
    return render(request, "people/organisation_claimed.html", {"title": _("Thank you"), "organisation": organisation})


def _organisation(request: HttpRequest, slug: str) -> Organisation | None:
    return visible_organisations(request.cluster).filter(slug=slug).first()


def _at_region(request: HttpRequest, slug: str, url_name: str) -> HttpResponse:
    return moved(slug, request.cluster, url_name) or move_to_region(lambda: visible_organisations(None), slug, url_name)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the link offers, and one click to take it. Opening it does nothing: mail scanners open every link."""
    found = invitation_by_token(token)
    if found is None:
        raise Http404
    return answer(request, found, accept_invitation)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_invitation(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same from the desk of whoever is signed in with the invited address."""
    found = get_object_or_404(waiting_invitations(request.user), public_id=public_id)
    return answer(request, found, accept_invitation)


def answer(
    request: HttpRequest,
    found: Offer,
    accept: Callable[..., User],
    form_of: Callable[..., AcceptForm] = AcceptForm,
    template: str = "people/invitation.html",
    **more: object,
) -> HttpResponse:
    """The page of an invitation of whatever kind, and the click that takes it by the verb `accept`."""
    user = request.user if request.user.is_authenticated else None
    form = form_of(request.POST if request.method == "POST" else None, is_new=user is None)
    refused = "" if found.is_open else _("This invitation is no longer open. Ask whoever sent it for a new one.")
    if request.method == "POST" and not refused and form.is_valid():
        language = get_language() or settings.LANGUAGE_CODE
        try:
            taken_by = accept(invitation=found, user=user, language=language, **form.taken())
        except Refused as refusal:
            refused = str(refusal)
        else:
            return _welcome(request, taken_by, is_signed_in=user is not None)
    context = {"title": _("Invitation"), "invitation": found, "form": form, "refused": refused, **more}
    return render(request, template, context, status=410 if refused else 200)


def _welcome(request: HttpRequest, user: User, is_signed_in: bool) -> HttpResponse:
    """Who was made by the link is signed in by it; who had a sign-in before uses that, with all its factors."""
    messages.success(request, _("Welcome. The invitation is accepted."))
    if is_signed_in:
        return redirect(settings.LOGIN_REDIRECT_URL)
    if user.last_login is None and not user.has_usable_password():
        login(request, user, backend=BACKEND)
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect(settings.LOGIN_URL)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Who acts for my organisation, who is invited, and the form to invite somebody."""
    organisation = _mine(request, slug)
    given = given_roles(request.user, organisation)
    form = InviteForm(request.POST if request.method == "POST" else None, given=given, organisation=organisation)
    status = 200
    if request.method == "POST" and form.is_valid():
        if is_allowed(request, "people.invite", INVITATIONS_PER_HOUR):
            send_invitation(invitation=Invitation(organisation=organisation, **form.cleaned_data), actor=request.user)
            messages.success(request, _("The invitation is on its way."))
            return redirect("people:people_list", slug=slug)
        form.add_error(None, _("That were many invitations within an hour. Please go on later."))
        status = 429
    representatives = [(one, can_end(request.user, one, given)) for one in representatives_of(organisation)]
    context = {
        "title": _("People"),
        "organisation": organisation,
        "representatives": representatives,
        "invitations": open_invitations(organisation),
        "form": form,
    }
    return render(request, "people/people_list.html", context, status=status)


@login_required
@require_POST
def representative_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Somebody no longer acts for the organisation; everybody may step down."""
    organisation = _mine(request, slug)
    representative = get_object_or_404(representatives_of(organisation), public_id=public_id)
    if not can_end(request.user, representative, given_roles(request.user, organisation)):
        raise Http404
    end_representation(representative=representative, actor=request.user)
    messages.success(request, _("%(name)s no longer acts for %(organisation)s.") % {
        "name": representative.person.name, "organisation": organisation.name
    })  # fmt: skip
    if represented_organisations(request.user).filter(pk=organisation.pk).exists():
        return redirect("people:people_list", slug=slug)
    return redirect(settings.LOGIN_REDIRECT_URL)


@login_required
@require_POST
def invitation_revoke(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Take back an invitation that nobody has answered."""
    organisation = _mine(request, slug)
    found = get_object_or_404(open_invitations(organisation), public_id=public_id)
    if found.represents_as not in given_roles(request.user, organisation):
        raise Http404
    revoke_invitation(invitation=found, actor=request.user)
    messages.success(request, _("The invitation is taken back."))
    return redirect("people:people_list", slug=slug)


def _mine(request: HttpRequest, slug: str) -> Organisation:
    """An organisation the user acts for; everything else is missing."""
    return get_object_or_404(represented_organisations(request.user), slug=slug)


@dataclass(frozen=True)
class LinkedAct(Generic[T]):
    """What a link in a mail does: for whom it still may, what its page says, and the verb behind its button."""

    code: str
    find: Callable[[Person, str], T | None]
    title: str | Promise
    tell: Callable[[T], str]
    button: str | Promise
    verb: Callable[[T, Person], None]
    done: str | Promise
    other: Callable[[T], tuple[str | Promise, str]] | None = None
    """Text and address of what somebody does who does not want this."""


def act_page(request: HttpRequest, token: str, act: LinkedAct[T]) -> HttpResponse:
    """What the link will do, and one click that does it. Opening it does nothing: mail scanners open every link.

    The right is asked at the click, for the person the link was sent to: who has lost it cannot use an old mail.
    """
    link = act_link_by_token(token, act.code)
    if link is None:
        raise Http404
    target = act.find(link.person, link.target)
    is_done, refused = False, "" if link.is_open and target is not None else _("This link is no longer good.")
    if request.method == "POST" and target is not None and not refused:
        try:
            use_act_link(link=link, do=partial(act.verb, target, link.person))
            is_done = True
        except Refused as refusal:
            refused = str(refusal)
    context = {"title": act.title, "act": act, "refused": refused, "is_done": is_done}
    if target is not None:
        context |= {"text": act.tell(target), "other": act.other(target) if act.other else None}
    return render(request, "people/act_page.html", context, status=410 if refused else 200)
