"""Mails of the workshop: a phase begins, what became of a suggestion, who is asked to sign."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from mitwerk.actors.models import Organisation
from mitwerk.charter.models import Adoption, Charter, Guest, Period, Suggestion
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person

SUBJECTS = {
    "collect": gettext_noop("What belongs in our charter? %(title)s"),
    "suggest": gettext_noop("Read the draft and suggest changes: %(title)s"),
    "decide": gettext_noop("The charter is being decided about: %(title)s"),
}


def workshop_page(charter: Charter) -> str:
    return absolute(reverse("charter:workshop", args=[charter.public_id]))


def phase_key(period: Period, person: Person) -> str:
    """One mail for each time a phase is opened."""
    opened = int(period.opened_at.timestamp()) if period.opened_at else 0
    return f"charter/{period.charter.public_id}/{period.phase}/{opened}/{person.public_id}"


def _link(token: str) -> str:
    return settings.BASE_URL + reverse("charter:link_home", args=[token])


def mail_phase(period: Period, organisation: Organisation, person: Person, token: str) -> None:
    """To somebody who takes part: what is done now and until when; with a token, the link that needs no sign-in."""
    charter = period.charter
    with override(person.language):
        queue_mail(
            to=person.email,
            subject=_(SUBJECTS[period.phase]) % {"title": charter.title},
            template="charter/phase_mail.txt",
            context={"period": period, "charter": charter, "organisation": organisation, "by_link": bool(token)},
            language=person.language,
            button=Button(
                _("Take part") if token else _("To the workshop"), _link(token) if token else workshop_page(charter)
            ),
            key=phase_key(period, person),
            is_secret=bool(token),
        )


def mail_guest(guest: Guest, token: str) -> None:
    """To a guest: what this is, and their own link."""
    person = guest.person
    with override(person.language):
        queue_mail(
            to=person.email,
            subject=_("You are invited: %(title)s") % {"title": guest.charter.title},
            template="charter/guest_mail.txt",
            context={"charter": guest.charter, "organisation": guest.organisation},
            language=person.language,
            button=Button(_("Take part"), _link(token)),
            key=f"charter/guest/{guest.public_id}",
            is_secret=True,
        )


def mail_answer(suggestion: Suggestion, token: str) -> None:
    """To who made a suggestion: what became of it, and why."""
    subject = gettext_noop("Your suggestion %(number)s: %(state)s")
    _mail_maker(suggestion, subject, "charter/answer_mail.txt", "answer", token)


def mail_unfit(suggestion: Suggestion, token: str) -> None:
    """The same where it no longer fits the new version, with the offer to renew it."""
    subject = gettext_noop("Your suggestion %(number)s no longer fits")
    _mail_maker(suggestion, subject, "charter/unfit_mail.txt", f"unfit/{suggestion.version}", token)


def mail_change_made(change: Suggestion, token: str) -> None:
    """To who made a suggestion: somebody would like other words."""
    if change.parent is not None:
        subject = gettext_noop("A change of your suggestion %(number)s")
        _mail_maker(change.parent, subject, "charter/change_mail.txt", f"change/{change.number}", token, change=change)


def mail_change_taken(change: Suggestion, token: str) -> None:
    """To who wanted a change of a suggestion: it was taken over."""
    subject = gettext_noop("Your suggestion %(number)s: %(state)s")
    _mail_maker(change, subject, "charter/answer_mail.txt", "taken", token)


def _mail_maker(suggestion: Suggestion, subject: str, template: str, key: str, token: str, **context: Any) -> None:
    """Nobody where the person's account is gone. `token` is the link of who has no sign-in."""
    person = suggestion.person
    if person is None or (person.user is not None and not person.user.is_active):
        return
    charter = suggestion.charter
    with override(person.language):
        page = (
            reverse("charter:link_suggestion_detail", args=[token, suggestion.number])
            if token
            else reverse("charter:suggestion_detail", args=[charter.public_id, suggestion.number])
        )
        values = {"number": suggestion.number, "state": suggestion.get_state_display()}
        queue_mail(
            to=person.email,
            subject=_(subject) % values,
            template=template,
            context={"suggestion": suggestion, "charter": charter, **context},
            language=person.language,
            button=Button(_("See the suggestion"), absolute(page)),
            key=f"charter/{charter.public_id}/{suggestion.number}/{key}/{person.public_id}",
            is_secret=bool(token),
        )


def sign_key(adoption: Adoption, organisation: Organisation, person: Person) -> str:
    return f"charter/sign/{adoption.public_id}/{organisation.public_id}/{person.public_id}"


def mail_sign(adoption: Adoption, organisation: Organisation, person: Person, token: str) -> None:
    """To who may sign for a member: the charter is adopted, and the link that signs it."""
    charter = adoption.charter
    with override(person.language):
        queue_mail(
            to=person.email,
            subject=_("Sign the charter: %(title)s") % {"title": charter.title},
            template="charter/sign_mail.txt",
            context={
                "adoption": adoption,
                "charter": charter,
                "organisation": organisation,
                "page": absolute(charter.get_absolute_url()),
            },
            language=person.language,
            button=Button(_("Sign"), settings.BASE_URL + reverse("charter:sign_link", args=[token])),
            key=sign_key(adoption, organisation, person),
            is_secret=True,
        )
