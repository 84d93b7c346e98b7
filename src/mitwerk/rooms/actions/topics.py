"""What is asked and answered in a room.

Whatever somebody does to a question of theirs that has no name on it stands in the log without them.
"""

from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.files import forget_lost
from mitwerk.core.ids import new_public_id
from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.pictures.views import file_name
from mitwerk.rooms.actions.following import follow
from mitwerk.rooms.mails import TEMPLATES, mail_of_answer, mail_of_topic
from mitwerk.rooms.models import Answer, AskedBy, RoomFile, Topic
from mitwerk.rooms.queries import file_count, is_asker, mark_of

MOST_FILES = 20
"""With a topic and all its answers."""


def record_room(verb: str, topic: Topic, me: NetworkPerson, **details: str) -> None:
    """A line about the network: ids alone, and nobody's where it was the one who asked without a name."""
    actor: User | None = None if topic.is_unnamed and is_asker(me, topic) else me.person.user
    record_audit(verb=verb, target=topic.network, actor=actor, details={"topic": topic.public_id, **details})


@transaction.atomic
def ask(
    *, network: Network, me: NetworkPerson, title: str, text: str, is_unnamed: bool = False, is_chatham: bool = False,
    file: "UploadedFile[Any] | None" = None,
) -> Topic:  # fmt: skip
    """A topic. Without a name the row says nothing of who asked; a mark does, to who has the key."""
    by = None if is_unnamed else me
    topic = Topic.objects.create(
        network=network, by=by, title=title, text=text, is_unnamed=is_unnamed, is_chatham=is_chatham
    )
    if is_unnamed:
        AskedBy.objects.create(topic=topic, mark=mark_of(me, topic))
    follow(topic=topic, me=me)
    _keep(topic, file)
    record_room("room.ask", topic, me)
    mail_of_topic(topic)
    return topic


@transaction.atomic
def change_topic(
    *, topic: Topic, me: NetworkPerson, title: str, text: str, file: "UploadedFile[Any] | None" = None
) -> Topic:
    """Other words, and one more file. With a name or without stays as it was asked."""
    if (topic.title, topic.text) != (title, text) or file:
        topic.title, topic.text, topic.changed_at = title, text, timezone.now()
        topic.save(update_fields=["title", "text", "changed_at"])
        _keep(topic, file)
        record_room("room.change-topic", topic, me)
    return topic


@transaction.atomic
def drop_topic(*, topic: Topic, me: NetworkPerson) -> None:
    """With its answers, its poll and its files."""
    files = list(RoomFile.objects.filter(Q(topic=topic) | Q(answer__topic=topic)))
    was_own = topic.is_unnamed and is_asker(me, topic)
    if Topic.objects.filter(pk=topic.pk).delete()[0]:
        _delete_stored(files)
        actor = None if was_own else me.person.user
        record_audit(verb="room.drop-topic", target=topic.network, actor=actor, details={"topic": topic.public_id})


@transaction.atomic
def answer(*, topic: Topic, me: NetworkPerson, text: str, file: "UploadedFile[Any] | None" = None) -> Answer:
    """Something said to a topic. Who asked without a name answers as nobody else than the one who asked."""
    is_askers = topic.is_unnamed and is_asker(me, topic)
    kept = Answer.objects.create(topic=topic, by=None if is_askers else me, is_askers=is_askers, text=text)
    _keep(kept, file)
    record_room("room.answer", topic, me, answer=kept.public_id)
    follow(topic=topic, me=me)
    mail_of_answer(kept)
    return kept


@transaction.atomic
def change_answer(*, answer: Answer, me: NetworkPerson, text: str, file: "UploadedFile[Any] | None" = None) -> Answer:
    if answer.text != text or file:
        answer.text, answer.changed_at = text, timezone.now()
        answer.save(update_fields=["text", "changed_at"])
        _keep(answer, file)
        record_room("room.change-answer", answer.topic, me, answer=answer.public_id)
    return answer


@transaction.atomic
def drop_answer(*, answer: Answer, me: NetworkPerson) -> None:
    files = list(answer.files.all())
    if Answer.objects.filter(pk=answer.pk).delete()[0]:
        _delete_stored(files)
        record_room("room.drop-answer", answer.topic, me, answer=answer.public_id)


@transaction.atomic
def mark_helped(*, topic: Topic, answer: Answer | None, me: NetworkPerson) -> None:
    """This answer helped; None takes it back."""
    if answer is not None and answer.topic_id != topic.pk:
        raise Refused(_("This answer belongs to another topic."))
    if topic.helped_id != (answer.pk if answer else None):
        topic.helped = answer
        topic.save(update_fields=["helped"])
        record_room("room.helped", topic, me, answer=answer.public_id if answer else "")


@transaction.atomic
def drop_file(*, file: RoomFile, me: NetworkPerson) -> None:
    """The row, and after the commit what lies on the disk."""
    topic = file.its_topic
    if RoomFile.objects.filter(pk=file.pk).delete()[0]:
        _delete_stored([file])
        record_room("room.drop-file", topic, me, file=file.public_id)


def forget_sent_news() -> int:
    """Delete mails of rooms once they are on their way: one to who asked without a name would tell who that was.

    How many. A part of the timed work; the mailbox of the demo keeps them.
    """
    if settings.IS_DEMO:
        return 0
    return Mail.objects.filter(template__in=TEMPLATES).exclude(state=Mail.State.WAITING).delete()[0]


def forget_lost_files() -> int:
    """Delete what no row names any more, because its network was removed. How many. A part of the timed work."""
    return forget_lost(RoomFile)


def _keep(post: Topic | Answer, file: "UploadedFile[Any] | None") -> None:
    """A checked file (`pictures.forms.UploadField`) under a name of ours; its own, made harmless, is what is read."""
    if file is None:
        return
    is_answer = isinstance(post, Answer)
    if file_count(post.topic if isinstance(post, Answer) else post) >= MOST_FILES:
        raise Refused(_("The topic holds %(number)s files. Take one away first.") % {"number": MOST_FILES})
    name = str(file.name)
    stored = f"{new_public_id()}.{name.rpartition('.')[2].lower()}"
    shown, file.name = file_name(name, stored), stored
    where = {"answer": post} if is_answer else {"topic": post}
    RoomFile.objects.create(name=shown, file=file, size=file.size or 0, **where)


def _delete_stored(files: list[RoomFile]) -> None:
    for file in files:
        transaction.on_commit(partial(file.file.storage.delete, str(file.file.name)))
