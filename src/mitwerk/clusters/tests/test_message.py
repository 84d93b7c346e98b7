"""Messages to the office: stored first, mailed to the right office, never lost, never a header."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override

from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.forms import ContactForm
from mitwerk.clusters.models import Message
from mitwerk.core import public_forms
from mitwerk.outbox.models import Mail

Send = Callable[..., Any]
WRITTEN = {
    "subject": "Zusammenarbeit",
    "text": "Wir möchten mitmachen.\n\nBis bald",
    "name": "Muster Absenderin",
    "email": "absenderin@example.org",
    "organisation_name": "Ährenwerk",
}


@pytest.fixture
def send(cast: Cast, client: Client, django_capture_on_commit_callbacks: Any) -> Send:
    def post(address: str, **changes: str) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, {**WRITTEN, **changes})

    return post


def test_a_message_is_stored_and_mailed_in_the_language_of_the_office(send: Send) -> None:
    response = send("/en/ernaehrung/contact/")
    assert (response.status_code, response["Location"]) == (302, "/en/ernaehrung/contact/thanks/")
    message = Message.objects.get()
    assert (message.cluster.slug, message.subject, message.kind) == ("ernaehrung", "Zusammenarbeit", "contact")
    (sent,) = mail.outbox
    assert sent.subject == "Nachricht über die Website: Zusammenarbeit"
    assert (sent.to, sent.reply_to) == (["food@example.org"], ["absenderin@example.org"])
    assert sent.body.startswith("Wir möchten mitmachen.\n\nBis bald\n")
    assert "Von: Muster Absenderin, Ährenwerk <absenderin@example.org>" in sent.body
    assert sent.content_subtype == "plain"


def test_the_subject_of_the_mail_exists_in_both_languages(send: Send, settings: Any) -> None:
    settings.LANGUAGE_CODE = "en"
    send("/de/kontakt/")
    assert mail.outbox[0].subject == "Message from the website: Zusammenarbeit"


@pytest.mark.parametrize(
    ("address", "office"),
    [
        ("/de/ernaehrung/kontakt/", "food@example.org"),
        ("/de/it/kontakt/", "region@example.org"),
        ("/de/kontakt/", "region@example.org"),
    ],
)
def test_the_nearest_office_gets_the_mail(send: Send, address: str, office: str) -> None:
    send(address)
    assert mail.outbox[0].to == [office]


def test_without_any_office_address_the_setting_gets_the_mail(send: Send, cast: Cast, settings: Any) -> None:
    settings.OFFICE_EMAIL = "last@example.org"
    cast.region.office_email = ""
    cast.region.save()
    send("/de/it/kontakt/")
    assert mail.outbox[0].to == ["last@example.org"]


def test_a_mail_that_fails_loses_nothing(send: Send, settings: Any) -> None:
    settings.EMAIL_BACKEND = "mitwerk.outbox.tests.broken_mail.Backend"
    assert send("/de/kontakt/")["Location"] == "/de/kontakt/danke/"
    assert (Message.objects.get().text, Mail.objects.get().state) == (WRITTEN["text"], "waiting")


def test_a_line_break_never_reaches_a_header(send: Send) -> None:
    response = send("/de/kontakt/", subject="a\nBcc: opfer@example.org")
    assert response.status_code == 200
    assert list(response.context["form"].errors) == ["subject"]
    assert (Message.objects.count(), len(mail.outbox)) == (0, 0)


def test_control_without_the_form_the_second_guard_still_holds(
    cast: Cast, send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ContactForm.base_fields["subject"], "validators", [])
    monkeypatch.setattr(ContactForm.base_fields["subject"], "strip", False)
    send("/de/kontakt/", subject="a\nBcc: opfer@example.org")
    (sent,) = mail.outbox
    assert sent.subject == "Nachricht über die Website: a Bcc: opfer@example.org"
    assert sent.recipients() == ["region@example.org"]


def test_a_machine_is_thanked_and_forgotten(send: Send) -> None:
    assert send("/de/kontakt/", trap="x")["Location"] == "/de/kontakt/danke/"
    assert (Message.objects.count(), len(mail.outbox)) == (0, 0)
    send("/de/kontakt/", trap="")
    assert Message.objects.count() == 1


def test_the_sixth_message_within_an_hour_waits(send: Send) -> None:
    statuses = [send("/de/kontakt/").status_code for _ in range(public_forms.SENDS_PER_HOUR + 1)]
    assert statuses == [302] * 5 + [200]
    assert Message.objects.count() == 5


def test_control_without_the_limit_all_go_through(send: Send, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(public_forms, "is_allowed", lambda *args: True)
    assert [send("/de/kontakt/").status_code for _ in range(6)] == [302] * 6


def test_errors_keep_what_was_typed_and_lead_to_the_field(send: Send) -> None:
    response = send("/de/kontakt/", email="kein-at", text="")
    page = response.content.decode()
    assert list(response.context["form"].errors) == ["text", "email"]
    assert 'value="kein-at"' in page
    assert 'value="Zusammenarbeit"' in page
    assert 'href="#id_email"' in page
    assert 'aria-describedby="id_email_helptext id_email_error"' in page


@pytest.mark.parametrize(
    ("asked", "shown"),
    [("Bedarf: Öl & Fett", "Bedarf: Öl &amp; Fett"), ("a%00b%0Ac", "a b c"), ("x" * 5000, "x" * 200)],
)
def test_what_it_is_about_is_filled_in(cast: Cast, client: Client, asked: str, shown: str) -> None:
    if "%" not in asked:
        page = client.get("/de/kontakt/", {"about": asked})
    else:
        page = client.get(f"/de/kontakt/?about={asked}")
    assert f'value="{shown}"' in page.content.decode()


def test_who_wants_to_become_a_member_needs_no_subject(send: Send) -> None:
    response = send("/de/it/mitglied-werden/", subject="", text="")
    assert response["Location"] == "/de/it/kontakt/danke/"
    message = Message.objects.get()
    assert (message.kind, message.organisation_name, message.subject) == ("membership", "Ährenwerk", "")
    assert mail.outbox[0].subject == "Möchte Mitglied werden: Ährenwerk"


def test_membership_asks_for_the_organisation(send: Send) -> None:
    response = send("/de/mitglied-werden/", organisation_name="")
    assert list(response.context["form"].errors) == ["organisation_name"]


def test_a_message_without_token_is_refused(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/de/kontakt/", WRITTEN).status_code == 403


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("page", ["contact", "membership", "message_sent"])
def test_every_page_opens_in_region_and_cluster(cast: Cast, client: Client, language: str, page: str) -> None:
    from django.urls import reverse

    with override(language):
        addresses = [reverse(f"clusters:{page}", kwargs=kwargs) for kwargs in ({}, {"cluster": "it"})]
    assert [client.get(address).status_code for address in addresses] == [200, 200]
