"""Arrivals at a door, as plain data: codes as scanners and people type them, what a device keeps instead of a code, and
times that clocks of other people's devices tell."""

import datetime as dt
import hashlib

KEY_LENGTH = 32


def read_code(text: str) -> str:
    """The code of a ticket as it is compared: scanners add line ends, people capitals, spaces and dashes."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def guest_key(salt: str, code: str) -> str:
    """What stands for a code on a device: 32 hexadecimal digits, other ones on each device.

    Whoever finds the device can tell by it that a code is good, but cannot make a ticket of what is stored.
    """
    return hashlib.sha256(f"{salt}:{code}".encode()).hexdigest()[:KEY_LENGTH]


def believed_time(told: str, clock: str, earliest: dt.datetime, now: dt.datetime) -> dt.datetime:
    """When a device says that something was, by the clock of the server.

    `told` and `clock`, what the device's clock says as it sends, are ISO 8601 with an offset; so an hour that a clock
    goes through twice is told apart, and a clock that is wrong by a constant does no harm. What cannot be read, or is
    to come, is now; what was before `earliest` is that.
    """
    time, sent = _moment(told), _moment(clock)
    if time is None:
        return now
    ago = max((sent or now) - time, dt.timedelta())
    return now - min(ago, now - earliest)


def _moment(told: str) -> dt.datetime | None:
    try:
        time = dt.datetime.fromisoformat(told)
        return time.astimezone(dt.UTC) if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
