"""Cast a vote and take it back: one for each organisation on the roll, whoever comes at the same moment."""

import secrets
from functools import partial

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mitwerk.algorithms.sealed_box import seal_ballot
from mitwerk.algorithms.tally import Choice, Majority
from mitwerk.core.changes import Refused
from mitwerk.core.ids import ALPHABET
from mitwerk.governance.actions.boxes import is_whole, seal
from mitwerk.governance.actions.marks import is_behind_its_mark, raise_mark
from mitwerk.governance.models import Ballot, Box, Roll, Vote
from mitwerk.governance.queries import is_present, old_voters, votes_for
from mitwerk.people.models import Person

CODE_LENGTH = 15


def cast_vote(*, ballot: Ballot, organisation_id: str, choice: str, reason: str = "", person: Person) -> str:
    """Cast an organisation's vote. The code of a secret ballot's receipt, which is shown once; else an empty text.

    The right is asked under the lock, so that of delegate and substitute at the same moment one is counted. Nothing
    of a secret ballot goes into the log: who voted stands on the roll, and when is nobody's business.

    Raises `Refused` where the organisation has voted, the time is over, or the person may not vote for it.
    """
    try:
        with transaction.atomic():
            return _cast(ballot, organisation_id, choice, reason, person)
    except IntegrityError as error:  # the database holds what the lock should have held
        raise Refused(already_voted()) from error


def already_voted() -> str:
    return _("This organisation has voted already. Its vote is counted.")


def _cast(ballot: Ballot, organisation_id: str, choice: str, reason: str, person: Person) -> str:
    roll = _locked_roll(ballot, organisation_id, person)
    if choice not in set(Choice):
        raise Refused(_("Choose one of the answers."))
    if organisation_id in roll.voted:
        raise Refused(already_voted())
    _check_reason(ballot, choice, reason)
    box = _locked_box(ballot, roll) if ballot.is_secret else None
    roll.voted, roll.cast, roll.version = sorted([*roll.voted, organisation_id]), roll.cast + 1, roll.version + 1
    if box is None:
        Vote.objects.create(
            ballot=ballot, organisation_id=organisation_id, choice=choice, reason=reason, cast_by=person
        )
    code = _put_into_box(box, roll, choice) if box else ""
    _save(ballot, roll)
    return code


def _check_reason(ballot: Ballot, choice: str, reason: str) -> None:
    is_consent = ballot.paper["rule"]["majority"] == Majority.CONSENT.value
    if is_consent and choice == Choice.NO and not reason.strip():
        raise Refused(_("Under consent an objection needs its reasons. Write them down, or choose another answer."))


def _locked_box(ballot: Ballot, roll: Roll) -> Box:
    """The box, which must be as the platform left it."""
    box = Box.objects.select_for_update().select_related("ballot").get(ballot=ballot)
    if not is_whole(box, roll):
        raise Refused(_("This ballot has been interrupted. Please tell the office."))
    return box


def _put_into_box(box: Box, roll: Roll, choice: str) -> str:
    """Sealed and sorted in; the code of the receipt."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(CODE_LENGTH))
    box.sealed = sorted([*box.sealed, seal_ballot(box.public_key, choice)])
    box.codes = sorted([*box.codes, code])
    seal(box, roll)
    box.save(update_fields=["sealed", "codes", "seal"])
    return code


@transaction.atomic
def withdraw_vote(*, ballot: Ballot, organisation_id: str, person: Person) -> None:
    """Take an open vote back, so that the organisation may vote anew until the close.

    Raises `Refused` in a secret ballot: nobody knows which of the sealed ballots it is.
    """
    roll = _locked_roll(ballot, organisation_id, person)
    if ballot.is_secret:
        raise Refused(_("A secret vote cannot be taken back: nobody knows which one it is."))
    if organisation_id not in roll.voted:
        raise Refused(_("This organisation has not voted."))
    Vote.objects.filter(ballot=ballot, organisation_id=organisation_id).delete()
    roll.voted = [one for one in roll.voted if one != organisation_id]
    roll.cast, roll.version = roll.cast - 1, roll.version + 1
    _save(ballot, roll)


def _locked_roll(ballot: Ballot, organisation_id: str, person: Person) -> Roll:
    """The roll, which nobody else changes until the transaction ends. The clock is read when it is ours.

    Its entries are frozen and long, and others wait: they are not read again.
    """
    roll = Roll.objects.select_for_update().defer("entries").get(ballot=ballot)
    ballot.refresh_from_db(fields=["state", "closes_at", "paper"])
    if not ballot.is_running:
        raise Refused(_("The ballot is over. This vote was not counted."))
    if is_behind_its_mark(ballot, roll):
        raise Refused(_("This ballot has been interrupted. Please tell the office."))
    if not ballot.roll.entry(organisation_id) or not votes_for(person, organisation_id):
        raise Refused(_("You may not vote for this organisation in this ballot."))
    if (sitting_id := ballot.paper.get("sitting")) and not is_present(sitting_id, organisation_id):
        raise Refused(_("Only who is in the sitting votes. Note first that your organisation is there."))
    return roll


def _save(ballot: Ballot, roll: Roll) -> None:
    roll.save(update_fields=["voted", "cast", "version"])
    transaction.on_commit(partial(raise_mark, ballot, roll.version))


def forget_voters() -> int:
    """Who cast old votes is forgotten; how the organisations voted stays. How many."""
    return old_voters().update(cast_by=None)
