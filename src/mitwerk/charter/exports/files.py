"""A charter to take along: one page that opens without a network, and the same as data."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.charter.exports.facts import charter_facts, section_of, told_vote
from mitwerk.charter.models import Signature
from mitwerk.charter.queries.public import Paper, chapters, standing_of
from mitwerk.core.jsonld import absolute
from mitwerk.core.translated import Translated


def charter_html(paper: Paper, signatures: Sequence[Signature], home: Translated, language: str) -> str:
    """Every language in one file, the reader's first; nothing in it is fetched from anywhere."""
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != language)
    texts = []
    for code in codes:
        with override(code):
            html = render_to_string("charter/_file_text.html", _told(paper, signatures, home))
            texts.append({"code": code, "html": html})
    with override(language):
        title = Translated(paper.version.content["title"])
        context = {"texts": texts, "title": title, "home": home, "language": language}
        return render_to_string("charter/file.html", context)


def _told(paper: Paper, signatures: Sequence[Signature], home: Translated) -> dict[str, Any]:
    found = chapters(paper.version.content, paper.goals)
    votes = [(section_of(vote, found) or _("Result"), told_vote(vote), vote.resolution) for vote in paper.votes]
    return {
        "title": Translated(paper.version.content["title"]), "home": home, "paper": paper, "chapters": found,
        "facts": charter_facts(paper), "votes": votes, "signatures": signatures, "standing": standing_of(signatures),
        "address": absolute(paper.charter.get_absolute_url()),
    }  # fmt: skip


def charter_json(paper: Paper, signatures: Sequence[Signature]) -> str:
    """The content as it was frozen, with ids, and what became of it. `digest` is the SHA-256 of `content` as JSON with
    sorted keys, without blanks and with umlauts as they are."""
    version, adoption = paper.version, paper.adoption
    told = {
        "charter": paper.charter.public_id, "address": absolute(paper.charter.get_absolute_url()),
        "version": version.number, "made_at": version.made_at.isoformat(), "digest": version.digest,
        "content": version.content, "note": dict(version.note),
        "adoption": _adoption(paper) if adoption else None,
        "goals": {
            anchor: {"figure": dict(row.figure), "figure_on": row.figure_on.isoformat() if row.figure_on else None}
            for anchor, row in paper.goals.items()
        },
        "signatures": [_signature(one) for one in signatures],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _adoption(paper: Paper) -> dict[str, Any]:
    adoption = paper.adoption
    return {
        "number": adoption.number if adoption else None,
        "adopted_on": adoption.adopted_on.isoformat() if adoption and adoption.adopted_on else None,
        "votes": [
            {
                "section": vote.section or None, "count": dict(vote.count) or None,
                "resolution": vote.resolution.code if vote.resolution else None,
            }
            for vote in paper.votes
        ],
    }  # fmt: skip


def _signature(one: Signature) -> dict[str, Any]:
    return {
        "organisation": one.called, "signed_on": timezone.localdate(one.signed_at).isoformat(),
        "withdrawn_on": timezone.localdate(one.withdrawn_at).isoformat() if one.withdrawn_at else None,
    }  # fmt: skip
