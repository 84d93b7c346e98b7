"""The account deletion (the person goes, the organisation's records stay), and the way back of what was removed."""

from functools import partial
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django_scopes import scope
from wagtail.models import ModelLogEntry, Revision

from mitwerk.accounts.actions import record_audit, restore_record
from mitwerk.accounts.models import AuditEntry, Removed, User
from mitwerk.accounts.queries import old_removed
from mitwerk.actors.models import Merge
from mitwerk.consents.actions import forget_address
from mitwerk.core.changes import Refused
from mitwerk.imports.models import Row
from mitwerk.pages.actions import PAGE, delete_laid_aside, restore_page
from mitwerk.people.models import Person
from mitwerk.privacy.mails import mail_last_has_gone
from mitwerk.privacy.marks import Named, Subject
from mitwerk.privacy.queries import left_alone, manager_of, personal_rows, subject_of, unused_accounts
from mitwerk.privacy.registry import MARKS
from mitwerk.privacy.rules import is_last_administrator
from mitwerk.profiles.models import Draft

ERASED = "erased.txt"
"""In the data folder, beside the database and not in it: a backup that is put back is cleared of these again."""


@transaction.atomic
def erase_user(*, user: User) -> None:
    """Delete a person: sign-in, addresses, sessions, what they wrote to the office, and their name wherever it stands.

    What they did stays without a name. An organisation that nobody acts for any more is told to its office.
    Raises `Refused` for the last administrator.
    """
    if is_last_administrator(user):
        raise Refused(_("You are the only administrator. Make somebody else one before you go."))
    with scope(cluster=None):
        for organisation in left_alone(user):
            mail_last_has_gone(organisation)
        subject, public_id = subject_of(user), user.public_id
        record_audit(verb="user.erase", target=user)
        _take_the_name_off(subject)
        for email in subject.emails:
            forget_address(email=email)
        for label, rows in personal_rows(subject):
            _forget_in_the_logs(label, rows)
            _delete(rows)
        _clean_what_is_packed(subject)
        user.delete()
    transaction.on_commit(partial(_note_erased, public_id))


def forget_unused_accounts() -> int:
    """Erase whoever never signed in, as if they had asked for it, each in a transaction of their own. How many."""
    users = list(unused_accounts())
    for user in users:
        erase_user(user=user)
    return len(users)


def _take_the_name_off(subject: Subject) -> None:
    for label, mark in MARKS.items():
        if isinstance(mark, Named):
            for column in mark.columns:
                manager_of(label).filter(**{column: subject.user.pk}).update(**{column: None})


def _forget_in_the_logs(label: str, rows: models.QuerySet[Any]) -> None:
    """Lines about the person's own rows lose the name; the history of these rows in the office goes."""
    model = rows.model
    keys = list(rows.values_list("pk", flat=True))
    has_id = any(field.name == "public_id" for field in model._meta.concrete_fields)
    named = list(rows.values_list("public_id", flat=True)) if has_id else [str(key) for key in keys]
    AuditEntry.objects.filter(target_kind=label.lower(), target_id__in=named).update(target_name="")
    kind = ContentType.objects.get_for_model(model)
    ModelLogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()


def _delete(rows: models.QuerySet[Any]) -> None:
    """With the files that belong to the rows."""
    if rows.model is User:
        return  # at the end, when nothing names it any more
    files = [field.name for field in rows.model._meta.concrete_fields if isinstance(field, models.FileField)]
    for row in rows if files else ():
        for name in files:
            if stored := getattr(row, name):
                transaction.on_commit(partial(stored.storage.delete, stored.name))
    rows.delete()


def _clean_what_is_packed(subject: Subject) -> None:
    """Rows that wait as JSON for an undo, and remarks inside the versions of pages."""
    for merge in Merge.objects.exclude(done={}):
        if (clean := without(merge.done, subject.emails)) != merge.done:
            Merge.objects.filter(pk=merge.pk).update(done=clean)
    for removed in Removed.objects.exclude(packed={}):
        if (clean := _without_rows_of(subject, without(removed.packed, subject.emails))) != removed.packed:
            Removed.objects.filter(pk=removed.pk).update(packed=clean)
    for draft in Draft.objects.all():
        clean, base = without(draft.content, subject.emails), without(draft.base, subject.emails)
        if (clean, base) != (draft.content, draft.base):
            Draft.objects.filter(pk=draft.pk).update(content=clean, base=base, version=F("version") + 1)
    for email in subject.emails:
        found = Row.objects.filter(Q(cells__icontains=email) | Q(said__icontains=email) | Q(done__icontains=email))
        found.update(cells=[], said={}, done={}, changes=[], notes=[], name="")
    remarks = "wagtail_admin_comments"
    for version in Revision.objects.filter(content__has_key=remarks).exclude(**{f"content__{remarks}": []}):
        kept = [one for one in version.content[remarks] if one.get("user") != subject.user.pk]
        for one in kept:
            one["replies"] = [reply for reply in one.get("replies", []) if reply.get("user") != subject.user.pk]
        Revision.objects.filter(pk=version.pk).update(content={**version.content, remarks: kept})


def without(packed: Any, emails: tuple[str, ...]) -> Any:
    """JSON without those entries of its lists that hold one of the addresses."""
    if isinstance(packed, dict):
        return {name: without(value, emails) for name, value in packed.items()}
    if isinstance(packed, list):
        return [without(one, emails) for one in packed if not _mentions(one, emails)]
    return packed


def _without_rows_of(subject: Subject, packed: dict[str, Any]) -> dict[str, Any]:
    """What the office removed, without the rows below it that are the person's and do not name their address."""
    rows = packed.get("rows")  # a page has none
    return {**packed, "rows": rows[:1] + [row for row in rows[1:] if not _is_of(subject, row)]} if rows else packed


def _is_of(subject: Subject, row: dict[str, Any]) -> bool:
    keys = {Person: subject.person_pk, User: subject.user.pk}
    fields = apps.get_model(row["model"])._meta.concrete_fields
    needed = [(keys[one.related_model], one.name) for one in fields if one.related_model in keys and not one.null]
    return any(key is not None and row["fields"].get(name) == key for key, name in needed)


def _mentions(packed: Any, emails: tuple[str, ...]) -> bool:
    if isinstance(packed, dict):
        return any(_mentions(value, emails) for value in packed.values())
    return isinstance(packed, str) and packed.lower() in emails


def restore(*, removed: Removed, actor: User | None) -> int:
    """Put back what the office removed, a page as well as a record; how many rows below it found no place any more."""
    if removed.kind == PAGE:
        restore_page(removed=removed, actor=actor)
        return 0
    with scope(cluster=None):
        return restore_record(removed=removed, actor=actor)


def forget_removed() -> int:
    """After a month nothing can be restored; pages that were laid aside go for good. How many."""
    for removed in old_removed().filter(kind=PAGE, restored_at=None):
        delete_laid_aside(removed=removed)
    return int(old_removed().delete()[0])


def _erased_file() -> Path:
    return Path(settings.MITWERK_DATA) / ERASED


def _note_erased(public_id: str) -> None:
    with _erased_file().open("a") as file:
        file.write(f"{public_id}\n")


def erase_again() -> int:
    """After a backup was put back: erase those who had gone since it was made. How many."""
    file = _erased_file()
    gone = set(file.read_text().split()) if file.exists() else set()
    back = list(User.objects.filter(public_id__in=gone))
    for user in back:
        erase_user(user=user)
    return len(back)
