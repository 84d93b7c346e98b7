"""Reads of rooms. Who may see what is decided here: whoever belongs to the network now, and nobody else."""

from mitwerk.rooms.queries.desk import (
    desk_rows,
)
from mitwerk.rooms.queries.following import (
    News,
    by_stop_token,
    digest_of,
    follows,
    how_of,
    period_end,
    purpose_of,
    readers,
    stop_token,
    told_at_once,
    wants_mail,
)
from mitwerk.rooms.queries.polls import (
    counts_are_shown,
    options_shown,
    voted,
)
from mitwerk.rooms.queries.reply_addresses import (
    Bearer,
    bearer_of,
    is_ours,
    mail_mark,
    reply_address,
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
    "Bearer",
    "News",
    "answer_in",
    "answers_by",
    "answers_of",
    "asked_unnamed",
    "asker_of",
    "author_shown",
    "bearer_of",
    "by_stop_token",
    "counts_are_shown",
    "desk_rows",
    "digest_of",
    "file_count",
    "files_of",
    "follows",
    "found_topics",
    "how_of",
    "is_asker",
    "is_ours",
    "is_own",
    "mail_mark",
    "mark_of",
    "me_in",
    "names_to_call",
    "options_shown",
    "period_end",
    "poll_in",
    "purpose_of",
    "readers",
    "reply_address",
    "room_of",
    "rooms_of",
    "stop_token",
    "told_at_once",
    "topic_in",
    "topics_by",
    "topics_of",
    "voted",
    "wants_mail",
]
