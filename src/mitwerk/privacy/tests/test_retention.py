"""Each kind of record is forgotten on its day and not a day sooner (TRUST P9)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import override
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from mitwerk.accounts.actions import create_user, keep_removed, record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.actions import merge_organisations
from mitwerk.actors.models import Claim
from mitwerk.actors.tests.cast import Cast
from mitwerk.charter.models import Attempt, Charter, Guest, Manuscript
from mitwerk.clusters.models import Message
from mitwerk.congress.models import Congress, Contribution, Pick, Review, Speaker
from mitwerk.congress.tests.cast import make_congress
from mitwerk.consents.actions import ask_for_consent
from mitwerk.events.models import Event
from mitwerk.governance.models import Ballot, Body, PollDate, Sitting, Vote
from mitwerk.imports.models import Import, Row
from mitwerk.networks.models import JoinRequest, ListRow, Network, NetworkInvitation, NetworkPerson, PeopleList
from mitwerk.operations.tasks import TIMED
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Invitation, Person, Representative
from mitwerk.privacy.retention import LAST_DAY, PERIODS
from mitwerk.privacy.tests.canaries import make_guest
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.registrations.models import Arrival, CheckInPass, FeedbackRoll, Invoice, Lead, Registration, Seller
from mitwerk.rooms.models import Attendance, Card, Feed, Meeting, SystemInUse, TakenMail

Make = Callable[[Cast], Model]
DAY = timedelta(days=1)


def voted() -> Vote:
    body = Body.objects.create(slug="b", name={"de": "B"})
    times = {"opened_at": timezone.now() - DAY, "closes_at": timezone.now()}
    ballot = Ballot.objects.create(body=body, title={"de": "B"}, motion={"de": "B"}, state="open", **times)
    return Vote.objects.create(ballot=ballot, organisation_id="x", choice="yes", cast_by=person("voter"))


def session(key: str) -> Any:
    from django.contrib.sessions.models import Session

    return Session.objects.create(session_key=key, session_data="x", expire_date=timezone.now())


def device(cast: Cast) -> Model:
    from allauth.usersessions.models import UserSession

    return UserSession.objects.create(
        user=cast.it_editor, ip="192.0.2.1", session_key="gone", user_agent="B", last_seen_at=timezone.now()
    )


def task(cast: Cast) -> Model:
    return DBTaskResult.objects.create(
        status="SUCCESSFUL", args_kwargs={"args": [], "kwargs": {}}, task_path="x", backend_name="default",
        run_after=timezone.now(), finished_at=timezone.now(), exception_class_path="", traceback="",
    )  # fmt: skip


def mail(cast: Cast) -> Model:
    return Mail.objects.create(
        to="a@example.org", subject="S", template="x/y.txt", language="de", text="T", state="sent",
        sent_at=timezone.now(),
    )  # fmt: skip


def message(handled: bool) -> Make:
    now = timezone.now
    return lambda cast: Message.objects.create(name="M", email="m@example.org", handled_at=now() if handled else None)


def invitation(accepted: bool) -> Make:
    def make(cast: Cast) -> Model:
        now = timezone.now()
        return Invitation.objects.create(
            email="i@example.org", organisation=cast.firm, represents_as="editor", token_hash=f"x{accepted}",
            expires_at=now, accepted_at=now if accepted else None,
        )  # fmt: skip

    return make


def imported(cast: Cast) -> Import:
    now = timezone.now()
    return Import.objects.create(by=cast.it_editor, file_name="x.csv", kind="csv", state=Import.State.DONE, done_at=now)


def network() -> Network:
    return Network.objects.create(slug="n", name={"de": "N"})


def network_invitation(accepted: bool) -> Make:
    def make(cast: Cast) -> Model:
        now = timezone.now()
        return NetworkInvitation.objects.create(
            email="i@example.org", network=network(), kind="member", token_hash=f"n{accepted}", expires_at=now,
            accepted_at=now if accepted else None,
        )  # fmt: skip

    return make


def has_left() -> NetworkPerson:
    now = timezone.now()
    return NetworkPerson.objects.create(
        network=network(), person=person("left"), kind="member", since=now - DAY, until=now
    )


def attended() -> Attendance:
    now, host = timezone.now(), network()
    meeting = Meeting.objects.create(network=host, title="M", starts_at=now - DAY, ends_at=now)
    guest = NetworkPerson.objects.create(network=host, person=person("guest"), kind="member")
    return Attendance.objects.create(meeting=meeting, person=guest, answer="comes", seat=1)


def join_request(answered: bool) -> Make:
    def make(cast: Cast) -> Model:
        now = timezone.now()
        return JoinRequest.objects.create(
            network=network(), person=person("asking"), organisation=cast.firm, created_at=now,
            state="declined" if answered else "open", answered_at=now if answered else None,
        )  # fmt: skip

    return make


def people_list(kept: bool) -> PeopleList:
    return PeopleList.objects.create(network=network(), file_name="x.csv", kept_at=timezone.now() if kept else None)


def person(name: str) -> Person:
    return Person.objects.create(name=name, email=f"{name}@example.org")


def over_talk(cast: Cast) -> Contribution:
    """Of a congress whose last day is today; it was declined."""
    event = Event.objects.create(slug="k", title={"de": "K"}, starts_on=timezone.localdate())
    return Contribution.objects.create(
        congress=Congress.objects.create(event=event), organisation=cast.firm, number=1, kind="talk", language="de",
        title={"de": "T"}, state="declined",
    )  # fmt: skip


def former(cast: Cast) -> Model:
    now = timezone.now()
    return Representative.objects.create(
        organisation=cast.firm, person=person("former"), role="editor", since=now, until=now
    )


def history(cast: Cast) -> Model:
    log(instance=cast.firm, action="wagtail.edit")
    return ModelLogEntry.objects.order_by("-pk")[0]


def page_history(cast: Cast) -> Model:
    log(instance=Page.objects.get(depth=1), action="wagtail.edit")
    return PageLogEntry.objects.order_by("-pk")[0]


def unused_account(cast: Cast) -> Model:
    return create_user(email="never@example.org", password=None, name="N")


def lead() -> Model:
    guest = make_guest("meets", "g@example.org")
    booked = {"booking": guest.booking, "admission": guest.admission, "kind": guest.kind}
    return Lead.objects.create(asker=guest, asked=Registration.objects.create(name="Other", **booked))


def feedback() -> Model:
    admission = make_guest("said", "g@example.org").admission
    return FeedbackRoll.objects.create(admission=admission, answered=["x"])


def invoice(cast: Cast) -> Model:
    seller = Seller.objects.create(name="S", street="S", postcode="1", city="S", iban="DE", tax_number="1")
    return Invoice.objects.create(
        seller=seller, year=2000, count=1, number="2000-0001", kind="invoice", net=1, gross=1, data={}
    )


MAKE: dict[str, Make] = {
    "sessions": lambda cast: session("old"),
    "devices": device,
    "unused-accounts": unused_account,
    "mails": mail,
    "tasks": task,
    "messages": message(handled=True),
    "waiting-messages": message(handled=False),
    "claims": lambda cast: Claim.objects.create(organisation=cast.firm, name="C", email="c@example.org"),
    "open-invitations": invitation(accepted=False),
    "taken-invitations": invitation(accepted=True),
    "imports": lambda cast: Row.objects.create(job=imported(cast), number=1, cells=["x"], done={"x": 1}),
    "unfinished-imports": lambda cast: Import.objects.create(
        by=cast.it_editor, file_name="x.csv", kind="csv", state=Import.State.MAPPING
    ),
    "open-network-invitations": network_invitation(accepted=False),
    "taken-network-invitations": network_invitation(accepted=True),
    "open-join-requests": join_request(answered=False),
    "answered-join-requests": join_request(answered=True),
    "unkept-lists": lambda cast: people_list(kept=False),
    "list-rows": lambda cast: ListRow.objects.create(
        network=(source := people_list(kept=True)).network, source=source, number=1, problem="email"
    ),
    "former-in-networks": lambda cast: NetworkPerson.objects.create(
        network=network(), person=person("former"), kind="member", since=timezone.now(), until=timezone.now()
    ),
    "feeds": lambda cast: Feed.objects.create(person=has_left(), nonce="n"),
    "cards": lambda cast: Card.objects.create(person=has_left()),
    "systems": lambda cast: SystemInUse.objects.create(person=has_left(), concept=cast.erp),
    "attendances": lambda cast: attended(),
    "mails-to-rooms": lambda cast: TakenMail.objects.create(mark="x"),
    "act-links": lambda cast: ActLink.objects.create(
        person=person("asked"), act="x", target="y", token_hash="x", expires_at=timezone.now()
    ),
    "drafts": lambda cast: Draft.objects.create(organisation=cast.firm, state=Draft.State.DROPPED),
    "yearly-questions": lambda cast: Confirmation.objects.create(
        organisation=cast.firm, due_on=timezone.localdate(), asked_at=timezone.now(), answered_at=timezone.now()
    ),
    "dates": lambda cast: PollDate.objects.create(
        sitting=Sitting.objects.create(body=Body.objects.create(slug="b", name={"de": "B"})), starts_at=timezone.now()
    ),
    "voters": lambda cast: voted(),
    "charter-guests": lambda cast: Guest.objects.create(
        charter=Charter.objects.create(title={"de": "L"}),
        organisation=cast.firm,
        person=person("guest"),
        until=timezone.now(),
    ),
    "not-saved": lambda cast: Attempt.objects.create(
        charter=Charter.objects.create(title={"de": "L"}), anchor="a", revision=1, by=cast.it_editor
    ),
    "not-taken-over": lambda cast: Manuscript.objects.create(
        charter=Charter.objects.create(title={"de": "L"}), language="de"
    ),
    "speakers": lambda cast: Speaker.objects.create(
        contribution=over_talk(cast), person=person("speaker"), name="S", agreed_at=timezone.now()
    ),
    "reviews": lambda cast: Review.objects.create(contribution=over_talk(cast), organisation=cast.firm),
    "picks": lambda cast: Pick.objects.create(user=cast.it_editor, congress=make_congress(cast), key="k"),
    "needs": lambda cast: make_guest("needs", "g@example.org", diet="Nuts"),
    "feedback": lambda cast: feedback(),
    "registrations": lambda cast: make_guest("comes", "g@example.org").booking,
    "arrivals": lambda cast: Arrival.objects.create(
        registration=make_guest("arrives", "g@example.org"), day=timezone.localdate(), at=timezone.now(), client_id="c"
    ),
    "passes": lambda cast: CheckInPass.objects.create(
        admission=make_guest("door", "g@example.org").admission, device="Door", expires_at=timezone.now()
    ),
    "leads": lambda cast: lead(),
    "invoices": invoice,
    "former": former,
    "strangers": lambda cast: person("stranger"),
    "unconfirmed": lambda cast: ask_for_consent(  # type: ignore[dict-item, return-value]
        email="a@example.org", purpose="newsletter", cluster=cast.it, name="X", form="/", language="de"
    ),
    "merges": lambda cast: merge_organisations(winner=cast.firm, loser=cast.town_hall, choices={}, actor=None),
    "removed": lambda cast: keep_removed(kind="x.y", name="N", cluster_slugs=[], packed={"rows": []}, actor=None),
    "history": history,
    "page-history": page_history,
    "log": lambda cast: record_audit(verb="x", target=cast.firm),
}


@pytest.fixture
def now() -> datetime:
    """A past noon: the database asks its own clock before a line of the log may go, and no hour here ends a day."""
    return (datetime.now(UTC) - timedelta(days=1)).replace(hour=11)


def remains(record: Model) -> bool:
    found = type(record)._base_manager.filter(pk=record.pk).first()
    is_nobodys = getattr(found, "cast_by_id", 0) is None
    is_emptied = getattr(found, "done", True) == {} or getattr(found, "diet", "x") == ""
    is_emptied = is_emptied or getattr(found, "answered", True) == []
    return found is not None and not is_emptied and not is_nobodys


def test_every_kind_has_its_test() -> None:
    assert set(MAKE) == {period.key for period in PERIODS}


@pytest.mark.parametrize("period", PERIODS, ids=lambda period: period.key)
def test_each_kind_is_forgotten_on_its_day_by_tick(cast: Cast, period: Any, now: datetime) -> None:
    a_little = timedelta(days=1) if period.since == LAST_DAY else timedelta(hours=1)
    made = now - period.kept - a_little
    with time_machine.travel(made, tick=False):
        record = MAKE[period.key](cast)
    do = TIMED[f"forget {period.key}"]
    with time_machine.travel(made + period.kept - a_little, tick=False):
        do()
        assert (remains(record), period.rows().filter(pk=record.pk).exists()) == (True, False)
    with time_machine.travel(now, tick=False):
        assert period.rows().filter(pk=record.pk).exists() is True
        do()
        do()
        assert (remains(record), period.rows().exists()) == (False, False)


def test_the_report_changes_nothing(cast: Cast, now: datetime) -> None:
    with time_machine.travel(now - 400 * DAY, tick=False):
        record = MAKE["messages"](cast)
    out = StringIO()
    with override("en"):
        call_command("retention", stdout=out)
    assert "       1    365  messages: Messages to the office, done" in out.getvalue().splitlines()
    assert remains(record)


def test_somebody_who_is_still_named_is_no_stranger(cast: Cast, now: datetime) -> None:
    with time_machine.travel(now - 400 * DAY, tick=False):
        record = former(cast)
    [strangers] = [period for period in PERIODS if period.key == "strangers"]
    strangers.do()
    assert remains(record.person)


def test_whoever_signed_in_once_or_runs_the_installation_keeps_the_account(cast: Cast, now: datetime) -> None:
    with time_machine.travel(now - 400 * DAY, tick=False):
        users = [
            create_user(email=f"{name}@example.org", password=None, name=name, is_superuser=name == "root")
            for name in ("root", "seen", "never")
        ]
        User.objects.filter(email="seen@example.org").update(last_login=timezone.now())
    [unused] = [period for period in PERIODS if period.key == "unused-accounts"]
    assert unused.do() == 1
    assert [remains(user) for user in users] == [True, True, False]


def test_the_documentation_says_the_same() -> None:
    lines = ["| what | days | counted from | why |", "|---|---|---|---|"]
    with override("en"):
        lines += [f"| {one.what} | {one.kept.days} | {one.since} | {one.why} |" for one in PERIODS]
    text = (Path(__file__).parents[4] / "docs/retention.md").read_text()
    assert [line for line in text.splitlines() if line.startswith("|")] == lines


def test_the_office_reads_the_table(cast: Cast, as_user: Any) -> None:
    people = ("nobody", "it_editor", "umbrella_editor")
    answers = [as_user(getattr(cast, who, None)).get("/office/retention/").status_code for who in people]
    assert answers == [302, 200, 200]
