"""Needs of the fixed cast: two public ones, one that waits for the office, one that is closed."""

from dataclasses import dataclass

from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Competence
from mitwerk.matching.models import Need, NeedContact


@dataclass(frozen=True)
class Needs:
    """The needs by name."""

    moisture: Need
    shelves: Need
    reported: Need
    closed: Need


def make_need(slug: str, title: str, **values: object) -> Need:
    clusters, concepts = values.pop("clusters", []), values.pop("concepts", [])
    texts = {"title": {"de": title}, "text": {"de": f"Wir brauchen: {title}"}}
    need = Need.objects.create(slug=slug, **{**texts, "state": Need.State.PUBLISHED, **values})
    need.clusters.set(clusters)
    need.concepts.set(concepts)
    return need


def make_needs(cast: Cast) -> Needs:
    """Needs the actors' cast. The firm can do two of the asked things, the university one."""
    Competence.objects.create(organisation=cast.firm, concept=cast.analytics)
    Competence.objects.create(organisation=cast.firm, concept=cast.analytics, position=1)
    Competence.objects.create(organisation=cast.firm, concept=cast.erp)
    Competence.objects.create(organisation=cast.university, concept=cast.analytics)
    Competence.objects.create(organisation=cast.hidden, concept=cast.analytics)
    reported = make_need("wartet", "Noch geheim", state=Need.State.REPORTED, clusters=[cast.food])
    NeedContact.objects.create(
        need=reported, organisation_name="Geheime Firma", name="Muster Person", email="geheim@example.org"
    )
    return Needs(
        moisture=make_need(
            "feuchte", "Feuchte im Mehl messen", clusters=[cast.food], sector=cast.sector_food,
            concepts=[cast.analytics, cast.erp], as_of=2012, origin=Need.Origin.SURVEY,
        ),
        shelves=make_need("regale", "Regale im Blick", concepts=[cast.control]),
        reported=reported,
        closed=make_need("fertig", "Schon erledigt", state=Need.State.CLOSED),
    )  # fmt: skip
