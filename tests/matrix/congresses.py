"""A congress of cluster A whose call is open: a draft of the firm, and what the firm scores in the jury."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import FIRM
from mitwerk.congress.actions import add_speaker, add_stand_talk, review_contribution, take_step, write_contribution
from mitwerk.congress.actions.contributions import SPEAK
from mitwerk.congress.models import Congress, Contribution, Proceeding, Room, Session, Stand
from mitwerk.congress.tests.programme_cast import at, coffee, make_contribution, place, release
from mitwerk.governance.models import Body, Mandate
from mitwerk.people.models import ActLink
from mitwerk.people.queries import token_hash
from mitwerk.people.tests.cast import People

SPEAK_TOKEN = "a-token-of-a-speaker"


def congress_records(cast: Cast, people: People, congress: Congress) -> dict[str, Model]:
    """The first is the firm's and a draft, the second the bakery's and handed in."""
    now = timezone.now()
    jury = Body.objects.create(slug="jury", name={"de": "Jury", "en": "Jury"}, kind=Body.Kind.JURY, cluster=cast.it)
    Mandate.objects.create(body=jury, organisation=cast.firm, since=date(2006, 7, 14))
    opened = {"call_from": now - timedelta(days=1), "call_until": now + timedelta(days=30), "jury": jury}
    Congress.objects.filter(pk=congress.pk).update(**opened)
    congress.refresh_from_db()
    draft = _written(congress, cast.firm, people)
    waiting = _written(congress, cast.bakery, people)
    named = {"name": "Wer spricht", "about": {"de": "Bäckt"}, "actor": people.delegate}
    add_speaker(contribution=draft, email="first-speaker@example.org", **named)
    speaker = add_speaker(contribution=waiting, email="speaker@example.org", **named)
    take_step(contribution=waiting, verb="submit", who=FIRM, actor=people.delegate)
    ActLink.objects.create(
        person=speaker.person, act=SPEAK, target=speaker.public_id, token_hash=token_hash(SPEAK_TOKEN),
        expires_at=now + timedelta(days=7),
    )  # fmt: skip
    points = {one.pk: 4 for one in congress.criteria.all()}
    review_contribution(contribution=waiting, points=points, comment="Gut.", is_biased=False, actor=people.delegate)
    return {
        "contributions": waiting, "draft of a contribution": draft, "speaker": draft.speakers.get(),
        **_programme(cast, congress), **_stand(cast, people, congress),
    }  # fmt: skip


def _programme(cast: Cast, congress: Congress) -> dict[str, Model]:
    """One contribution of the firm has a time in the programme that everybody reads, another one waits for its time."""
    placed, waiting = (make_contribution(congress, cast.firm, number) for number in (3, 4))
    session = place(placed, cast, congress.rooms.first(), "09:00")
    coffee(congress, cast)
    release(congress, cast, "Fertig")
    return {
        "placed contribution": placed, "contribution without a time": waiting, "session": session,
        "slides": _slides(cast, congress),
    }  # fmt: skip


def _slides(cast: Cast, congress: Congress) -> Proceeding:
    """Of a contribution of the firm whose time is over, though the congress is not."""
    told, yesterday = make_contribution(congress, cast.firm, 5), timezone.now() - timedelta(days=1)
    Session.objects.create(
        contribution=told, congress=congress, starts_at=yesterday - timedelta(hours=1), ends_at=yesterday
    )
    file = ContentFile(b"%PDF-1.4 slides", "slides.pdf")
    return Proceeding.objects.create(contribution=told, slides=file, size=file.size)


def _stand(cast: Cast, people: People, congress: Congress) -> dict[str, Model]:
    hall = Room.objects.create(congress=congress, name={"de": "Halle"}, seats=100, width=20, depth=12)
    stand = Stand.objects.create(
        congress=congress, organisation=cast.firm, number="A1", room=hall, x=3, y=2, shows={"de": "Eine Mühle"}
    )
    stand.competences.set([cast.erp])
    values = {"title": {"de": "Mahlen"}, "starts_at": at("11:00"), "ends_at": at("11:15")}
    return {"stands": stand, "talk at a stand": add_stand_talk(stand=stand, values=values, actor=people.delegate)}


def _written(congress: Congress, organisation: Organisation, people: People) -> Contribution:
    values = {
        "kind": "talk", "title": {"de": f"Beitrag von {organisation.name}"}, "abstract": {"de": "Kurz"},
        "language": "de", "wishes": "Beamer", "competences": [],
    }  # fmt: skip
    return write_contribution(
        congress=congress, organisation=organisation, contribution=None, values=values, actor=people.delegate
    )


OF_STANDS = ("detail", "own", "edit", "talk_add", "talk_drop")


def places_of_congresses(records: dict[str, Any], firm_slug: str, concept: str) -> dict[tuple[str, str], Any]:
    """What stands in the places of its addresses."""
    draft = records["draft of a contribution"].public_id
    of_draft = ("contribution_detail", "contribution_edit", "contribution_step", "speaker_add", "speaker_drop")
    return {
        ("congress", "slug"): records["congresses"].event.slug,
        ("congress", "public_id"): records["congresses"].public_id,
        ("congress:contribution_add", "slug"): firm_slug,
        **{(f"congress:{name}", "public_id"): draft for name in of_draft},
        ("congress", "speaker_id"): records["speaker"].public_id,
        **{(f"congress:stand_{name}", "public_id"): records["stands"].public_id for name in OF_STANDS},
        ("congress", "talk_id"): records["talk at a stand"].public_id,
        ("congress", "concept"): concept,
        ("congress:proceeding_slides", "public_id"): records["slides"].public_id,
        ("congress:proceeding_edit", "public_id"): records["slides"].contribution.public_id,
        ("congress", "key"): records["placed contribution"].public_id,
        ("congress:session_edit", "key"): records["session"].public_id,
        ("congress:session_unplace", "key"): records["session"].public_id,
        ("congress:session_place", "key"): records["contribution without a time"].public_id,
        ("congress", "kind"): "ics",
        ("congress", "verb"): "submit",
        ("congress", "number"): 2,
        ("congress", "token"): SPEAK_TOKEN,
    }
