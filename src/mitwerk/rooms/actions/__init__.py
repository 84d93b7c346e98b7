"""Writes in rooms."""

from mitwerk.rooms.actions.by_mail import Outcome, take_mail
from mitwerk.rooms.actions.following import choose_mails, follow, hold_back_mails, send_digests, unfollow
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
    "Outcome",
    "answer",
    "ask",
    "change_answer",
    "change_topic",
    "choose_mails",
    "close_poll",
    "drop_answer",
    "drop_file",
    "drop_topic",
    "follow",
    "forget_lost_files",
    "forget_sent_news",
    "hold_back_mails",
    "mark_helped",
    "open_poll",
    "record_room",
    "send_digests",
    "take_mail",
    "unfollow",
    "vote",
]
