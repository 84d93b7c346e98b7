"""A mark outside the database of how far each running ballot has come.

Whoever puts an older state of the database back takes votes away without a trace in it. The mark stays in the data
folder, so the next vote and the count notice. It is written after the commit and never goes back, so that it is never
ahead of a database that nobody touched.
"""

import fcntl
import os
from pathlib import Path

from django.conf import settings

from mitwerk.governance.models import Ballot, Roll


def _file(ballot: Ballot) -> Path:
    return Path(settings.MITWERK_DATA) / "ballots" / ballot.public_id


def raise_mark(ballot: Ballot, version: int) -> None:
    """Note that the roll has come to this version; of two at once the higher one stays."""
    file_name = _file(ballot)
    file_name.parent.mkdir(exist_ok=True)
    with os.fdopen(os.open(file_name, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if int(file.read() or 0) < version:
            file.seek(0)
            file.truncate()
            file.write(str(version))


def is_behind_its_mark(ballot: Ballot, roll: Roll) -> bool:
    """Whether votes that were given are no longer in the database."""
    file = _file(ballot)
    return file.exists() and int(file.read_text() or 0) > roll.version


def forget_mark(ballot: Ballot) -> None:
    """The ballot is over."""
    _file(ballot).unlink(missing_ok=True)
