"""Who is in the workshop, and by which door: signed in, or by the link of a mail."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.charter.actions import TAKE_PART
from mitwerk.charter.models import Charter, Paragraph, Suggestion
from mitwerk.charter.queries.charters import acting_organisations, acts_for, charter_by_id, kept_charter, workshop_of
from mitwerk.charter.queries.suggestions import seen_suggestions
from mitwerk.charter.queries.texts import paragraph_by_id
from mitwerk.charter.rules import can_keep
from mitwerk.core.changes import Refused
from mitwerk.people.models import Person
from mitwerk.people.queries import act_link_by_token, person_of


def what_is_shown() -> dict[str, Any]:
    """What every page with a text asks: the languages, the reader's own, and what can be suggested."""
    return {
        "languages": [(code, _(name)) for code, name in settings.LANGUAGES], "site_language": get_language(),
        "kinds": Suggestion.Kind.choices,
    }  # fmt: skip


@dataclass(frozen=True)
class Visit:
    """A charter, for whom the visitor acts there, and how the pages they get to are called."""

    charter: Charter
    organisations: list[Organisation]
    person: Person | None
    token: str = ""
    user: Any = None

    @cached_property
    def keeps(self) -> bool:
        """Whether the visitor is one of the editors; nobody is by a link."""
        return self.user is not None and can_keep(self.user, self.charter)

    @property
    def suggestions(self) -> QuerySet[Suggestion]:
        """Those the visitor sees."""
        return seen_suggestions(self.charter, self.organisations, keeps=self.keeps)

    @property
    def actor(self) -> Person:
        """Who takes part for some organisation; nothing is there for who only looks on."""
        if self.person is None or not self.organisations:
            raise Http404
        return self.person

    def suggestion(self, number: int) -> Suggestion:
        found = self.suggestions.filter(number=number).first()
        if found is None:
            raise Http404
        return found

    def own_suggestion(self, number: int) -> Suggestion:
        """One that an organisation of the visitor made."""
        found = self.suggestion(number)
        if found.organisation not in self.organisations:
            raise Http404
        return found

    def url(self, name: str, *places: Any) -> str:
        """Address of a page of the workshop, signed in or behind the link."""
        if self.token:
            return reverse(f"charter:link_{name}", args=[self.token, *places])
        return reverse(f"charter:{name}", args=[self.charter.public_id, *places])

    @property
    def home(self) -> str:
        return self.url("home") if self.token else self.url("workshop")

    def one(self, slug: str) -> Organisation:
        """The organisation of this address, where the visitor acts for it."""
        found = next((one for one in self.organisations if one.slug == slug), None)
        if found is None:
            raise Http404
        return found


def entered(request: HttpRequest, public_id: str) -> Visit:
    """The workshop, for who keeps the charter or takes part."""
    charter = workshop_of(request.user, public_id)
    if charter is None:
        raise Http404
    organisations = acting_organisations(request.user, charter)
    return Visit(charter, organisations, person_of(request.user), user=request.user)


def kept(request: HttpRequest, public_id: str) -> Charter:
    """A charter whose text the user keeps."""
    charter = kept_charter(request.user, public_id)
    if charter is None:
        raise Http404
    return charter


def by_link(token: str) -> Visit | None:
    """Who came by the link of a mail; None where it leads nowhere any more. Raises 404 where there is no such link."""
    link = act_link_by_token(token, TAKE_PART)
    if link is None:
        raise Http404
    public_id, _colon, organisation_id = link.target.partition(":")
    charter = charter_by_id(public_id)
    organisation = acts_for(link.person, charter, organisation_id) if charter else None
    if charter is None or organisation is None or not link.is_open:
        return None
    return Visit(charter, [organisation], link.person, token)


def kept_paragraph(charter: Charter, anchor: str) -> Paragraph:
    paragraph = paragraph_by_id(charter, anchor)
    if paragraph is None:
        raise Http404
    return paragraph


def kept_suggestion(charter: Charter, number: int) -> Suggestion:
    """For the editors, who see all of them."""
    found = seen_suggestions(charter, [], keeps=True).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def typed(request: HttpRequest) -> str:
    """What somebody wrote, so that a page that cannot take it gives it back."""
    texts = [text for name, text in request.POST.items() if name.startswith("text") and isinstance(text, str)]
    return "\n\n".join(text for text in texts if text.strip())


def give_back(request: HttpRequest, told: str, status: int) -> HttpResponse:
    """What cannot be taken, with what was typed."""
    context = {"title": _("Charter"), "text": told, "typed": typed(request)}
    return render(request, "charter/link_over.html", context, status=status)


def gives_text_back(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Who sends a text where there is nothing for them (any more) gets it back with the answer that it is not there:
    their organisation may have left while they wrote."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **places: Any) -> HttpResponse:
        try:
            return view(request, *args, **places)
        except Http404:
            if request.method != "POST" or not typed(request):
                raise
            told = _("You cannot hand this in here, or no longer. What you wrote is kept below: please copy it.")
            return give_back(request, told, 404)

    return answer


def do(request: HttpRequest, act: Callable[[], Any], done: str, to: str) -> HttpResponse:
    """Do it and go there; where it is refused, the reason is told there."""
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(to)


def form_page(
    request: HttpRequest, visit: Charter | Visit, title: str, form: Any, back: str, button: str, **more: Any
) -> HttpResponse:
    """A page with one form; below `lead` what it is about."""
    charter = visit.charter if isinstance(visit, Visit) else visit
    context = {"title": title, "charter": charter, "form": form, "back": back, "button": button, **more}
    return render(request, "charter/workshop_form.html", context)
