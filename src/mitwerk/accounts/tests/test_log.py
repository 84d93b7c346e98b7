"""The log is append-only for everybody but the owner of the database."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from mitwerk.accounts.actions import create_user, prune_log, record_audit
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.tests.log import open_the_log

YEARS = timedelta(days=1100)
pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return create_user(email="ada@example.org", password=None, name="Ada")


def line(user: User, age: timedelta = timedelta(), **more: object) -> AuditEntry:
    entry = record_audit(verb="need.report", target=user, actor=user, details={"fields": ["a"], **more})
    return AuditEntry.objects.get(pk=AuditEntry.objects.bulk_create([_aged(entry, age)])[0].pk)


def _aged(entry: AuditEntry, age: timedelta) -> AuditEntry:
    entry.pk, entry.at = None, timezone.now() - age
    return entry


def acts(entry: AuditEntry) -> dict[str, Callable[[], object]]:
    mine, quoted = AuditEntry.objects.filter(pk=entry.pk), connection.ops.quote_name("accounts_auditentry")

    def raw(sql: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(sql.format(table=quoted), [entry.pk])

    return {
        "verb": lambda: mine.update(verb="x"),
        "time": lambda: mine.update(at=timezone.now() - YEARS),
        "details": lambda: mine.update(details={}),
        "another name": lambda: mine.update(target_name="Bob"),
        "another actor": lambda: mine.update(actor=create_user(email="b@example.org", password=None, name="B")),
        "delete": lambda: mine.delete(),
        "raw delete": lambda: raw("DELETE FROM {table} WHERE id = %s"),
        "raw update": lambda: raw("UPDATE {table} SET verb = 'y' WHERE id = %s"),
        "all": lambda: AuditEntry.objects.all().delete(),
    }


def refused(entry: AuditEntry) -> dict[str, bool]:
    found = {}
    for name, act in acts(entry).items():
        try:
            with transaction.atomic():
                act()
                transaction.set_rollback(True)
        except IntegrityError:
            found[name] = True
        else:
            found[name] = False
    return found


def test_nobody_changes_or_deletes_a_line(user: User) -> None:
    entry = line(user)
    assert refused(entry) == dict.fromkeys(acts(entry), True)


def test_control_without_the_triggers_everything_goes(user: User) -> None:
    open_the_log()
    entry = line(user)
    assert refused(entry) == dict.fromkeys(acts(entry), False)


def test_a_line_cannot_be_put_over_another(user: User) -> None:
    entry = line(user)
    other = AuditEntry(pk=entry.pk, verb="x", target_kind="x", target_id="x", target_name="x")
    with pytest.raises(DatabaseError), transaction.atomic():
        other.save(force_insert=True)
    if connection.vendor == "sqlite":
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("INSERT OR REPLACE INTO accounts_auditentry SELECT * FROM accounts_auditentry")


def test_a_person_who_goes_leaves_lines_without_a_name(user: User) -> None:
    entry = line(user)
    AuditEntry.objects.filter(target_kind="accounts.user").update(target_name="")
    user.delete()
    entry.refresh_from_db()
    assert (entry.actor, entry.target_name, entry.verb) == (None, "", "need.report")


def test_only_old_lines_are_forgotten_and_never_what_a_load_reads(user: User) -> None:
    young, old = line(user), line(user, YEARS)
    kept = line(user, YEARS, source_ids=["alpha"])
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=kept.pk).delete()
    before = AuditEntry.objects.count()
    assert (prune_log(), AuditEntry.objects.count()) == (1, before - 1)
    left = set(AuditEntry.objects.values_list("pk", flat=True))
    assert (young.pk in left, old.pk in left, kept.pk in left) == (True, False, True)
    assert prune_log() == 0
