"""The workshop of a charter: where it stands, what can be done now, the text, and what was contributed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms import workshop as phases
from mitwerk.charter.actions import (
    contribute,
    drop_question,
    drop_theme,
    group_contributions,
    withdraw_contribution,
    write_question,
    write_theme,
)
from mitwerk.charter.forms import ContributionForm, GroupForm, QuestionForm, ThemeForm
from mitwerk.charter.models import Charter, Question, Theme
from mitwerk.charter.queries.adoption import adoption_under_way, signatures_of, signing_organisations
from mitwerk.charter.queries.charters import charter_in_force, my_charters, periods_of
from mitwerk.charter.queries.contributions import contributions_by_theme, own_contributions
from mitwerk.charter.queries.suggestions import count_by_paragraph, own_suggestions
from mitwerk.charter.queries.texts import is_ahead, latest_version, own_attempts, parts_of
from mitwerk.charter.rules import is_time_for
from mitwerk.charter.views.access import (
    Visit,
    do,
    entered,
    form_page,
    give_back,
    kept,
    what_is_shown,
)
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of


@login_required
@never_cache
@require_safe
def charter_mine(request: HttpRequest) -> HttpResponse:
    """The charters I work on."""
    page = page_of(my_charters(request.user), request.GET.get("page"))
    return render(request, "charter/charter_mine.html", {"title": _("Charters"), "page": page, "choice": Choice({})})


@login_required
@never_cache
@require_safe
def workshop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where the charter stands, and what is mine to do."""
    visit = entered(request, public_id)
    charter = visit.charter
    keeps = visit.keeps
    context = {
        "title": charter.title, "keeps": keeps, **steps_and_text(visit),
        "under_way": adoption_under_way(charter), "attempts": own_attempts(request.user, charter) if keeps else [],
        "mine": own_suggestions(request.user, charter).order_by("-number")[:10] if visit.organisations else [],
        **_signing(request, charter),
    }  # fmt: skip
    return render(request, "charter/workshop.html", context)


def steps_and_text(visit: Visit) -> dict[str, Any]:
    """What signed in and by the link is the same: phases with their days, the newest version, what may be done."""
    charter, keeps = visit.charter, visit.keeps
    version = latest_version(charter)
    reads = keeps or phases.reads(charter.phase, phases.TEXT)
    return {
        "visit": visit, "charter": charter, "steps": phase_steps(charter),
        "period": periods_of(charter).get(charter.phase), "version": version if reads else None,
        "parts": parts_of(version.content) if version and reads else [],
        "counts": count_by_paragraph(charter) if version and reads else {},
        "is_ahead": keeps and is_ahead(charter, version),
        "may_contribute": bool(visit.organisations) and is_time_for(charter, phases.CONTRIBUTE),
        "may_suggest": bool(visit.organisations) and is_time_for(charter, phases.PROPOSE),
        "may_answer": keeps and is_time_for(charter, phases.ANSWER),
        "may_submit": keeps and is_time_for(charter, phases.SUBMIT),
        "may_publish": keeps and is_time_for(charter, phases.PUBLISH),
        "language": get_language(), **what_is_shown(),
    }  # fmt: skip


def phase_steps(charter: Charter) -> list[tuple[str, str]]:
    """For the stepper: label and state of each phase."""
    at, labels = phases.ORDER.index(charter.phase), dict(Charter.Phase.choices)
    states = ["done" if number < at else "current" if number == at else "todo" for number in range(len(phases.ORDER))]
    return [(str(capfirst(labels[name])), state) for name, state in zip(phases.ORDER, states, strict=True)]


def _signing(request: HttpRequest, charter: Charter) -> dict[str, Any]:
    in_force = charter_in_force(charter)
    if in_force is None:
        return {}
    signatures = list(signatures_of(in_force))
    standing = {one.organisation_id: one for one in signatures if one.withdrawn_at is None}
    rows = [(one, standing.get(one.pk)) for one in signing_organisations(request.user, charter)]
    return {"in_force": in_force, "signing": rows, "signed": len(standing)}


def contribution_list(request: HttpRequest, visit: Visit) -> HttpResponse:
    """What was contributed, and the form to contribute."""
    charter, form = visit.charter, None
    if visit.organisations and visit.person is not None and is_time_for(charter, phases.CONTRIBUTE):
        form = ContributionForm(
            request.POST if request.method == "POST" else None, charter=charter, organisations=visit.organisations,
            language=get_language() or charter.language, initial={"question": request.GET.get("question")},
        )  # fmt: skip
        if request.method == "POST" and form.is_valid():
            try:
                contribute(charter=charter, organisation=form.acts_for, person=visit.person, values=form.values())
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("Thank you. Your contribution is noted."))
                return redirect(visit.url("contribution_list"))
    elif request.method == "POST":
        told = _("Contributions are not collected now. What you wrote is kept below: please copy it.")
        return give_back(request, told, 409)
    page = page_of(contributions_by_theme(charter), request.GET.get("page"))
    context = {
        "title": _("Contributions"), "visit": visit, "charter": charter, "form": form, "page": page,
        "keeps": visit.keeps,
        "choice": Choice({}), "questions": charter.questions.all(), "themes": charter.themes.select_related("section"),
        "own": set(own_contributions(visit.organisations, charter).values_list("public_id", flat=True)) if form else (),
    }  # fmt: skip
    return render(request, "charter/contribution_list.html", context)


def contribution_drop(request: HttpRequest, visit: Visit, contribution_id: str) -> HttpResponse:
    """Take back a contribution of my organisation."""
    person = visit.actor
    one = get_object_or_404(own_contributions(visit.organisations, visit.charter), public_id=contribution_id)
    to = visit.url("contribution_list")
    return do(request, lambda: withdraw_contribution(contribution=one, person=person), _("Taken back."), to)


@login_required
@require_POST
def contribution_group(request: HttpRequest, public_id: str) -> HttpResponse:
    """The editors put contributions together."""
    charter = kept(request, public_id)
    form = GroupForm(request.POST, charter=charter)
    if form.is_valid():
        data = form.cleaned_data
        group_contributions(charter=charter, ids=data["chosen"], theme=data["theme"], actor=request.user)
        messages.success(request, _("Grouped."))
    else:
        messages.error(request, _("Tick the contributions first."))
    return redirect("charter:contribution_list", public_id=public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def question_edit(request: HttpRequest, public_id: str, question_id: str = "") -> HttpResponse:
    """Ask something, or ask it in other words."""
    charter = kept(request, public_id)
    question = get_object_or_404(charter.questions, public_id=question_id) if question_id else Question(charter=charter)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial={"text": question.text})
    back = Visit(charter, [], None).url("contribution_list")
    if request.method == "POST" and form.is_valid():
        write_question(question=question, values=form.cleaned_data, actor=request.user)
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(request, charter, _("Question"), form, back, _("Save"))


@login_required
@require_POST
def question_drop(request: HttpRequest, public_id: str, question_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    question = get_object_or_404(charter.questions, public_id=question_id)
    done, to = _("The question is gone; its answers stay."), Visit(charter, [], None).url("contribution_list")
    return do(request, lambda: drop_question(question=question, actor=request.user), done, to)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: HttpRequest, public_id: str, theme_id: str = "") -> HttpResponse:
    """A theme under which contributions are grouped."""
    charter = kept(request, public_id)
    theme = get_object_or_404(charter.themes, public_id=theme_id) if theme_id else Theme(charter=charter)
    initial = {"title": theme.title, "section": theme.section.public_id if theme.section else None}
    form = ThemeForm(request.POST if request.method == "POST" else None, charter=charter, initial=initial)
    back = Visit(charter, [], None).url("contribution_list")
    if request.method == "POST" and form.is_valid():
        write_theme(theme=theme, values=form.cleaned_data, actor=request.user)
        messages.success(request, _("Saved."))
        return redirect(back)
    return form_page(request, charter, _("Theme"), form, back, _("Save"))


@login_required
@require_POST
def theme_drop(request: HttpRequest, public_id: str, theme_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    theme = get_object_or_404(charter.themes, public_id=theme_id)
    done, to = _("The theme is gone; its contributions stay."), Visit(charter, [], None).url("contribution_list")
    return do(request, lambda: drop_theme(theme=theme, actor=request.user), done, to)
