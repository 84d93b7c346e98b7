"""How passwords are hashed: Argon2 as Django does it, but not by everybody at once."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
"""One hash takes 100 MiB and a quarter of a second: forty sign-ins at once would take four gigabytes."""
_turns = BoundedSemaphore(AT_ONCE)


class PatientArgon2(Argon2PasswordHasher):
    """Waits for its turn; the limits on sign-ins are asked before anything is hashed."""

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return super().verify(password, encoded)
