"""Reporting a need: it reaches the office and nobody else before the office clears it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.matching.models import Need
from mitwerk.outbox.models import Mail

WRITTEN = {
    "title": "Störungen früher sehen",
    "text": "Unsere Anlage steht zu oft.\n\nWarum, wissen wir nicht.",
    "sector": "food",
    "organisation_name": "Backhaus Muldental AG",
    "name": "Muster Absenderin",
    "email": "absenderin@example.org",
}
PUBLIC = ["/de/bedarfe/", "/en/needs/", "/de/ernaehrung/bedarfe/", "/de/bedarfe/?q=St%C3%B6rungen"]

Send = Callable[..., Any]


@pytest.fixture
def send(cast: Cast, client: Client, django_capture_on_commit_callbacks: Any) -> Send:
    def post(address: str, **changes: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {**WRITTEN, **changes})

    return post


def test_it_is_stored_for_the_office(send: Send, cast: Cast) -> None:
    response = send("/de/ernaehrung/bedarf-melden/")
    assert (response.status_code, response["Location"]) == (302, "/de/ernaehrung/bedarf-melden/danke/")
    need = Need.objects.get()
    assert (need.state, need.origin, need.sector) == ("reported", "reported", cast.sector_food)
    assert (need.title, need.text["de"]) == ({"de": "Störungen früher sehen"}, WRITTEN["text"])
    assert [cluster.slug for cluster in need.clusters.all()] == ["ernaehrung"]
    assert (need.contact.organisation_name, need.contact.email) == (WRITTEN["organisation_name"], WRITTEN["email"])
    assert AuditEntry.objects.get(verb="need.report").details == {}


def test_the_office_gets_a_mail_to_answer(send: Send) -> None:
    send("/en/report-a-need/")
    (sent,) = mail.outbox
    assert sent.subject == "Ein Bedarf wurde gemeldet: Störungen früher sehen"
    assert (sent.to, sent.reply_to) == (["region@example.org"], ["absenderin@example.org"])
    assert "Branche: Ernährung" in sent.body
    assert "Unsere Anlage steht zu oft." in sent.body


def test_nobody_reads_it_before_the_office_clears_it(send: Send, client: Client) -> None:
    send("/de/ernaehrung/bedarf-melden/")
    need = Need.objects.get()
    hidden_at = [*PUBLIC, need.get_absolute_url()]
    assert [b"Unsere Anlage" in client.get(address).content for address in hidden_at] == [False] * 5


def test_control_it_is_read_once_cleared(send: Send, client: Client) -> None:
    send("/de/ernaehrung/bedarf-melden/")
    Need.objects.update(state=Need.State.PUBLISHED)
    need = Need.objects.get()
    shown_at = [*PUBLIC, need.get_absolute_url()]
    pages = [client.get(address).content.decode() for address in shown_at]
    assert ["Unsere Anlage" in page for page in pages] == [True] * 5
    assert not any(secret in page for page in pages for secret in ("Backhaus", "absenderin", "Absenderin"))


def test_a_mail_that_fails_loses_nothing(send: Send, settings: Any) -> None:
    settings.EMAIL_BACKEND = "mitwerk.outbox.tests.broken_mail.Backend"
    assert send("/de/bedarf-melden/").status_code == 302
    assert (Need.objects.get().contact.email, Mail.objects.get().state) == (WRITTEN["email"], "waiting")


@pytest.mark.parametrize("title", ["☃☃☃", "x" * 150, "melden", "../../etc"])
def test_any_title_gets_an_address(send: Send, client: Client, title: str) -> None:
    send("/de/bedarf-melden/", title=title)
    Need.objects.update(state=Need.State.PUBLISHED)
    assert client.get(Need.objects.get().get_absolute_url()).status_code == 200


def test_the_same_title_twice_gets_two_addresses(send: Send) -> None:
    send("/de/bedarf-melden/")
    send("/de/bedarf-melden/")
    assert Need.objects.count() == 2


def test_a_machine_is_thanked_and_forgotten(send: Send) -> None:
    assert send("/de/bedarf-melden/", trap="x")["Location"] == "/de/bedarf-melden/danke/"
    assert (Need.objects.count(), len(mail.outbox)) == (0, 0)


def test_the_sixth_within_an_hour_waits(send: Send) -> None:
    assert [send("/de/bedarf-melden/").status_code for _ in range(6)] == [302] * 5 + [200]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"title": "a\nBcc: b@example.org"}, ["title"]),
        ({"title": "", "email": "x"}, ["title", "email"]),
        ({"text": "a\x00b"}, ["text"]),
        ({"text": "x" * 5001}, ["text"]),
        ({"sector": "nichts"}, ["sector"]),
        ({"sector": "datenanalyse"}, ["sector"]),
        ({"sector": "\x00"}, ["sector"]),
        ({"name": "x" * 5000}, ["name"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(send: Send, changes: dict[str, str], wrong: list[str]) -> None:
    response = send("/de/bedarf-melden/", **changes)
    assert list(response.context["form"].errors) == wrong
    assert WRITTEN["organisation_name"] in response.content.decode()
    assert Need.objects.count() == 0


@pytest.mark.parametrize("address", ["/de/bedarf-melden/", "/en/it/report-a-need/", "/de/it/bedarf-melden/danke/"])
def test_the_pages_open(cast: Cast, client: Client, address: str) -> None:
    assert client.get(address).status_code == 200
