"""An organisation with one of everything that can point at it, and what points at whom."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils import timezone
from django_scopes import scope

from mitwerk.actors.actions.relations import relations
from mitwerk.actors.models import Certificate, Claim, Contact, Location, Membership, Organisation
from mitwerk.actors.tests.cast import Cast, make_organisation
from mitwerk.charter.models import (
    Adoption,
    Charter,
    Contribution,
    Guest,
    Signature,
    Suggestion,
    Supporter,
    Version,
)
from mitwerk.competences.models import Competence, Reference
from mitwerk.congress import models as congresses
from mitwerk.congress.models import Congress
from mitwerk.events.models import Event, Organiser
from mitwerk.governance.models import Body, Mandate, Sitting, Task
from mitwerk.imports.models import OwnId
from mitwerk.networks.models import JoinRequest, Network, NetworkMember, NetworkPerson
from mitwerk.people.models import Invitation, Person, Representative
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.projects.models import Joining, Partner, Project, Proof, Release
from mitwerk.registrations.models import Admission, Booking, TicketKind


def make_double(cast: Cast) -> Organisation:
    """A second entry of the firm, with one reference of every kind, some of which the firm has too."""
    double = make_organisation(
        "Ährenwerk Software", "aehrenwerk-2", town="Leipzig", website="https://www.aehrenwerk.example/de",
        description={"en": "Software for mills.", "de": "Mühlensoftware."}, sectors=[cast.sector_food],
        alternative_names=["ÄWS"], source_id="double", founded=1999,
    )  # fmt: skip
    fill(double, cast)
    return double


def fill(organisation: Organisation, cast: Cast) -> None:
    """One of everything. The membership in `it` and the place in the network are the firm's as well."""
    Membership.objects.create(organisation=organisation, cluster=cast.it, since=date(2001, 1, 1))
    Membership.objects.create(organisation=organisation, cluster=cast.food)
    Claim.objects.create(organisation=organisation, name="C", email="c@example.org")
    Contact.objects.create(organisation=organisation, name="K")
    OwnId.objects.create(organisation=organisation, cluster=cast.it, key=organisation.slug)
    Location.objects.create(organisation=organisation, town="Chemnitz")
    Certificate.objects.create(organisation=organisation, name="ISO/IEC 27001")
    Draft.objects.create(organisation=organisation)
    Confirmation.objects.create(organisation=organisation, due_on=date(2026, 1, 1), asked_at=timezone.now())
    Competence.objects.create(organisation=organisation, concept=cast.erp, wording={"de": "ERP"}, position=0)
    Competence.objects.create(organisation=organisation, concept=cast.control, position=1)
    Reference.objects.create(organisation=organisation, wording={"de": "Mühle"}).concepts.set([cast.erp])
    project, _new = Project.objects.get_or_create(slug="p", defaults={"title": {"de": "P"}, "summary": {"de": "P"}})
    Partner.objects.create(project=project, organisation=organisation, name=organisation.name)
    Joining.objects.create(project=project, organisation=organisation, side=Joining.Side.INVITED)
    Proof.objects.create(project=project, organisation=organisation, concept=cast.erp)
    Release.objects.create(project=project, organisation=organisation)
    event, _new = Event.objects.get_or_create(slug="e", defaults={"title": {"de": "E"}, "starts_on": date(2007, 3, 1)})
    Organiser.objects.create(event=event, organisation=organisation, name=organisation.name)
    congress, _new = Congress.objects.get_or_create(event=event)
    admission, _new = Admission.objects.get_or_create(congress=congress)
    kind, _new = TicketKind.objects.get_or_create(admission=admission, defaults={"name": {"de": "K"}, "quota": 1})
    Booking.objects.create(admission=admission, kind=kind, organisation=organisation, key=organisation.slug)
    _in_charter(organisation, cast)
    _at_congress(organisation, congress)
    body, _new = Body.objects.get_or_create(slug="b", defaults={"name": {"de": "B"}})
    Mandate.objects.create(body=body, organisation=organisation, since=date(2006, organisation.pk % 12 + 1, 1))
    sitting, _new = Sitting.objects.get_or_create(body=body)
    Task.objects.create(sitting=sitting, text="T", organisation=organisation)
    network, _new = Network.objects.get_or_create(slug="n", defaults={"name": {"de": "N"}})
    person, _new = Person.objects.get_or_create(email="p@example.org", defaults={"name": "P"})
    Representative.objects.create(organisation=organisation, person=person, role="delegate")
    NetworkPerson.objects.create(
        network=network,
        person=person,
        organisation=organisation,
        kind="member",
        since=timezone.now(),
        until=timezone.now(),
    )
    JoinRequest.objects.create(
        network=network, person=person, organisation=organisation, state="declined", answered_at=timezone.now()
    )
    Invitation.objects.create(
        email="i@example.org", organisation=organisation, represents_as="editor", token_hash=organisation.slug,
        expires_at=timezone.now(),
    )  # fmt: skip
    NetworkMember.objects.create(network=network, organisation=organisation, is_public=organisation.slug != "firm")


def _at_congress(organisation: Organisation, congress: Congress) -> None:
    """A contribution with a review and points, and a stand."""
    talk = congresses.Contribution.objects.create(
        congress=congress, organisation=organisation, number=organisation.pk, kind="talk", title={"de": "T"},
        language="de",
    )  # fmt: skip
    congresses.Review.objects.create(contribution=talk, organisation=organisation)
    asked, _new = congresses.Criterion.objects.get_or_create(congress=congress, name={"de": "Q"})
    congresses.Score.objects.create(contribution=talk, organisation=organisation, criterion=asked, points=3)
    congresses.Stand.objects.create(congress=congress, organisation=organisation, number=str(organisation.pk))


def _in_charter(organisation: Organisation, cast: Cast) -> None:
    """A guest, a contribution, a suggestion with support, and a signature below a charter in force."""
    charter, _new = Charter.objects.get_or_create(cluster=cast.it, defaults={"title": {"de": "L"}})
    person, _new = Person.objects.get_or_create(email="p@example.org", defaults={"name": "P"})
    Guest.objects.create(charter=charter, organisation=organisation, person=person)
    Contribution.objects.create(charter=charter, organisation=organisation, language="de", text="B")
    suggestion = Suggestion.objects.create(
        charter=charter, organisation=organisation, language="de", kind="comment", text="V", anchor="a", version=1,
        number=charter.suggestions.count() + 1,
    )  # fmt: skip
    Supporter.objects.create(suggestion=suggestion, organisation=organisation)
    version, _new = Version.objects.get_or_create(charter=charter, number=1, defaults={"content": {"sections": []}})
    board, _new = Body.objects.get_or_create(slug="b", defaults={"name": {"de": "B"}})
    in_force, _new = Adoption.objects.get_or_create(
        charter=charter, version=version, body=board,
        defaults={"state": "adopted", "number": 1, "adopted_on": date(2006, 9, 1)},
    )  # fmt: skip
    Signature.objects.create(adoption=in_force, organisation=organisation, name=organisation.name)


def pointing(organisation: Organisation) -> Counter[str]:
    """How many rows of each kind point at an organisation."""
    with scope(cluster=None):
        return +Counter({relation.label: relation.rows(organisation).count() for relation in relations()})


def everything() -> dict[str, Any]:
    """All rows that a merge may touch, to the letter; only when they were changed last says nothing."""
    found: dict[str, Any] = {}
    with scope(cluster=None):
        for model in {Organisation, *(relation.model for relation in relations())}:
            names = [f.attname for f in model._meta.concrete_fields if f.name != "updated_at"]
            found[model._meta.label] = list(model._default_manager.order_by("pk").values(*names))
        links = Organisation.sectors.through.objects.order_by("organisation_id", "concept_id")
        found["sectors"] = list(links.values_list("organisation_id", "concept_id"))
    return found
