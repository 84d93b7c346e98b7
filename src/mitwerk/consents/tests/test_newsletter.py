"""The newsletter's door: double opt-in, one click out, and nobody learns who is on the list (TRUST P2, P4)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.consents.actions import forget_requests, queue_consented_mail
from mitwerk.consents.models import Asked, Consent, Evidence
from mitwerk.consents.queries import has_consent
from mitwerk.outbox.mails import deliver_due, message_of
from mitwerk.outbox.models import Mail
from mitwerk.privacy.tests.test_my_data import sign_in

ADDRESS = "leserin@example.org"
FORM = "/de/it/newsletter/"


def subscribe(email: str = ADDRESS, **changes: str) -> str:
    """Sends the form; where it leads."""
    answer = Client().post(FORM, {"email": email, "agrees": "on", **changes})
    return str(answer.url) if answer.status_code == 302 else answer.content.decode()


def link() -> str:
    mail = Mail.objects.filter(template="consents/confirm_mail.txt").order_by("-pk")[0]
    return re.search(r"http://[^/]+(/\S+)", mail.text.split("Zur Bestätigung")[1])[1]  # type: ignore[index]


def confirmed(email: str = ADDRESS) -> Evidence:
    subscribe(email)
    Client().post(link())
    return Evidence.objects.get(email=email)


def is_on(email: str = ADDRESS) -> bool:
    return has_consent(email, "newsletter", "it")


def test_only_the_button_behind_the_link_subscribes(cast: Cast) -> None:
    assert subscribe() == "/de/it/newsletter/mail/"
    url, browser = link(), Client()
    assert (is_on(), Evidence.objects.count()) == (False, 0)
    assert [browser.get(url).status_code, browser.head(url).status_code, is_on()] == [200, 200, False]
    assert browser.post(url).status_code == 302
    assert (is_on(), Asked.objects.count()) == (True, 0)
    assert [browser.post(url).status_code, browser.get(url).status_code] == [200, 200], "clicked twice"
    assert (Consent.objects.count(), has_consent(ADDRESS, "newsletter"), is_on(ADDRESS.upper())) == (1, False, True)
    page = browser.get(url)
    assert ("no-store" in page["Cache-Control"], 'content="noindex"' in page.content.decode()) == (True, True)


def test_after_72_hours_the_link_is_dead_and_after_7_days_nothing_is_left(cast: Cast) -> None:
    now = timezone.now()
    with time_machine.travel(now - timedelta(hours=73), tick=False):
        subscribe()
    url = link()
    assert [Client().get(url).status_code, Client().post(url).status_code, is_on()] == [410, 410, False]
    assert (forget_requests(), Asked.objects.count()) == (0, 1)
    with time_machine.travel(now + timedelta(days=4), tick=False):
        assert (forget_requests(), Asked.objects.count(), Consent.objects.count()) == (1, 0, 0)


def test_answers_are_the_same_for_known_and_unknown_addresses(cast: Cast) -> None:
    confirmed()
    known, unknown = subscribe(), subscribe("neu@example.org")
    assert known == unknown
    mails = [mail.text for mail in Mail.objects.order_by("-pk")[:2]]
    assert len({re.sub(r"(bestaetigen/)\S+", r"\1", text) for text in mails}) == 1
    Client().post(link())
    assert Consent.objects.count() == 2


def test_wrong_input_is_told_and_kept(cast: Cast) -> None:
    page = subscribe("keine-adresse", agrees="")
    assert ('value="keine-adresse"' in page, "name@example.org" in page) == (True, True)
    assert subscribe(trap="x") == "/de/it/newsletter/mail/"
    assert (Asked.objects.count(), Mail.objects.count()) == (0, 0)


def test_one_address_is_not_flooded(cast: Cast) -> None:
    for host in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{host}").post(FORM, {"email": ADDRESS, "agrees": "on"})
    assert Mail.objects.count() == 3


def test_the_mail_says_what_was_asked_for_and_nothing_else(cast: Cast) -> None:
    subscribe()
    mail = Mail.objects.get()
    assert (mail.subject, mail.headers) == ("Bitte bestätigen: Newsletter von IT-Cluster", {})
    evidence = confirmed("zwei@example.org")
    assert "Newsletter von IT-Cluster" in evidence.mail_text
    assert "/bestaetigen/…" in evidence.mail_text, "the token is not kept"


def newsletter(evidence: Evidence) -> Mail | None:
    context = {"message": {"text": "Neuigkeiten"}}
    return queue_consented_mail(
        evidence=evidence, subject="Neuigkeiten", template="clusters/message_mail.txt", context=context
    )


def test_leaving_is_one_click_signed_out_and_holds_at_once(cast: Cast) -> None:
    evidence = confirmed()
    mail = newsletter(evidence)
    assert mail is not None
    message = message_of(mail)
    address = message.extra_headers["List-Unsubscribe"][1:-1]
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url, browser = "/" + address.split("/", 3)[3], Client(enforce_csrf_checks=True)
    assert (browser.get(url).status_code, is_on()) == (200, True), "looking does nothing"
    assert browser.post(url, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert (is_on(), Mail.objects.filter(pk=mail.pk).exists(), newsletter(evidence)) == (False, False, None)
    browser.post(url)
    assert [step.kind for step in Consent.objects.all()] == ["given", "withdrawn"]
    assert Consent.objects.latest("pk").how == "one-click"


def test_control_a_mail_of_another_kind_still_leaves(cast: Cast) -> None:
    evidence = confirmed()
    Mail.objects.all().delete()
    newsletter(evidence)
    Mail.objects.create(to=ADDRESS, subject="S", template="x/y.txt", language="de", text="T")
    Client().post("/de/newsletter/abmelden/" + evidence.key + "/")
    assert deliver_due() == 1


def test_my_account_shows_and_withdraws_ones_own(cast: Cast) -> None:
    from mitwerk.accounts.actions import create_user

    mine, other = confirmed(), confirmed("andere@example.org")
    user = create_user(email=ADDRESS, password=None, name="L")
    browser = sign_in(user)
    page = browser.get("/de/konto/einwilligungen/").content.decode()
    assert (ADDRESS in page, "andere@example.org" in page) == (True, False)
    base = "/de/konto/einwilligungen/{}/widerrufen/"
    assert browser.post(base.format(other.consent.public_id)).status_code == 404
    assert (browser.post(base.format(mine.consent.public_id)).status_code, is_on()) == (302, False)
    assert is_on("andere@example.org")
    assert Client().get("/de/konto/einwilligungen/").status_code == 302


def test_the_office_sees_the_number_and_takes_the_addresses_out(cast: Cast) -> None:
    confirmed()
    left = confirmed("weg@example.org")
    Client().post("/de/newsletter/abmelden/" + left.key + "/")
    grant_role(user=cast.umbrella_editor, kind="umbrella_editor")
    client = Client()
    client.force_login(cast.umbrella_editor, backend="allauth.account.auth_backends.AuthenticationBackend")
    text = b"".join(client.get("/office/subscribers/?export=csv").streaming_content).decode()
    assert (ADDRESS in text, "weg@example.org" in text) == (True, False)
    assert AuditEntry.objects.get(verb="evidence.export").details == {"rows": 1, "kind": "csv"}


@pytest.mark.parametrize("path", ["/de/newsletter/", "/en/newsletter/", "/en/it/newsletter/"])
def test_the_page_is_public_and_the_footer_leads_there(cast: Cast, path: str) -> None:
    answer = Client().get(path)
    assert (answer.status_code, f'href="{path}"' in answer.content.decode()) == (200, True)
