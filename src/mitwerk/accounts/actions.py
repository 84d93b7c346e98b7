"""Writes of the accounts: users, and the audit log that every other action writes to."""

import time
from collections.abc import Iterable, Sequence
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.users.models import UserProfile

from mitwerk.accounts.models import AuditEntry, Removed, User
from mitwerk.accounts.queries import old_lines
from mitwerk.core.changes import Refused, Rows, Values, save_rows, save_values
from mitwerk.core.models import Loaded, Worded
from mitwerk.core.packing import Packed, pack, unpack
from mitwerk.core.wording import forget_notes


def record_audit(
    *,
    verb: str,
    target: models.Model,
    actor: User | None = None,
    cluster_slug: str = "",
    details: dict[str, Any] | None = None,
) -> AuditEntry:
    """Write one line of the log, in the transaction of the act it tells of.

    `verb` is a stable code such as ``"organisation.change"``; `details` must hold no personal data.
    """
    return AuditEntry.objects.create(
        verb=verb,
        actor=actor,
        target_kind=target._meta.label_lower,
        target_id=str(getattr(target, "public_id", target.pk)),
        target_name=str(target)[:250],
        cluster_slug=cluster_slug,
        details=details or {},
    )


def record_audits(
    *,
    verb: str,
    targets: Iterable[models.Model],
    actor: User | None,
    cluster_slug: str = "",
    details: dict[str, Any] | None = None,
) -> None:
    """The same line of the log for many records at once."""
    AuditEntry.objects.bulk_create(
        AuditEntry(
            verb=verb, actor=actor, target_kind=one._meta.label_lower, cluster_slug=cluster_slug,
            target_id=str(getattr(one, "public_id", one.pk)), target_name=str(one)[:250], details=details or {},
        )
        for one in targets
    )  # fmt: skip


def record_export(*, model: type[models.Model], rows: int, kind: str, actor: User) -> AuditEntry:
    """Write down that somebody took a list out of the office as a file; `kind` is ``"csv"`` or ``"xlsx"``."""
    return AuditEntry.objects.create(
        verb=f"{model._meta.model_name}.export",
        actor=actor,
        target_kind=model._meta.label_lower,
        target_id="",
        target_name=str(model._meta.verbose_name_plural)[:250],
        details={"rows": rows, "kind": kind},
    )


def prune_log() -> int:
    """Forget the lines whose time is over; the database lets no other go. How many."""
    return int(old_lines().delete()[0])


@transaction.atomic
def create_user(
    *, email: str, password: str | None, name: str, language: str = "de", is_superuser: bool = False
) -> User:
    """Make a sign-in; `is_superuser` marks an administrator of the installation. Without password codes by mail do.

    The office vouches for the address, so it counts as confirmed and the user can sign in at once.
    The office speaks the user's language from the first page on.
    """
    user = User.objects.create_user(
        email, password, name=name, language=language, is_superuser=is_superuser, is_staff=is_superuser
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    UserProfile.objects.create(user=user, preferred_language=language)
    record_audit(verb="user.create", target=user)
    return user


@transaction.atomic
def describe_self(*, user: User, name: str, language: str) -> None:
    """Name and language, which the office takes over."""
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    record_audit(verb="user.describe", target=user, actor=user)


@transaction.atomic
def end_session(*, session: UserSession, actor: User) -> None:
    """That browser is signed out at its next request."""
    session.end()
    record_audit(verb="session.end", target=actor, actor=actor)


@transaction.atomic
def end_other_sessions(*, request: HttpRequest, user: User) -> None:
    """All but the one that asks: where somebody else was signed in without the new second factor, they are out."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


@transaction.atomic
def reset_second_factor(*, user: User) -> int:
    """Take away app, passkeys and recovery codes, and sign the user out everywhere; the number of what was taken."""
    count, _by_kind = Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    record_audit(verb="user.reset_second_factor", target=user)
    return int(count)


@transaction.atomic
def count_passkey(*, passkey: Authenticator, counter: int) -> bool:
    """Note the number of this answer; False where it has not grown, because then the key exists twice.

    Keys that do not count, as those that are kept in step over several devices, always say 0 (WebAuthn, step 22 of
    verifying an assertion). The log and the owner are told, since nobody knows which of the two is the copy.
    """
    held = Authenticator.objects.select_for_update().get(pk=passkey.pk)
    last = held.data.get("counter", held.wrap().authenticator_data.counter)
    if counter <= last and (counter, last) != (0, 0):
        record_audit(verb="user.passkey_cloned", target=held.user, details={"counter": counter, "last": last})
        return False
    held.data["counter"] = counter
    held.save(update_fields=["data"])
    return True


@transaction.atomic
def close_account(*, user: User, actor: User) -> None:
    """Switch a sign-in off, at once and in every browser. What it did stays. The last administrator's stays open."""
    _keep_an_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    for session in UserSession.objects.filter(user=user):
        session.end()
    record_audit(verb="user.close", target=user, actor=actor)


@transaction.atomic
def open_account(*, user: User, actor: User) -> None:
    """Switch a sign-in on again, with the roles it still has."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    record_audit(verb="user.open", target=user, actor=actor)


@transaction.atomic
def make_administrator(*, user: User, actor: User) -> None:
    """From now on this user may do everything."""
    _set_administrator(user, True, "user.make_administrator", actor)


@transaction.atomic
def end_administrator(*, user: User, actor: User) -> None:
    """This user no longer runs the installation; the last administrator goes on."""
    _keep_an_administrator(user)
    _set_administrator(user, False, "user.end_administrator", actor)


def _set_administrator(user: User, is_one: bool, verb: str, actor: User) -> None:
    user.is_superuser = user.is_staff = is_one
    user.save(update_fields=["is_superuser", "is_staff"])
    record_audit(verb=verb, target=user, actor=actor)


def _keep_an_administrator(user: User) -> None:
    """Raises `Refused` where nobody else could run the installation. Asked by one at a time."""
    administrators = list(User.objects.select_for_update().filter(is_superuser=True, is_active=True).order_by("pk"))
    if administrators == [user]:
        raise Refused(_("This is the last administrator. Make somebody else one first."))


PROOF = "proof_by_mail"
PROOF_TRIES = 3


def send_proof(*, request: HttpRequest, user: User) -> None:
    """A code to the account's own address; it lies in the session until it is used, too old or guessed at."""
    code = get_adapter().generate_login_code()
    request.session[PROOF] = {"code": code, "at": time.time(), "wrong": 0}
    get_adapter().send_mail("account/email/confirm_code", user.email, {"code": code})


def expected_proof(request: HttpRequest) -> str:
    """The code that would be right; empty where none was sent or it is too old."""
    proof = request.session.get(PROOF, {})
    is_fresh = time.time() - proof.get("at", 0) <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
    return str(proof["code"]) if is_fresh else ""


def count_wrong_proof(*, request: HttpRequest) -> bool:
    """False where that was the last try of this code."""
    proof = request.session.pop(PROOF, None)
    if not proof or proof["wrong"] + 1 >= PROOF_TRIES:
        return False
    request.session[PROOF] = {**proof, "wrong": proof["wrong"] + 1}
    return True


def accept_proof(*, request: HttpRequest, user: User) -> None:
    """From now on the account counts as asked, for five minutes."""
    del request.session[PROOF]
    record_authentication(request, user, method="code", reauthenticated=True)


@transaction.atomic
def join_group(*, user: User, name: str) -> Group:
    """Put a user into a group of the office, made when it is missing; each such group may enter the office."""
    group, _made = Group.objects.get_or_create(name=name)
    entrance = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    group.permissions.add(entrance)
    user.groups.add(group)
    return group


@transaction.atomic
def leave_group(*, user: User, name: str) -> None:
    user.groups.remove(*Group.objects.filter(name=name))


@transaction.atomic
def write_record(
    *, record: models.Model, values: Values, rows: Rows, actor: User | None, cluster_slug: str = ""
) -> None:
    """Add or change a record and the rows below it, with a line in the log; other verbs of `actions` build on it.

    A loaded record that somebody changes is the office's from then on: no load writes over it.
    """
    act = "add" if record.pk is None else "change"
    if isinstance(record, Loaded) and actor and (values or rows):
        record.office_changed_at = timezone.now()
    save_values(record, values)
    for relation, below in rows.items():
        save_rows(record, relation, below)
    record_audit(
        verb=f"{record._meta.model_name}.{act}",
        target=record,
        actor=actor,
        cluster_slug=cluster_slug,
        details={"fields": [*values, *rows]},
    )


@transaction.atomic
def confirm_language(*, record: Worded, language: str, actor: User | None) -> list[str]:
    """Somebody has read both texts and says that this language is still right; the fields it was behind in."""
    settled = forget_notes(record, language)
    if settled:
        details = {"language": language, "fields": settled}
        record_audit(verb=f"{record._meta.model_name}.confirm", target=record, actor=actor, details=details)
    return settled


@transaction.atomic
def remove_record(
    *,
    record: models.Model,
    actor: User | None,
    cluster_slug: str = "",
    source_ids: Sequence[str | None] = (),
    is_kept: bool = True,
) -> None:
    """Delete a record and what stands below it; for a month it can be restored, unless `is_kept` is false.

    The log keeps its name, and the ids its sources know it by, so that no load brings it back (`removed_sources`);
    `source_ids` are those besides its own. What is deleted for somebody's privacy is not kept.
    """
    known = [one for one in (getattr(record, "source_id", None), *source_ids) if one]
    record_audit(
        verb=f"{record._meta.model_name}.remove",
        target=record,
        actor=actor,
        cluster_slug=cluster_slug,
        details={"source_ids": known} if known else None,
    )
    if is_kept:
        keep_removed(
            kind=record._meta.label_lower,
            name=str(record),
            cluster_slugs=_cluster_slugs(record),
            packed=pack(record),
            actor=actor,
            source_ids=known,
        )
    record.delete()


def keep_removed(
    *,
    kind: str,
    name: str,
    cluster_slugs: Sequence[str],
    packed: Packed,
    actor: User | None,
    source_ids: Sequence[str] = (),
) -> Removed:
    """Lay something aside for a month."""
    return Removed.objects.create(
        kind=kind,
        name=name[:250],
        cluster_slugs=list(cluster_slugs),
        source_ids=list(source_ids),
        packed=packed,
        by=actor,
    )


def _cluster_slugs(record: Any) -> list[str]:
    """Whose it is, as far as records say so: by their clusters, or by their memberships in them."""
    if hasattr(record, "clusters"):
        return sorted(cluster.slug for cluster in record.clusters.all())
    if hasattr(record, "memberships"):
        return sorted({one.cluster.slug for one in record.memberships.select_related("cluster")})
    return []


@transaction.atomic
def restore_record(*, removed: Removed, actor: User | None) -> int:
    """Put a removed record back under its old address; how many of the rows below it found no place any more.

    Raises `Refused` after a month, the second time, and where something else has taken its place.
    """
    held = hold_removed(removed)
    record, lost = unpack(held.packed)
    if record is None:
        raise Refused(_("Something else stands in its place now, or what it belongs to is gone."))
    record.save()  # tells the search
    close_removed(held)
    known = held.source_ids
    record_audit(
        verb=f"{record._meta.model_name}.restore",
        target=record,
        actor=actor,
        details={"source_ids": known} if known else None,
    )
    return lost


def hold_removed(removed: Removed) -> Removed:
    """The row for this transaction alone; raises `Refused` where it is too late."""
    held = Removed.objects.select_for_update().filter(pk=removed.pk).first()
    if held is None or not held.can_be_restored:
        raise Refused(_("This has been restored already, or its month is over."))
    return held


def close_removed(held: Removed) -> None:
    held.restored_at, held.packed = timezone.now(), {}
    held.save(update_fields=["restored_at", "packed"])
