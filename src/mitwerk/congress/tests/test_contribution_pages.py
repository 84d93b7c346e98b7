"""A firm hands in, follows, and names who speaks; the speaker answers by the link of a mail."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import OFFICE
from mitwerk.competences.models import Competence
from mitwerk.congress.actions import take_step
from mitwerk.congress.models import Congress, Contribution, Speaker
from mitwerk.congress.tests.cast import handed_in
from mitwerk.core.translated import Translated
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People, make_people

MINE = "/en/my/contributions/"
SENT = {
    "kind": "talk", "title_de": "Rezepturen im Griff", "title_en": "Recipes under control", "language": "de",
    "abstract_de": "Was Bäcker davon haben.", "wishes": "Beamer", "away": "2007-10-27-pm",
}  # fmt: skip
SPEAKER = {"name": "Wer spricht", "email": "speaker@example.org", "about_de": "Leitet die Backstube."}


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


@pytest.fixture
def firm(as_user: Any, people: People) -> Client:
    client: Client = as_user(people.delegate)
    return client


def add_page(congress: Congress, cast: Cast) -> str:
    return f"/en/my/congresses/{congress.public_id}/hand-in/{cast.firm.slug}/"


def test_from_the_call_to_the_stage(
    firm: Client, client: Client, congress: Congress, cast: Cast, people: People
) -> None:
    Competence.objects.create(organisation=cast.firm, concept=cast.erp)
    assert MINE in client.get("/en/congresses/kongress-2007/").content.decode()
    assert add_page(congress, cast) in firm.get(MINE).content.decode()
    answer = firm.post(add_page(congress, cast), {**SENT, "competences": [cast.erp.slug]})
    draft = Contribution.objects.get()
    page = f"{MINE}{draft.public_id}/"
    assert (answer.status_code, answer["location"]) == (302, page)
    assert (draft.away, list(draft.competences.all())) == ([["2007-10-27", "pm"]], [cast.erp])
    assert firm.post(f"{page}speakers/add/", SPEAKER)["location"] == page
    assert Mail.objects.count() == 0, "nobody is asked about a draft"
    firm.post(f"{page}steps/submit/")
    [asked] = Mail.objects.all()
    assert (asked.to, Speaker.objects.get().asked_at is not None) == ("speaker@example.org", True)
    take_step(contribution=draft, verb="accept", who=OFFICE, actor=cast.it_editor, text="Wir freuen uns.")
    told = firm.get(page).content.decode()
    assert ("Wir freuen uns." in told, "Confirm: we come" in told) == (True, True)
    firm.post(f"{page}steps/confirm/")
    draft.refresh_from_db()
    assert draft.state == "confirmed"


def test_who_acts_for_nobody_reads_what_to_do_first(as_user: Any, congress: Congress, people: People) -> None:
    told = [
        ("You act for no organisation yet" in text, "Open calls" in text)
        for user in (people.stranger, people.delegate)
        if (text := as_user(user).get(MINE).content.decode())
    ]
    assert told == [(True, False), (False, True)]


def test_what_is_lacking_is_told_and_the_rest_kept(firm: Client, congress: Congress, cast: Cast) -> None:
    answer = firm.post(add_page(congress, cast), {**SENT, "title_de": "", "title_en": "", "kind": "flight"})
    text = answer.content.decode()
    assert ("Write this in at least one language." in text, "Was Bäcker davon haben." in text) == (True, True)
    assert ("Select a valid choice." in text, Contribution.objects.count()) == (True, 0)


def test_after_the_call_what_was_typed_is_given_back(
    firm: Client, congress: Congress, cast: Cast, people: People, time_machine: Any, as_user: Any
) -> None:
    firm.post(add_page(congress, cast), SENT)
    draft = Contribution.objects.get()
    time_machine.move_to(dt.datetime(2007, 8, 31, 16, 0, tzinfo=dt.UTC), tick=False)
    firm = as_user(people.delegate)  # the old sign-in has run out
    text = firm.post(f"{MINE}{draft.public_id}/edit/", {**SENT, "abstract_de": "Viel Text."}).content.decode()
    assert ("The call is over." in text, "Viel Text." in text) == (True, True)
    assert firm.get(add_page(congress, cast)).status_code == 404


def test_a_draft_is_changed_and_taken_back(firm: Client, congress: Congress, cast: Cast, people: People) -> None:
    talk = handed_in(congress, cast, people.delegate)
    page = f"{MINE}{talk.public_id}/"
    assert firm.get(f"{page}edit/").status_code == 404
    firm.post(f"{page}steps/revise/")
    assert 'value="Rezepturen im Griff"' in firm.get(f"{page}edit/").content.decode()
    firm.post(f"{page}edit/", {**SENT, "title_de": "Anders", "competences": [cast.erp.slug]})
    talk.refresh_from_db()
    assert (talk.state, str(talk.title["de"])) == ("draft", "Anders")
    text = firm.post(f"{page}steps/fly/", follow=True).content.decode()
    assert "This is no longer possible: it is draft now." in text


def test_who_knows_an_address_learns_no_name(firm: Client, congress: Congress, cast: Cast, people: People) -> None:
    Person.objects.create(name="Geheim Gehalten", email="known@example.org")
    talk = handed_in(congress, cast, people.delegate)
    page = f"{MINE}{talk.public_id}/"
    firm.post(f"{page}speakers/add/", {**SPEAKER, "email": "known@example.org"})
    text = firm.get(page).content.decode()
    assert ("Wer spricht" in text, "Geheim" in text, "known@" in text) == (True, False, False)


def link_in(mail: Mail) -> str:
    return str(re.findall(r"https?://[^/]+(/\S+)", mail.text)[0])


def test_a_speaker_agrees_and_changes_their_mind(
    firm: Client, client: Client, congress: Congress, cast: Cast, people: People
) -> None:
    talk = handed_in(congress, cast, people.delegate)
    firm.post(f"{MINE}{talk.public_id}/speakers/add/", SPEAKER)
    speaker, link = Speaker.objects.get(), link_in(Mail.objects.get())

    def answered() -> tuple[bool, bool]:
        speaker.refresh_from_db()
        return speaker.agreed_at is not None, speaker.refused_at is not None

    opened = client.get(link)
    assert (opened.status_code, answered()) == (200, (False, False))
    assert client.post(link, {"answer": "perhaps"}).status_code == 200
    client.post(link, {"answer": "yes"})
    assert answered() == (True, False)
    assert "Sie haben zugestimmt" in client.get(link).content.decode()
    client.post(link, {"answer": "no"})
    assert answered() == (False, True)
    firm.post(f"{MINE}{talk.public_id}/speakers/{speaker.public_id}/drop/")
    assert client.get(link).status_code == 410
    assert client.post(link, {"answer": "yes"}).status_code == 410
    assert client.get("/en/take-part/speaker/nothing/").status_code == 404


def test_others_contributions_are_missing(
    as_user: Any, client: Client, congress: Congress, cast: Cast, people: People
) -> None:
    talk = handed_in(congress, cast, people.delegate)
    speaker = Speaker.objects.create(contribution=talk, person=Person.objects.first(), name="Wer spricht")
    page = f"{MINE}{talk.public_id}/"
    for user in (people.stranger, people.former, cast.it_editor):
        other = as_user(user)
        assert [
            other.get(page).status_code,
            other.get(f"{page}edit/").status_code,
            other.post(f"{page}edit/", SENT).status_code,
            other.post(f"{page}steps/withdraw/").status_code,
            other.post(f"{page}speakers/add/", SPEAKER).status_code,
            other.post(f"{page}speakers/{speaker.public_id}/drop/").status_code,
            other.post(add_page(congress, cast), SENT).status_code,
        ] == [404] * 7
        assert "Recipes" not in other.get(MINE).content.decode()
    assert client.get(page).status_code == 302
    talk.refresh_from_db()
    assert (talk.state, Speaker.objects.count(), Contribution.objects.count()) == ("submitted", 1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_for_one_and_for_three(
    firm: Client, congress: Congress, cast: Cast, people: People, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        talk = handed_in(congress, cast, people.delegate, title=Translated({"en": f"Number {number}"}))
        Speaker.objects.create(contribution=talk, person=Person.objects.first(), name="Wer spricht")
    pages = (MINE, f"{MINE}{talk.public_id}/")
    for page, queries in zip(pages, (8, 7), strict=True):
        firm.get(page)
        with django_assert_num_queries(queries):
            firm.get(page)
