"""A congress of the IT cluster, announced a good year ahead of the day on which the tests play (14 July 2006)."""

import datetime as dt

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import announce_congress
from mitwerk.congress.models import Congress, Hours, Track
from mitwerk.core.translated import Translated
from mitwerk.events.models import EventTopic

TODAY = dt.datetime(2006, 7, 14, 9, 0, tzinfo=dt.UTC)
FIRST, LAST = dt.date(2007, 10, 26), dt.date(2007, 10, 27)
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
