"""Reads of what is known of one person, along the registry."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db.models import Manager, Model, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django_scopes import scope

from mitwerk.accounts.models import Removed, User
from mitwerk.accounts.queries import proved_addresses
from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.people.models import Person
from mitwerk.people.queries import current_representatives, representations_of
from mitwerk.privacy.marks import Named, Personal, Subject, by_user
from mitwerk.privacy.registry import MARKS

UNUSED_KEPT = timedelta(days=365)


@dataclass(frozen=True)
class Section:
    """What one table knows: its key and name, and rows as (column, its name, value)."""

    key: str
    label: str
    rows: list[list[tuple[str, str, Any]]] = field(default_factory=list)


def subject_of(user: User) -> Subject:
    """Whose data."""
    person = Person.objects.filter(user=user).values_list("pk", flat=True).first()
    return Subject(user, person, tuple(proved_addresses(user)), tuple(_session_keys(user)))


def _session_keys(user: User) -> Iterator[str]:
    """A session holds its user only in code, so each is opened."""
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            yield session.session_key


def manager_of(label: str) -> Manager[Any]:
    manager: Manager[Any] = apps.get_model(label)._default_manager
    return manager


def all_about(user: User) -> list[Section]:
    """Everything that is known of a person, table by table, in the order of their names."""
    subject = subject_of(user)
    with scope(cluster=None):
        sections = [section for label in MARKS for section in _sections(label, subject) if section.rows]
    return sorted(sections, key=lambda section: section.label.lower())


def _sections(label: str, subject: Subject) -> Iterator[Section]:
    mark = MARKS[label]
    if isinstance(mark, Named):
        yield _section(label, _rows(label, _named(mark, subject), Personal(by_user(), own=mark.own)))
    elif isinstance(mark, tuple):
        yield _section(label, [row for one in mark for row in _rows(label, one.find(subject), one)])


def _named(mark: Named, subject: Subject) -> Q:
    found = Q(pk__in=[])
    for column in mark.columns:
        found |= Q(**{column: subject.user.pk})
    return found


def _section(label: str, rows: list[list[tuple[str, str, Any]]]) -> Section:
    meta = apps.get_model(label)._meta
    return Section(meta.label_lower, str(capfirst(meta.verbose_name_plural)), rows)


def _rows(label: str, found: Q, personal: Personal) -> list[list[tuple[str, str, Any]]]:
    rows = manager_of(label).filter(found).order_by("pk").distinct()
    return [_cells(row, personal) for row in rows]


def _cells(row: Model, personal: Personal) -> list[tuple[str, str, Any]]:
    cells = [(name, str(capfirst(_label(row, name))), value_of(row, name)) for name in personal.own]
    more = personal.more(row) if personal.more else {}
    return cells + [(name, name, value) for name, value in more.items()]


def _label(row: Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))


def value_of(row: Model, name: str) -> Any:
    """A value as JSON holds it: related records by name, dates as ISO, choices by code."""
    value = getattr(row, name)
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return value.isoformat() if isinstance(value, date) else str(value)


def personal_rows(subject: Subject) -> Iterator[tuple[str, QuerySet[Any]]]:
    """The rows that go with a person: table and rows."""
    for label, mark in MARKS.items():
        for personal in mark if isinstance(mark, tuple) else ():
            if not personal.stays:
                yield label, manager_of(label).filter(personal.find(subject))


def unused_accounts() -> QuerySet[User]:
    """Sign-ins of which nobody ever made use within a year; administrators', made on the machine itself, stay."""
    over = timezone.now() - UNUSED_KEPT
    return User.objects.filter(last_login=None, date_joined__lt=over, is_superuser=False).order_by("pk")


def left_alone(user: User) -> list[Organisation]:
    """Organisations that nobody but this user acts for."""
    mine = [one.organisation for one in representations_of(user)]
    shared = current_representatives().filter(organisation__in=mine).exclude(person__user=user.pk)
    others = set(shared.values_list("organisation", flat=True))
    return [one for one in mine if one.pk not in others]


def restorable(user: Any) -> QuerySet[Removed]:
    """What was removed within a month: by the user, or from clusters of theirs alone."""
    lately = Removed.objects.filter(at__gt=timezone.now() - Removed.KEPT)
    if is_umbrella_editor(user):
        return lately
    own = set(Cluster.objects.filter(pk__in=edited_cluster_ids(user)).values_list("slug", flat=True))
    whose = lately.values_list("pk", "by", "cluster_slugs")
    theirs = [pk for pk, by, slugs in whose if by == user.pk or (slugs and own >= set(slugs))]
    return Removed.objects.filter(pk__in=theirs)
