"""Events of the fixed cast, around the day on which the tests play: 14 July 2006."""

import datetime as dt
from dataclasses import dataclass

from mitwerk.actors.tests.cast import Cast
from mitwerk.events.models import Event, EventTopic, Organiser

TODAY = dt.datetime(2006, 7, 14, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Events:
    """The events by name."""

    congress: Event
    fair: Event
    lecture: Event
    old: Event
    draft: Event


def make_event(slug: str, title: str, starts_on: dt.date, **values: object) -> Event:
    clusters = values.pop("clusters", [])
    event = Event.objects.create(slug=slug, title={"de": title, "en": f"{title} (en)"}, starts_on=starts_on, **values)
    event.clusters.set(clusters)
    return event


def make_events(cast: Cast) -> Events:
    """Needs the actors' cast."""
    congress = make_event(
        "kongress", "Kongress der IT; Teil 1, Auftakt", dt.date(2006, 10, 28), ends_on=dt.date(2006, 10, 29),
        starts_at=dt.time(14, 0), ends_at=dt.time(16, 30), place="Leipzig, Neue Messe", clusters=[cast.it],
        description={"de": "Die IT zeigt den anderen Clustern, was sie kann: " + "ausführlich, " * 20 + "Schluss"},
        is_congress=True, website="https://kongress.example/",
    )  # fmt: skip
    Organiser.objects.create(event=congress, organisation=cast.umbrella, name="Verbund")
    Organiser.objects.create(event=congress, organisation=cast.hidden, name="Verborgene GmbH", position=1)
    EventTopic.objects.create(event=congress, name={"de": "Kontakte", "en": "contacts"})
    fair = make_event("messe", "Messe", dt.date(2006, 7, 12), ends_on=dt.date(2006, 7, 14), clusters=[cast.food])
    return Events(
        congress=congress,
        fair=fair,
        lecture=make_event("vortrag", "Vortrag", dt.date(2006, 5, 3), clusters=[cast.it]),
        old=make_event("frueher", "Früher", dt.date(2005, 12, 30), ends_on=dt.date(2006, 1, 2)),
        draft=make_event("entwurf", "Entwurf", dt.date(2006, 9, 1), state=Event.State.DRAFT, clusters=[cast.it]),
    )
