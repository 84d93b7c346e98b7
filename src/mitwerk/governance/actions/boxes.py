"""The box of a secret ballot under the installation's key."""

from django.conf import settings

from mitwerk.algorithms.ballot_file import canonical
from mitwerk.algorithms.sealed_box import is_seal, make_seal
from mitwerk.governance.models import Box, Roll


def seal(box: Box, roll: Roll) -> None:
    """Mark box and roll as they are now; the caller saves."""
    box.seal = make_seal(settings.BALLOT_KEY, _content(box, roll))


def is_whole(box: Box, roll: Roll) -> bool:
    """As the platform left them: as many ballots and receipts as marks in the roll, and nothing changed since."""
    numbers = {len(box.sealed), len(box.codes), len(roll.voted), roll.cast}
    return len(numbers) == 1 and is_seal(settings.BALLOT_KEY, _content(box, roll), box.seal)


def _content(box: Box, roll: Roll) -> bytes:
    return canonical(
        [box.public_key, box.locked_key, box.sealed, box.codes, box.ballot.roll_hash, roll.voted, roll.version]
    )
