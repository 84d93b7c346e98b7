"""Public ids: what the outside world calls a record. Never the primary key, never in sequence."""

import hashlib
import secrets

from django.db.models import Model

from mitwerk.algorithms.slugs import free_slug

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 10


def new_public_id() -> str:
    """Ten random characters out of 31 (about 49 bits), none of which is read as another."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def public_id_from(source_id: str) -> str:
    """The same id for the same source row on every installation, so that its emblem stays the same."""
    number = int.from_bytes(hashlib.sha256(source_id.encode()).digest()[:16])
    characters = []
    for _ in range(LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        characters.append(ALPHABET[rest])
    return "".join(characters)


def free_slug_for(record: Model, text: str, max_length: int = 80) -> str:
    """An address for a new record that no other record of its kind has; its public id where the text gives none."""
    taken = type(record)._base_manager.filter
    fallback = str(getattr(record, "public_id", "x"))
    return free_slug(text, lambda slug: taken(slug=slug).exists(), fallback=fallback, max_length=max_length)
