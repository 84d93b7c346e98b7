"""Addresses that a mail is answered at: room+<token>@example.org.

The token is made for one person and one topic and is not stored: it holds a keyed hash of person, topic and day, and
topic and day covered by a second keyed hash of the first. Whoever reads it in the outbox or in the log of a mail server
learns neither; whoever has the key can only try the people of the network one after the other, as with what is asked
without a name. It is base32 because mail servers may write everything before the @ in small letters.
"""

from base64 import b32decode, b32encode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Topic

SALT = "mitwerk.rooms.reply"
COVER_SALT = "mitwerk.rooms.reply-cover"
SEEN_SALT = "mitwerk.rooms.taken-mail"
VALID = timedelta(days=90)
FIRST_DAY = date(2020, 1, 1)
TOPIC_BYTES, DAY_BYTES, HASH_BYTES = 5, 2, 14
TOKEN_LENGTH = 34
"""Signs of 21 bytes in base32. 112 bits of hash; with `room+` the part before the @ stays below its limit of 64."""


@dataclass(frozen=True)
class Bearer:
    """Whom an address was made for, and what for."""

    person: NetworkPerson
    topic: Topic
    is_old: bool


def reply_address(me: NetworkPerson, topic: Topic) -> str:
    """Where they answer this topic by mail; empty where the installation takes no mails."""
    if not settings.REPLY_ADDRESS:
        return ""
    day = (timezone.localdate() - FIRST_DAY).days
    box, _at, domain = settings.REPLY_ADDRESS.rpartition("@")
    return f"{box}+{_token(me.public_id, topic, day)}@{domain}"


def bearer_of(addresses: Iterable[str]) -> Bearer | None:
    """The first of these addresses that is one of ours, read."""
    for address in addresses:
        if found := _read(address):
            return found
    return None


def is_ours(address: str) -> bool:
    """Whether mail from there would go around in circles."""
    sender = settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip("> ")
    box, _at, domain = address.casefold().rpartition("@")
    own = settings.REPLY_ADDRESS.casefold()
    return address.casefold() == sender.casefold() or f"{box.partition('+')[0]}@{domain}" == own


def mail_mark(token: str, message_id: str) -> str:
    """What is stored of a mail, so that the same one is taken once."""
    told = f"{token} {message_id}".encode("utf-8", "surrogateescape")
    return salted_hmac(SEEN_SALT, told, algorithm="sha256").hexdigest()


def _token(person_id: str, topic: Topic, day: int) -> str:
    named = f"{person_id} {topic.public_id} {day}"
    hashed = salted_hmac(SALT, named, algorithm="sha256").digest()[:HASH_BYTES]
    told = topic.pk.to_bytes(TOPIC_BYTES, "big") + day.to_bytes(DAY_BYTES, "big")
    return b32encode(_covered(told, hashed) + hashed).decode().rstrip("=").lower()


def _covered(told: bytes, hashed: bytes) -> bytes:
    """Covered, or uncovered again: what covers it is used for this hash alone, and so for these words alone."""
    cover = salted_hmac(COVER_SALT, hashed, algorithm="sha256").digest()
    return bytes(one ^ other for one, other in zip(told, cover, strict=False))


def _read(address: str) -> Bearer | None:
    box, _at, domain = address.strip().casefold().rpartition("@")
    name, _plus, token = box.rpartition("+")
    if not settings.REPLY_ADDRESS or f"{name}@{domain}" != settings.REPLY_ADDRESS.casefold():
        return None
    try:
        held = b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:  # not base32, and not ASCII
        return None
    if len(token) != TOKEN_LENGTH or len(held) != TOPIC_BYTES + DAY_BYTES + HASH_BYTES:
        return None
    told = _covered(held[:-HASH_BYTES], held[-HASH_BYTES:])
    pk, day = int.from_bytes(told[:TOPIC_BYTES], "big"), int.from_bytes(told[TOPIC_BYTES:], "big")
    topic = Topic.objects.filter(pk=pk).select_related("network").first()
    return _tried(token, topic, day) if topic else None


def _tried(token: str, topic: Topic, day: int) -> Bearer | None:
    """Those who have left as well: they are told that they have."""
    people = NetworkPerson.objects.filter(network=topic.network_id).select_related("person__user", "network")
    is_old = timezone.localdate() - FIRST_DAY - timedelta(days=day) > VALID
    for one in people:
        if constant_time_compare(_token(one.public_id, topic, day), token):
            return Bearer(one, topic, is_old)
    return None
