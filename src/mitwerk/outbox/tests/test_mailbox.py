"""The demo's mailbox: there in the demo, nowhere else."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from mitwerk.actors.tests.cast import Cast
from mitwerk.config.environment import demo, email
from mitwerk.outbox.models import Mail

LINK = "https://www.example.org/de/x/"


@pytest.fixture
def mail(cast: Cast) -> Mail:
    return make("Ihr Code")


def make(subject: str) -> Mail:
    return Mail.objects.create(
        to="a@example.org", subject=subject, template="x/y.txt", language="de", text=f"<b>Öffnen</b>:\n{LINK}\n"
    )


def test_outside_of_the_demo_there_is_none(client: Client, mail: Mail) -> None:
    addresses = [reverse("outbox:mail_list"), mail.get_absolute_url()]
    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_the_demo_shows_what_would_have_been_sent(client: Client, mail: Mail, settings: Any) -> None:
    settings.IS_DEMO = True
    listed = client.get("/demo/mail/", headers={"Accept-Language": "de"}).content.decode()
    assert f'href="/demo/mail/{mail.public_id}/"' in listed
    page = client.get(f"/demo/mail/{mail.public_id}/").content.decode()
    assert f'<a href="{LINK}"' in page
    assert "&lt;b&gt;Öffnen&lt;/b&gt;" in page


@pytest.mark.parametrize(("is_demo", "count"), [(True, 1), (False, 0)])
def test_every_page_of_the_demo_leads_to_the_mailbox(
    client: Client, cast: Cast, settings: Any, is_demo: bool, count: int
) -> None:
    settings.IS_DEMO = is_demo
    assert client.get("/de/akteure/").content.decode().count('<a href="/demo/mail/">Briefkasten der Demo</a>') == count


def test_an_empty_mailbox_says_how_to_get_a_mail(client: Client, cast: Cast, settings: Any) -> None:
    settings.IS_DEMO = True
    page = client.get("/demo/mail/", headers={"Accept-Language": "en"}).content.decode()
    assert "No mail yet" in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_however_long(
    client: Client, cast: Cast, settings: Any, count: int, django_assert_num_queries: Any
) -> None:
    settings.IS_DEMO = True
    for number in range(count):
        make(f"Mail {number}")
    with django_assert_num_queries(3):
        client.get("/demo/mail/")


@pytest.mark.parametrize("address", ["https://www.example.org", "http://10.0.0.5:8000"])
def test_a_demo_that_others_can_reach_does_not_start(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("MITWERK_DEMO", "yes")
    with pytest.raises(ImproperlyConfigured, match="MITWERK_DEMO shows everybody all mails"):
        demo(address)


def test_control_on_this_machine_it_starts_and_sends_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setenv("MITWERK_DEMO", "yes")
    monkeypatch.delenv("EMAIL_URL", raising=False)
    assert demo("http://127.0.0.1:8000") is True
    assert email(tmp_path, is_demo=True)["EMAIL_BACKEND"] == "django.core.mail.backends.dummy.EmailBackend"
