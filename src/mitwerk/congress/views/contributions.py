"""Contributions in the hands of those who bring them in: write, hand in, follow, name who speaks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import DRAFT, FIRM, HANDED_IN, steps_from
from mitwerk.congress.actions import add_speaker, answer_as_speaker, drop_speaker, take_step, write_contribution
from mitwerk.congress.actions.contributions import SPEAK
from mitwerk.congress.forms import ContributionForm, SpeakerForm
from mitwerk.congress.models import Congress, Contribution, Proceeding, Speaker
from mitwerk.congress.queries.after import was_on_stage
from mitwerk.congress.queries.contributions import calling_congresses, own_contributions, speaker_by_id
from mitwerk.core.changes import Refused
from mitwerk.core.listing import Choice, page_of
from mitwerk.people.models import Person
from mitwerk.people.queries import act_link_by_token, representations_of, represented_organisations

BUTTONS = {
    "submit": gettext_lazy("Hand in"),
    "revise": gettext_lazy("Take back and change"),
    "confirm": gettext_lazy("Confirm: we come"),
    "withdraw": pgettext_lazy("a contribution", "Withdraw"),
}
DONE = {
    "submit": gettext_lazy("Handed in. You hear of the decision by e-mail, and see here at any time where it stands."),
    "revise": gettext_lazy("Taken back. It is a draft again: change it, and hand it in while the call is open."),
    "confirm": gettext_lazy("Confirmed. It gets a room and a time now."),
    "withdraw": gettext_lazy("Withdrawn."),
}


@login_required
@never_cache
@require_safe
def contribution_mine(request: HttpRequest) -> HttpResponse:
    """What my organisations have handed in, and where something can be handed in now."""
    context = {
        "title": _("My contributions"), "page": page_of(own_contributions(request.user), request.GET.get("page")),
        "choice": Choice({}), "calls": list(calling_congresses()),
        "organisations": [one.organisation for one in representations_of(request.user)],
    }  # fmt: skip
    return render(request, "congress/contribution_mine.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_add(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    """Hand something in for an organisation I act for."""
    congress = get_object_or_404(calling_congresses(), public_id=public_id)
    organisation = get_object_or_404(represented_organisations(request.user), slug=slug)
    return _write(request, congress, organisation, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribution_edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on with a draft."""
    found = _own(request, public_id)
    if found.state != DRAFT and request.method != "POST":
        raise Http404
    return _write(request, found.congress, found.organisation, found)


def _write(
    request: HttpRequest, congress: Congress, organisation: Organisation, contribution: Contribution | None
) -> HttpResponse:
    form = ContributionForm(
        request.POST if request.method == "POST" else None, congress=congress, organisation=organisation,
        initial=_initial(contribution, congress),
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            written = write_contribution(
                congress=congress, organisation=organisation, contribution=contribution, values=form.values(),
                actor=request.user,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Kept as a draft. Name who speaks, then hand it in."))
            return redirect("congress:contribution_detail", public_id=written.public_id)
    title = _("Change the contribution") if contribution else _("Hand in a contribution")
    context = {
        "title": title, "form": form, "kicker": congress.event.title, "lead": organisation.name,
        "button": _("Keep as a draft"), "back": _back(contribution),
    }  # fmt: skip
    return render(request, "congress/congress_form.html", context)


def _back(contribution: Contribution | None) -> str:
    name = "congress:contribution_detail" if contribution else "congress:contribution_mine"
    return str(redirect(name, *([contribution.public_id] if contribution else [])).url)


def _initial(contribution: Contribution | None, congress: Congress) -> dict[str, Any]:
    if contribution is None:
        first = congress.formats.first()
        return {"kind": first.kind if first else "", "language": next(iter(congress.languages), "")}
    names = ("kind", "title", "abstract", "language", "wishes")
    return {
        **{name: getattr(contribution, name) for name in names},
        "project": contribution.project.slug if contribution.project else None,
        "competences": [one.slug for one in contribution.competences.all()],
        "away": ["-".join(half) for half in contribution.away],
    }


def _own(request: HttpRequest, public_id: str) -> Contribution:
    return get_object_or_404(own_contributions(request.user), public_id=public_id)


@login_required
@never_cache
@require_safe
def contribution_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """Where it stands, what comes next, and who speaks."""
    found = _own(request, public_id)
    was = was_on_stage(found)
    steps = steps_from(found.state, FIRM, is_calling=found.congress.is_calling)
    context = {
        "title": found.title, "contribution": found, "steps": list(found.steps.all()),
        "buttons": [(step.verb, BUTTONS[step.verb]) for step in steps],
        "speakers": list(found.speakers.all()), "may_change": found.state == DRAFT,
        "may_name": found.state == DRAFT or found.state in HANDED_IN, "was_on_stage": was,
        "proceeding": Proceeding.objects.filter(contribution=found).first() if was else None,
    }  # fmt: skip
    return render(request, "congress/contribution_detail.html", context)


@login_required
@require_POST
def contribution_step(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    found = _own(request, public_id)
    try:
        take_step(contribution=found, verb=verb, who=FIRM, actor=request.user)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, str(DONE[verb]))
    return redirect("congress:contribution_detail", public_id=public_id)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_add(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name who speaks; a mail asks them."""
    found = _own(request, public_id)
    form = SpeakerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            add_speaker(contribution=found, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Named. A mail asks whether the programme may say so."))
            return redirect("congress:contribution_detail", public_id=public_id)
    context = {
        "title": _("Who speaks?"), "form": form, "kicker": found.title, "button": _("Name"), "back": _back(found),
        "lead": _("No sign-in is needed. The name is public once they agree."),
    }  # fmt: skip
    return render(request, "congress/congress_form.html", context)


@login_required
@require_POST
def speaker_drop(request: HttpRequest, public_id: str, speaker_id: str) -> HttpResponse:
    found = _own(request, public_id)
    drop_speaker(speaker=get_object_or_404(found.speakers.all(), public_id=speaker_id), actor=request.user)
    messages.success(request, _("No longer a speaker; the link of the mail leads nowhere."))
    return redirect("congress:contribution_detail", public_id=public_id)


ANSWERS = {
    "yes": gettext_lazy("Thank you. Your name stands in the programme."),
    "no": gettext_lazy("Noted. Your name does not stand in the programme."),
}


def _find(person: Person, target: str) -> Speaker | None:
    found = speaker_by_id(target)
    return found if found and found.person_id == person.pk and found.contribution.state in HANDED_IN else None


def _told(speaker: Speaker) -> str:
    one = speaker.contribution
    return _("%(name)s has named you as a speaker of “%(title)s” at “%(congress)s”. May the programme say so?") % {
        "name": one.organisation.name, "title": one.title, "congress": one.congress.event.title,
    }  # fmt: skip


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def speaker_link(request: HttpRequest, token: str) -> HttpResponse:
    """The answer from the mail, without signing in: yes, and by the same link later no, or yes again.

    Opening it does nothing: mail scanners open every link.
    """
    link = act_link_by_token(token, SPEAK)
    if link is None:
        raise Http404
    speaker = _find(link.person, link.target)
    refused = "" if link.is_open and speaker else _("This link is no longer good.")
    answer = request.POST.get("answer")
    if request.method == "POST" and speaker and not refused and answer in ANSWERS:
        try:
            answer_as_speaker(speaker=speaker, agrees=answer == "yes")
        except Refused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, str(ANSWERS[answer]))
            return redirect("congress:speaker_link", token=token)
    context = {"title": _("Stand in the programme"), "speaker": speaker, "refused": refused}
    context["text"] = _told(speaker) if speaker else ""
    return render(request, "congress/speaker_link.html", context, status=410 if refused else 200)
