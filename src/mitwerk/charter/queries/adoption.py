"""How versions are decided about, which hold, who signed, and what is to be told or looked at again."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.charter.models import Adoption, AdoptionPart, Charter, Signature, Version
from mitwerk.charter.queries.charters import acting_organisations, charter_in_force, member_organisations
from mitwerk.governance.models import Body, Motion, Sitting
from mitwerk.people.models import Person, Representative
from mitwerk.people.queries import current_representatives

ADOPT = "adopt-charter"
"""The effect of a motion of a sitting: ``{"verb", "adoption", "section"}``, public ids."""
REVIEW = "review-charter"
SIGNING = (Representative.Role.DELEGATE, Representative.Role.SUBSTITUTE)
"""Who signs for an organisation: whoever casts its vote."""


def open_adoptions() -> QuerySet[Adoption]:
    """What bodies are deciding about."""
    found = Adoption.objects.filter(state=Adoption.State.OPEN)
    return found.select_related("charter__cluster", "version", "body").order_by("pk")


def adoption_under_way(charter: Charter) -> Adoption | None:
    return open_adoptions().filter(charter=charter).first()


def adoptions_of(charter: Charter) -> QuerySet[Adoption]:
    """Every version that was adopted, the latest first."""
    found = charter.adoptions.filter(state=Adoption.State.ADOPTED)
    return found.select_related("version", "body").order_by("-number")


def parts_to_decide(adoption: Adoption) -> QuerySet[AdoptionPart]:
    return adoption.parts.select_related("ballot__body", "ballot__roll", "resolution").order_by("position", "pk")


def motion_of(adoption: Adoption, part: AdoptionPart) -> Motion | None:
    """The motion of a sitting that decided about a part; None where none has."""
    effect = {"effect__verb": ADOPT, "effect__adoption": adoption.public_id, "effect__section": part.section}
    found = Motion.objects.filter(**effect, state=Motion.State.DECIDED)
    return found.select_related("resolution").order_by("-decided_at", "-pk").first()


def adoptions_for(sitting: Sitting) -> QuerySet[Adoption]:
    """What waits for the next sitting of its body."""
    return open_adoptions().filter(body=sitting.body_id, in_sitting=True)


def reviews_for(sitting: Sitting) -> QuerySet[Charter]:
    """Charters of the body's cluster whose yearly review is due on the day of the sitting. Boards look at them."""
    if sitting.body.kind != Body.Kind.BOARD:
        return Charter.objects.none()
    due = Charter.objects.filter(cluster=sitting.body.cluster_id, review_on__lte=timezone.localdate(sitting.starts_at))
    return due.select_related("cluster").order_by("pk")


def deciding_bodies(charter: Charter) -> QuerySet[Body]:
    """Bodies of the charter's own cluster to which its editors can put a version."""
    return Body.objects.filter(cluster=charter.cluster_id).order_by("slug")


def signatures_of(adoption: Adoption) -> QuerySet[Signature]:
    """Who signed, those that withdrew included; in the order of the names."""
    found = adoption.signatures.select_related("organisation")
    return found.order_by("organisation__sort_name", "name", "signed_at", "pk")


def signed_by(adoption: Adoption) -> set[int]:
    """Keys of the organisations whose signature stands."""
    found = adoption.signatures.filter(withdrawn_at=None, organisation__isnull=False)
    return set(found.values_list("organisation", flat=True))


def signing_organisations(user: Any, charter: Charter) -> list[Organisation]:
    """For which members the user may sign, or take a signature back."""
    mine = current_representatives().filter(person__user=user.pk, person__user__is_active=True, role__in=SIGNING)
    keys = set(mine.values_list("organisation", flat=True))
    members = set(member_organisations(charter).filter(pk__in=keys).values_list("pk", flat=True))
    return [one for one in acting_organisations(user, charter) if one.pk in members]


def signs_for(person: Person, charter: Charter, organisation_id: str) -> Organisation | None:
    """The same for who comes by a link."""
    stands = current_representatives().filter(person=person, role__in=SIGNING, person__user__is_active=True)
    keys = stands.order_by().values("organisation")
    return member_organisations(charter).filter(pk__in=keys, public_id=organisation_id).first()


def signers_to_ask(charter: Charter, adoption: Adoption) -> list[tuple[Organisation, Person]]:
    """Of each member that has not signed its delegate and substitutes."""
    waiting = member_organisations(charter).exclude(pk__in=signed_by(adoption)).order_by().values("pk")
    found = current_representatives().filter(organisation__in=waiting, role__in=SIGNING, person__user__is_active=True)
    return [(one.organisation, one.person) for one in found.select_related("person__user").order_by("pk")]


def unasked_adoptions() -> QuerySet[Adoption]:
    """Adopted, and nobody was asked to sign yet."""
    found = Adoption.objects.filter(state=Adoption.State.ADOPTED, asked_at=None)
    return found.select_related("charter__cluster", "version").order_by("pk")


def adoption_by_id(public_id: str) -> Adoption | None:
    found = Adoption.objects.select_related("charter__cluster", "version")
    return found.filter(public_id=public_id, state=Adoption.State.ADOPTED).first()


@dataclass(frozen=True)
class Happening:
    """One line of how a charter came about. `kind` names it; `number` and `other` say how many or which."""

    at: datetime
    kind: str
    number: int = 0
    other: int = 0
    text: str = ""
    url: str = ""


def published_versions(charter: Charter) -> QuerySet[Version]:
    """The versions everybody may read: those that were adopted, and in an open workshop all of them while the text is
    read by those who take part."""
    adopted = Q(adoptions__state=Adoption.State.ADOPTED)
    is_read = charter.is_open and workshop.reads(charter.phase, workshop.TEXT)
    found = charter.versions.all() if is_read else charter.versions.filter(adopted)
    return found.distinct().order_by("-number")


def review_day(charter: Charter) -> date | None:
    return charter.review_on if charter_in_force(charter) else None
