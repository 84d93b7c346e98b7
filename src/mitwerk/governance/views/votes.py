"""The ballot paper: signed in, or by the link of a mail. What was chosen is shown to nobody again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mitwerk.core.changes import Refused
from mitwerk.governance.actions import cast_vote, withdraw_vote
from mitwerk.governance.actions.drafting import ACT
from mitwerk.governance.actions.voting import already_voted
from mitwerk.governance.forms import PaperForm
from mitwerk.governance.models import Ballot
from mitwerk.governance.queries import ballot_by_id, own_vote, rights_of_person, voting_rights
from mitwerk.governance.queries.ballots import Right
from mitwerk.people.queries import act_link_by_token


def _mine(request: HttpRequest, slug: str, public_id: str, organisation_id: str) -> tuple[Ballot, Right]:
    """A ballot on whose roll an organisation of the user stands, also where it has left the body since the start."""
    ballot = ballot_by_id(public_id)
    right = _right(voting_rights(request.user, ballot), organisation_id) if ballot else None
    if ballot is None or right is None or ballot.body.slug != slug:
        raise Http404
    return ballot, right


def _right(rights: list[Right], organisation_id: str) -> Right | None:
    return next((one for one in rights if one[0]["id"] == organisation_id), None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_cast(request: HttpRequest, slug: str, public_id: str, organisation_id: str) -> HttpResponse:
    """The paper of one organisation, for its delegate and substitutes."""
    ballot, right = _mine(request, slug, public_id, organisation_id)
    return _paper(request, ballot, right, {"is_signed_in": True})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def vote_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same by the link of a mail, without signing in. The right is asked at the click, as everywhere.

    The link is not used up, and nobody notes when it was used: the roll alone says who has voted.
    """
    link = act_link_by_token(token, ACT)
    if link is None:
        raise Http404
    public_id, _colon, organisation_id = link.target.partition(":")
    ballot = ballot_by_id(public_id)
    right = _right(rights_of_person(link.person, ballot), organisation_id) if ballot else None
    if ballot is None or right is None or not link.is_open:
        told = _("This link is no longer good: the ballot is over, or somebody else votes for your organisation now.")
        return render(request, "governance/vote_over.html", {"title": _("Vote"), "text": told}, status=410)
    return _paper(request, ballot, right, {"is_signed_in": False})


def _paper(request: HttpRequest, ballot: Ballot, right: Right, more: dict[str, Any]) -> HttpResponse:
    """The paper, the answer to a vote, or why none is taken. The receipt comes with the answer, and never again."""
    entry, person = right
    form = PaperForm(request.POST if request.method == "POST" else None, ballot=ballot)
    has_voted = entry["id"] in ballot.roll.voted
    refused = "" if ballot.is_running else _("The ballot is over.")
    context: dict[str, Any] = {"title": ballot.title, "ballot": ballot, "entry": entry, "form": form, **more}
    if request.method == "POST" and not refused and form.is_valid():
        try:
            code = cast_vote(ballot=ballot, organisation_id=entry["id"], person=person, **form.cleaned_data)
        except Refused as refusal:
            refused = str(refusal)
        else:
            return render(request, "governance/vote_done.html", {**context, "code": code})
    if has_voted and not refused:
        refused = already_voted()
    context |= {"refused": refused, "own": own_vote(ballot, entry["id"]) if has_voted else None}
    return render(request, "governance/vote_cast.html", context, status=409 if refused else 200)


@login_required
@require_POST
def vote_withdraw(request: HttpRequest, slug: str, public_id: str, organisation_id: str) -> HttpResponse:
    """Take an open vote back."""
    ballot, right = _mine(request, slug, public_id, organisation_id)
    try:
        withdraw_vote(ballot=ballot, organisation_id=organisation_id, person=right[1])
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The vote is taken back. Your organisation can vote anew until the close."))
    return redirect("governance:vote_cast", slug=slug, public_id=public_id, organisation_id=organisation_id)
