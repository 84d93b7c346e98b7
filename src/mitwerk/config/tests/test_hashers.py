"""Many sign-ins at once take turns at the hash, because each takes 100 MiB."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from threading import Lock
from time import sleep

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher

from mitwerk.config import hashers
from mitwerk.config.settings import sign_in

ENCODED = "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$x"


def most_at_once(monkeypatch: pytest.MonkeyPatch) -> int:
    """So many of eight are inside the real hash at the same moment."""
    lock, inside, most = Lock(), 0, 0

    def slow(self: object, password: str, encoded: str) -> bool:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        sleep(0.02)
        with lock:
            inside -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda _n: hashers.PatientArgon2().verify("x", ENCODED), range(8))) == [True] * 8
    return most


def test_no_more_than_two_hash_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    assert most_at_once(monkeypatch) == hashers.AT_ONCE


def test_control_without_turns_there_are_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashers, "_turns", nullcontext())
    assert most_at_once(monkeypatch) > hashers.AT_ONCE


def test_passwords_are_hashed_by_it_and_read_by_django() -> None:
    assert sign_in.PASSWORD_HASHERS[0] == "mitwerk.config.hashers.PatientArgon2"
    encoded = hashers.PatientArgon2().encode("muster-passwort-1", "somesalt")
    assert (hashers.PatientArgon2.algorithm, encoded.split("$")[0]) == ("argon2", "argon2")
    assert Argon2PasswordHasher().verify("muster-passwort-1", encoded)
