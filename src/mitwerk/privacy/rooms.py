"""What the tables of rooms say of people; a part of `registry.MARKS`, which is long enough.

What somebody asked without a name is found with the key, and only for themselves.
"""

from django.db.models import Q

from mitwerk.privacy.marks import Mark, Nobody, Personal, Subject, by_person
from mitwerk.rooms.models import Answer, Topic
from mitwerk.rooms.queries import answers_by, topics_by


def _topics(subject: Subject) -> Q:
    return topics_by(subject.person_pk)


def _answers(subject: Subject) -> Q:
    return answers_by(subject.person_pk)


def _files(subject: Subject) -> Q:
    topics, answers = Topic.objects.filter(_topics(subject)), Answer.objects.filter(_answers(subject))
    return Q(topic__in=topics.values("pk")) | Q(answer__in=answers.values("pk"))


def _marks(subject: Subject) -> Q:
    return Q(topic__in=Topic.objects.filter(_topics(subject), is_unnamed=True).values("pk"))


ROOMS: dict[str, Mark] = {
    "rooms.Topic": (
        Personal(
            _topics, own=("network", "title", "text", "at", "changed_at", "is_unnamed", "is_chatham"),
            left_out=("public_id", "by", "helped"), stays=True,
        ),
    ),
    "rooms.AskedBy": (Personal(_marks, own=("topic",), left_out=("mark",)),),
    "rooms.Answer": (
        Personal(
            _answers, own=("topic", "text", "at", "changed_at", "is_askers"), left_out=("public_id", "by"), stays=True
        ),
    ),
    "rooms.RoomFile": (
        Personal(_files, own=("name", "size", "at"), left_out=("public_id", "topic", "answer", "file"), stays=True),
    ),
    "rooms.PollVote": (
        Personal(by_person("person__person"), own=("option",), left_out=("person",), more=lambda row: {
            "question": row.option.poll.question, "chosen": str(row.option.starts_at or row.option.label),
        }),
    ),
    "rooms.RoomMail": (Personal(by_person("person__person"), own=("how", "told_until"), left_out=("person",)),),
    "rooms.Follow": (Personal(by_person("person__person"), own=("topic",), left_out=("person",)),),
    "rooms.TakenMail": Nobody("A keyed hash of a mail that was taken, so that it is taken once."),
    "rooms.Poll": Nobody("What is asked; who votes is told by `PollVote`."),
    "rooms.PollOption": Nobody("What can be chosen."),
}  # fmt: skip
