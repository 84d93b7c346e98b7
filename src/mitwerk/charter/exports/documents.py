"""A charter as a document (PDF/UA-1), in one language. All its words go into the template as data."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.charter.exports.facts import charter_facts, section_of, told_vote
from mitwerk.charter.models import Signature
from mitwerk.charter.queries.public import Chapter, Clause, Paper, chapters, standing_of
from mitwerk.core.jsonld import absolute
from mitwerk.core.translated import Translated
from mitwerk.ui.typeset import readable_pdf

SOURCE = Path(__file__).parent.parent / "typst" / "charter.typ"


def charter_pdf(paper: Paper, signatures: Sequence[Signature], home: Translated, language: str) -> bytes:
    """`home`: whose charter it is, by name."""
    with override(language):
        told = {**_told(paper, signatures), "home": str(home), "language": language}
    return readable_pdf(SOURCE, {"data": json.dumps(told, ensure_ascii=False)})


def _told(paper: Paper, signatures: Sequence[Signature]) -> dict[str, Any]:
    found = chapters(paper.version.content, paper.goals)
    return {
        "title": str(Translated(paper.version.content["title"])),
        "facts": [[label, str(value)] for label, value, _url in charter_facts(paper) if value],
        "votes": list(_votes(paper, found)),
        "sections": [
            {
                "number": one.number,
                "title": _best(one.part.title),
                "paragraphs": [_clause(clause) for clause in one.clauses],
            }
            for one in found
        ],
        "signatures": [_signature(one) for one in signatures],
        "is_adopted": paper.adoption is not None,
        "address": absolute(paper.charter.get_absolute_url()),
        "digest": paper.version.digest,
        "words": _words(standing_of(signatures)),
    }


def _votes(paper: Paper, found: Sequence[Chapter]) -> Iterable[list[str]]:
    for vote in paper.votes:
        title = str(section_of(vote, found)) or _("Result")
        code = _("Resolution %(code)s") % {"code": vote.resolution.code} if vote.resolution else ""
        yield [title, "; ".join(part for part in (told_vote(vote), code) if part)]


def _best(text: Translated) -> dict[str, str]:
    """A text with the language it is really in, so that it is read aloud in that."""
    found = text.best()
    return {"text": found.text, "language": found.language}


def _clause(clause: Clause) -> dict[str, Any]:
    text, live = clause.text, clause.goal
    figure = live.figure if live else Translated()
    day = date_format(live.figure_on, "DATE_FORMAT") if live and live.figure_on else ""
    return {
        "number": clause.number, **_best(text.text), "is_goal": text.is_goal, "measure": _best(text.measure),
        "year": str(text.target_year or ""), "figure": _best(figure), "figure_on": day,
    }  # fmt: skip


def _signature(one: Signature) -> dict[str, str]:
    gone = date_format(timezone.localtime(one.withdrawn_at), "DATE_FORMAT") if one.withdrawn_at else ""
    return {
        "name": one.called, "day": date_format(timezone.localtime(one.signed_at), "DATE_FORMAT"),
        "withdrawn": _("withdrawn on %(day)s") % {"day": gone} if gone else "",
    }  # fmt: skip


def _words(count: int) -> dict[str, str]:
    return {
        "charter": _("Charter"), "measure": _("Measured by"), "year": _("To be reached by"),
        "figure": _("Where it stands"), "signatures": _("Who stands behind it"),
        "standing": _("%(count)s organisations have signed.") % {"count": count},
        "none": _("Nobody has signed yet."), "digest": _("Fingerprint (SHA-256) of this wording"),
        "online": _("On the web"),
    }  # fmt: skip
