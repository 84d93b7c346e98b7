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


def believed_time(told: str, earliest: dt.datetime, now: dt.datetime) -> dt.datetime:
    """When a device says that something was. A time that cannot be read, or is to come, is now; one before `earliest`
    is that. `told` is ISO 8601 with an offset; so an hour that a clock goes through twice is told apart."""
    try:
        time = dt.datetime.fromisoformat(told)
        known = time.astimezone(dt.UTC) if time.tzinfo else now
    except (ValueError, OverflowError):
        return now
    return min(max(known, earliest), now)
