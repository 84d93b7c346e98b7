"""The editors' list of suggestions, the answer, the merge preview, and the next version."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms import workshop as phases
from mitwerk.algorithms.textdiff import diff
from mitwerk.charter.actions import (
    Collides,
    accept_all,
    accept_suggestion,
    decline_suggestion,
    fates,
    publish_version,
    put_to_vote,
)
from mitwerk.charter.forms import AnswerForm, VersionForm, VoteForm, list_filters, read_list_choice
from mitwerk.charter.models import Charter, Suggestion
from mitwerk.charter.queries.adoption import deciding_bodies
from mitwerk.charter.queries.histories import compare
from mitwerk.charter.queries.suggestions import bundles, narrowed, open_for_text, preview
from mitwerk.charter.queries.texts import content_of, latest_version, paragraph_by_id, parts_of, texts_of, version_page
from mitwerk.charter.rules import is_time_for
from mitwerk.charter.views.access import Visit, entered, form_page, kept, kept_suggestion, what_is_shown
from mitwerk.core.changes import Refused
from mitwerk.core.listing import notice, page_of
from mitwerk.core.wording import codes

Kind = Suggestion.Kind


@login_required
@never_cache
@require_safe
def suggestion_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """All suggestions, those that touch the same words together. The editors choose from it what to look at."""
    visit = entered(request, public_id)
    charter, keeps = visit.charter, visit.keeps
    found = visit.suggestions.filter(parent=None)
    choice = read_list_choice(request.GET, found)
    if not choice.values.get("state"):
        choice.values["state"] = ["waiting"]
    version = latest_version(charter)
    texts = texts_of(version.content) if version else {}
    page = page_of(bundles(narrowed(found, choice.values, choice.query), list(texts)), request.GET.get("page"), 20)
    context = {
        "title": _("Suggestions"), "visit": visit, "charter": charter, "keeps": keeps, "page": page, "choice": choice,
        "filters": list_filters(choice, found), "notice": notice(choice), "texts": texts, "version": version,
        "may_answer": keeps and is_time_for(charter, phases.ANSWER),
    }  # fmt: skip
    return render(request, "charter/suggestion_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_answer(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Accept, accept in other words, or decline, with a reason."""
    charter = kept(request, public_id)
    suggestion = kept_suggestion(charter, number)
    paragraph = paragraph_by_id(charter, suggestion.anchor)
    now = paragraph.text.get(suggestion.language, "") if paragraph else ""
    initial = {"text": now if suggestion.kind == Kind.COMMENT else suggestion.text, "decision": "accept"}
    form = AnswerForm(request.POST if request.method == "POST" else None, kind=suggestion.kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _answer(suggestion, form.cleaned_data, request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
            if isinstance(refused, Collides):
                now = refused.now
        else:
            messages.success(request, _("Answered. Who made the suggestion gets a mail."))
            return redirect("charter:suggestion_list", public_id=public_id)
    context = {
        "title": _("Answer suggestion %(number)s") % {"number": number}, "charter": charter, "form": form,
        "suggestion": suggestion, "parts": diff(suggestion.base, suggestion.text), "now": now,
        "compared": diff(suggestion.base, now) if now != suggestion.base else [], "paragraph": paragraph,
        "back": Visit(charter, [], None).url("suggestion_detail", number), "button": _("Answer"),
        "is_fitting": suggestion.kind in {Kind.REPLACE, Kind.DELETE},
    }  # fmt: skip
    return render(request, "charter/suggestion_answer.html", context)


def _answer(suggestion: Suggestion, data: dict[str, Any], actor: Any) -> None:
    if data["decision"] == "decline":
        decline_suggestion(suggestion=suggestion, answer=data["answer"], actor=actor)
    else:
        text = data.get("text") if data["decision"] == "change" else None
        accept_suggestion(suggestion=suggestion, actor=actor, answer=data["answer"], text=text)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggestion_vote(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """Let a body decide about a suggestion."""
    charter = kept(request, public_id)
    suggestion = kept_suggestion(charter, number)
    bodies = deciding_bodies(charter)
    form = VoteForm(request.POST if request.method == "POST" else None, bodies=bodies)
    back = Visit(charter, [], None).url("suggestion_detail", number)
    if request.method == "POST" and form.is_valid():
        try:
            put_to_vote(suggestion=suggestion, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The votes are taken from now on. What is carried is written into the text."))
            return redirect(back)
    title = _("Put suggestion %(number)s to the vote") % {"number": number}
    return form_page(request, charter, title, form, back, _("Start the vote"), lead=suggestion.text)


def _chosen(request: HttpRequest, charter: Charter, given: list[str]) -> list[Suggestion]:
    """The open suggestions with these numbers; all of them where none is named. What is unknown is left out."""
    there = open_for_text(charter)
    numbers = {int(one) for one in given if one.isdecimal() and len(one) < 9}
    return [one for one in there if one.number in numbers] if given else there


@login_required
@never_cache
@require_safe
def merge_preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole text as it would be with the chosen suggestions, or with all. Nothing is written."""
    charter = kept(request, public_id)
    version = latest_version(charter)
    if version is None:
        raise Http404
    there, chosen = open_for_text(charter), _chosen(request, charter, request.GET.getlist("s"))
    numbers = {one.number for one in chosen}
    rows = preview(texts_of(version.content), chosen)
    shown = [
        (row, [(code, diff(row.before.get(code, ""), row.after.get(code, ""))) for code in row.changed]) for row in rows
    ]
    context = {
        "title": _("The text as it would be"), "charter": charter, "rows": shown, "version": version,
        "there": there, "numbers": numbers, "may_answer": is_time_for(charter, phases.ANSWER),
        "left": [pair for row in rows for pair in row.left_out],
    }  # fmt: skip
    return render(request, "charter/merge_preview.html", context)


@login_required
@require_POST
def merge_accept(request: HttpRequest, public_id: str) -> HttpResponse:
    """Accept the chosen suggestions, each for itself; those that do not go in are named with the reason."""
    charter = kept(request, public_id)
    given = request.POST.getlist("s")
    chosen = _chosen(request, charter, given) if given else []
    done, left = accept_all(suggestions=chosen, actor=request.user)
    if done:
        told = ngettext("%(number)s suggestion is accepted.", "%(number)s suggestions are accepted.", len(done))
        messages.success(request, told % {"number": len(done)})
    for suggestion, why in left:
        messages.error(request, f"{suggestion.number}: {why}")
    if not chosen:
        messages.error(request, _("Tick the suggestions first."))
    return redirect("charter:suggestion_list", public_id=public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version_publish(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish the text as it is now: first what that does to the open suggestions, then the button."""
    charter = kept(request, public_id)
    form = VersionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            version = publish_version(charter=charter, note=form.cleaned_data["note"], actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
            return redirect("charter:workshop", public_id=public_id)
    version, content = latest_version(charter), content_of(charter)
    found = fates(charter, texts_of(content))
    before = version.content if version else {"sections": []}
    context = {
        "title": _("Publish a version"), "charter": charter, "form": form, "version": version,
        "changed": compare(before, content, codes()), "unfit": [fate for fate in found if fate.unfit],
        "carried": sum(not fate.unfit for fate in found), "unfit_labels": dict(Suggestion.Unfit.choices),
    }  # fmt: skip
    return render(request, "charter/version_publish.html", context)


@login_required
@never_cache
@require_safe
def version_read(request: HttpRequest, public_id: str, number: int) -> HttpResponse:
    """One version, for those who take part."""
    visit = entered(request, public_id)
    version = version_page(visit.charter, number)
    if version is None or not (visit.keeps or phases.reads(visit.charter.phase, phases.TEXT)):
        raise Http404
    earlier = version_page(visit.charter, number - 1)
    context = {
        "title": _("Version %(number)s") % {"number": number}, "visit": visit, "charter": visit.charter,
        "version": version, "changed": compare(earlier.content, version.content, codes()) if earlier else [],
        "earlier": earlier, "parts": parts_of(version.content), **what_is_shown(),
    }  # fmt: skip
    return render(request, "charter/version_read.html", context)
