"""Minutes for people to read: what a page shows, and the same as a document (PDF/UA-1)."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.algorithms.tally import Outcome
from mitwerk.core.translated import Translated
from mitwerk.governance.models import AgendaItem, Motion
from mitwerk.governance.models.ballots import CHOICES, OUTCOMES
from mitwerk.ui.typeset import readable_pdf

SOURCE = Path(__file__).parent.parent / "typst" / "minutes.typ"
Told = dict[str, Any]


def told_minutes(paper: Told) -> Told:
    """Minutes (`queries.minutes_paper` or its short version) with days, texts and labels for a reader."""
    return {
        **{name: Translated(paper.get(name) or {}) for name in ("body", "title", "preface")},
        "place": paper["place"],
        **{name: _moment(paper[name]) for name in ("starts_at", "opened_at", "ended_at")},
        "present": paper.get("present", len(paper.get("attendance", []))),
        "attendance": [
            {"name": row["name"], **{name: _moment(row[name]) for name in ("arrived_at", "left_at")}}
            for row in paper.get("attendance", [])
        ],
        "items": [_item(item, at) for at, item in enumerate(paper["items"], 1)],
    }


def _item(item: Told, number: int) -> Told:
    return {
        "number": number,
        **{name: Translated(item.get(name) or {}) for name in ("title", "summary", "record")},
        "state": AgendaItem.State(item["state"]).label if item["state"] != AgendaItem.State.DONE else "",
        "motions": [_motion(motion) for motion in item["motions"]],
        "tasks": [{**task, "due_on": _day(task["due_on"])} for task in item.get("tasks", [])],
    }


def _motion(motion: Told) -> Told:
    count, method = motion["count"] or {}, motion.get("method")
    return {
        **{name: Translated(motion[name]) for name in ("title", "wording")},
        "earlier": [Translated(one) for one in motion.get("earlier", [])],
        "outcome": OUTCOMES[Outcome(motion["outcome"])] if motion["outcome"] else Motion.State(motion["state"]).label,
        "method": Motion.Method(method).label if method else "",
        "numbers": [(label, count[choice.value]) for choice, label in CHOICES.items() if count.get(choice.value)],
        **{name: motion.get(name) for name in ("present", "entitled", "code")},
    }


def _moment(text: str | None) -> datetime | None:
    return timezone.localtime(datetime.fromisoformat(text)) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def minutes_pdf(paper: Told, state: str, language: str) -> bytes:
    """A document that screen readers can read (PDF/UA-1), in one language. `state`: how far they are, in words."""
    with override(language):
        data = _plain(told_minutes(paper))
        words = {name: str(word) for name, word in _words().items()}
    told = {**data, "words": words, "state": state, "language": language}
    return readable_pdf(SOURCE, {"data": json.dumps(told, ensure_ascii=False)})


def _words() -> dict[str, Any]:
    return {
        "minutes": _("Minutes"),
        "begun": _("Begun"),
        "ended": _("Ended"),
        "place": _("Place"),
        "present": _("Organisations that were there"),
        "until": _("until"),
        "earlier": _("Earlier wording"),
        "resolution": _("Resolution"),
        "tasks": _("Tasks"),
        "office": _("the office"),
    }


def _plain(value: Any) -> Any:
    """Everything as the reader sees it: texts in one language, days and hours in words."""
    if isinstance(value, Translated):
        return str(value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, datetime):
        return {"day": date_format(value, "DATE_FORMAT"), "hour": date_format(value, "TIME_FORMAT")}
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return value if isinstance(value, str | int | float | None) else str(value)
