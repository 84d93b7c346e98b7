"""What the editors set up: days and phases, guests and editors, a text taken over, adoption; and signatures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.algorithms import workshop as phases
from mitwerk.charter.actions import (
    dismiss_editor,
    drop_manuscript,
    end_guest,
    invite_guest,
    keep_manuscript,
    name_editor,
    open_phase,
    set_periods,
    sign,
    submit_version,
    take_back,
    take_manuscript,
    withdraw_signature,
)
from mitwerk.charter.forms import DaysForm, EditorForm, GuestForm, ManuscriptForm, SubmitForm, told_of
from mitwerk.charter.models import Charter
from mitwerk.charter.queries.adoption import (
    adoption_under_way,
    deciding_bodies,
    parts_to_decide,
    signatures_of,
    signing_organisations,
)
from mitwerk.charter.queries.charters import (
    charter_in_force,
    invitable_organisations,
    known_person,
    open_guests,
    periods_of,
)
from mitwerk.charter.queries.texts import latest_version, sections_by_id
from mitwerk.charter.rules import is_time_for
from mitwerk.charter.views.access import Visit, do, entered, form_page, kept, what_is_shown
from mitwerk.charter.views.workshops import phase_steps
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.people.queries import person_of


def _page(charter: Charter, name: str) -> str:
    return Visit(charter, [], None).url(name)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phase_plan(request: HttpRequest, public_id: str) -> HttpResponse:
    """From when until when each phase runs, and the button that goes on by hand."""
    charter = kept(request, public_id)
    form = DaysForm(request.POST if request.method == "POST" else None, periods=periods_of(charter))
    if request.method == "POST" and form.is_valid():
        try:
            set_periods(charter=charter, periods=form.periods(), actor=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved. Phases open by themselves on their day, and that is announced."))
            return redirect("charter:workshop", public_id=public_id)
    labels = dict(Charter.Phase.choices)
    nexts = [(name, labels[name]) for name in phases.ORDER if phases.leads_to(charter.phase, name)]
    context = {
        "title": _("Phases and days"), "charter": charter, "form": form, "nexts": nexts,
        "steps": phase_steps(charter), "back": _page(charter, "workshop"),
    }  # fmt: skip
    return render(request, "charter/phase_plan.html", context)


@login_required
@require_POST
def phase_open(request: HttpRequest, public_id: str, phase: str) -> HttpResponse:
    charter = kept(request, public_id)
    done = _("The phase is open. Those who take part hear of it within minutes.")
    return do(
        request, lambda: open_phase(charter=charter, phase=phase, actor=request.user), done,
        _page(charter, "workshop"),
    )  # fmt: skip


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def guest_list(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who takes part beside the members, and who keeps the text beside the office."""
    charter = kept(request, public_id)
    form = GuestForm(request.POST if request.method == "POST" else None, organisations=invitable_organisations(charter))
    if request.method == "POST" and form.is_valid():
        try:
            invite_guest(charter=charter, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Invited. The mail with the link goes out within minutes."))
            return redirect("charter:guest_list", public_id=public_id)
    context = {
        "title": _("Who takes part"), "charter": charter, "form": form, "choice": Choice({}),
        "page": page_of(open_guests(charter), request.GET.get("page")), "editor_form": EditorForm(auto_id="editor_%s"),
        "editors": charter.editors.select_related("person"),
    }  # fmt: skip
    return render(request, "charter/guest_list.html", context)


@login_required
@require_POST
def guest_end(request: HttpRequest, public_id: str, guest_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    guest = get_object_or_404(open_guests(charter), public_id=guest_id)
    done = _("No longer invited; the link of the mail leads nowhere.")
    return do(request, lambda: end_guest(guest=guest, actor=request.user), done, _page(charter, "guest_list"))


@login_required
@require_POST
def editor_add(request: HttpRequest, public_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    form = EditorForm(request.POST)
    person = known_person(charter, form.cleaned_data["email"]) if form.is_valid() else None
    if person is None:
        messages.error(request, _("Nobody among the members’ people has this address. Invite them first."))
        return redirect("charter:guest_list", public_id=public_id)
    done = _("%(name)s keeps the text as well.") % {"name": person.name}
    return do(
        request, lambda: name_editor(charter=charter, person=person, actor=request.user), done,
        _page(charter, "guest_list"),
    )  # fmt: skip


@login_required
@require_POST
def editor_end(request: HttpRequest, public_id: str, person_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    editor = get_object_or_404(charter.editors.select_related("person"), person__public_id=person_id)
    done = _("%(name)s no longer keeps the text.") % {"name": editor.person.name}
    is_own = editor.person.user_id == request.user.pk
    to = reverse("charter:charter_mine") if is_own else _page(charter, "guest_list")
    return do(request, lambda: dismiss_editor(charter=charter, person=editor.person, actor=request.user), done, to)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manuscript_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Start from a text that exists: a file or a paste. Nothing is written before it was looked at."""
    charter = kept(request, public_id)
    form = ManuscriptForm(
        request.POST if request.method == "POST" else None, request.FILES or None,
        initial={"language": charter.language},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = keep_manuscript(
            charter=charter, read=form.read, language=form.cleaned_data["language"], name=form.name,
            actor=request.user,
        )  # fmt: skip
        return redirect("charter:manuscript_show", public_id=public_id, manuscript_id=made.public_id)
    return form_page(
        request, charter, _("Take over a text"), form, _page(charter, "text_edit"), _("Read it"), is_multipart=True
    )


@login_required
@never_cache
@require_safe
def manuscript_show(request: HttpRequest, public_id: str, manuscript_id: str) -> HttpResponse:
    """What was understood, what was left out, and the button that takes it over."""
    charter = kept(request, public_id)
    manuscript = get_object_or_404(charter.manuscripts, public_id=manuscript_id)
    context = {
        "title": _("What we understood"), "charter": charter, "manuscript": manuscript, "choice": Choice({}),
        "page": page_of(manuscript.blocks, request.GET.get("page"), 100),
        "notes": [(told_of(note), note["sample"]) for note in manuscript.notes], **what_is_shown(),
    }  # fmt: skip
    return render(request, "charter/manuscript_show.html", context)


@login_required
@require_POST
def manuscript_take(request: HttpRequest, public_id: str, manuscript_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    manuscript = get_object_or_404(charter.manuscripts, public_id=manuscript_id)
    try:
        number = take_manuscript(manuscript=manuscript, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("charter:manuscript_show", public_id=public_id, manuscript_id=manuscript_id)
    told = ngettext("%(number)s paragraph is taken over.", "%(number)s paragraphs are taken over.", number)
    messages.success(request, told % {"number": number})
    return redirect("charter:text_edit", public_id=public_id)


@login_required
@require_POST
def manuscript_drop(request: HttpRequest, public_id: str, manuscript_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    manuscript = get_object_or_404(charter.manuscripts, public_id=manuscript_id)
    to = _page(charter, "text_edit")
    return do(request, lambda: drop_manuscript(manuscript=manuscript, actor=request.user), _("Dropped."), to)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def adoption(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put the newest version to a body, or see how its decision stands."""
    charter = kept(request, public_id)
    under_way = adoption_under_way(charter)
    form = None
    if under_way is None and is_time_for(charter, phases.SUBMIT):
        bodies = deciding_bodies(charter)
        form = SubmitForm(request.POST if request.method == "POST" else None, bodies=bodies)
        if request.method == "POST" and form.is_valid():
            data = form.cleaned_data
            try:
                submit_version(
                    charter=charter, body=data["body"], by_section=data["by_section"], actor=request.user,
                    closes_at=data["closes_at"] if data["how"] == "ballot" else None,
                )  # fmt: skip
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, _("The version is with the body now."))
                return redirect("charter:adoption", public_id=public_id)
    version = under_way.version if under_way else latest_version(charter)
    context = {
        "title": _("Adoption"), "charter": charter, "form": form, "under_way": under_way, "version": version,
        "parts": parts_to_decide(under_way) if under_way else [], "back": _page(charter, "workshop"),
        "sections": sections_by_id(version.content) if version else {},
    }  # fmt: skip
    return render(request, "charter/adoption.html", context)


@login_required
@require_POST
def adoption_take_back(request: HttpRequest, public_id: str) -> HttpResponse:
    charter = kept(request, public_id)
    under_way = adoption_under_way(charter)
    if under_way is None:
        raise Http404
    done = _("Taken back. Votes that ran are called off.")
    return do(request, lambda: take_back(adoption=under_way, actor=request.user), done, _page(charter, "adoption"))


@login_required
@require_POST
def signature_add(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """My organisation signs the charter in force."""
    visit = entered(request, public_id)
    person, in_force = person_of(request.user), charter_in_force(visit.charter)
    organisation = next((one for one in signing_organisations(request.user, visit.charter) if one.slug == slug), None)
    if person is None or in_force is None or organisation is None:
        raise Http404
    done = _("Thank you. %(name)s stands below the charter now.") % {"name": organisation.name}
    return do(
        request, lambda: sign(adoption=in_force, organisation=organisation, person=person), done,
        visit.url("workshop"),
    )  # fmt: skip


@login_required
@require_POST
def signature_withdraw(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """No longer; the page says so with the day."""
    visit = entered(request, public_id)
    person, in_force = person_of(request.user), charter_in_force(visit.charter)
    organisation = next((one for one in signing_organisations(request.user, visit.charter) if one.slug == slug), None)
    if person is None or in_force is None or organisation is None:
        raise Http404
    signature = get_object_or_404(signatures_of(in_force), organisation=organisation, withdrawn_at=None)
    done = _("The signature is withdrawn. The page of the charter says so with the day.")
    return do(request, lambda: withdraw_signature(signature=signature, person=person), done, visit.url("workshop"))
