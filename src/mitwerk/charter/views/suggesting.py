"""A paragraph with what is suggested for it; suggestions, changes of them, support. `doors` leads here in two ways."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from mitwerk.algorithms import workshop as phases
from mitwerk.algorithms.textdiff import diff
from mitwerk.charter.actions import (
    Moved,
    end_support,
    renew_suggestion,
    suggest,
    suggest_change,
    support,
    take_change,
    withdraw_suggestion,
    write_suggestion,
)
from mitwerk.charter.forms import ChangeForm, OwnForm, SuggestionForm
from mitwerk.charter.models import Suggestion
from mitwerk.charter.queries.texts import Text, latest_version, sections_by_paragraph, texts_of, twin_of
from mitwerk.charter.rules import is_time_for, may_be_changed
from mitwerk.charter.views.access import Visit, do, what_is_shown
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.core.wording import codes

Kind = Suggestion.Kind
SHOWN = 80
"""Characters of a paragraph in a list of places."""


def paragraph(request: HttpRequest, visit: Visit, anchor: str) -> HttpResponse:
    """One paragraph of the newest version, what is suggested for it, and what can be suggested."""
    version = latest_version(visit.charter)
    text = texts_of(version.content).get(anchor) if version else None
    if version is None or text is None or not (visit.keeps or phases.reads(visit.charter.phase, phases.TEXT)):
        raise Http404
    found = visit.suggestions.filter(anchor=anchor, parent=None)
    context = {
        "title": _("Paragraph"), "visit": visit, "charter": visit.charter, "text": text, "version": version,
        "part": sections_by_paragraph(version.content)[anchor], "keeps": visit.keeps, "choice": Choice({}),
        "page": page_of(found.exclude(state=Suggestion.State.WITHDRAWN), request.GET.get("page")),
        "may_suggest": bool(visit.organisations) and is_time_for(visit.charter, phases.PROPOSE), **what_is_shown(),
    }  # fmt: skip
    return render(request, "charter/paragraph.html", context)


def suggestion_add(request: HttpRequest, visit: Visit, anchor: str, kind: str, language: str) -> HttpResponse:
    """Suggest a change of a paragraph. Whatever is refused, what was typed stays."""
    charter, person = visit.charter, visit.actor
    version = latest_version(charter)
    texts = texts_of(version.content) if version else {}
    if kind not in Kind.values or language not in codes() or version is None:
        raise Http404
    text = texts.get(anchor)
    if text is None and request.method != "POST":
        raise Http404
    form = SuggestionForm(
        request.POST if request.method == "POST" else None, kind=kind, places=_places(texts, anchor),
        organisations=visit.organisations, language=language, initial=_initial(kind, text, language, version.number),
    )  # fmt: skip
    now = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = suggest(
                charter=charter, organisation=form.acts_for, person=person, anchor=anchor, values=form.values()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Moved):
                now = refused.now
                form.data = {**form.data.dict(), "version": str(version.number)}
        else:
            messages.success(request, _("Thank you. Your suggestion has the number %(number)s.") % {
                "number": made.number
            })  # fmt: skip
            return redirect(visit.url("suggestion_detail", made.number))
    written = form.data.get("text", "") if form.is_bound else ""
    context = {
        "title": capfirst(Kind(kind).label), "visit": visit, "charter": charter, "form": form, "text": text,
        "kind": kind, "language": language, "now": now, "compared": diff(now, str(written)) if now else [],
        "said": text.text.get(language, "") if text else "", "other": _other(text, language), "back": visit.home,
        "button": _("Hand in"),
    }  # fmt: skip
    return render(request, "charter/suggestion_form.html", context)


def _other(text: Text | None, language: str) -> str:
    """What the twin says, for who translates."""
    return text.text.get(twin_of(language), "") if text else ""


def _initial(kind: str, text: Text | None, language: str, version: int) -> dict[str, Any]:
    says = text.text.get(language, "") if text and kind in {Kind.REPLACE, Kind.TRANSLATE} else ""
    return {"text": says, "version": version}


def _places(texts: dict[str, Text], anchor: str) -> list[tuple[str, str]]:
    others = [(key, text) for key, text in texts.items() if key != anchor]
    behind = [(key, _("behind: %(text)s") % {"text": Truncator(str(text.text)).chars(SHOWN)}) for key, text in others]
    return [("", _("at the very front")), *behind]


def suggestion_detail(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """A suggestion: what would change, why, who supports it, what became of it."""
    suggestion = visit.suggestion(number)
    supporters = list(suggestion.supporters.select_related("organisation"))
    backing = {one.organisation_id for one in supporters}
    others = [one for one in visit.organisations if one.pk != suggestion.organisation_id]
    changes = visit.suggestions.filter(parent=suggestion)
    is_open, keeps = may_be_changed(suggestion), visit.keeps
    context = {
        "title": _("Suggestion %(number)s") % {"number": number}, "visit": visit, "charter": visit.charter,
        "suggestion": suggestion, "parts": diff(suggestion.base, suggestion.text), "supporters": supporters,
        "support": [(one, one.pk in backing) for one in others] if is_open else [],
        "page": page_of(changes, request.GET.get("page")), "choice": Choice({}), "is_open": is_open,
        "is_mine": suggestion.organisation in visit.organisations, "keeps": keeps,
        "may_change": is_open and bool(visit.organisations) and bool(suggestion.text) and not suggestion.parent_id,
        "may_answer": keeps and is_time_for(visit.charter, phases.ANSWER) and not suggestion.parent_id,
        "is_fitting": suggestion.kind in {Kind.REPLACE, Kind.DELETE} or suggestion.parent_id,
    }  # fmt: skip
    return render(request, "charter/suggestion_detail.html", context)


def suggestion_edit(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Word an own suggestion anew."""
    person, suggestion = visit.actor, visit.own_suggestion(number)
    initial = {"text": suggestion.text, "reason": suggestion.reason, "seen": suggestion.text}
    form = OwnForm(request.POST if request.method == "POST" else None, kind=suggestion.kind, initial=initial)

    def save() -> Suggestion:
        data = form.cleaned_data
        return write_suggestion(
            suggestion=suggestion, text=data.get("text", ""), reason=data["reason"], seen=data["seen"], person=person
        )

    return _worded(request, visit, suggestion, form, save, _("Word it anew"), _("Save"))


def suggestion_renew(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Make a suggestion that no longer fits for the newest wording."""
    person, suggestion = visit.actor, visit.own_suggestion(number)
    version = latest_version(visit.charter)
    text = texts_of(version.content).get(suggestion.anchor) if version else None
    now = text.text.get(suggestion.language, "") if text else ""
    initial = {"text": suggestion.text, "reason": suggestion.reason, "seen": str(version.number if version else 0)}
    form = OwnForm(request.POST if request.method == "POST" else None, kind=suggestion.kind, initial=initial)

    def save() -> Suggestion:
        data = form.cleaned_data
        seen = int(data["seen"]) if data["seen"].isdecimal() and len(data["seen"]) < 9 else 0
        return renew_suggestion(
            suggestion=suggestion, text=data.get("text", ""), reason=data["reason"], seen=seen, person=person
        )

    return _worded(request, visit, suggestion, form, save, _("Renew the suggestion"), _("Renew"), now=now)


def suggestion_change(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Suggest other words for somebody's suggestion."""
    person, suggestion = visit.actor, visit.suggestion(number)
    initial = {"text": suggestion.text, "seen": suggestion.text}
    form = ChangeForm(
        request.POST if request.method == "POST" else None, organisations=visit.organisations,
        language=suggestion.language, initial=initial,
    )  # fmt: skip

    def save() -> Suggestion:
        data = form.cleaned_data
        return suggest_change(
            parent=suggestion, organisation=form.acts_for, person=person, text=data["text"],
            reason=data["reason"], seen=data["seen"],
        )  # fmt: skip

    return _worded(request, visit, suggestion, form, save, _("Change this suggestion"), _("Hand in"))


def _worded(
    request: HttpRequest, visit: Visit, suggestion: Suggestion, form: Any, save: Any, title: str, button: str,
    now: str = "",
) -> HttpResponse:  # fmt: skip
    """A form with a wording. Where it was changed meanwhile, both are shown and what was typed stays."""
    if request.method == "POST" and form.is_valid():
        try:
            made = save()
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Moved):
                now = refused.now
                newest = latest_version(visit.charter)
                is_number = form.data.get("seen", "").isdecimal()
                seen = str(newest.number if newest else 0) if is_number else now
                form.data = {**form.data.dict(), "seen": seen}
        else:
            messages.success(request, _("Saved."))
            return redirect(visit.url("suggestion_detail", made.number))
    written = form.data.get("text", "") if form.is_bound else suggestion.text
    context = {
        "title": title, "visit": visit, "charter": visit.charter, "form": form, "suggestion": suggestion, "now": now,
        "compared": diff(now, str(written)) if now else [], "said": suggestion.base, "language": suggestion.language,
        "button": button, "back": visit.url("suggestion_detail", suggestion.number), "kind": suggestion.kind,
    }  # fmt: skip
    return render(request, "charter/suggestion_form.html", context)


def change_take(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    """Take over what somebody wants changed in a suggestion of mine."""
    person, change = visit.actor, visit.suggestion(number)
    if change.parent is None or change.parent.organisation not in visit.organisations:
        raise Http404
    to = visit.url("suggestion_detail", change.parent.number)
    return do(request, lambda: take_change(change=change, person=person), _("Taken over."), to)


def suggestion_withdraw(request: HttpRequest, visit: Visit, number: int) -> HttpResponse:
    person, suggestion = visit.actor, visit.own_suggestion(number)
    done, to = _("The suggestion is withdrawn."), visit.url("suggestion_detail", number)
    return do(request, lambda: withdraw_suggestion(suggestion=suggestion, person=person), done, to)


def support_add(request: HttpRequest, visit: Visit, number: int, slug: str) -> HttpResponse:
    """My organisation wants the same."""
    person, suggestion, organisation = visit.actor, visit.suggestion(number), visit.one(slug)
    done = _("%(name)s supports this suggestion.") % {"name": organisation.name}
    to = visit.url("suggestion_detail", number)
    return do(request, lambda: support(suggestion=suggestion, organisation=organisation, person=person), done, to)


def support_end(request: HttpRequest, visit: Visit, number: int, slug: str) -> HttpResponse:
    person, suggestion, organisation = visit.actor, visit.suggestion(number), visit.one(slug)
    to, done = visit.url("suggestion_detail", number), _("No longer supported.")
    return do(request, lambda: end_support(suggestion=suggestion, organisation=organisation, person=person), done, to)
