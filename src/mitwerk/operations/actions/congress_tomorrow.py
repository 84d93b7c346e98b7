"""A congress of the demo that begins tomorrow: programme, stands and guests are there, so that the day can be tried."""

import datetime as dt
from typing import Any

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import FIRM, OFFICE
from mitwerk.clusters.models import Cluster
from mitwerk.congress.actions import (
    add_break,
    announce_congress,
    make_stands,
    place_session,
    release_programme,
    take_step,
    write_contribution,
)
from mitwerk.congress.models import Congress, Contribution, Room
from mitwerk.congress.queries.draft import draft_of, fingerprint
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event
from mitwerk.registrations.actions.offering import set_up
from mitwerk.registrations.actions.registering import Guest, Order, register
from mitwerk.vocabularies.models import COMPETENCES, Concept

SLUG = "kongresstag-der-cluster-demo"
HALL, ROOM = 0, 1
TALKS: tuple[tuple[str, int, str, int, str, str, str, str], ...] = (
    ("talk", HALL, "09:30", 30, "Bestellungen ohne Abtippen", "Orders without retyping",
     "Wie ein Händler und sein Lieferant ihre Systeme an einem Nachmittag verbunden haben.",
     "How a trader and a supplier connected their systems in one afternoon."),
    ("talk", ROOM, "09:30", 30, "Ein Messgerät, drei Werke", "One instrument, three plants",
     "Was gemeinsam genutzte Daten über Abfüllanlagen verraten.",
     "What shared data tell about filling lines."),
    ("demonstration", HALL, "10:30", 20, "Wartung, bevor etwas steht", "Maintenance before anything stops",
     "Wir zeigen an einer Pumpe, was Schwingungen ankündigen.",
     "With a pump we show what vibrations announce."),
    ("workshop", ROOM, "10:30", 90, "Vom Zettel zur Auswertung", "From paper slip to analysis",
     "Bringen Sie ein Formular mit; wir machen daraus eine Liste, mit der man rechnen kann.",
     "Bring a form; we turn it into a list one can calculate with."),
    ("panel", HALL, "11:15", 60, "Was Cluster voneinander brauchen", "What clusters need of each other",
     "Drei Firmen sagen, was ihnen fehlt, und drei, was sie davon haben.",
     "Three firms say what they lack, and three what they have of it."),
    ("stand", HALL, "", 0, "Software für Werkstatt und Lager", "Software for workshop and warehouse",
     "Lager, Aufträge und Rechnungen zum Ausprobieren.", "Warehouse, orders and invoices to try out."),
    ("stand", HALL, "", 0, "Messtechnik zum Anfassen", "Measuring you can touch",
     "Sensoren für Wärme, Druck und Schwingung.", "Sensors for heat, pressure and vibration."),
)  # fmt: skip
"""Kind, room, time, minutes; German and English title; German and English abstract. In our words."""
GUESTS = 7
"""More than four, so that figures are shown."""


def demo_congress_tomorrow(cluster: Cluster, exhibitors: tuple[Organisation, Organisation], actor: User) -> None:
    """Made once."""
    if Event.objects.filter(slug=SLUG).exists():
        return
    title = Translated({"de": "Kongresstag der Cluster (Demo)", "en": "Congress day of the clusters (demo)"})
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    values = {"title": title, "starts_on": tomorrow, "ends_on": tomorrow + dt.timedelta(days=1), "place": "Halle",
              "cluster": cluster, "is_public": True}  # fmt: skip
    congress = announce_congress(values=values, actor=None)
    congress.rooms.update(width=20, depth=12)
    Room.objects.create(congress=congress, name={"de": "Seminarraum", "en": "Seminar room"}, seats=30, position=1)
    now = timezone.now()
    congress.call_from, congress.call_until = now - dt.timedelta(days=90), now + dt.timedelta(hours=1)
    congress.save()
    _programme(congress, exhibitors, actor)
    Congress.objects.filter(pk=congress.pk).update(call_until=now)
    make_stands(congress=congress, actor=None)
    _guests(congress)


def _programme(congress: Congress, exhibitors: tuple[Organisation, Organisation], actor: User) -> None:
    rooms, concepts = list(congress.rooms.all()), _concepts()
    for number, told in enumerate(TALKS):
        contribution = _accepted(congress, exhibitors[number % 2], told, actor)
        contribution.competences.set(concepts[number % 3 :: 3])
        if told[2]:
            when = {**_times(congress, told[2], told[3]), "room": rooms[told[1]], "seats": None}
            place_session(contribution=contribution, values=when, actor=actor)
    coffee: dict[str, Any] = {
        "room": None, "kind": "break",
        "title": Translated({"de": "Kaffee an den Ständen", "en": "Coffee at the stands"}),
    }  # fmt: skip
    add_break(congress=congress, values={**coffee, **_times(congress, "10:00", 30)}, actor=actor)
    release_programme(congress=congress, note=Translated({}), seen=fingerprint(draft_of(congress), None), actor=actor)


def _concepts() -> list[Concept]:
    return list(Concept.objects.filter(vocabulary__slug=COMPETENCES).order_by("pk")[:6])


def _accepted(congress: Congress, organisation: Organisation, told: Any, actor: User) -> Contribution:
    kind, _room, _time, _minutes, title, in_english, abstract, abstract_in_english = told
    values = {
        "kind": kind, "language": "de", "title": Translated({"de": title, "en": in_english}),
        "abstract": Translated({"de": abstract, "en": abstract_in_english}),
    }  # fmt: skip
    contribution = write_contribution(
        congress=congress, organisation=organisation, contribution=None, values=values, actor=actor
    )
    take_step(contribution=contribution, verb="submit", who=FIRM, actor=actor)
    return take_step(contribution=contribution, verb="accept", who=OFFICE, actor=actor)


def _times(congress: Congress, clock: str, minutes: int) -> dict[str, dt.datetime]:
    start = timezone.make_aware(dt.datetime.combine(congress.event.first_day, dt.time.fromisoformat(clock)))
    return {"starts_at": start, "ends_at": start + dt.timedelta(minutes=minutes)}


def _guests(congress: Congress) -> None:
    """Each by a form of their own, as they would on the page."""
    admission = set_up(congress=congress, actor=None)
    kind = admission.kinds.get()
    for number in range(1, GUESTS + 1):
        order = Order(key=f"demo-{congress.public_id}-{number}", kind=kind, language="de")
        guest = Guest(f"Gast {number} (Demo)", f"guest-{number}@mitwerk.example")
        register(admission=admission, order=order, guests=[guest])
