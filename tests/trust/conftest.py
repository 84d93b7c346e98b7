"""The demo region for the tests of this folder, and what a visitor finds in it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django_scopes import scope, scopes_disabled
from tests.matrix.asking import leave_undrawn, letter
from tests.trust.addresses import Address

from mitwerk.core.models import Public
from mitwerk.vocabularies.models import Concept

ROOT = Path(__file__).resolve().parents[2]
CLUSTER = "it"
FOUND: dict[str, str] = {}
"""Route to path of a page that is there: the region is the same in every file of tests, and the search takes long."""
Find = Callable[[Address], str]
Visit = Callable[[Address], tuple[Any, str]]


@pytest.fixture(scope="module")
def region(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once per file of tests, and taken back after it."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic(), scope(cluster=None):
        call_command("load_region", str(ROOT / "regions/mitteldeutschland"), verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def visitor(region: None, db: None) -> Client:
    """Somebody who has never been here; a failing view answers with the error page instead of raising."""
    return Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def slugs(region: None, django_db_blocker: Any) -> dict[str, list[str]]:
    """A few real addresses of records by app label."""
    found: dict[str, list[str]] = {}
    with django_db_blocker.unblock(), scopes_disabled():
        for model in apps.get_models():
            if issubclass(model, Public):
                first = model._default_manager.order_by("pk").values_list("slug", flat=True)[:2]
                found.setdefault(model._meta.app_label, []).extend(first)
        held = Concept.objects.filter(competences__isnull=False).order_by("pk").values_list("slug", flat=True)[:1]
        found["portal"] = [*found["actors"], *held]
    return found


@pytest.fixture(scope="module")
def path_to(slugs: dict[str, list[str]], django_db_blocker: Any) -> Find:
    """Gives the path of a page that is there, with the places of its address taken by a real cluster and record."""
    client = Client(raise_request_exception=False)

    def path(address: Address) -> str:
        if address.route not in FOUND:
            with django_db_blocker.unblock():
                FOUND[address.route] = _search(address)
        return FOUND[address.route]

    def _search(address: Address) -> str:
        own = slugs.get(address.name.split(":", maxsplit=1)[0], [])
        others = [slug for group in slugs.values() for slug in group]
        candidates = list(dict.fromkeys(address.filled(*fill(address, slug)) for slug in [*own, *others]))
        answers: dict[str, str] = {}
        with pytest.MonkeyPatch.context() as monkeypatch:
            leave_undrawn(monkeypatch, pages=False)
            for candidate in candidates:
                answers[candidate] = letter(client.get(candidate))
                if answers[candidate] == "o":
                    return candidate
                if answers[candidate] == "d":  # to sign in is asked before any record is looked for
                    break
        return next((candidate for candidate, found in answers.items() if found != "m"), candidates[0])

    return path


@pytest.fixture(scope="module")
def visit(path_to: Find, django_db_blocker: Any) -> Visit:
    """Gives answer and text of the page at an address, asked for once by somebody who was never here."""
    known: dict[str, tuple[Any, str]] = {}

    def page(address: Address) -> tuple[Any, str]:
        if address.route not in known:
            with django_db_blocker.unblock():
                answer = Client(raise_request_exception=False).get(path_to(address))
                content = b"".join(answer) if answer.streaming else answer.content
            known[address.route] = answer, content.decode(errors="replace")
        return known[address.route]

    return page


def fill(address: Address, slug: str) -> list[str]:
    if address.name == "wagtail_serve":
        return [""]
    values = {"cluster": CLUSTER, "slug": slug, "int": "1"}
    return [values.get(kind, slug) for kind, _name in address.places]
