"""The profile in the hands of an organisation's own people: read, write, hand in, confirm."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.actors.models import Organisation
from mitwerk.core.changes import Refused
from mitwerk.people.models import Person
from mitwerk.people.queries import organisation_of, represented_organisations
from mitwerk.people.views import LinkedAct, act_page
from mitwerk.pictures.models import Picture
from mitwerk.profiles.actions import ACT, confirm_profile, drop_draft, hand_in_draft, write_draft
from mitwerk.profiles.actions.logos import keep_logo
from mitwerk.profiles.forms import RowsFormSet, SectionForm, rows_formset, section_form
from mitwerk.profiles.mails import profile_page
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import (
    SECTIONS,
    Content,
    content_of,
    differences,
    last_confirmed,
    next_steps,
    open_confirmation,
    open_draft,
    seen_mark,
)
from mitwerk.profiles.queries.overview import summaries

NOTE_LENGTH = 2000


def _mine(request: HttpRequest, slug: str) -> Organisation:
    """An organisation the user acts for; everything else is missing."""
    return get_object_or_404(represented_organisations(request.user), slug=slug)


@login_required
@never_cache
@require_safe
def profile_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands, what would change, what to do next."""
    organisation = _mine(request, slug)
    draft = open_draft(organisation)
    content = draft.content if draft else content_of(organisation)
    context = {
        "title": _("Profile"),
        "organisation": organisation,
        "draft": draft,
        "can_hand_in": draft is not None and draft.state != Draft.State.WAITING,
        "differences": differences(draft) if draft else [],
        "steps": next_steps(content),
        "sections": summaries(content),
        "question": open_confirmation(organisation),
        "last_confirmed": last_confirmed(organisation),
        "note_length": NOTE_LENGTH,
    }
    return render(request, "profiles/profile_detail.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest, slug: str, section: str) -> HttpResponse:
    """One section. Saving writes it into the draft; what everybody sees does not change by it."""
    organisation = _mine(request, slug)
    draft = open_draft(organisation)
    content = draft.content if draft else content_of(organisation)
    form, rows = _bound(request, section, organisation, content)
    if request.method == "POST" and _is_right(form, rows) and _is_fresh(request, form, content, section):
        values = {section: rows.plain_rows()} if rows is not None else _plain_values(form, organisation, content)
        write_draft(organisation=organisation, values=values, actor=request.user)
        messages.success(request, _("Saved in your draft. It is not public yet."))
        again = "more" in request.POST
        return redirect(f"profiles:profile_{section}" if again else "profiles:profile_detail", slug=slug)
    context = {
        "title": SECTIONS[section].title,
        "section": SECTIONS[section],
        "organisation": organisation,
        "form": form,
        "rows": rows,
        "seen": seen_mark(content, section),
        "logo": Picture.objects.filter(pk=content["logo"]).first() if section == "logo" else None,
    }
    return render(request, "profiles/profile_edit.html", context)


def _bound(
    request: HttpRequest, section: str, organisation: Organisation, content: Content
) -> tuple[SectionForm, RowsFormSet | None]:
    """The form of the section, and its rows where it has some; filled from what was sent, if anything was."""
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (None, None)
    if SECTIONS[section].is_rows:
        return SectionForm(data), rows_formset(section, organisation, content, data)
    return section_form(section, organisation, content, data, files), None


def _is_right(form: SectionForm, rows: RowsFormSet | None) -> bool:
    are_rows_right = rows is None or rows.is_valid()
    return form.is_valid() and are_rows_right


def _is_fresh(request: HttpRequest, form: SectionForm, content: Content, section: str) -> bool:
    """A colleague wrote the same section meanwhile: say so, keep what was typed, and let it be saved at the second
    press."""
    if form.cleaned_data.get("seen") in {"", seen_mark(content, section)}:
        return True
    form.add_error(
        None,
        _("A colleague has changed this page meanwhile. What you typed is here; save again to put it in its place."),
    )
    return False


def _plain_values(form: SectionForm, organisation: Organisation, content: Content) -> Content:
    if "logo" not in form.fields:
        return form.plain_values()
    upload, is_removed = form.cleaned_data.get("logo"), form.cleaned_data.get("remove")
    if upload:
        return {"logo": keep_logo(organisation=organisation, file=upload).pk}
    return {"logo": None if is_removed else content.get("logo")}


@login_required
@require_POST
def profile_hand_in(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the draft to the office."""
    organisation = _mine(request, slug)
    draft = open_draft(organisation)
    if draft is None:
        messages.error(request, _("There is nothing to hand in."))
        return redirect("profiles:profile_detail", slug=slug)
    try:
        draft = hand_in_draft(draft=draft, note=request.POST.get("note", "")[:NOTE_LENGTH], actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        handed_in, public = _("Handed in. The office reads it and answers by e-mail."), _("Your changes are public.")
        messages.success(request, public if draft.state == Draft.State.CLEARED else handed_in)
    return redirect("profiles:profile_detail", slug=slug)


@login_required
@require_POST
def profile_drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Forget the draft."""
    organisation = _mine(request, slug)
    draft = open_draft(organisation)
    if draft:
        drop_draft(draft=draft, actor=request.user)
        messages.success(request, _("The draft is dropped. The profile stays as everybody sees it."))
    return redirect("profiles:profile_detail", slug=slug)


@login_required
@require_POST
def profile_confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything is right."""
    confirm_profile(organisation=_mine(request, slug), actor=request.user)
    messages.success(request, _("Thank you. The profile counts as right for another year."))
    return redirect("profiles:profile_detail", slug=slug)


def _confirm(organisation: Organisation, person: Person) -> None:
    confirm_profile(organisation=organisation, actor=person.user)


def _told(organisation: Organisation) -> str:
    return _("With one click you say that everything in the profile of %(name)s is still right.") % {
        "name": organisation.name
    }


def _change(organisation: Organisation) -> tuple[Any, str]:
    return _("Change something"), profile_page(organisation)


CONFIRM = LinkedAct(
    code=ACT,
    find=organisation_of,
    title=gettext_lazy("Is the profile still right?"),
    tell=_told,
    button=gettext_lazy("Yes, all right"),
    verb=_confirm,
    done=gettext_lazy("Thank you. The profile counts as right for another year."),
    other=_change,
)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def profile_confirm_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the yearly mail, without signing in."""
    return act_page(request, token, CONFIRM)


