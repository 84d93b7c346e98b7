"""Claiming an entry: the form, what the office gets, and what machines get."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.tests.cast import Cast

pytestmark = pytest.mark.django_db

FORM = "/en/organisations/backhaus/claim/"
THANKS = "/en/organisations/backhaus/claim/thanks/"
FILLED = {
    "name": "Muster Person",
    "email": "person@backhaus.example",
    "function": "Marketing",
    "text": "Wir backen auch Kuchen.",
}


def send(client: Client, address: str = FORM, **changes: str) -> Any:
    return client.post(address, {**FILLED, **changes})


def test_the_form_is_shown_for_an_unclaimed_entry(client: Client, cast: Cast):
    answer = client.get(FORM)
    assert (answer.status_code, answer.context["organisation"]) == (200, cast.bakery)


def test_a_claimed_entry_cannot_be_claimed_again(client: Client, cast: Cast):
    answers = [client.get("/en/organisations/aehrenwerk/claim/"), send(client, "/en/organisations/aehrenwerk/claim/")]
    assert [(a.status_code, a["Location"]) for a in answers] == [(302, "/en/organisations/aehrenwerk/")] * 2
    assert Claim.objects.count() == 0


def test_a_claim_is_stored_and_told_to_the_log(client: Client, cast: Cast, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client)
    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    claim = Claim.objects.get()
    assert (claim.organisation, claim.name, claim.email, claim.function, claim.text, claim.state) == (
        cast.bakery, *FILLED.values(), Claim.State.OPEN,
    )  # fmt: skip
    entry = AuditEntry.objects.get(verb="claim.send")
    assert (entry.target_id, entry.details) == (claim.public_id, {"organisation": cast.bakery.public_id})
    assert client.get(THANKS).status_code == 200


def test_the_office_gets_a_mail_it_can_answer(client: Client, cast: Cast, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        send(client)
    sent = mail.outbox[0]
    assert (len(mail.outbox), sent.to, sent.reply_to) == (1, ["region@example.org"], ["person@backhaus.example"])
    assert sent.subject == "Möchte den Eintrag übernehmen: Backhaus Muldental AG"
    assert sent.body.splitlines()[1].endswith("/de/akteure/backhaus/")
    assert FILLED["text"] in sent.body.splitlines()


def test_a_claim_from_a_clusters_page_goes_to_the_clusters_office(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: Any
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, "/de/ernaehrung/akteure/backhaus/uebernehmen/")
    assert answer["Location"] == "/de/ernaehrung/akteure/backhaus/uebernehmen/danke/"
    assert [message.to for message in mail.outbox] == [["food@example.org"]]
    assert AuditEntry.objects.get(verb="claim.send").cluster_slug == "ernaehrung"


def test_a_mail_that_fails_loses_nothing(
    client: Client, cast: Cast, settings: Any, django_capture_on_commit_callbacks: Any
):
    settings.EMAIL_BACKEND = "mitwerk.no.such.Backend"
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client)
    assert (answer.status_code, Claim.objects.count()) == (302, 1)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "A\r\nBcc: all@example.org"),
        ("name", "x" * 151),
        ("name", "a\0b"),
        ("email", "nobody"),
        ("email", "a@example.org\nBcc: b@example.org"),
        ("function", "A\nB"),
        ("text", "x" * 5001),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_is_kept(client: Client, cast: Cast, field: str, value: str):
    answer = send(client, **{field: value})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    kept = {name: answer.context["form"][name].value() for name in FILLED if name != field}
    assert kept == {name: text for name, text in FILLED.items() if name != field}
    assert (Claim.objects.count(), len(mail.outbox)) == (0, 0)


def test_a_machine_is_thanked_and_forgotten(client: Client, cast: Cast, django_capture_on_commit_callbacks: Any):
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(client, trap="http://spam.example")
    assert (answer["Location"], Claim.objects.count(), len(mail.outbox)) == (THANKS, 0, 0)


def test_the_sixth_claim_within_an_hour_waits(client: Client, cast: Cast):
    answers = [send(client) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]
    assert answers[5].context["form"]["text"].value() == FILLED["text"]
    assert Claim.objects.count() == 5


def test_an_entry_of_another_cluster_is_claimed_at_the_region(client: Client, cast: Cast):
    answer = client.get("/en/it/organisations/backhaus/claim/")
    assert (answer.status_code, answer["Location"]) == (302, FORM)


@pytest.mark.parametrize("slug", ["verborgen", "no-such"])
def test_what_is_not_shown_cannot_be_claimed(client: Client, cast: Cast, slug: str):
    address = f"/en/organisations/{slug}/claim/"
    assert [client.get(address).status_code, send(client, address).status_code] == [404, 404]
    Organisation.objects.filter(slug=slug).update(visibility=Organisation.Visibility.PUBLISHED)
    assert client.get(address).status_code == (200 if slug == "verborgen" else 404)


def test_only_reading_and_sending(client: Client, cast: Cast):
    assert [client.put(FORM).status_code, client.post(THANKS).status_code] == [405, 405]


def test_a_form_from_elsewhere_is_refused(cast: Cast):
    assert Client(enforce_csrf_checks=True).post(FORM, FILLED).status_code == 403
