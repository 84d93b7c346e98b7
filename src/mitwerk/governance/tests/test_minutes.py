"""Minutes: what they say by themselves, who reads how much of them, that approved ones stand."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pypdf
import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import (
    agree_on_task,
    count_hands,
    drop_task,
    invite,
    note_attendance,
    open_item,
    open_sitting,
    publish_minutes,
    write_record,
)
from mitwerk.governance.exports import minutes_pdf, told_minutes
from mitwerk.governance.models import Body, Minutes, Motion, Resolution, Sitting
from mitwerk.governance.queries import minutes_paper, short_paper
from mitwerk.governance.tests.cast import Bodies
from mitwerk.governance.tests.way import Way, planned, published, running
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]
CLOSED = ("Ährenwerk Software GmbH", "Wir zahlen nicht", "Halle mieten", "Fassung davor")
"""Words that only the body's own people read: a name, what was said, a task, an earlier wording."""


@pytest.fixture
def way(cast: Cast, people: People, bodies: Bodies) -> Way:
    """Decided, with words and a task, and ended by whoever publishes it."""
    way = running(bodies.board, people.delegate, cast.firm, cast.university)
    Motion.objects.update(earlier=[{"de": "Fassung davor"}])
    count_hands(motion=way.motion, yes=2, no=0, abstain=0, actor=way.chair)
    words = {"summary": {"de": "Der Stand kommt."}, "record": {"de": "Wir zahlen nicht, sagte jemand."}}
    write_record(item=way.item, values=words, actor=way.chair)
    values = {"text": "Halle mieten", "organisation": cast.firm, "item": way.item}
    agree_on_task(sitting=way.sitting, values=values, actor=way.chair)
    return way


def text_of(document: bytes) -> str:
    """What another program reads in it; blanks and breaks of lines are one blank."""
    pages = pypdf.PdfReader(BytesIO(document)).pages
    return " ".join(" ".join(one.extract_text() for one in pages).split())


def page(sitting: Sitting, more: str = "") -> str:
    return f"/de/mein/gremien/vorstand/sitzungen/{sitting.public_id}/protokoll/{more}"


def public(sitting: Sitting, more: str = "") -> str:
    return f"/de/gremien/vorstand/protokolle/{sitting.public_id}/{more}"


def test_minutes_write_themselves(cast: Cast, way: Way) -> None:
    paper = published(way).paper
    assert [row["name"] for row in paper["attendance"]] == sorted([cast.firm.name, cast.university.name])
    item = paper["items"][0]
    assert (item["title"], item["record"]) == (
        {"de": "Messe", "en": "Fair"}, {"de": "Wir zahlen nicht, sagte jemand."},
    )  # fmt: skip
    motion = item["motions"][0]
    assert (motion["outcome"], motion["method"], motion["present"], motion["entitled"], motion["code"]) == (
        "carried", "hands", 2, 4, Resolution.objects.get().code,
    )  # fmt: skip
    assert item["tasks"] == [{"text": "Halle mieten", "who": cast.firm.name, "due_on": None}]


def test_the_short_version_holds_nothing_else() -> None:
    """Whatever a sitting holds, in whichever field: only the listed ones reach everybody."""
    motion = {
        name: f"motion-{name}" for name in ("title", "wording", "earlier", "state", "method", "present", "entitled",
                                            "outcome", "count", "code")
    }  # fmt: skip
    item = {name: f"item-{name}" for name in ("title", "kind", "state", "summary", "record", "tasks")}
    paper = {name: name for name in ("sitting", "body", "title", "place", "starts_at", "opened_at", "ended_at")}
    hidden = {**item, "is_public": False, "motions": []}
    told = short_paper(
        {**paper, "preface": "secret", "attendance": ["A", "B"],
         "items": [{**item, "is_public": True, "motions": [motion, {**motion, "outcome": ""}]}, hidden]}
    )  # fmt: skip
    assert told == {
        **paper,
        "present": 2,
        "items": [
            {
                **{name: f"item-{name}" for name in ("title", "kind", "state", "summary")},
                "motions": [{name: f"motion-{name}" for name in ("title", "wording", "outcome", "count", "code")}],
            }
        ],
    }


def test_who_reads_how_much(cast: Cast, people: People, bodies: Bodies, as_user: As, way: Way) -> None:
    published(way)
    way.sitting.refresh_from_db()
    readers = {
        "chair": people.delegate, "university": bodies.university, "editor": people.editor,
        "stranger": people.stranger, "food": cast.food_editor, "office": cast.it_editor,
    }  # fmt: skip

    def full() -> set[str]:
        return {name for name, user in readers.items() if as_user(user).get(page(way.sitting)).status_code == 200}

    assert full() == {"chair", "university", "office"}
    Body.objects.update(watchers=Body.Watchers.MEMBERS)
    assert full() == {"chair", "university", "office", "editor"}
    Body.objects.update(watchers=Body.Watchers.EVERYBODY)
    assert full() == {"chair", "university", "office"}, "everybody reads the short version"
    text = as_user(bodies.university).get(page(way.sitting)).text
    assert [word for word in CLOSED if word not in text] == []
    told = as_user(None).get(public(way.sitting)).text
    assert "Der Stand kommt." in told
    assert "Der Messestand wird gebaut." in told
    assert [word for word in CLOSED if word in told] == []
    watched = as_user(people.stranger).get(f"/de/mein/gremien/vorstand/sitzungen/{way.sitting.public_id}/").text
    assert [word for word in ("Wir zahlen nicht", "Halle mieten") if word in watched] == []


def test_drafts_are_for_who_leads(people: People, bodies: Bodies, as_user: As, way: Way) -> None:
    assert as_user(people.delegate).get(page(way.sitting)).status_code == 200
    assert as_user(bodies.university).get(page(way.sitting)).status_code == 404
    assert as_user(None).get(public(way.sitting)).status_code == 404
    with pytest.raises(Refused, match="noch nicht vorbei"):
        publish_minutes(minutes=Minutes.objects.get(), values={}, actor=people.delegate)


def test_the_short_version_is_offered_where_everybody_may_watch(people: People, bodies: Bodies) -> None:
    running(bodies.board, people.delegate)
    assert not Minutes.objects.get().is_public
    Body.objects.update(watchers=Body.Watchers.EVERYBODY)
    bodies.board.refresh_from_db()
    other = running(bodies.board, people.delegate)
    assert Minutes.objects.get(sitting=other.sitting).is_public


def test_without_a_short_version_there_is_none(bodies: Bodies, as_user: As, way: Way) -> None:
    minutes = published(way, is_public=False)
    for address in (public(way.sitting), public(way.sitting, "protokoll.pdf")):
        assert as_user(None).get(address).status_code == 404
    assert not Resolution.objects.get().is_public
    publish_minutes(minutes=minutes, values={"is_public": True}, actor=way.chair)
    assert as_user(None).get(public(way.sitting)).status_code == 200
    assert Resolution.objects.get().is_public
    Body.objects.update(state=Body.State.DRAFT)
    assert as_user(None).get(public(way.sitting)).status_code == 404


def test_what_is_not_public_stays_out_of_page_and_register(as_user: As, way: Way) -> None:
    way.item.is_public = False
    way.item.save()
    published(way)
    assert "Messe" not in as_user(None).get(public(way.sitting)).text
    assert not Resolution.objects.get().is_public


def test_changes_are_seen_before_they_are_published(people: People, bodies: Bodies, as_user: As, way: Way) -> None:
    minutes = published(way)
    write_record(item=way.item, values={"summary": {"de": "Neu gefasst."}}, actor=way.chair)
    assert "Neu gefasst." in as_user(people.delegate).get(page(way.sitting)).text
    assert "noch nicht veröffentlicht" in as_user(people.delegate).get(page(way.sitting)).text
    assert "Neu gefasst." not in as_user(bodies.university).get(page(way.sitting)).text
    publish_minutes(minutes=minutes, values={}, actor=way.chair)
    assert "Neu gefasst." in as_user(bodies.university).get(page(way.sitting)).text


def next_one(cast: Cast, way: Way) -> Motion:
    """The next sitting, at the item that approves the minutes."""
    later = planned(way.sitting.body, way.chair, days=30)
    sitting = open_sitting(sitting=invite(sitting=later.sitting, actor=way.chair), actor=way.chair)
    for organisation in (cast.firm, cast.university):
        note_attendance(sitting=sitting, organisation_id=organisation.public_id, is_there=True, actor=way.chair)
    item = sitting.items.get(kind="minutes")
    item.sitting = sitting
    open_item(item=item, actor=way.chair)
    motion = item.motions.get()
    motion.item = item
    return motion


@pytest.mark.parametrize("is_carried", [True, False])
def test_the_next_sitting_approves(cast: Cast, way: Way, is_carried: bool) -> None:
    minutes = published(way)
    yes, no = (2, 0) if is_carried else (0, 2)
    count_hands(motion=next_one(cast, way), yes=yes, no=no, abstain=0, actor=way.chair)
    minutes.refresh_from_db()
    assert (minutes.state, bool(minutes.mark)) == (("approved", True) if is_carried else ("published", False))
    if is_carried:
        for change in (
            lambda: publish_minutes(minutes=minutes, values={}, actor=way.chair),
            lambda: write_record(item=way.item, values={"summary": {"de": "X"}}, actor=way.chair),
            lambda: agree_on_task(sitting=way.sitting, values={"text": "X"}, actor=way.chair),
            lambda: drop_task(task=way.sitting.tasks.get(), actor=way.chair),
        ):
            with pytest.raises(Refused, match="genehmigt"):
                change()


def test_a_motion_of_another_body_approves_nothing(cast: Cast, people: People, bodies: Bodies, way: Way) -> None:
    minutes = published(way)
    foreign = running(bodies.assembly, people.delegate)
    effect = {"verb": "approve-minutes", "sitting": way.sitting.public_id}
    Motion.objects.filter(pk=foreign.motion.pk).update(effect=effect)
    foreign.sitting.body.quorum = 0
    note_attendance(
        sitting=foreign.sitting, organisation_id=cast.firm.public_id, is_there=True, actor=people.delegate
    )
    count_hands(motion=foreign.motion, yes=1, no=0, abstain=0, actor=people.delegate)
    minutes.refresh_from_db()
    assert minutes.state == "published"


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_document_reads_as_the_page(way: Way, language: str) -> None:
    text = text_of(minutes_pdf(published(way).paper, "genehmigt", language))
    wanted = {
        "de": ("Protokoll", "Vorstand", "1. Messe", "Der Messestand wird gebaut.", "Angenommen", "Halle mieten"),
        "en": ("Minutes", "1. Fair", "The stand is built.", "Carried", "Halle mieten"),
    }[language]
    assert [word for word in wanted if word not in text] == []


def test_the_document_takes_texts_as_data(way: Way) -> None:
    """Nothing that somebody writes is markup: neither commands nor what cannot be printed breaks it."""
    nasty = '#panic("x") $x$ *fett* "zitat" \\ #sys.inputs </br> \u202e\u0000 🎉 ' + "W" * 300
    write_record(item=way.item, values={"record": {"de": nasty.replace("\u0000", "")}}, actor=way.chair)
    text = text_of(minutes_pdf(published(way).paper, "Entwurf", "de"))
    assert '#panic("x") $x$ *fett*' in text


def test_documents_come_by_their_pages(bodies: Bodies, as_user: As, way: Way) -> None:
    published(way)
    full = as_user(bodies.university).get(page(way.sitting, "protokoll.pdf"))
    short = as_user(None).get(public(way.sitting, "protokoll.pdf"))
    for answer in (full, short):
        assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    told = text_of(short.content)
    assert [word for word in CLOSED if word in told] == []
    assert [word for word in CLOSED if word not in text_of(full.content)] == []
    assert as_user(None).get(page(way.sitting, "protokoll.pdf")).status_code == 302


def test_times_are_those_of_germany(way: Way) -> None:
    opened = Sitting.objects.get().opened_at
    assert opened is not None
    told = told_minutes(minutes_paper(published(way)))
    assert told["opened_at"] == timezone.localtime(opened)
    assert told["opened_at"].utcoffset() in (timedelta(hours=1), timedelta(hours=2))
