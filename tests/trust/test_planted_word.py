"""A room is seen by nobody else: a word stands in everything in it and is looked for wherever others may look.

Each model of rooms must be planted; one that is not fails the first test. To plant a new one, add it to `PLANTS`.
"""

import logging
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils import timezone
from django_scopes import scope
from tests.matrix.asking import Asker, asker, leave_undrawn
from tests.trust.addresses import Address, all_addresses
from wagtail.models import ReferenceIndex

from mitwerk.accounts.actions import restore_record
from mitwerk.accounts.models import Removed, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.networks.actions import change_shown, remove_network
from mitwerk.networks.models import Affiliation
from mitwerk.outbox.models import Mail
from mitwerk.privacy.exports import as_json
from mitwerk.privacy.queries import all_about
from mitwerk.rooms.actions import (
    add_systems,
    answer,
    answer_meeting,
    ask,
    change_system,
    plan_meeting,
    publish_minutes,
    renew_feed,
    save_card,
    write_minutes,
)
from mitwerk.rooms.models import (
    Answer,
    AskedBy,
    Attendance,
    Follow,
    Meeting,
    Minutes,
    Poll,
    PollOption,
    PollVote,
    RoomFile,
    RoomMail,
    SystemInUse,
    TakenMail,
    Topic,
)
from mitwerk.rooms.tests.cast import Room, make_room
from mitwerk.vocabularies.models import Concept

ASKED, WORD = "quittenmus", "zwetschgenhain"
"""What a search is asked for, and what stands beside it and must not come back: a page repeats what it was asked."""
BOTH = f"{ASKED} {WORD}"
NO_WORDS = {"public_id", "mark", "nonce"}
OUTSIDE = ("signed out", "former", "baker", "stranger", "office", "region", "admin")
OFFICE = "/office/"
CROSSING = ("rooms", "networks", "search", "privacy", "portal")
"""Where somebody could meet another's room. All the rest is asked by one who was in it, and by the administrator."""
SEEN = ("topic_list", "topic_detail", "file_get", "meeting_list", "meeting_detail", "member_list", "minutes_read")
OWN = {
    "member": ("topic_edit", "card_edit", "system_mine"),
    "coordinator": ("answer_edit", "meeting_change", "minutes_write"),
}
Planted = dict[str, list[models.Model]]


def _topics(room: Room) -> list[models.Model]:
    """One with a name and one without, through the verbs, so that whatever they write and send is there as well."""
    said: dict[str, Any] = {"network": room.network, "title": BOTH, "text": f"{BOTH} @coordinator"}
    return [ask(me=room.member, **said), ask(me=room.member, is_unnamed=True, **said)]


def _answers(room: Room) -> list[models.Model]:
    return [answer(topic=topic, me=room.coordinator, text=BOTH) for topic in Topic.objects.all()]


def _files(room: Room) -> list[models.Model]:
    file = ContentFile(BOTH.encode(), "x.txt")
    return [RoomFile.objects.create(topic=Topic.objects.first(), name=f"{BOTH}.txt", file=file, size=file.size)]


def _polls(room: Room) -> list[models.Model]:
    return [Poll.objects.create(topic=Topic.objects.first(), kind="opinion", question=BOTH)]


def _meetings(room: Room) -> list[models.Model]:
    """One that is over, with somebody who was there."""
    begins = timezone.now() - timedelta(days=1)
    actor: User = room.users["coordinator"]
    said = {"title": BOTH, "text": BOTH, "place": BOTH, "link": f"https://example.org/{ASKED}/{WORD}"}
    meeting = plan_meeting(
        network=room.network, actor=actor, values={**said, "starts_at": timezone.now() + timedelta(hours=1),
        "ends_at": timezone.now() + timedelta(hours=2)},
    )  # fmt: skip
    answer_meeting(meeting=meeting, person=room.member, answer="comes", actor=room.users["member"])
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=begins, ends_at=begins + timedelta(hours=1))
    meeting.refresh_from_db()
    write_minutes(meeting=meeting, text=BOTH, present=[room.member], actor=actor)
    publish_minutes(meeting=meeting, actor=actor)
    return [meeting]


def _card(room: Room) -> list[models.Model]:
    change_shown(person=room.member, shown_to_members=True, shown_to_cluster=True, actor=room.users["member"])
    said = {"position": BOTH, "about": BOTH, "phone": f"{ASKED} {WORD}", "shows_email": True, "shows_phone": True}
    return [save_card(person=room.member, values=said, actor=room.users["member"])]


def _systems(room: Room) -> list[models.Model]:
    concept = Concept.objects.order_by("pk")[:1]
    add_systems(person=room.member, concepts=concept, actor=room.users["member"])
    system = SystemInUse.objects.get()
    return [change_system(system=system, note=BOTH, since=2006, actor=room.users["member"])]


PLANTS: dict[str, Callable[[Room], list[models.Model]]] = {
    "rooms.Topic": _topics,
    "rooms.AskedBy": lambda room: list(AskedBy.objects.all()),
    "rooms.Answer": _answers,
    "rooms.RoomFile": _files,
    "rooms.Poll": _polls,
    "rooms.PollOption": lambda room: [PollOption.objects.create(poll=Poll.objects.get(), label=BOTH)],
    "rooms.PollVote": lambda room: [PollVote.objects.create(option=PollOption.objects.get(), person=room.member)],
    "rooms.Meeting": _meetings,
    "rooms.Attendance": lambda room: list(Attendance.objects.all()),
    "rooms.Minutes": lambda room: list(Minutes.objects.all()),
    "rooms.Feed": lambda room: [renew_feed(person=room.member, actor=room.users["member"])],
    "rooms.Card": _card,
    "rooms.SystemInUse": _systems,
    "rooms.RoomMail": lambda room: [RoomMail.objects.create(person=room.member, how=RoomMail.How.EACH)],
    "rooms.Follow": lambda room: list(Follow.objects.all()),
    "rooms.TakenMail": lambda room: [TakenMail.objects.create(mark="x")],
}


@pytest.fixture(scope="module")
def room(played: Cast, django_db_blocker: Any) -> Iterator[Room]:
    """Built once, and taken back after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), scope(cluster=None):
        yield make_room(played)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def planted(room: Room, django_db_blocker: Any) -> Planted:
    with django_db_blocker.unblock(), scope(cluster=None):
        return {label: plant(room) for label, plant in PLANTS.items()}


def bare(planted: Planted) -> list[str]:
    """Models without a plant, and columns with words in which it does not stand."""
    found = []
    for model in apps.get_app_config("rooms").get_models():
        rows = planted.get(model._meta.label, [])
        found += [] if rows else [model._meta.label]
        found += [
            f"{model._meta.label}.{field.name}" for row in rows for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and not field.choices
            and field.name not in NO_WORDS and WORD not in getattr(row, field.name)
        ]  # fmt: skip
    return found


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(content.decode(errors="replace")) + str(answer.headers)


def paths_of(address: Address, room: Room, planted: Planted) -> list[str]:
    """The paths of an address: the network where one is asked for, and each record of its room."""
    ids = [row.public_id for rows in planted.values() for row in rows if hasattr(row, "public_id")]
    if not address.name.startswith("rooms:"):
        ids = ids[:1]
    known = {"slug": room.network.slug, "cluster": "it", "pk": room.network.pk, "number": 1}
    kinds = {"cluster": "it", "int": room.network.pk, "slug": room.network.slug}
    return list(dict.fromkeys(
        address.filled(*(known.get(name) or kinds.get(kind) or one for kind, name in address.places)) for one in ids
    ))  # fmt: skip


def leaks(who: Asker, paths: list[str]) -> list[str]:
    return [path for path in paths if WORD in who.send("GET", path, text_of).lower()]


def asked_by(who: str) -> list[Address]:
    """In English; the German ones lead to the same pages."""
    found = [address for address in all_addresses() if not address.route.startswith("/de/")]
    if who == "admin":
        return found
    if who == "former":
        return [address for address in found if not address.route.startswith(OFFICE)]
    return [address for address in found if address.name.split(":")[0] in CROSSING or "network" in address.name]


@pytest.mark.django_db
def test_the_word_stands_in_every_kind_of_record(planted: Planted) -> None:
    assert bare(planted) == []


@pytest.mark.django_db
def test_control_what_is_not_planted_is_told(planted: Planted) -> None:
    lacking = {label: rows for label, rows in planted.items() if label != "rooms.AskedBy"}
    lacking["rooms.Answer"] = [Answer(text="nothing")]
    assert bare(lacking) == ["rooms.AskedBy", "rooms.Answer.text"]


@pytest.mark.django_db
@pytest.mark.parametrize("who", OUTSIDE)
def test_it_is_found_at_no_address(
    room: Room, planted: Planted, who: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    leave_undrawn(monkeypatch, pages=False)
    caplog.set_level(logging.INFO)
    paths = [path for address in asked_by(who) for path in paths_of(address, room, planted)]
    paths += [f"/{code}/{page}?q={ASKED}" for code, page in (("en", "search/"), ("de", "suche/"))]
    assert len(paths) > 100
    assert leaks(asker(room.users.get(who)), paths) == []
    assert WORD not in caplog.text.lower()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["member", "coordinator"])
def test_control_whoever_belongs_to_the_network_finds_it(
    room: Room, planted: Planted, who: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_undrawn(monkeypatch, pages=False)
    somebody = asker(room.users[who])
    found = {one.name for one in asked_by("stranger") if leaks(somebody, paths_of(one, room, planted))}
    assert found == {f"rooms:{page}" for page in (*SEEN, *OWN[who])}


@pytest.mark.django_db
def test_it_stands_in_no_other_table(planted: Planted) -> None:
    """Neither in the log, in what the search knows, nor in what the office did. Mails are looked at below."""
    others = [
        one for one in apps.get_models()
        if one._meta.managed and one._meta.app_label != "rooms" and one._meta.label != "outbox.Mail"
    ]  # fmt: skip
    with scope(cluster=None):
        found = [one._meta.label for one in others for row in one._default_manager.values() if WORD in str(row).lower()]
    assert found == []


@pytest.mark.django_db
def test_mails_hold_it_only_for_readers_and_until_they_are_sent(room: Room, planted: Planted) -> None:
    """Mails to who is called or asked without a name never do, and no subject does, which mail servers write down."""
    holding = [one for one in Mail.objects.all() if WORD in str(vars(one)).lower()]
    told = {(one.template, one.to, one.is_secret) for one in holding}
    invited = {("rooms/meeting_mail.txt", f"{name}@example.org", True) for name in ("asker", "coordinator", "member")}
    assert told == {("rooms/post_mail.txt", "member@example.org", True), *invited}
    assert [one for one in Mail.objects.all() if WORD in one.subject] == []
    assert Mail.objects.filter(template="rooms/news_mail.txt").count() == 3


def test_the_offices_index_of_what_refers_to_what_leaves_rooms_out() -> None:
    """There it would see that somebody writes, and when."""
    ours = list(apps.get_app_config("rooms").get_models())
    assert (len(ours) > 5, [one for one in ours if ReferenceIndex.model_is_indexable(one)]) == (True, [])


@pytest.mark.django_db
def test_what_others_take_out_of_their_own_data_does_not_hold_it(room: Room, planted: Planted) -> None:
    with scope(cluster=None):
        told = [name for name, user in room.users.items() if WORD in as_json(all_about(user)).lower()]
    assert sorted(told) == ["asker", "coordinator", "member"]  # who asks belongs to the network, and was mailed


@pytest.mark.django_db
def test_a_removed_network_keeps_its_words_from_the_office_and_brings_them_back(room: Room, planted: Planted) -> None:
    admin: User = room.users["admin"]
    somebody, count = asker(admin), Topic.objects.count()
    with transaction.atomic(), scope(cluster=None):
        Affiliation.objects.update(ended_at=timezone.now())
        Affiliation.objects.all().delete()  # with one, nobody removes it
        remove_network(network=room.network, actor=admin)
        assert Topic.objects.count() == 0
        removed = Removed.objects.latest("pk")
        paths = ["/office/removed/", "/office/log/", f"/office/removed/{removed.pk}/"]
        assert leaks(somebody, paths) == []
        restore_record(removed=removed, actor=admin)
        back = (Topic.objects.count(), Topic.objects.filter(helped=None).count(), AskedBy.objects.count())
        transaction.set_rollback(True)
    assert back == (count, count, 1)
