"""A charter for search engines (schema.org), and in short for readers."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitwerk.charter.queries.public import Chapter, Paper, Voted
from mitwerk.clusters.models import Cluster, Region
from mitwerk.core.addresses import address_of
from mitwerk.core.jsonld import Thing, absolute, organization, thing
from mitwerk.core.translated import Translated
from mitwerk.governance.models import Body

Fact = tuple[str, Any, str]


def charter_thing(
    paper: Paper, found: Sequence[Chapter], home: Cluster | Region | None, path: str, language: str
) -> Thing:
    """A public version with its sections."""
    title, adoption = Translated(paper.version.content["title"]), paper.adoption
    name = str(home.name) if home else ""
    parts = [
        thing(
            "CreativeWork", name=str(one.part.title), position=one.number, url=absolute(f"{path}#s-{one.part.id}"),
            text="\n\n".join(str(clause.text.text) for clause in one.clauses),
        )
        for one in found
    ]  # fmt: skip
    return thing(
        "DigitalDocument", id=absolute(path), name=str(title), url=absolute(path), inLanguage=language,
        version=str(paper.version.number), dateCreated=paper.version.made_at.date().isoformat(),
        datePublished=adoption.adopted_on.isoformat() if adoption and adoption.adopted_on else None,
        publisher=organization(name, _home_of(home)) if name else None, hasPart=parts,
        sha256=paper.version.digest,
    )  # fmt: skip


def _home_of(home: Cluster | Region | None) -> str:
    return home.get_absolute_url() if isinstance(home, Cluster) else address_of("clusters:region_home")


def charter_facts(paper: Paper) -> list[Fact]:
    """Label, value and address. A version that was not adopted has its number and day."""
    version, adoption = paper.version, paper.adoption
    made = _("version %(number)s of %(day)s") % {
        "number": version.number, "day": date_format(version.made_at, "DATE_FORMAT")
    }  # fmt: skip
    if adoption is None or adoption.adopted_on is None:
        return [(_("Wording"), made, "")]
    is_shown = adoption.body.state == Body.State.PUBLISHED
    return [
        (_("Charter"), _("number %(number)s") % {"number": adoption.number}, ""),
        (_("Adopted on"), date_format(adoption.adopted_on, "DATE_FORMAT"), ""),
        (_("Adopted by"), adoption.body.name if is_shown else "", adoption.body.get_absolute_url() if is_shown else ""),
        (_("Wording"), made, ""),
        (_("Next review"), date_format(paper.charter.review_on, "DATE_FORMAT") if paper.charter.review_on else "", ""),
    ]


def told_vote(vote: Voted) -> str:
    """How many said what, in one line; empty where only the outcome is told."""
    if not vote.count:
        return ""
    told = _("%(yes)s yes, %(no)s no, %(abstain)s abstentions") % {
        name: vote.count.get(name, 0) for name in ("yes", "no", "abstain")
    }
    turnout = _("%(took)s of %(entitled)s took part (%(percent)s%%)") % {
        "took": vote.took_part, "entitled": vote.count.get("entitled", 0), "percent": vote.turnout or 0
    }  # fmt: skip
    return f"{told}; {turnout}"


def section_of(vote: Voted, found: Sequence[Chapter]) -> Translated:
    """The heading of the section a vote was about; empty for the whole text."""
    return next((one.part.title for one in found if one.part.id == vote.section), Translated())
