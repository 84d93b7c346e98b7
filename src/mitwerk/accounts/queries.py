"""Reads of one's own account, and of the audit log: its end tells whether anything has changed."""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Max, Model, QuerySet
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, Removed, User
from mitwerk.accounts.rules import is_administrator

T = TypeVar("T")
KEEP_SECONDS = 120


@dataclass(frozen=True)
class Account:
    """What the overview of one's account tells."""

    user: User
    has_password: bool
    has_app: bool
    passkeys: list[str]
    recovery_codes: int
    sessions: int

    @property
    def has_second_factor(self) -> bool:
        return self.has_app or bool(self.passkeys)


def account_of(user: Any) -> Account:
    kinds, found = Authenticator.Type, list(Authenticator.objects.filter(user=user).order_by("created_at", "pk"))
    codes = [one for one in found if one.type == kinds.RECOVERY_CODES]
    return Account(
        user=user,
        has_password=user.has_usable_password(),
        has_app=any(one.type == kinds.TOTP for one in found),
        passkeys=[str(one.wrap().name) for one in found if one.type == kinds.WEBAUTHN],
        recovery_codes=len(codes[0].wrap().get_unused_codes()) if codes else 0,
        sessions=len(UserSession.objects.purge_and_list(user)),
    )


def proved_addresses(user: User) -> list[str]:
    """In small letters. Only what was proved: otherwise somebody could read another's things by claiming an address."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({user.email.lower(), *(email.lower() for email in proved)})


def sessions_of(user: Any) -> QuerySet[UserSession]:
    """Where the user is signed in, as far as it is known."""
    sessions: QuerySet[UserSession] = UserSession.objects.filter(user=user)
    return sessions


def last_audit() -> int:
    """Number of the newest line; 0 for an empty log."""
    return AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0


def audits_after(number: int) -> list[tuple[int, str]]:
    """(number, kind of record) of each line after `number`; one look into the primary key where nothing is new."""
    return list(AuditEntry.objects.filter(pk__gt=number).order_by("pk").values_list("pk", "target_kind"))


def removed_sources(kind: type[Model]) -> set[str]:
    """Ids at their sources of the records of this kind that the office has removed; a load leaves them out.

    Whoever prunes the log keeps these lines: without them the next load would bring the records back.
    """
    remove, restore = (f"{kind._meta.model_name}.{act}" for act in ("remove", "restore"))
    lines = AuditEntry.objects.filter(target_kind=kind._meta.label_lower, verb__in=(remove, restore)).order_by("pk")
    gone: set[str] = set()
    for verb, details in lines.values_list("verb", "details"):
        known = set(details.get("source_ids", ()))
        gone = gone | known if verb == remove else gone - known
    return gone


LOG_KEPT = timedelta(days=1096)
"""Three years, the usual limit of claims in German law. The database refuses to delete what is younger."""


def old_removed() -> QuerySet[Removed]:
    """What can no longer be restored."""
    return Removed.objects.filter(at__lt=timezone.now() - Removed.KEPT)


def old_lines() -> QuerySet[AuditEntry]:
    """Lines that may be forgotten; never those that a load reads (`removed_sources`)."""
    return AuditEntry.objects.filter(at__lt=timezone.now() - LOG_KEPT).exclude(details__has_key="source_ids")


def verbs_of() -> list[str]:
    """Every code of an act that the log knows."""
    return list(AuditEntry.objects.order_by("verb").values_list("verb", flat=True).distinct())


class Kept(Generic[T]):
    """Something that takes long to work out, held in this process for as long as nothing changes it.

    It is read anew when the log tells of a change to one of `kinds`, at the turn of the day (memberships end then), and
    after `KEEP_SECONDS` at the latest, for writes that went past the actions. All processes listen to the same log, so
    none of them is behind another (docs/decisions/0011-facets-in-memory.md).
    """

    def __init__(self, kinds: Collection[str], read: Callable[[], T]) -> None:
        self.kinds, self.read = frozenset(kinds), read
        self.forget()

    def forget(self) -> None:
        """For tests, which take their records back without telling the log."""
        self._value: T | None = None
        self._seen, self._made_on, self._made_at = 0, date.min, 0.0

    def get(self) -> T:
        """What is kept, as it is now; one query while it is good. Two threads may read it at once; both are right."""
        value = self._value
        if value is None or not self._is_good():
            made_at, made_on, seen = time.monotonic(), timezone.localdate(), last_audit()
            value = self.read()
            self._value, self._made_at, self._made_on, self._seen = value, made_at, made_on, seen
        return value

    def _is_good(self) -> bool:
        """Moves `_seen` on over lines that do not concern what is kept."""
        if self._made_on != timezone.localdate() or time.monotonic() - self._made_at > KEEP_SECONDS:
            return False
        news = audits_after(self._seen)
        if any(kind in self.kinds for _number, kind in news):
            return False
        self._seen = news[-1][0] if news else self._seen
        return True


def all_users(user: Any) -> QuerySet[User]:
    """Every sign-in, for administrators; nothing for anybody else."""
    return User.objects.all() if is_administrator(user) else User.objects.none()


def user_by_email(email: str) -> User | None:
    """The sign-in with this address, whatever its case, switched off or not."""
    return User.objects.filter(email__iexact=email).first()
