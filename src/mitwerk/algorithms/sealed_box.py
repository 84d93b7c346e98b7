"""A ballot box whose content nobody can read before it is opened. All of the cryptography is libsodium's (PyNaCl).

Each ballot is sealed to the public key of its box (`crypto_box_seal`), which is different every time, also for the
same choice. The private key lies locked with a key of the installation (`crypto_secretbox`) beside it.
"""

import hashlib
import hmac
from collections.abc import Iterable

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

WIDTH = 16
"""Every ballot is filled up to this many bytes, so that its length says nothing."""


class Broken(Exception):
    """What lies in the box was not put there by the platform, or not for this box."""


def make_keys(house_key: str) -> tuple[str, str]:
    """(public key, locked private key) of a new box, in hexadecimal digits."""
    private = PrivateKey.generate()
    return bytes(private.public_key).hex(), bytes(_lock(house_key).encrypt(bytes(private))).hex()


def seal_ballot(public_key: str, choice: str) -> str:
    """An opaque ballot. Raises `ValueError` for a choice that is too long."""
    if len(choice.encode()) > WIDTH:
        raise ValueError("A choice is a short word.")
    return bytes(SealedBox(PublicKey(bytes.fromhex(public_key))).encrypt(choice.encode().ljust(WIDTH))).hex()


def open_ballots(locked_key: str, house_key: str, sealed: Iterable[str]) -> list[str]:
    """The choices, sorted, so that their order tells nothing either. Raises `Broken`."""
    try:
        private = PrivateKey(_lock(house_key).decrypt(bytes.fromhex(locked_key)))
        box = SealedBox(private)
        return sorted(box.decrypt(bytes.fromhex(one)).decode().rstrip() for one in sealed)
    except (CryptoError, ValueError, TypeError) as error:
        raise Broken("A ballot cannot be opened.") from error


def make_seal(house_key: str, content: bytes) -> str:
    """A mark over the content that only who has the key of the installation can make."""
    return hmac.new(house_key.encode(), content, hashlib.sha256).hexdigest()


def is_seal(house_key: str, content: bytes, seal: str) -> bool:
    return hmac.compare_digest(make_seal(house_key, content), seal)


def _lock(house_key: str) -> SecretBox:
    return SecretBox(hashlib.sha256(f"ballot box {house_key}".encode()).digest())
