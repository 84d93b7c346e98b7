"""Writes in rooms."""

from mitwerk.rooms.actions.polls import close_poll, open_poll, vote
from mitwerk.rooms.actions.topics import (
    answer,
    ask,
    change_answer,
    change_topic,
    drop_answer,
    drop_file,
    drop_topic,
    forget_lost_files,
    forget_sent_news,
    mark_helped,
    record_room,
)

__all__ = [
    "answer",
    "ask",
    "change_answer",
    "change_topic",
    "close_poll",
    "drop_answer",
    "drop_file",
    "drop_topic",
    "forget_lost_files",
    "forget_sent_news",
    "mark_helped",
    "open_poll",
    "record_room",
    "vote",
]
