"""The form, the page behind the link, and that nobody learns from them who comes."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.qr import png
from mitwerk.congress.tests.cast import TODAY
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event
from mitwerk.outbox.actions import forget_mails
from mitwerk.outbox.mails import message_of
from mitwerk.outbox.models import Mail
from mitwerk.registrations.models import AccessCode, Admission, Booking, Question, Registration
from mitwerk.registrations.queries import token_of
from mitwerk.registrations.tests.cast import come, make_kind, make_seller, one, states

PAGE = "/en/congresses/kongress-2007/register/"
NONCE = re.compile(r'nonce="[^"]*"')
SENT = "/en/congresses/kongress-2007/registered/"


def form(client: Client, page: str = PAGE, **more: str) -> dict[str, str]:
    """What a browser sends: the hidden key of the page, and what is typed."""
    text = client.get(page).content.decode()
    [key] = re.findall(r'name="key" value="([^"]+)"', text)
    kind = re.findall(r'name="kind" value="([^"]+)"', text)[0]
    return {"key": key, "kind": kind, "name": "Ada", "email": "ada@example.org", **more}


def link(name: str) -> str:
    return f"/en/registrations/{token_of(one(name))}/"


def test_the_congress_leads_to_the_form_while_it_is_open(
    client: Client, admission: Admission, time_machine: Any
) -> None:
    congress = "/en/congresses/kongress-2007/"
    for place, to in ((congress, PAGE), ("/en/it" + congress[3:], "/en/it" + PAGE[3:])):
        assert f'href="{to}"' in client.get(place).content.decode()
        assert client.get(to).status_code == 200
    Admission.objects.update(opens_at=TODAY + dt.timedelta(hours=1))
    assert PAGE not in client.get(congress).content.decode()
    assert "Registration opens on 14 July 2006, 12:00." in client.get(PAGE).content.decode()
    Admission.objects.update(opens_at=TODAY)
    time_machine.move_to(admission.begins_at, tick=False)
    assert "Registration is closed." in client.get(PAGE).content.decode()
    assert PAGE not in client.get(congress).content.decode()


def test_a_draft_and_a_foreign_cluster_have_no_form(client: Client, admission: Admission) -> None:
    elsewhere = "/en/ernaehrung/congresses/kongress-2007/register/"
    found = client.get(elsewhere)
    assert (found.status_code, found.url, client.post(elsewhere).status_code) == (302, PAGE, 404)
    Event.objects.update(state="draft")
    assert [client.get(page).status_code for page in (PAGE, SENT, elsewhere)] == [404, 404, 404]


def test_without_a_kind_of_ticket_nothing_is_offered(client: Client, admission: Admission) -> None:
    admission.kinds.all().delete()
    assert "Registration is closed." in client.get(PAGE).content.decode()


def test_a_guest_registers_without_an_account(client: Client, admission: Admission, cast: Cast) -> None:
    Question.objects.create(admission=admission, wording={"de": "Thema?", "en": "Topic?"})
    tick = Question.objects.create(admission=admission, wording={"en": "First time?"}, kind="tick", position=1)
    sent = form(client, organisation_name=f" {cast.firm.name} ", diet="Nuts", **{f"q_{tick.public_id}": "on"})
    answer = client.post(PAGE, sent)
    assert (answer.status_code, answer["location"]) == (302, SENT)
    ada = one("Ada")
    assert (ada.state, ada.booking.organisation, ada.diet, ada.language) == ("booked", cast.firm, "Nuts", "en")
    assert ada.answers_in_words == "First time?: yes"
    mail = Mail.objects.get()
    assert link("Ada") in mail.text
    assert (mail.reply_to, mail.qr, mail.subject) == (
        "region@example.org", ada.public_id, "Your ticket: Congress 2007",
    )  # fmt: skip
    text = client.get(link("Ada")).content.decode()
    for said in ("Your ticket", ada.public_id, cast.firm.name, "Nuts", "First time?: yes", "26 to 27 October 2007"):
        assert said in text, said
    drawn = client.get(link("Ada") + "code.svg")
    assert (drawn["content-type"], drawn.content[:4]) == ("image/svg+xml", b"<svg")


def test_members_are_suggested_and_any_name_can_be_typed(client: Client, admission: Admission, cast: Cast) -> None:
    assert f'<option value="{cast.firm.name}">' in client.get(PAGE).content.decode()
    client.post(PAGE, form(client, organisation_name="Nowhere Ltd"))
    booking = Booking.objects.get()
    assert (booking.organisation, booking.organisation_name, booking.organisation_label) == (
        None, "Nowhere Ltd", "Nowhere Ltd",
    )  # fmt: skip


def test_whether_an_address_is_registered_is_told_by_mail_alone(client: Client, admission: Admission) -> None:
    """The same answer, page for page and byte for byte, for a new address, a known one and a machine."""
    answers = []
    for email in ("ada@example.org", "Ada@Example.org", "new@example.org"):
        sent = form(client, email=email)
        answer = client.post(PAGE, sent)
        page = NONCE.sub("", client.get(answer["location"]).content.decode())
        answers.append((answer.status_code, answer["location"], answer.content, page))
    machine = client.get(client.post(PAGE, form(client, trap="x"))["location"]).content.decode()
    answers.append((*answers[0][:3], NONCE.sub("", machine)))
    assert len(set(answers)) == 1
    assert [row.state for row in Registration.objects.order_by("pk")] == ["booked", "double", "booked"]
    known = Mail.objects.get(subject="You are registered already: Congress 2007")
    first = Registration.objects.order_by("pk")[0]
    assert token_of(first) in known.text


def test_a_group_says_nothing_of_its_members(client: Client, admission: Admission) -> None:
    """Somebody names an address to learn whether it is registered: the group looks the same."""
    come(admission, "ben")
    for colleague in ("ben", "cleo"):
        client.post(PAGE, form(client, email=f"spy-{colleague}@example.org", name=f"Spy {colleague}",
                               colleagues=f"Them, {colleague}@example.org"))  # fmt: skip
    pages = [client.get(link(f"Spy {name}")).content.decode() for name in ("ben", "cleo")]
    sections = [re.search(r'<section[^>]*aria-labelledby="group">.*?</section>', page, re.S) for page in pages]
    words = [re.sub(r'href="[^"]*"', "", found[0]) for found in sections if found]
    assert (len(words), len(set(words))) == (2, 1)
    assert [row.state for row in Registration.objects.filter(name="Them").order_by("pk")] == ["double", "waiting"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "A\u202eda"}, "This holds signs that nobody sees."),
        ({"name": "Buy at https://evil.example"}, "A name holds no address of a page or of a mailbox."),
        ({"colleagues": "See www.evil.example, b@example.org"}, "A name holds no address of a page or of a mailbox."),
        ({"email": "no address"}, "Enter a valid email address."),
        ({"kind": "foreign"}, "Select a valid choice."),
        ({"key": "short"}, "Please load the page anew."),
        ({"colleagues": "Ben"}, "We cannot read this line: Ben"),
        ({"colleagues": "Ben, b@example.org\nBen, B@example.org"}, "Each address once, please, and not your own."),
        ({"colleagues": "Me, ADA@example.org"}, "Each address once, please, and not your own."),
        ({"colleagues": "\n".join(f"N{n}, n{n}@example.org" for n in range(20))}, "19 colleagues at most, please."),
    ],
)
def test_what_is_wrong_is_told_and_the_rest_kept(
    client: Client, admission: Admission, wrong: dict[str, str], told: str
) -> None:
    answer = client.post(PAGE, form(client, organisation_name="Firm", **wrong))
    text = answer.content.decode()
    assert (told in text, 'value="Firm"' in text, answer.status_code) == (True, True, 200)
    assert Registration.objects.count() == 0


def test_colleagues_are_typed_as_people_write_them(client: Client, admission: Admission) -> None:
    admission.kinds.update(quota=10)
    lines = ("Ben Berg, ben@example.org", " Cleo <cleo@example.org> ", "", "Dr. Dan;d@example.org", "E\te@example.org")
    client.post(PAGE, form(client, colleagues="\r\n".join(lines)))
    assert list(Registration.objects.order_by("pk").values_list("name", "email")) == [
        ("Ada", "ada@example.org"), ("Ben Berg", "ben@example.org"), ("Cleo", "cleo@example.org"),
        ("Dr. Dan", "d@example.org"), ("E", "e@example.org"),
    ]  # fmt: skip


def test_each_price_class_asks_for_its_own(client: Client, admission: Admission, cast: Cast) -> None:
    kinds = {
        "member": make_kind(admission, price_class="member"), "partner": make_kind(admission, price_class="partner"),
        "paid": make_kind(admission, price_class="invoice", price=19000),
        "coded": make_kind(admission, needs_code=True),
    }  # fmt: skip
    text = client.get(PAGE).content.decode()
    assert kinds["paid"].public_id not in text, "nobody is named who writes the invoice"
    make_seller(cast, admission)
    AccessCode.objects.create(admission=admission, kind=kinds["coded"], code="Gast-07", plain="GAST07")
    told = (
        ("member", {"organisation_name": "Nowhere"}, "This ticket is for members."),
        ("partner", {}, "Please name the cluster whose guest you are."),
        ("paid", {"bill_name": "F"}, "The invoice needs this."),
        ("coded", {"code": "gast-08"}, "This ticket needs an access code, and this one is not good for it."),
    )
    for name, more, expected in told:
        answer = client.post(PAGE, form(client, **{**more, "kind": kinds[name].public_id}))
        assert expected in answer.content.decode(), name
    assert Registration.objects.count() == 0
    bill = {"bill_name": "F", "bill_street": "S 1", "bill_postcode": "1", "bill_city": "C", "bill_country": "DE"}
    right = (
        ("member", {"organisation_name": cast.firm.name}), ("partner", {"guest_of": "Cluster Nord"}), ("paid", bill),
        ("coded", {"code": " gast 07"}),
    )  # fmt: skip
    for name, more in right:
        sent = form(client, **{**more, "kind": kinds[name].public_id, "name": name, "email": f"{name}@example.org"})
        assert client.post(PAGE, sent).status_code == 302, name
    assert states(admission) == dict.fromkeys(kinds, "booked")
    again = form(client, kind=kinds["coded"].public_id, code="GAST07")
    assert "has been used up." in client.post(PAGE, again).content.decode()


def test_what_a_ticket_costs_stands_beside_it(client: Client, admission: Admission, cast: Cast) -> None:
    make_seller(cast, admission)
    make_kind(admission, 0, price_class="invoice", price=19050)
    text = client.get(PAGE).content.decode()
    assert "Card · €190.50 net, 19 % VAT · booked out: waiting list" in text
    Admission.objects.update(seller=None)
    assert "190.50" not in client.get(PAGE).content.decode()


def test_a_form_sent_twice_counts_once(client: Client, admission: Admission) -> None:
    sent = form(client)
    assert [client.post(PAGE, sent).status_code for _time in range(2)] == [302, 302]
    assert (Registration.objects.count(), Mail.objects.count()) == (1, 1)


def test_a_sender_cannot_send_for_ever(client: Client, admission: Admission, monkeypatch: Any) -> None:
    monkeypatch.setattr("mitwerk.registrations.views.SENDS_PER_HOUR", 1)
    assert client.post(PAGE, form(client)).status_code == 302
    assert "several times within an hour" in client.post(PAGE, form(client, email="b@example.org")).content.decode()


def test_a_guest_changes_and_cancels_by_the_link(client: Client, admission: Admission) -> None:
    come(admission, "ada")
    come(admission, "ben")
    said = {"wording": {"en": "Topic?"}, "kind": "choice", "options": {"en": "A\nB"}}
    asked = Question.objects.create(admission=admission, **said)
    page = link("Ada")
    assert 'value="Ada"' in client.get(page + "change/").content.decode()
    sent = {"name": "Ada Weber", "diet": "Milk", f"q_{asked.public_id}": "B"}
    assert client.post(page + "change/", sent).status_code == 302
    ada = one("Ada Weber")
    assert (ada.diet, ada.email, ada.answers) == ("Milk", "ada@example.org", {asked.public_id: "B"})
    assert "The seat goes to the next in line at once." in client.get(page + "cancel/").content.decode()
    assert one("Ada Weber").state == "booked", "looking changes nothing"
    for _time in range(2):
        assert client.post(page + "cancel/").status_code == 302
    assert (one("Ada Weber").state, one("Ben").state) == ("cancelled", "booked")
    text = client.get(page).content.decode()
    assert ("This registration is cancelled." in text, "I do not come" in text) == (True, False)
    assert client.get(page + "code.svg", follow=True).status_code == 404
    answer = client.post(page + "change/", sent, follow=True).content.decode()
    assert "can no longer be changed" in answer


def test_the_held_seat_is_taken_with_a_click(client: Client, admission: Admission, time_machine: Any) -> None:
    for name in ("ada", "ben", "cleo", "dan"):
        come(admission, name)
    assert "You are number 1 in line." in client.get(link("Dan")).content.decode()
    client.post(link("Ada") + "cancel/")
    page = client.get(link("Dan")).content.decode()
    assert "Until 16 July 2006, 11:00 it is yours to take." in page
    assert "The seat is yours." in client.post(link("Dan") + "take/", follow=True).content.decode()
    client.post(link("Ben") + "take/")
    assert states(admission) == {"Ada": "cancelled", "Ben": "booked", "Cleo": "booked", "Dan": "booked"}


def test_a_link_is_no_guess_and_opens_one_registration(client: Client, admission: Admission) -> None:
    come(admission, "ada", "ben")
    ada, ben = one("Ada"), one("Ben")
    forged = token_of(ada).replace(ada.public_id, ben.public_id)
    for token in (forged, ada.public_id, f"{ada.public_id}.x", "x"):
        assert client.get(f"/en/registrations/{token}/", follow=True).status_code == 404, token
    assert client.post(link("Ben") + "cancel-all/").status_code == 404
    assert "Nobody of your group comes?" in client.get(link("Ada") + "cancel-all/").content.decode()
    assert "Whom you have registered besides" not in client.get(link("Ben")).content.decode()
    assert client.post(link("Ada") + "cancel-all/").status_code == 302
    assert states(admission) == {"Ada": "cancelled", "Ben": "cancelled"}


def test_texts_of_guests_are_text(client: Client, admission: Admission) -> None:
    junk, name = "<b>x</b> http://evil.example {{ 7 }}", "<b>x</b> {{ 7|add:7 }} %(name)s {0.__class__}"
    client.post(PAGE, form(client, name=name, organisation_name=junk, diet=junk))
    mail = Mail.objects.get()
    assert ("<b>x" in mail.html, "&lt;b&gt;x" in mail.html, f"Dear {name}," in mail.text) == (False, True, True)
    page = client.get(link(name)).content.decode()
    assert ("<b>x" in page, 'href="http://evil' in page, "&lt;b&gt;x" in page) == (False, False, True)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_ask_the_same_for_one_and_for_three(
    client: Client, admission: Admission, number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number - 1):
        make_kind(admission, name=Translated({"en": f"K{place}"}))
    come(admission, *["ada", "ben", "cleo", "dan"][: number + 1])
    for page, queries in ((PAGE, 6), (link("Ada"), 6)):
        client.get(page)
        with django_assert_num_queries(queries):
            client.get(page)


def test_the_mail_shows_the_code_by_itself(admission: Admission) -> None:
    """No picture is fetched from anywhere: it comes along."""
    come(admission, "ada")
    mail = Mail.objects.get()
    parts = {part.get_content_type(): part for part in message_of(mail).message().walk()}
    image = parts["image/png"]
    assert (image["Content-ID"], image.get_payload(decode=True)) == ("<code>", png(one("Ada").public_id))
    assert ('src="cid:code"' in mail.html, f"QR code: {one('Ada').public_id}" in mail.text) == (True, True)
    Mail.objects.update(state="sent", sent_at=TODAY, created_at=TODAY - dt.timedelta(days=31))
    assert forget_mails() == 1
    assert (Mail.objects.get().qr, Mail.objects.get().to) == ("", "")


def test_a_mail_without_a_code_has_no_picture(admission: Admission) -> None:
    come(admission, "ada", kind=make_kind(admission, 0))
    mail = Mail.objects.get()
    assert [part.get_content_type() for part in message_of(mail).message().walk() if not part.is_multipart()] == [
        "text/plain", "text/html",
    ]  # fmt: skip
    assert "cid:" not in mail.html
