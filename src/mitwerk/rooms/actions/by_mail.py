"""An answer that comes by mail. Nothing of it but the answer is kept, and nothing of it stands in a log."""

from enum import Enum

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.accounts.queries import proved_addresses
from mitwerk.algorithms.received_mail import Received
from mitwerk.rooms.actions.topics import answer
from mitwerk.rooms.mails import mail_not_taken
from mitwerk.rooms.models import TakenMail
from mitwerk.rooms.queries import Bearer, bearer_of, is_ours, mail_mark

LONGEST = 10_000


class Outcome(Enum):
    """What became of a mail."""

    TAKEN = "taken"
    AGAIN = "taken before"
    IGNORED = "ignored"
    REFUSED = "refused"
    UNKNOWN = "unknown address"


@transaction.atomic
def take_mail(*, received: Received, raw_mark: str) -> Outcome:
    """Post it as the answer of whom the address was made for; refusals go to that person, never to the sender.

    `raw_mark` stands for a mail without a Message-ID.
    """
    bearer = bearer_of(received.recipients) if settings.REPLY_ADDRESS else None
    if bearer is None:
        return Outcome.UNKNOWN
    if received.is_automatic or any(is_ours(one) for one in received.senders):
        return Outcome.IGNORED
    mark = mail_mark(f"{bearer.person.public_id} {bearer.topic.public_id}", received.message_id or raw_mark)
    if not TakenMail.objects.get_or_create(mark=mark)[1]:
        return Outcome.AGAIN
    with override(bearer.person.person.language):
        why = _why_not(bearer, received)
    if why:
        mail_not_taken(bearer.person, why)
        return Outcome.REFUSED
    answer(topic=bearer.topic, me=bearer.person, text=received.text)
    return Outcome.TAKEN


def _why_not(bearer: Bearer, received: Received) -> str:
    """A sentence for the person; empty where it is taken."""
    person = bearer.person.person
    user = person.user
    if bearer.person.until is not None or user is None or not user.is_active:
        return _("You belong to this network no longer, so nothing of it was put into its room.")
    if bearer.is_old:
        return _("The mail that you answered is older than 90 days. Write your answer in the room.")
    own = {person.email.casefold(), *proved_addresses(user)}
    if len(received.senders) != 1 or received.senders[0] not in own:
        return _(
            "It came from an address that is not yours here. Write from the address that mails of the room come to, or "
            "add the other one to your account."
        )
    if received.has_attachment:
        return _("It came with a file, and by mail only text is taken. Answer in the room, where you can add the file.")
    if not received.text:
        return _("No words of your own were found in it. Write your answer above the quoted mail, or in the room.")
    if len(received.text) > LONGEST:
        return _("It is longer than 10,000 signs. Shorten it, or answer in several parts.")
    return ""
