"""Mails about ballots: the link to vote, and what came of it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.clusters.queries import office_address
from mitwerk.governance.models import Ballot, Mandate
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
