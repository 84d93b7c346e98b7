"""What every test gets: scopes as in a request of the region, and no leftovers in caches."""

import gc
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from django_scopes import scope
from pytest_django import DjangoDbBlocker
from tests.installations import begin_with_tables

if TYPE_CHECKING:
    from mitwerk.accounts.models import User
    from mitwerk.actors.tests.cast import Cast
    from mitwerk.people.tests.cast import People

pytest_plugins = ["tests.stuck"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def pytest_collection_finish() -> None:
    """What is loaded by now stays; looking for garbage among it again and again took a sixth of the time."""
    gc.freeze()
    gc.set_threshold(200_000, 50, 1000)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: DjangoDbBlocker
) -> None:
    """Each process would run all migrations; it begins with a copy of what one has made instead."""
    with django_db_blocker.unblock():
        begin_with_tables(connection)


@pytest.fixture(autouse=True)
def region_scope() -> Iterator[None]:
    """Tests read as the region does; a test of tenancy opens its own scope inside."""
    with scope(cluster=None):
        yield


@pytest.fixture(autouse=True)
def first_language() -> Iterator[None]:
    """A request leaves its language behind in the thread; the next test must not find it."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def nothing_in_memory() -> None:
    """A test takes its records back without telling the audit log, which what is kept in memory listens to."""
    from mitwerk.pages.queries import tallies
    from mitwerk.portal.queries import table

    tallies.forget()
    table.forget()


@pytest.fixture
def commits_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of what a visitor gets by mail: what waits for the commit happens at once, as if it had come."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda do, *args, **kwargs: do())


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> "Iterator[Cast]":
    """The cast, made once for a file and taken back after its last test: its making took half of the time.

    Each test changes a copy of what is given here, and its own changes of the database are taken back after it.
    """
    from mitwerk.actors.tests.cast import make_cast

    with django_db_blocker.unblock(), transaction.atomic():
        with scope(cluster=None), translation.override(settings.LANGUAGE_CODE):
            made = make_cast()
        yield made
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def played_people(played: "Cast", django_db_blocker: DjangoDbBlocker) -> "Iterator[People]":
    """The people beside the cast, made once for a file as well."""
    from mitwerk.people.tests.cast import make_people

    with django_db_blocker.unblock(), transaction.atomic():
        with scope(cluster=None), translation.override(settings.LANGUAGE_CODE):
            made = make_people(deepcopy(played))
        yield made
        transaction.set_rollback(True)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What crosses floors takes longest and comes first, so that side by side no process is left with it at the end.

    In each file the tests that want an empty database come first, then those with a cast, then those with people as
    well: what is made once for a file stays until its last test.
    """
    places = {path: place for place, path in reversed(list(enumerate(item.path for item in items)))}
    items.sort(key=lambda item: (item.nodeid.startswith("src"), places[item.path], _stage(item)))


def _stage(item: pytest.Item) -> int:
    if _wants_empty_tables(item):
        return 0
    return 2 if "played_people" in getattr(item, "fixturenames", ()) else 1


def _wants_empty_tables(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    has_database = bool(names & {"db", "transactional_db"}) or item.get_closest_marker("django_db") is not None
    return has_database and "cast" not in names


@pytest.fixture
def cast(played: "Cast", db: None, region_scope: None) -> "Cast":
    """The fixed cast: a region, two clusters, organisations of every kind, editors (`actors/tests/cast.py`)."""
    return deepcopy(played)


@pytest.fixture
def people(played_people: "People", cast: "Cast") -> "People":
    """Delegate, substitute, editor and others around the firm of the cast (`people/tests/cast.py`)."""
    return deepcopy(played_people)


@pytest.fixture
def as_user() -> "Callable[[User | None], Client]":
    """A browser in which somebody is signed in; None: nobody."""

    def make(user: "User | None") -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return make
