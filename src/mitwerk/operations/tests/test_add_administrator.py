"""The first administrator: can sign in with what was printed, and is made once."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

pytestmark = pytest.mark.django_db


def test_the_printed_password_opens_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_administrator", "admin@example.org")
    password = capsys.readouterr().out.splitlines()[0].rpartition(" ")[2]
    answer = Client().post("/de/konto/login/", {"login": "admin@example.org", "password": password})
    assert (answer.status_code, answer["Location"]) == (302, "/de/mein-schreibtisch/")


def test_nobody_is_made_twice_or_without_an_address() -> None:
    call_command("add_administrator", "admin@example.org")
    with pytest.raises(CommandError, match=r"^Admin@example\.org can sign in already\.$"):
        call_command("add_administrator", "Admin@example.org")
    with pytest.raises(CommandError, match=r"^“admin” is no e-mail address\.$"):
        call_command("add_administrator", "admin")
