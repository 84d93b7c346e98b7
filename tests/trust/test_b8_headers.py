"""TRUST B8: a line break in what somebody calls themselves ends no header and begins none."""

from datetime import date
from email import message_from_bytes
from urllib.parse import quote

import pytest
from django.test import Client

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.events.models import Event
from mitwerk.outbox.mails import message_of
from mitwerk.outbox.models import Mail
from mitwerk.people.actions import claim_organisation
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import hand_in_draft, write_draft

pytestmark = pytest.mark.django_db
BREAKS = ["\r\n", "\n", "\r", "\u2028", "\x0b", "%0d%0a", "\x00"]
EVIL = "Muster{0}Bcc: evil@example.org{0}{0}<b>x</b>"


@pytest.mark.parametrize("sign", BREAKS)
def test_no_name_writes_a_header_of_a_mail(cast: Cast, people: People, sign: str) -> None:
    """Past every form, as a name from an old database would come."""
    text = EVIL.format(sign).replace("\x00", "")
    Organisation.objects.filter(pk__in=[cast.bakery.pk, cast.firm.pk]).update(name=text)
    bakery, firm = (Organisation.objects.get(pk=one.pk) for one in (cast.bakery, cast.firm))
    claim_organisation(
        organisation=bakery, cluster=cast.it, name=text, email="x@gmx.de", language="de", function="", text=text
    )
    hand_in_draft(
        draft=write_draft(organisation=firm, values={"legal_form": "eG"}, actor=people.editor),
        note=text, actor=people.editor,
    )  # fmt: skip
    mails = [message_from_bytes(message_of(mail).message().as_bytes()) for mail in Mail.objects.order_by("pk")]
    assert len(mails) == 2
    assert [mail.get("Bcc") for mail in mails] == [None, None]
    known = {"Content-Type", "MIME-Version", "Subject", "From", "To", "Reply-To", "Date", "Message-ID"}
    assert [set(mail.keys()) - known for mail in mails] == [{"Auto-Submitted"}, {"Auto-Submitted"}]


@pytest.mark.parametrize("sign", BREAKS)
def test_no_address_writes_a_header_of_an_answer(cast: Cast, client: Client, sign: str) -> None:
    text = quote(f"/de/{sign}Set-Cookie: a=b{sign}", safe="")
    paths = (
        f"/de/konto/login/?next={text}", f"/de/akteure.csv?q={text}", f"/de/suche/?q={text}", f"/{text}",
        f"/de/termine/{text}/kalender.ics",
    )  # fmt: skip
    answers = [client.get(path) for path in paths]
    assert [answer.status_code < 500 for answer in answers] == [True] * len(paths)
    assert [name for answer in answers for name, value in answer.items() if set("\r\n") & set(name + value)] == []
    assert [answer.cookies.get("a") for answer in answers] == [None] * len(paths)


def test_the_name_of_a_file_is_a_name(cast: Cast, client: Client) -> None:
    Event.objects.create(slug="messe", title={"de": EVIL.format("\r\n")}, starts_on=date(2027, 3, 1))
    answer = client.get("/de/termine/messe/kalender.ics")
    assert (answer.status_code, answer["Content-Disposition"]) == (200, 'attachment; filename="messe.ics"')


def test_control_a_break_in_a_header_would_be_an_error() -> None:
    from django.core.mail import EmailMessage

    with pytest.raises(ValueError, match="newlines"):
        EmailMessage("a\nBcc: evil@example.org", "x", to=["a@example.org"]).message()
