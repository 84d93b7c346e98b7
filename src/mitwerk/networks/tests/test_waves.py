"""Waves: who is written to and how often, what each agrees to for themselves, and what is left of who does not."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.sheet_files import csv_file
from mitwerk.consents.models import Asked, Consent, Evidence
from mitwerk.consents.queries import has_consent, readable_subscribers, standing_of
from mitwerk.core.changes import Refused
from mitwerk.networks.actions import end_person
from mitwerk.networks.actions import sending as sending_actions
from mitwerk.networks.actions.lists import keep_list, take_list
from mitwerk.networks.actions.sending import send_wave
from mitwerk.networks.actions.waves import start_wave
from mitwerk.networks.models import ListRow, NetworkInvitation, NetworkPerson, Wave
from mitwerk.networks.queries.waves import left_today
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.operations.tasks import TIMED, do_timed_work
from mitwerk.outbox.models import Mail

As = Callable[[User | None], Client]
HEADS = ["Firma", "Ansprechpartner", "E-Mail"]
DAY = timedelta(days=1)
LINK = re.compile(r"/de/einladung/netzwerk/[\w-]+/")


@pytest.fixture
def networks(cast: Cast) -> Networks:
    return make_networks(cast)


@pytest.fixture
def circle(networks: Networks) -> Circle:
    return make_circle(networks)


def keep(networks: Networks, circle: Circle, count: int, firm: str = "Werk") -> None:
    rows = [[f"{firm} {n}" if n else firm, f"Person {n}", f"p{n}@example.org"] for n in range(count)]
    given = {"kind": "csv", "content": csv_file(rows, HEADS), "actor": circle.coordinator}
    keep_list(people_list=take_list(network=networks.heads, file_name="x", **given), actor=circle.coordinator)


def start(networks: Networks, circle: Circle, most: int = 9, days: int = 20) -> Wave:
    return start_wave(
        network=networks.heads, most=most, ends_at=timezone.now() + days * DAY, legal_basis="Known for years",
        language="de", actor=circle.coordinator,
    )  # fmt: skip


def wave_of(networks: Networks, circle: Circle, count: int = 1, firm: str = "Werk") -> Wave:
    keep(networks, circle, count, firm)
    wave = start(networks, circle)
    send_wave(pk=wave.pk)
    wave.refresh_from_db()
    return wave


def link(letter: Any) -> str:
    (path,) = set(LINK.findall(letter.text if isinstance(letter, Mail) else letter.body))
    return str(path)


def where(name: str, *args: str, slug: str = "leiter") -> str:
    return reverse(f"networks:{name}", args=[slug, *args])


def counts(wave: Wave) -> tuple[int, ...]:
    wave.refresh_from_db()
    return wave.total, wave.agreed, wave.declined, wave.taken_back, wave.unanswered, wave.waiting


def test_a_wave_says_what_the_law_asks_for_in_both_languages(networks: Networks, circle: Circle) -> None:
    wave = wave_of(networks, circle)
    letter = Mail.objects.get()
    assert (letter.to, letter.key) == ("p0@example.org", f"network-invitation:{wave.rows.get().invitation.public_id}")
    words = ("Known for years", "Person 0, p0@example.org, Werk", "Art. 14 GDPR")
    assert [letter.text.count(word) >= 1 for word in words] == [True] * 3
    assert letter.text.count("Person 0, p0@example.org, Werk") == 2
    invitation = NetworkInvitation.objects.get()
    assert (invitation.kind, invitation.expires_at) == ("member", wave.ends_at)
    with override("en"), time_machine.travel(wave.ends_at, tick=False):
        assert invitation.is_open is False


def test_what_a_list_says_is_text_on_the_page(networks: Networks, circle: Circle, client: Client) -> None:
    wave_of(networks, circle, firm="<b>Werk</b> & Sohn")
    page = client.get(link(Mail.objects.get())).content.decode()
    assert ("<b>Werk" in page, "&lt;b&gt;Werk&lt;/b&gt; &amp; Sohn" in page, "&amp;lt;" in page) == (False, True, False)


def test_killed_in_the_middle_it_goes_on_and_nobody_is_written_to_twice(
    networks: Networks, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(networks, circle, 5)
    wave = start(networks, circle)
    real, calls = sending_actions.mail_network_invitation, []

    def dies(*args: Any) -> None:
        real(*args)
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    monkeypatch.setattr(sending_actions, "mail_network_invitation", dies)
    with pytest.raises(KeyboardInterrupt):
        send_wave(pk=wave.pk)
    wave.refresh_from_db()
    assert (Mail.objects.count(), NetworkInvitation.objects.count(), wave.sent_at) == (2, 2, None)
    monkeypatch.undo()
    TIMED["go on with waves of invitations"]()
    TIMED["go on with waves of invitations"]()
    wave.refresh_from_db()
    assert sorted(Mail.objects.values_list("to", flat=True)) == [f"p{n}@example.org" for n in range(5)]
    assert (NetworkInvitation.objects.count(), wave.sent_at is None) == (5, False)


def test_a_day_holds_only_so_many_and_each_wave_is_in_the_log(
    networks: Networks, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mitwerk.networks.queries.waves.MOST_A_DAY", 3)
    keep(networks, circle, 6)
    first = start(networks, circle, most=2)
    with pytest.raises(Refused):
        start(networks, circle, most=2)
    assert (start(networks, circle, most=1).total, left_today(networks.heads)) == (1, 0)
    with time_machine.travel(timezone.now() + DAY + timedelta(minutes=1), tick=False):
        assert start(networks, circle, most=3).total == 3
        with time_machine.travel(timezone.now() + 2 * DAY, tick=False), pytest.raises(Refused):
            start(networks, circle, most=1)
    lines = AuditEntry.objects.filter(verb="network.start_wave").order_by("pk")
    assert [line.details["rows"] for line in lines] == [2, 1, 3]
    assert lines[0].details == {"wave": first.public_id, "rows": 2}


def test_rows_that_must_be_looked_at_and_lists_not_kept_are_not_invited(networks: Networks, circle: Circle) -> None:
    given = {"kind": "csv", "content": csv_file([["F", "P 1", ""], ["F", "P 2", "b@example.org"]], HEADS)}
    people_list = take_list(network=networks.heads, file_name="x", actor=circle.coordinator, **given)
    with pytest.raises(Refused):
        start(networks, circle)
    keep_list(people_list=people_list, actor=circle.coordinator)
    assert start(networks, circle).total == 1


def test_the_database_holds_the_counts_and_the_day(networks: Networks, circle: Circle) -> None:
    wave = wave_of(networks, circle)
    for wrong in ({"agreed": 2}, {"ends_at": wave.at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wave.objects.filter(pk=wave.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        wave.rows.update(wave=None)


PURPOSES = ("network-membership", "network-members", "network-cluster")


@pytest.mark.parametrize(
    ("ticked", "found"),
    [
        ([], None),
        (["shown_to_members", "newsletter"], None),
        (["membership"], (True, False, False, False)),
        (["membership", "shown_to_members"], (True, True, False, False)),
        (["membership", "shown_to_cluster"], (True, False, True, False)),
        (["membership", "shown_to_members", "shown_to_cluster", "newsletter"], (True, True, True, True)),
    ],
)
def test_each_tick_stands_for_itself(
    networks: Networks, circle: Circle, client: Client, ticked: list[str], found: Any
) -> None:
    wave = wave_of(networks, circle)
    url = link(Mail.objects.get())
    page = client.get(url).content.decode()
    ticks = re.findall(r'<input type="checkbox"[^>]*>', page)
    assert (len(ticks), "checked" in "".join(ticks)) == (4, False)
    client.post(url, {"name": "Person 0", **dict.fromkeys(ticked, "on")})
    row = NetworkPerson.objects.filter(person__email="p0@example.org").first()
    given = tuple(has_consent("p0@example.org", one, networks.heads.public_id) for one in PURPOSES)
    if found is None:
        assert (row, given, counts(wave)) == (None, (False,) * 3, (1, 0, 0, 0, 0, 1))
        stored = (Consent.objects, Asked.objects, User.objects.filter(email="p0@example.org"))
        assert [rows.count() for rows in stored] == [0, 0, 0]
        return
    assert row
    assert ((True, row.shown_to_members, row.shown_to_cluster), given) == (found[:3], found[:3])
    assert (Asked.objects.filter(purpose="newsletter").count(), has_consent("p0@example.org", "newsletter", "it")) == (
        int(found[3]), False,
    )  # fmt: skip
    assert (counts(wave), ListRow.objects.count()) == ((1, 1, 0, 0, 0, 0), 0)
    assert {one.how for one in Consent.objects.all()} == {"invitation"}


def test_no_thanks_is_one_click_and_leaves_a_count(networks: Networks, circle: Circle, client: Client) -> None:
    wave = wave_of(networks, circle, 2)
    letter = Mail.objects.get(to="p0@example.org")
    no = re.search(r'action="(/de/[^"]+)"', client.get(link(letter)).content.decode().split('id="no"')[1])
    assert no
    assert client.get(no[1]).status_code == 405
    assert [client.post(no[1]).status_code for _ in range(2)] == [200, 404]
    assert counts(wave) == (2, 0, 1, 0, 0, 1)
    for rows in (ListRow, NetworkInvitation, Mail, Consent, Evidence, AuditEntry, User):
        assert "p0@example.org" not in str(list(rows._base_manager.values())), rows
    assert "p1@example.org" in str(list(ListRow.objects.values())), "control"


def test_whoever_is_signed_in_answers_from_the_desk(networks: Networks, circle: Circle, as_user: As) -> None:
    rows = [["Werk", "Stranger", circle.stranger.email]]
    given = {"kind": "csv", "content": csv_file(rows, HEADS), "actor": circle.coordinator}
    keep_list(people_list=take_list(network=networks.heads, file_name="x", **given), actor=circle.coordinator)
    wave = start(networks, circle)
    send_wave(pk=wave.pk)
    url = reverse("networks:my_invitation_decline", args=[NetworkInvitation.objects.get().public_id])
    assert [as_user(user).post(url).status_code for user in (circle.baker, circle.stranger)] == [404, 200]
    assert counts(wave) == (1, 0, 1, 0, 0, 0)


def test_who_may_see_me_is_mine_to_change_and_holds_at_once(
    cast: Cast, networks: Networks, circle: Circle, as_user: As, client: Client
) -> None:
    wave_of(networks, circle)
    client.post(link(Mail.objects.get()), {"name": "P", "membership": "on", "shown_to_members": "on"})
    user = User.objects.get(email="p0@example.org")
    browser, other = as_user(user), as_user(circle.member)
    people = where("people_list")
    assert "<strong>P<" in other.get(people).content.decode()
    assert browser.post(where("me"), {"shown_to_cluster": "on"})["Location"] == where("me")
    assert "<strong>P<" not in other.get(people).content.decode()
    kept = [has_consent(user.email, one, networks.heads.public_id) for one in PURPOSES]
    assert kept == [True, False, True]
    page = browser.get(reverse("consents:my_consents")).content.decode()
    assert page.count(reverse("networks:my_consents", args=[networks.heads.public_id])) == 2
    shown = standing_of([user.email]).first()
    assert shown
    withdraw = reverse("consents:consent_withdraw", args=[shown.consent.public_id])
    assert browser.post(withdraw).status_code == 404, "it ends on the page of the network, with what it was given for"
    assert list(readable_subscribers(cast.umbrella_editor)) == [], "who is in a network is no subscriber"
    assert [as_user(one).get(where("me")).status_code for one in (circle.baker, circle.stranger)] == [404, 404]
    end_person(person=NetworkPerson.objects.get(person__user=user), actor=user)
    assert list(standing_of([user.email])) == []
    assert browser.get(where("me")).status_code == 404


def test_firms_become_known_when_the_person_says_so_and_not_before(
    cast: Cast, networks: Networks, circle: Circle, client: Client
) -> None:
    before = Organisation.objects.count()
    wave_of(networks, circle, 3, firm=cast.firm.name)
    assert Organisation.objects.count() == before
    answers = {"p0": cast.firm.public_id, "p1": "new", "p2": ""}
    for name, firm in answers.items():
        ticked = {"name": name, "membership": "on", "firm": firm}
        assert client.post(link(Mail.objects.get(to=f"{name}@example.org")), ticked).status_code == 302
        client.logout()
    found = {row.person.name: row.organisation for row in NetworkPerson.objects.filter(person__name__startswith="p")}
    assert (found["p0"], found["p2"]) == (cast.firm, None)
    assert found["p1"]
    assert (found["p1"].name, found["p1"].visibility, found["p1"].claimed_at) == (f"{cast.firm.name} 1", "hidden", None)
    assert Organisation.objects.count() == before + 1


def test_hidden_firms_are_not_offered(cast: Cast, networks: Networks, circle: Circle, client: Client) -> None:
    wave_of(networks, circle, 1, firm=cast.hidden.name)
    url = link(Mail.objects.get())
    assert cast.hidden.public_id not in client.get(url).content.decode()
    client.post(url, {"name": "P", "membership": "on", "firm": cast.hidden.public_id})
    assert NetworkPerson.objects.filter(person__email="p0@example.org").count() == 0


def test_one_reminder_then_deletion_and_the_count_stays(networks: Networks, circle: Circle, client: Client) -> None:
    """Who does not answer is reminded once, shown nowhere, and gone after the last day, with every mail."""
    now = datetime(2026, 6, 1, 9, tzinfo=UTC)
    with time_machine.travel(now, tick=False):
        wave = wave_of(networks, circle, 2)
        first = link(Mail.objects.get(to="p0@example.org"))
    with time_machine.travel(now + 16 * DAY, tick=False):
        TIMED["remind of waves of invitations"]()
        assert Mail.objects.count() == 2
    with time_machine.travel(now + 17 * DAY + timedelta(hours=1), tick=False):
        for _again in range(2):
            TIMED["remind of waves of invitations"]()
        assert Mail.objects.count() == 4
        second = link(Mail.objects.get(to="p0@example.org", template__contains="reminder"))
        assert [client.get(url).status_code for url in (first, second)] == [200, 200]
        Mail.objects.filter(to="p1@example.org").update(state=Mail.State.GIVEN_UP)
        TIMED["end waves of invitations"]()
        assert counts(wave) == (2, 0, 0, 0, 0, 2)
    with time_machine.travel(now + 20 * DAY, tick=False):
        for _again in range(2):
            TIMED["end waves of invitations"]()
        assert do_timed_work() == []
    assert (counts(wave), wave.bounced, wave.ended_at is None) == ((2, 0, 0, 0, 2, 0), 1, False)
    assert (ListRow.objects.count(), NetworkInvitation.objects.count(), Mail.objects.count()) == (0, 0, 0)
    assert [client.get(url, follow=True).status_code for url in (first, second)] == [404, 404]


def test_who_answered_is_not_reminded_and_a_short_wave_has_no_second_mail(
    networks: Networks, circle: Circle, client: Client
) -> None:
    wave_of(networks, circle, 2)
    client.post(link(Mail.objects.get(to="p0@example.org")), {"name": "P", "membership": "on"})
    with time_machine.travel(timezone.now() + 18 * DAY, tick=False):
        TIMED["remind of waves of invitations"]()
    reminded = Mail.objects.filter(template__contains="reminder").values_list("to", flat=True)
    assert list(reminded) == ["p1@example.org"]


def test_an_invitation_taken_back_is_counted_and_who_came_otherwise_is_not_written_to(
    networks: Networks, circle: Circle, as_user: As
) -> None:
    keep(networks, circle, 2)
    wave = start(networks, circle)
    row = wave.rows.order_by("pk")[0]
    row.email = "MEMBER@example.org"
    row.save()
    send_wave(pk=wave.pk)
    assert (list(Mail.objects.values_list("to", flat=True)), counts(wave)) == (["p1@example.org"], (2, 0, 0, 1, 0, 1))
    invitation = NetworkInvitation.objects.get()
    as_user(circle.coordinator).post(where("invitation_revoke", invitation.public_id))
    assert counts(wave) == (2, 0, 0, 2, 0, 0)


def test_the_pages_of_waves(cast: Cast, networks: Networks, circle: Circle, as_user: As, commits_at_once: None) -> None:
    keep(networks, circle, 3)
    browser, home = as_user(circle.coordinator), where("wave_list")
    day = (timezone.localdate() + 10 * DAY).isoformat()
    values = {"most": "2", "legal_basis": "Known", "ends_on": day, "language": "de"}
    for wrong in ({"most": "0"}, {"legal_basis": ""}, {"ends_on": timezone.localdate().isoformat()}, {"most": "999"}):
        assert browser.post(home, {**values, **wrong}).status_code == 200
    assert (Wave.objects.count(), len(mail.outbox)) == (0, 0)
    answer = browser.post(home, values)
    wave = Wave.objects.get()
    assert (answer["Location"], len(mail.outbox)) == (where("wave_detail", wave.public_id), 2)
    page = browser.get(answer["Location"])
    assert [row.name for row in page.context["page"]] == ["Person 0", "Person 1"]
    assert (browser.get(home).context["waiting"], wave.rows.count()) == (1, 2)
    others = [circle.member, circle.baker, circle.stranger, cast.it_editor, cast.umbrella_editor, cast.administrator]
    urls = [home, answer["Location"]]
    assert [as_user(user).get(url).status_code for user in others for url in urls] == [404] * 12
    assert as_user(circle.baker).get(where("wave_detail", wave.public_id, slug="baecker")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_ask_the_same_however_many_there_are(
    networks: Networks, circle: Circle, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    keep(networks, circle, 2 * count)
    for _again in range(count):
        wave = start(networks, circle, most=count)
        send_wave(pk=wave.pk)
        if Wave.objects.count() == 2:
            break
    browser = as_user(circle.coordinator)
    browser.get(where("wave_list"))
    with django_assert_num_queries(9):
        browser.get(where("wave_list"))
    with django_assert_num_queries(11):
        browser.get(where("wave_detail", wave.public_id))
