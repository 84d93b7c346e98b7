"""Writes in rooms."""

from mitwerk.rooms.actions.attending import (
    answer_meeting,
    turn_lines,
)
from mitwerk.rooms.actions.by_mail import (
    Outcome,
    take_mail,
)
from mitwerk.rooms.actions.following import (
    choose_mails,
    follow,
    hold_back_mails,
    send_digests,
    unfollow,
)
from mitwerk.rooms.actions.meetings import (
    cancel_meeting,
    change_meeting,
    forget_attendances,
    plan_meeting,
)
from mitwerk.rooms.actions.members import (
    add_systems,
    change_system,
    drop_system,
    renew_feed,
    save_card,
)
from mitwerk.rooms.actions.minutes import (
    publish_minutes,
    write_minutes,
)
from mitwerk.rooms.actions.polls import (
    close_poll,
    open_poll,
    vote,
)
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
    "add_systems",
    "answer",
    "answer_meeting",
    "ask",
    "cancel_meeting",
    "change_answer",
    "change_meeting",
    "change_system",
    "change_topic",
    "choose_mails",
    "close_poll",
    "drop_answer",
    "drop_file",
    "drop_system",
    "drop_topic",
    "follow",
    "forget_attendances",
    "forget_lost_files",
    "forget_sent_news",
    "hold_back_mails",
    "mark_helped",
    "open_poll",
    "plan_meeting",
    "publish_minutes",
    "record_room",
    "renew_feed",
    "save_card",
    "send_digests",
    "take_mail",
    "turn_lines",
    "unfollow",
    "vote",
    "write_minutes",
]
