"""Records of the IT cluster beside the fixed cast, in German only."""

from datetime import date

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress, Contribution, Stand, Track
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.projects.models import Project


def make_public(cast: Cast, mark: str = "") -> dict[str, Project | Event | Network | Need]:
    """One of each kind with clusters; `mark` tells several apart."""
    records = {
        "project": Project.objects.create(
            slug=f"muehle{mark}", title={"de": f"Mühle{mark}"}, summary={"de": "Fünf Tage statt neun."}
        ),
        "event": Event.objects.create(
            slug=f"messe{mark}", title={"de": f"Fachmesse{mark}"}, starts_on=date(2007, 3, 1)
        ),
        "network": Network.objects.create(slug=f"netz{mark}", name={"de": f"Netz{mark}"}),
        "need": Need.objects.create(
            slug=f"bedarf{mark}", title={"de": f"Bedarf{mark}"}, text={"de": "Text"}, state=Need.State.PUBLISHED
        ),
    }
    for record in records.values():
        record.clusters.set([cast.it])
    return records


def make_congress(cast: Cast, event: Event) -> Contribution:
    """Of an event, with a call in German, a track, a stand, and a talk that is on its stage."""
    congress = Congress.objects.create(event=event, cluster=cast.it, call={"de": "Zeigen Sie etwas."})
    Track.objects.create(congress=congress, name={"de": "Für Bäcker"})
    Stand.objects.create(congress=congress, organisation=cast.firm, number="1", shows={"de": "Eine Mühle"})
    return Contribution.objects.create(
        congress=congress, organisation=cast.firm, number=1, kind="talk", language="de", state="accepted",
        title={"de": "Rezepturen"},
    )  # fmt: skip
