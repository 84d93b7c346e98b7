"""A congress of the IT cluster, announced a good year ahead of the day on which the tests play (14 July 2006)."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import FIRM
from mitwerk.congress.actions import announce_congress, take_step, write_contribution
from mitwerk.congress.models import Congress, Contribution, Hours, Track
from mitwerk.core.translated import Translated
from mitwerk.events.models import EventTopic
from mitwerk.governance.models import Body, Mandate
from mitwerk.governance.tests.cast import make_body, make_delegate

TODAY = dt.datetime(2006, 7, 14, 9, 0, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2007, 10, 26), dt.date(2007, 10, 27)
RECIPES = Translated({"de": "Rezepturen im Griff", "en": "Recipes under control"})
TITLE = Translated({"de": "Kongress 2007", "en": "Congress 2007"})


def make_congress(cast: Cast, **more: object) -> Congress:
    """Two days with a track; it closes early on the second one."""
    values = {
        "title": TITLE, "starts_on": FIRST, "ends_on": LAST, "place": "Leipzig, Neue Messe", "cluster": cast.it,
        "is_public": True, **more,
    }  # fmt: skip
    congress = announce_congress(values=values, actor=cast.it_editor)
    Track.objects.create(congress=congress, name={"de": "Für die Ernährung", "en": "For food firms"})
    Hours.objects.create(congress=congress, day=LAST, opens_at=dt.time(10, 0), closes_at=dt.time(14, 0))
    EventTopic.objects.create(event=congress.event, name={"de": "Kontakte", "en": "contacts"})
    return congress


@dataclass(frozen=True)
class Jury:
    """Who scores: the firm, the university and the institute have a seat, the bakery has none."""

    body: Body
    university: User
    institute: User
    baker: User


def make_jury(congress: Congress, cast: Cast) -> Jury:
    body = make_body("jury", "Jury", cluster=cast.it, kind=Body.Kind.JURY)
    for organisation in (cast.firm, cast.university, cast.institute):
        Mandate.objects.create(body=body, organisation=organisation, since=TODAY.date())
    Congress.objects.filter(pk=congress.pk).update(jury=body)
    congress.jury = body
    delegates = {
        name: make_delegate(f"{name}-juror", organisation)
        for name, organisation in (
            ("university", cast.university),
            ("institute", cast.institute),
            ("baker", cast.bakery),
        )
    }
    return Jury(body=body, **delegates)


def handed_in(congress: Congress, cast: Cast, actor: User, **more: Any) -> Contribution:
    """A talk of the firm that waits for a decision."""
    values = {"kind": "talk", "title": RECIPES, "language": "de", "competences": [cast.erp], **more}
    written = write_contribution(
        congress=congress, organisation=cast.firm, contribution=None, values=values, actor=actor
    )
    return take_step(contribution=written, verb="submit", who=FIRM, actor=actor)
