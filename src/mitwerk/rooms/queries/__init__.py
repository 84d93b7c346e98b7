"""Reads of rooms. Who may see what is decided here: whoever belongs to the network now, and nobody else."""

from mitwerk.rooms.queries.desk import (
    desk_rows,
)
from mitwerk.rooms.queries.polls import (
    counts_are_shown,
    options_shown,
    voted,
)
from mitwerk.rooms.queries.rooms import (
    me_in,
    room_of,
    rooms_of,
)
from mitwerk.rooms.queries.topics import (
    answer_in,
    answers_of,
    author_shown,
    file_count,
    files_of,
    found_topics,
    is_own,
    names_to_call,
    poll_in,
    topic_in,
    topics_of,
)
from mitwerk.rooms.queries.unnamed import (
    answers_by,
    asked_unnamed,
    asker_of,
    is_asker,
    mark_of,
    topics_by,
)

__all__ = [
    "answer_in",
    "answers_by",
    "answers_of",
    "asked_unnamed",
    "asker_of",
    "author_shown",
    "counts_are_shown",
    "desk_rows",
    "file_count",
    "files_of",
    "found_topics",
    "is_asker",
    "is_own",
    "mark_of",
    "me_in",
    "names_to_call",
    "options_shown",
    "poll_in",
    "room_of",
    "rooms_of",
    "topic_in",
    "topics_by",
    "topics_of",
    "voted",
]
