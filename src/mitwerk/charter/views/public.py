"""The public side of a charter beside the page itself: how it came about, its versions, the draft, files."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mitwerk.algorithms import workshop
from mitwerk.algorithms.textdiff import diff
from mitwerk.charter.exports import charter_html, charter_json, charter_pdf, charter_thing
from mitwerk.charter.exports.facts import charter_facts, section_of, told_vote
from mitwerk.charter.models import Charter, Suggestion
from mitwerk.charter.queries.adoption import Happening, adoptions_of, published_versions, signatures_of
from mitwerk.charter.queries.charters import charter_in_force, charter_of, periods_of
from mitwerk.charter.queries.histories import compare as compared
from mitwerk.charter.queries.histories import history_of
from mitwerk.charter.queries.public import Paper, adoption_of, chapters, paper_asked_for, paper_of, public_draft
from mitwerk.charter.queries.public import public_version as version_of
from mitwerk.charter.queries.suggestions import public_suggestions
from mitwerk.charter.rules import is_for_all
from mitwerk.charter.views.workshops import phase_steps
from mitwerk.clusters.exports import inside, way_to
from mitwerk.core.jsonld import breadcrumbs
from mitwerk.core.translated import Translated
from mitwerk.core.wording import codes

KINDS = {"pdf": "application/pdf", "html": "text/html; charset=utf-8", "json": "application/json; charset=utf-8"}


def _charter(request: HttpRequest) -> Charter:
    """The charter of this cluster, or of the region, where something of it is public."""
    found = charter_of(request.cluster)
    if found is None or not (found.is_open or charter_in_force(found)):
        raise Http404("no charter that everybody may read")
    return found


def _context(request: HttpRequest, charter: Charter, title: str, *way: tuple[str, str]) -> dict[str, Any]:
    """What each of these pages has: title, the way to it, the charter."""
    page = reverse("portal:charter", kwargs=inside(request.cluster))
    crumbs = way_to(request.region, request.cluster, (str(charter.title), page), *way, (title, ""))
    return {
        "title": title, "charter": charter, "crumbs": crumbs, "jsonld": [breadcrumbs(crumbs)],
        "opengraph_key": charter.public_id, "description": str(charter.task),
    }  # fmt: skip


def _history_step(request: HttpRequest) -> tuple[str, str]:
    return _("How it came about"), reverse("charter:history", kwargs=inside(request.cluster))


@require_safe
def history(request: HttpRequest) -> HttpResponse:
    """How it came about, and its public versions."""
    charter = _charter(request)
    versions = list(published_versions(charter).defer("content"))
    adopted = {one.version_id: one for one in adoptions_of(charter)}
    context = {
        **_context(request, charter, _("How it came about")),
        "entries": [_entry(one, request) for one in history_of(charter, versions)],
        "versions": [(one, adopted.get(one.pk)) for one in versions],
        "review_on": charter.review_on if adopted else None,
    }  # fmt: skip
    return render(request, "charter/charter_history.html", context)


def _entry(one: Happening, request: HttpRequest) -> dict[str, Any]:
    """A line of the timeline."""
    url = ""
    if one.kind == "version":
        url = reverse("charter:version", kwargs={"number": one.number, **inside(request.cluster)})
    text = one.text if one.kind in {"version", "ballot", "sitting", "adopted"} else ""
    if one.kind == "signed" and one.other:
        text = _("%(count)s of the signatures given were withdrawn.") % {"count": one.other}
    return {"date": timezone.localdate(one.at), "title": _told(one), "text": text, "url": url}


def _told(one: Happening) -> str:
    n = {"n": one.number, "other": one.other}
    told = {
        "contributions": ngettext("%(n)s contribution was collected", "%(n)s contributions were collected", one.number),
        "suggestions": ngettext("%(n)s suggestion was made", "%(n)s suggestions were made", one.number),
        "answers": _("The editors accepted %(n)s suggestions and declined %(other)s"),
        "version": _("Version %(n)s was published"),
        "ballot": _("Version %(n)s was put to a vote in writing"),
        "sitting": _("Version %(n)s was put on the agenda of a sitting"),
        "adopted": _("The charter was adopted: number %(n)s, in the wording of version %(other)s"),
        "signed": ngettext("%(n)s organisation stands behind it", "%(n)s organisations stand behind it", one.number),
        "review": _("The charter is being looked at again"),
    }
    return str(told[one.kind] % n)


@require_safe
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One public version."""
    charter = _charter(request)
    found = version_of(charter, number)
    if found is None:
        raise Http404
    paper = paper_of(charter, found, adoption_of(found))
    context = _context(request, charter, _("Version %(number)s") % {"number": number}, _history_step(request))
    context |= _text(request, paper)
    others = published_versions(charter).exclude(pk=found.pk).order_by("number").values_list("number", flat=True)
    earlier = [one for one in others if one < number]
    in_force = charter_in_force(charter)
    context |= {
        "paper": paper, "earlier": earlier[-1] if earlier else None,
        "is_in_force": in_force is not None and in_force.version_id == found.pk,
    }  # fmt: skip
    return render(request, "charter/charter_version.html", context)


def _text(request: HttpRequest, paper: Paper, suggestions: Any = None) -> dict[str, Any]:
    found = chapters(paper.version.content, paper.goals, None, suggestions)
    home, language = request.cluster or request.region, get_language() or "de"
    return {
        "chapters": found, "facts": charter_facts(paper),
        "votes": [(section_of(vote, found), told_vote(vote), vote.resolution) for vote in paper.votes],
        "facts_for_machines": charter_thing(paper, found, home, request.path, language),
    }  # fmt: skip


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Two public versions side by side. What the address asks for and is not there is the nearest that is."""
    charter = _charter(request)
    numbers = sorted(published_versions(charter).order_by().values_list("number", flat=True))
    if not numbers:
        raise Http404
    newer = _one_of(numbers, request.GET.get("to"), numbers[-1])
    older = _one_of(numbers, request.GET.get("from"), max((one for one in numbers if one < newer), default=numbers[0]))
    asked = request.GET.get("language", "")
    chosen = codes() if asked == "all" else [asked if asked in codes() else get_language() or codes()[0]]
    before, after = version_of(charter, older), version_of(charter, newer)
    context = {
        **_context(request, charter, _("Compare versions"), _history_step(request)),
        "numbers": numbers, "older": before, "newer": after, "chosen": asked if asked == "all" else chosen[0],
        "languages": [*((code, _(name)) for code, name in settings.LANGUAGES), ("all", _("both"))],
        "is_side_by_side": request.GET.get("view") == "side",
        "parts": compared(before.content, after.content, chosen) if before and after else [],
    }  # fmt: skip
    return render(request, "charter/charter_compare.html", context)


def _one_of(numbers: Sequence[int], asked: str | None, default: int) -> int:
    number = int(asked) if asked and asked.isdecimal() and asked.isascii() and len(asked) < 9 else 0
    return number if number in numbers else default


@require_safe
def draft(request: HttpRequest) -> HttpResponse:
    """The newest version while everybody reads along, with what organisations suggest for each paragraph. Where nothing
    is newer than what is in force, that is the page."""
    charter = _charter(request)
    found = public_draft(charter)
    if found is None:
        raise Http404
    in_force = charter_in_force(charter)
    if in_force is not None and in_force.version_id == found.pk:
        return redirect(reverse("portal:charter", kwargs=inside(request.cluster)))
    there = list(public_suggestions(charter)) if is_for_all(charter, workshop.SUGGESTIONS) else []
    by_anchor: dict[str, list[dict[str, Any]]] = {}
    for one in there:
        by_anchor.setdefault(one.anchor, []).append(_shown(one))
    paper = paper_of(charter, found, adoption_of(found))
    text = _text(request, paper, by_anchor)
    ids = {clause.text.id for chapter in text["chapters"] for clause in chapter.clauses}
    context = {
        **_context(request, charter, _("Draft of the charter")), **text, "paper": paper, "count": len(there),
        "steps": phase_steps(charter), "period": periods_of(charter).get(charter.phase),
        "left": [row for anchor, rows in by_anchor.items() if anchor not in ids for row in rows],
    }  # fmt: skip
    return render(request, "charter/charter_draft.html", context)


def _shown(one: Suggestion) -> dict[str, Any]:
    """With its difference, where it is one of words."""
    is_fitting = one.kind in {Suggestion.Kind.REPLACE, Suggestion.Kind.DELETE}
    parts = diff(one.base, one.text) if one.kind == Suggestion.Kind.REPLACE else []
    return {"one": one, "parts": parts, "is_fitting": is_fitting}


@require_safe
def charter_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The version in force, or the public one that is asked for (`?version=2`), to take along."""
    asked = request.GET.get("version", "")
    number = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 9 else None
    paper = paper_asked_for(_charter(request), number) if kind in KINDS else None
    if paper is None:
        raise Http404
    answer = HttpResponse(_file(request, paper, kind), content_type=KINDS[kind])
    name = slugify(str(Translated(paper.version.content["title"]))) or "charter"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{paper.version.number}.{kind}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _file(request: HttpRequest, paper: Paper, kind: str) -> bytes | str:
    signatures = list(signatures_of(paper.adoption)) if paper.adoption else []
    home, language = request.cluster or request.region, get_language() or "de"
    if kind == "pdf":
        return charter_pdf(paper, signatures, home.name if home else Translated(), language)
    if kind == "html":
        return charter_html(paper, signatures, home.name if home else Translated(), language)
    return charter_json(paper, signatures)
