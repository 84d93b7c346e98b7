"""Timed work of all subjects. Each piece may be done twice, by two processes at once, and changes nothing more."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mitwerk.charter import actions as charter
from mitwerk.congress.actions import ask_juries, forget_lost_slides
from mitwerk.governance.actions import close_due_ballots, send_ballot_mails, send_sitting_mails
from mitwerk.imports.actions.working import go_on_everywhere
from mitwerk.networks.actions.leaving import delete_left
from mitwerk.networks.actions.sending import end_waves, go_on_with_waves, remind_of_waves
from mitwerk.outbox.mails import deliver_due
from mitwerk.privacy.retention import PERIODS
from mitwerk.profiles.actions import ask_still_right
from mitwerk.projects.actions import fill_agendas, forget_lost_files, remind_of_reports, take_over_decisions
from mitwerk.registrations.actions.invoicing import write_due
from mitwerk.registrations.actions.seats import turn_lists
from mitwerk.registrations.actions.thanking import send_thanks
from mitwerk.rooms import actions as rooms

log = logging.getLogger(__name__)
LOST_AFTER = timedelta(hours=1)
"""Longer than any task runs; every task may be done again."""


def take_up_lost_tasks() -> int:
    """Tasks whose worker was killed stand as running for ever; give them to the next worker. How many."""
    lost = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=timezone.now() - LOST_AFTER)
    return lost.update(status=TaskResultStatus.READY, started_at=None)


TIMED: dict[str, Callable[[], Any]] = {
    "publish scheduled pages": lambda: call_command("publish_scheduled", verbosity=0),
    "ask whether profiles are still right": ask_still_right,
    "count ballots": close_due_ballots,
    "send ballots": send_ballot_mails,
    "take over what boards decided": take_over_decisions,
    "take over votes on suggestions": charter.take_over_votes,
    "adopt charters": charter.take_over_decisions,
    "open phases of charters": charter.turn_phases,
    "announce phases of charters": charter.tell_phases,
    "ask for signatures": charter.ask_for_signatures,
    "ask juries of congresses": ask_juries,
    "fill agendas": fill_agendas,
    "fill agendas with charters": charter.fill_agendas,
    "send sittings": send_sitting_mails,
    "remind groups of their reports": remind_of_reports,
    "move waiting lists up": turn_lists,
    "move lines of meetings up": rooms.turn_lines,
    "write invoices": write_due,
    "thank guests": send_thanks,
    "delete networks that leave": delete_left,
    "end waves of invitations": end_waves,
    "go on with waves of invitations": go_on_with_waves,
    "remind of waves of invitations": remind_of_waves,
    "send digests of rooms": rooms.send_digests,
    "hold back mails of rooms": rooms.hold_back_mails,
    "send waiting mails": deliver_due,
    "take up lost tasks": take_up_lost_tasks,
    "go on with imports": go_on_everywhere,
    "forget lost files of groups": forget_lost_files,
    "forget lost slides of congresses": forget_lost_slides,
    "forget lost files of rooms": rooms.forget_lost_files,
    "forget sent news of rooms": rooms.forget_sent_news,
    **{f"forget {period.key}": period.do for period in PERIODS},
}


def do_timed_work() -> list[str]:
    """All of it; a piece that fails is logged and named, and the others are done all the same."""
    failed = []
    for name, do in TIMED.items():
        try:
            do()
        except Exception:  # one piece must not keep the others from being done
            log.exception("Timed work failed: %s", name)
            failed.append(name)
    return failed
