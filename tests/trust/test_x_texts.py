"""TRUST X11, X12: what people call themselves and their firms is text: no link, no markup and no template."""

import re

import pytest
from django.test import Client

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.outbox.models import Mail
from mitwerk.people.actions import claim_organisation
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import hand_in_draft, send_back_draft, write_draft

pytestmark = pytest.mark.django_db
HOSTILE = [
    "https://evil.example/pay",
    '<a href="https://evil.example">Pay</a>',
    "[Pay](https://evil.example)",
    "{{ 7|add:7 }}{% debug %}",
    "{0.__class__}%(name)s",
]


def links(html: str) -> list[str]:
    return [link for link in re.findall(r'href="([^"]*)"', html) if "evil.example" in link]


@pytest.mark.parametrize("text", HOSTILE)
def test_in_mails_to_others_it_stands_as_it_was_written(cast: Cast, people: People, text: str) -> None:
    Organisation.objects.filter(pk=cast.bakery.pk).update(name=text)
    bakery = Organisation.objects.get(pk=cast.bakery.pk)
    claim_organisation(
        organisation=bakery, cluster=cast.it, name=text, email="x@gmx.de", language="de", function=text, text=text
    )
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    draft = hand_in_draft(draft=draft, note=text, actor=people.editor)
    send_back_draft(draft=draft, version=draft.version, reason=text, actor=people.manager)
    mails = list(Mail.objects.order_by("pk"))
    assert [mail.template for mail in mails] == [
        "people/claim_mail.txt", "profiles/handed_in_mail.txt", "profiles/answer_mail.txt",
    ]  # fmt: skip
    assert [text in mail.text for mail in mails] == [True, True, True]
    assert [links(mail.html) for mail in mails] == [[], [], []]
    assert ['<a href="https://evil' in mail.html for mail in mails] == [False, False, False]


def test_control_a_link_in_the_html_would_be_found() -> None:
    assert links('<p><a href="https://evil.example">x</a></p>') == ["https://evil.example"]


@pytest.mark.parametrize("text", HOSTILE)
def test_on_a_page_it_stands_as_it_was_written(cast: Cast, client: Client, text: str) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(name=text, description={"de": text}, legal_form=text)
    page = client.get(cast.firm.get_absolute_url()).content.decode()
    shown = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    assert f"<h1>{shown}</h1>" in page
    assert links(page) == []
