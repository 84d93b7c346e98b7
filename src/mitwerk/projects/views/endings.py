"""A project ends, and its partners confirm what it proved: signed in, or by the link in the mail."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mitwerk.algorithms.pipeline import ENDING
from mitwerk.core.changes import Refused
from mitwerk.people.models import Person
from mitwerk.people.views import LinkedAct, act_page
from mitwerk.projects.actions import Outcome, answer_proofs, end_project
from mitwerk.projects.forms import EndForm, ProofForm
from mitwerk.projects.models import Project, Proof
from mitwerk.projects.queries.endings import PROVE, open_proofs, proofs_for
from mitwerk.projects.queries.pipeline import carried_projects, moves_for
from mitwerk.vocabularies.models import Concept


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def project_end(request: HttpRequest, slug: str) -> HttpResponse:
    """How it ends, what came of it, and what it proved: one form."""
    project = get_object_or_404(carried_projects(request.user), slug=slug)
    if not any(move.verb in ENDING for move in moves_for(request.user, project)):
        raise Http404
    is_sent = request.method == "POST"
    form = EndForm(request.POST if is_sent else None, request.FILES if is_sent else None, project=project)
    if is_sent and form.is_valid():
        return _ended(request, project, form)
    return _end_page(request, project, form)


def _ended(request: HttpRequest, project: Project, form: EndForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        end_project(
            project=project, verb=data["verb"], text=data["text"], outcome=Outcome(**form.outcome()),
            actor=request.user,
        )  # fmt: skip
    except Refused as refused:
        form.add_error(None, str(refused))
        return _end_page(request, project, form)
    messages.success(request, _("The project has ended. Thank you for what you wrote."))
    return redirect("projects:project_room", slug=project.slug)


def _end_page(request: HttpRequest, project: Project, form: EndForm) -> HttpResponse:
    context = {
        "title": _("End the project"), "form": form, "project": project, "button": _("End the project"),
        "back": reverse("projects:project_room", args=[project.slug]), "is_wide": True,
    }  # fmt: skip
    return render(request, "projects/group_form.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof_answer(request: HttpRequest, slug: str, project: str) -> HttpResponse:
    """Which competences the project proved for my organisation: all, some or none."""
    proofs = list(open_proofs(request.user).filter(organisation__slug=slug, project__slug=project))
    if not proofs:
        raise Http404
    one = proofs[0]
    concepts = Concept.objects.filter(pk__in=[proof.concept_id for proof in proofs]).prefetch_related("labels")
    form = ProofForm(request.POST if request.method == "POST" else None, concepts=concepts)
    if request.method == "POST" and form.is_valid():
        try:
            number = answer_proofs(
                project=one.project, organisation=one.organisation, confirmed=form.cleaned_data["concepts"],
                actor=request.user,
            )  # fmt: skip
            done = _("Thank you. The reference stands on your profile.") if number else _("Thank you. Nothing is said.")
            messages.success(request, done)
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("projects:project_room", slug=project)
    context = {
        "title": _("What did the project prove?"), "form": form, "project": one.project, "button": _("Answer"),
        "back": reverse("projects:project_mine"), "lead": one.organisation.name,
    }  # fmt: skip
    return render(request, "projects/group_form.html", context)


def _find(person: Person, target: str) -> list[Proof] | None:
    return proofs_for(person, target) or None


def _told(proofs: list[Proof]) -> str:
    return _("%(project)s: with one click you confirm that it proved for %(name)s: %(what)s.") % {
        "project": proofs[0].project.title,
        "name": proofs[0].organisation.name,
        "what": ", ".join(str(one.concept) for one in proofs),
    }


def _confirm(proofs: list[Proof], person: Person) -> None:
    one = proofs[0]
    concepts = [proof.concept for proof in proofs]
    answer_proofs(project=one.project, organisation=one.organisation, confirmed=concepts, actor=person.user)


def _other(proofs: list[Proof]) -> tuple[Any, str]:
    names = [proofs[0].organisation.slug, proofs[0].project.slug]
    return _("Confirm only some of them, or none"), reverse("projects:proof_answer", args=names)


LINK = LinkedAct(
    code=PROVE,
    find=_find,
    title=gettext_lazy("What did the project prove?"),
    tell=_told,
    button=gettext_lazy("Yes, all of them"),
    verb=_confirm,
    done=gettext_lazy("Thank you. The reference stands on your profile."),
    other=_other,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def proof_link(request: HttpRequest, token: str) -> HttpResponse:
    """The yes from the mail, without signing in."""
    return act_page(request, token, LINK)
