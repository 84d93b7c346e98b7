"""Mails about ballots and sittings: the link to vote or answer, the invitation, and what came of it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.clusters.queries import office_address
from mitwerk.governance.exports import agenda_text, sitting_invitation
from mitwerk.governance.models import Ballot, Mandate, Sitting
from mitwerk.governance.queries import current_mandates, voters_of
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person


def mail_key(ballot: Ballot, organisation_id: str, person: Person, is_reminder: bool) -> str:
    """Nobody is told twice of the same vote, and reminded once."""
    return f"ballot/{ballot.public_id}/{organisation_id}/{person.public_id}{'/again' if is_reminder else ''}"


def mail_vote(
    ballot: Ballot, organisation_name: str, person: Person, token: str, key: str, is_reminder: bool
) -> None:
    """To a delegate or substitute: what is asked, until when, and the link that leads to the paper."""
    language = person.language
    with override(language):
        subject = _("Reminder, please vote: %(title)s") if is_reminder else _("Please vote: %(title)s")
        queue_mail(
            to=person.email,
            subject=subject % {"title": ballot.title},
            template="governance/vote_mail.txt",
            context={"ballot": ballot, "organisation_name": organisation_name, "is_reminder": is_reminder},
            language=language,
            button=Button(_("To the ballot paper"), settings.BASE_URL + reverse("governance:vote_link", args=[token])),
            key=key,
            is_secret=True,
        )


def mail_result(ballot: Ballot) -> None:
    """To the office and to those in the chair: the outcome with its hash, so that several hold it outside the database.

    The key names nobody's address, because it stays when the mail is forgotten.
    """
    page = ("governance:ballot_detail", [ballot.body.slug, ballot.public_id])
    for code, (address, language) in _tellers(ballot).items():
        with override(language):
            queue_mail(
                to=address,
                subject=_("Result: %(title)s") % {"title": ballot.title},
                template="governance/result_mail.txt",
                context={"ballot": ballot},
                language=language,
                button=Button(_("See the result"), settings.BASE_URL + reverse(page[0], args=page[1])),
                key=f"ballot/{ballot.public_id}/result/{code}",
            )


def _tellers(ballot: Ballot) -> dict[str, tuple[str, str]]:
    """Who gets the result by mail: a code for each, and (address, language)."""
    office = office_address(ballot.body.cluster)
    found = {"office": (office, settings.LANGUAGE_CODE)} if office else {}
    chairs = current_mandates().filter(body=ballot.body_id, function=Mandate.Function.CHAIR)
    for mandate in chairs:
        for voter in voters_of(mandate.organisation.public_id):
            person = voter.person
            found[person.public_id] = (person.email, person.language)
    return found


def mail_dates(sitting: Sitting, organisation_name: str, person: Person, token: str, key: str) -> None:
    """To a delegate or substitute: which dates are asked about, and the link that answers."""
    with override(person.language):
        link = settings.BASE_URL + reverse("governance:dates_link", args=[token])
        queue_mail(
            to=person.email,
            subject=_("When can you come? %(body)s") % {"body": sitting.body.name},
            template="governance/dates_mail.txt",
            context={"sitting": sitting, "organisation_name": organisation_name, "dates": list(sitting.dates.all())},
            language=person.language,
            button=Button(_("Answer"), link),
            key=key,
            is_secret=True,
        )


def sitting_key(sitting: Sitting, person: Person) -> str:
    """Nobody is told twice of the same version."""
    return f"sitting/{sitting.public_id}/{sitting.sequence}/{person.public_id}"


def mail_sitting(sitting: Sitting, person: Person, key: str) -> None:
    """The invitation with the agenda, a change of it, or that it does not take place. Calendars follow."""
    with override(person.language):
        page = reverse("governance:sitting_detail", args=[sitting.body.slug, sitting.public_id])
        queue_mail(
            to=person.email,
            subject=_sitting_subject(sitting) % {"title": f"{sitting.body.name}: {sitting}"},
            template="governance/sitting_mail.txt",
            context={"sitting": sitting, "agenda": agenda_text(sitting), "is_change": sitting.told is not None},
            language=person.language,
            button=Button(_("See the sitting"), settings.BASE_URL + page),
            key=key,
            calendar=sitting_invitation(sitting, person),
        )


def _sitting_subject(sitting: Sitting) -> str:
    if sitting.state == Sitting.State.CANCELLED:
        return _("Does not take place: %(title)s")
    return _("Changed: %(title)s") if sitting.told is not None else _("Invitation: %(title)s")
