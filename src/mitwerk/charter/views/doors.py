"""What stands behind two doors, signed in and by the link of a mail; what stands behind the link alone; the link that
signs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.actors.models import Organisation
from mitwerk.charter.actions import SIGN, sign
from mitwerk.charter.models import Adoption
from mitwerk.charter.queries.adoption import adoption_by_id, signs_for
from mitwerk.charter.views import suggesting, workshops
from mitwerk.charter.views.access import by_link, entered, give_back, gives_text_back
from mitwerk.people.models import Person
from mitwerk.people.views import LinkedAct, act_page

View = Callable[..., HttpResponse]
READ, WRITE, ACT = ["GET", "HEAD"], ["GET", "HEAD", "POST"], ["POST"]


def _both(page: View, methods: list[str]) -> tuple[View, View]:
    """A page that takes the visit, for who signs in and for who comes by the link."""

    @login_required
    @never_cache
    @require_http_methods(methods)
    @gives_text_back
    @wraps(page)
    def signed_in(request: HttpRequest, public_id: str, **places: Any) -> HttpResponse:
        return page(request, entered(request, public_id), **places)

    @never_cache
    @require_http_methods(methods)
    @gives_text_back
    @wraps(page)
    def linked(request: HttpRequest, token: str, **places: Any) -> HttpResponse:
        visit = by_link(token)
        return page(request, visit, **places) if visit else _over(request)

    return signed_in, linked


def _over(request: HttpRequest) -> HttpResponse:
    told = _("This link is no longer good, or you no longer act for this organisation.")
    return give_back(request, told, 410)


contribution_list, link_contribution_list = _both(workshops.contribution_list, WRITE)
contribution_drop, link_contribution_drop = _both(workshops.contribution_drop, ACT)
paragraph, link_paragraph = _both(suggesting.paragraph, READ)
suggestion_add, link_suggestion_add = _both(suggesting.suggestion_add, WRITE)
suggestion_detail, link_suggestion_detail = _both(suggesting.suggestion_detail, READ)
suggestion_edit, link_suggestion_edit = _both(suggesting.suggestion_edit, WRITE)
suggestion_renew, link_suggestion_renew = _both(suggesting.suggestion_renew, WRITE)
suggestion_change, link_suggestion_change = _both(suggesting.suggestion_change, WRITE)
suggestion_withdraw, link_suggestion_withdraw = _both(suggesting.suggestion_withdraw, ACT)
change_take, link_change_take = _both(suggesting.change_take, ACT)
support_add, link_support_add = _both(suggesting.support_add, ACT)
support_end, link_support_end = _both(suggesting.support_end, ACT)


@never_cache
@require_safe
def link_home(request: HttpRequest, token: str) -> HttpResponse:
    """Where the charter stands, and the text with what is suggested for it."""
    visit = by_link(token)
    if visit is None:
        return _over(request)
    context = {**workshops.steps_and_text(visit), "title": visit.charter.title}
    return render(request, "charter/link_home.html", context)


Signing = tuple[Adoption, Organisation]


def _find(person: Person, target: str) -> Signing | None:
    public_id, _colon, organisation_id = target.partition(":")
    adoption = adoption_by_id(public_id)
    organisation = signs_for(person, adoption.charter, organisation_id) if adoption else None
    return (adoption, organisation) if adoption and organisation else None


def _told(signing: Signing) -> str:
    adoption, organisation = signing
    return _("With one click %(name)s signs the charter “%(title)s”. Its name stands below it from then on.") % {
        "name": organisation.name,
        "title": adoption.charter.title,
    }


def _sign(signing: Signing, person: Person) -> None:
    sign(adoption=signing[0], organisation=signing[1], person=person)


LINK = LinkedAct(
    code=SIGN,
    find=_find,
    title=gettext_lazy("Sign the charter"),
    tell=_told,
    button=gettext_lazy("Sign"),
    verb=_sign,
    done=gettext_lazy("Thank you. Your organisation stands below the charter now."),
    other=lambda signing: (_("Read the charter first"), signing[0].charter.get_absolute_url()),
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_link(request: HttpRequest, token: str) -> HttpResponse:
    """The signature from the mail, without signing in."""
    return act_page(request, token, LINK)
