"""The editors write the text: outline, paragraphs, sections, goals. Two at once: nobody's words are lost."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms.textdiff import diff, merge
from mitwerk.charter.actions import (
    Overtaken,
    add_paragraph,
    confirm_translation,
    drop_attempt,
    drop_paragraph,
    drop_section,
    move_paragraph,
    move_section,
    note_figure,
    restore_paragraph,
    write_paragraph,
    write_section,
)
from mitwerk.charter.forms import FigureForm, NewParagraphForm, ParagraphForm, SectionForm, initial_of
from mitwerk.charter.models import Attempt, Charter, Paragraph, Section
from mitwerk.charter.queries.suggestions import count_by_paragraph
from mitwerk.charter.queries.texts import (
    gone_paragraphs,
    is_ahead,
    latest_version,
    outline,
    own_attempts,
    section_by_id,
    wording_at,
    wordings_of,
)
from mitwerk.charter.views.access import Visit, do, form_page, gives_text_back, kept, kept_paragraph, what_is_shown
from mitwerk.core.changes import Refused
from mitwerk.core.forms import notes_on
from mitwerk.core.listing import Choice, page_of
from mitwerk.core.translated import Translated
from mitwerk.core.wording import codes, is_same, lacks_of

WAYS = {"up": -1, "down": 1}


def _text_page(charter: Charter) -> str:
    return Visit(charter, [], None).url("text_edit")


@login_required
@never_cache
@require_safe
def text_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole text as the editors have it, with what each paragraph lacks."""
    charter = kept(request, public_id)
    version = latest_version(charter)
    context = {
        "title": _("The text"), "charter": charter, "sections": outline(charter), "version": version,
        "is_ahead": is_ahead(charter, version), "counts": count_by_paragraph(charter),
        "attempts": own_attempts(request.user, charter), "gone": gone_paragraphs(charter)[:20], **what_is_shown(),
    }  # fmt: skip
    return render(request, "charter/text_edit.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gives_text_back
def paragraph_edit(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    """Write a paragraph. Whoever comes second gets both texts, a proposal made of both, and keeps their own."""
    charter = kept(request, public_id)
    paragraph = kept_paragraph(charter, anchor)
    if request.method != "POST":
        form = ParagraphForm(is_goal=paragraph.is_goal, initial=initial_of(paragraph))
        return _paragraph_page(request, charter, paragraph, form)
    form = ParagraphForm(request.POST, is_goal=paragraph.is_goal)
    if not form.is_valid():
        return _paragraph_page(request, charter, paragraph, form)
    try:
        write_paragraph(
            paragraph=paragraph, revision=form.cleaned_data["revision"], values=form.values(), actor=request.user
        )
    except Overtaken as overtaken:
        return _both_texts(request, charter, overtaken.paragraph, overtaken.attempt)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect(f"{_text_page(charter)}#p-{anchor}")


def _paragraph_page(
    request: HttpRequest, charter: Charter, paragraph: Paragraph, form: ParagraphForm, status: int = 200, **more: Any
) -> HttpResponse:
    field: Any = form.fields["text"]
    field.widget.notes = notes_on(lacks_of(paragraph, "text"))
    attempt = own_attempts(request.user, charter).filter(anchor=paragraph.public_id).first()
    context = {
        "title": _("Goal") if paragraph.is_goal else _("Paragraph"), "charter": charter, "paragraph": paragraph,
        "form": form, "attempt": None if more else attempt, "behind": paragraph.behind.get("text", {}), **more,
    }  # fmt: skip
    return render(request, "charter/paragraph_edit.html", context, status=status)


def _both_texts(request: HttpRequest, charter: Charter, paragraph: Paragraph, attempt: Attempt) -> HttpResponse:
    """409: what it says now, what was written, and in the form what both make together."""
    proposed, rows = propose(charter, paragraph, attempt)
    form = ParagraphForm(is_goal=paragraph.is_goal, initial={**initial_of(paragraph), **proposed})
    return _paragraph_page(
        request, charter, paragraph, form, 409, compared=rows, own=attempt,
        is_clean=not any(row["conflicts"] for row in rows),
    )  # fmt: skip


def propose(charter: Charter, paragraph: Paragraph, attempt: Attempt) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Three-way merge in each language; where both changed the same words, the writer's own stand in the form."""
    base = wording_at(charter, paragraph.public_id, attempt.revision)
    was, mine = (base.text["text"] if base else {}), attempt.text.get("text", {})
    proposed, rows = {}, []
    for code in codes():
        one, now = mine.get(code, ""), paragraph.text.get(code, "")
        if is_same(one, now):
            proposed[code] = now
            continue
        merged = merge(was.get(code, ""), one, now)
        proposed[code] = merged.text
        rows.append({"language": code, "mine": one, "now": now, "parts": diff(now, one), "conflicts": merged.conflicts})
    found: dict[str, Any] = {"text": Translated(proposed)}
    for name in ("measure", "target_year"):
        if name in attempt.text:
            found[name] = attempt.text[name]
    return found, rows


@login_required
@never_cache
@require_safe
def attempt_open(request: HttpRequest, public_id: str, attempt_id: str) -> HttpResponse:
    """What I wrote and could not save, beside what the paragraph says now."""
    charter = kept(request, public_id)
    attempt = get_object_or_404(own_attempts(request.user, charter), public_id=attempt_id)
    paragraph = kept_paragraph(charter, attempt.anchor)
    proposed, rows = propose(charter, paragraph, attempt)
    form = ParagraphForm(is_goal=paragraph.is_goal, initial={**initial_of(paragraph), **proposed})
    return _paragraph_page(
        request, charter, paragraph, form, compared=rows, own=attempt,
        is_clean=not any(row["conflicts"] for row in rows),
    )  # fmt: skip


@login_required
@require_POST
def attempt_drop(request: HttpRequest, public_id: str, attempt_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    attempt = get_object_or_404(own_attempts(request.user, charter), public_id=attempt_id)
    return do(request, lambda: drop_attempt(attempt=attempt), _("Dropped."), _text_page(charter))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@gives_text_back
def paragraph_add(request: HttpRequest, public_id: str, section_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    section = _section(charter, section_id)
    is_goal = section.kind == Section.Kind.GOALS
    form = NewParagraphForm(request.POST if request.method == "POST" else None, initial={"is_goal": is_goal})
    if request.method == "POST" and form.is_valid():
        try:
            made = add_paragraph(section=section, values=form.cleaned_data, actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{_text_page(charter)}#p-{made.public_id}")
    return form_page(request, charter, _("New paragraph"), form, _text_page(charter), _("Save"), lead=section.title)


@login_required
@require_POST
def paragraph_move(request: HttpRequest, public_id: str, anchor: str, way: str) -> HttpResponse:
    charter = kept(request, public_id)
    paragraph = kept_paragraph(charter, anchor)
    if way not in WAYS:
        raise Http404
    move_paragraph(paragraph=paragraph, by=WAYS[way], actor=request.user)
    return redirect(f"{_text_page(charter)}#p-{anchor}")


@login_required
@require_POST
def paragraph_drop(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    charter = kept(request, public_id)
    paragraph = kept_paragraph(charter, anchor)
    done = _("Taken out. It can be put back below the text.")
    return do(request, lambda: drop_paragraph(paragraph=paragraph, actor=request.user), done, _text_page(charter))


@login_required
@require_POST
def paragraph_restore(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    charter = kept(request, public_id)
    paragraph = get_object_or_404(gone_paragraphs(charter), public_id=anchor)
    return do(
        request, lambda: restore_paragraph(paragraph=paragraph, actor=request.user), _("Put back."),
        f"{_text_page(charter)}#p-{anchor}",
    )  # fmt: skip


@login_required
@never_cache
@require_safe
def paragraph_history(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    """Every wording it ever had, each beside the one before it."""
    charter = kept(request, public_id)
    wordings = list(wordings_of(charter, anchor))
    if not wordings:
        raise Http404
    rows = [
        {"wording": one, "texts": _against(one.text["text"], before.text["text"] if before else {})}
        for one, before in zip(wordings, [*wordings[1:], None], strict=True)
    ]
    page = page_of(rows, request.GET.get("page"), 20)
    context = {"title": _("History of a paragraph"), "charter": charter, "page": page, "choice": Choice({})}
    return render(request, "charter/paragraph_history.html", context)


def _against(now: dict[str, str], was: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {"language": code, "parts": diff(was.get(code, ""), now.get(code, ""))}
        for code in codes()
        if now.get(code, "") != was.get(code, "")
    ]


@login_required
@require_POST
def translation_confirm(request: HttpRequest, public_id: str, anchor: str, language: str) -> HttpResponse:
    """This language is still right."""
    charter = kept(request, public_id)
    paragraph = kept_paragraph(charter, anchor)
    if language not in codes():
        raise Http404
    return do(
        request, lambda: confirm_translation(paragraph=paragraph, language=language, actor=request.user),
        _("Noted: it is still right."), f"{_text_page(charter)}#p-{anchor}",
    )  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def figure_edit(request: HttpRequest, public_id: str, anchor: str) -> HttpResponse:
    """Where a goal stands."""
    charter = kept(request, public_id)
    paragraph = kept_paragraph(charter, anchor)
    if not paragraph.is_goal:
        raise Http404
    form = FigureForm(request.POST if request.method == "POST" else None, initial={"figure": paragraph.figure})
    if request.method == "POST" and form.is_valid():
        note_figure(paragraph=paragraph, figure=form.cleaned_data["figure"], actor=request.user)
        messages.success(request, _("Saved."))
        return redirect(f"{_text_page(charter)}#p-{anchor}")
    return form_page(
        request, charter, _("Where a goal stands"), form, _text_page(charter), _("Save"), lead=paragraph.text
    )


def _section(charter: Charter, section_id: str) -> Section:
    section = section_by_id(charter, section_id)
    if section is None:
        raise Http404
    return section


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section_edit(request: HttpRequest, public_id: str, section_id: str = "") -> HttpResponse:
    charter = kept(request, public_id)
    section = _section(charter, section_id) if section_id else Section(charter=charter)
    initial = {"title": section.title, "kind": section.kind}
    form = SectionForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        write_section(section=section, values=form.cleaned_data, actor=request.user)
        messages.success(request, _("Saved."))
        return redirect(_text_page(charter))
    return form_page(request, charter, _("Section"), form, _text_page(charter), _("Save"))


@login_required
@require_POST
def section_move(request: HttpRequest, public_id: str, section_id: str, way: str) -> HttpResponse:
    charter = kept(request, public_id)
    section = _section(charter, section_id)
    if way not in WAYS:
        raise Http404
    move_section(section=section, by=WAYS[way], actor=request.user)
    return redirect(_text_page(charter))


@login_required
@require_POST
def section_drop(request: HttpRequest, public_id: str, section_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    section = _section(charter, section_id)
    done = _("The section is gone.")
    return do(request, lambda: drop_section(section=section, actor=request.user), done, _text_page(charter))
