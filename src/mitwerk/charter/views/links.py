"""The workshop behind the link of a mail: read, contribute, suggest, without signing in. And the link that signs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop as phases
from mitwerk.charter.actions import SIGN, sign
from mitwerk.charter.models import Adoption
from mitwerk.charter.queries.adoption import adoption_by_id, signs_for
from mitwerk.charter.rules import is_time_for
from mitwerk.charter.views.access import by_link, typed
from mitwerk.charter.views.suggesting import suggestion_page_for
from mitwerk.charter.views.workshops import contributions_page, steps_and_text
from mitwerk.people.models import Person
from mitwerk.people.views import LinkedAct, act_page


def _over(request: HttpRequest) -> HttpResponse:
    """What was typed is given back: the page shows it."""
    told = _("This link is no longer good, or you no longer act for this organisation.")
    context = {"title": _("Charter"), "text": told, "typed": typed(request)}
    return render(request, "charter/link_over.html", context, status=410)


@never_cache
@require_safe
def link_home(request: HttpRequest, token: str) -> HttpResponse:
    """Where the charter stands, and the text with the links to suggest something."""
    visit = by_link(token)
    if visit is None:
        return _over(request)
    context = {**steps_and_text(visit, keeps=False), "title": visit.charter.title}
    return render(request, "charter/link_home.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_contribution_list(request: HttpRequest, token: str) -> HttpResponse:
    visit = by_link(token)
    return _over(request) if visit is None else contributions_page(request, visit, keeps=False)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def link_suggestion_add(request: HttpRequest, token: str, anchor: str, kind: str, language: str) -> HttpResponse:
    visit = by_link(token)
    if visit is None:
        return _over(request)
    if request.method != "POST" and not is_time_for(visit.charter, phases.PROPOSE):
        return link_home(request, token)
    return suggestion_page_for(request, visit, anchor, kind, language)


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
