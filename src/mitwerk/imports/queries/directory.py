"""The directory as a file is compared with it: who is there, by which marks, and what the user may touch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from mitwerk.actors.models import Contact, Membership, Organisation
from mitwerk.actors.queries import choosable_organisations, editable_organisations, standing_register
from mitwerk.algorithms.duplicates import Register
from mitwerk.algorithms.sheets.columns import key_of
from mitwerk.clusters.models import Cluster
from mitwerk.imports.models import Import, OwnId
from mitwerk.imports.queries.jobs import objections
from mitwerk.places.models import State
from mitwerk.vocabularies.models import SECTORS
from mitwerk.vocabularies.queries import concepts


@dataclass(frozen=True)
class Directory:
    """All that one file is compared with; what is loaded of single organisations is `Held`."""

    register: Register
    editable: frozenset[int]
    visible: frozenset[int]
    by_public_id: dict[str, int]
    by_own_id: dict[str, int]
    objections: frozenset[str]
    words: dict[str, dict[str, Any]]


def directory_for(job: Import) -> Directory:
    rows = Organisation.objects.order_by().values_list("public_id", "pk", "merged_into_id")
    own = OwnId.objects.filter(cluster=job.cluster)
    own_rows = own.values_list("key", "organisation_id", "organisation__merged_into_id")
    return Directory(
        register=standing_register(),
        editable=_keys(editable_organisations(job.by)),
        visible=_keys(choosable_organisations(job.by)),
        by_public_id={public_id: after or pk for public_id, pk, after in rows},
        by_own_id={key: after or pk for key, pk, after in own_rows},
        objections=frozenset(objections()),
        words=known_words(),
    )


def _keys(organisations: Any) -> frozenset[int]:
    return frozenset(organisations.order_by().values_list("pk", flat=True))


def known_words() -> dict[str, dict[str, Any]]:
    """What the names of states and sectors stand for, in any language."""
    states = {key_of(text): state.pk for state in State.objects.all() for text in (state.code, *state.name.values())}
    sectors = {
        key_of(text): concept.pk
        for concept in concepts(SECTORS)
        for text in (concept.notation, *(label.text for label in concept.labels.all()))
    }
    return {"state": states, "sectors": sectors}


def mark() -> list[str]:
    """Another one as soon as anything in the directory was made, changed or deleted."""
    found: list[Any] = []
    for model in (Organisation, Contact):
        found += model.objects.order_by().aggregate(Count("pk"), Max("pk"), Max("updated_at")).values()
    found += OwnId.objects.aggregate(Count("pk"), Max("pk")).values()
    found += Membership.objects.order_by().aggregate(Count("pk"), Max("pk")).values()
    return [str(value) for value in found]


@dataclass
class Held:
    """An organisation with what an import may write to."""

    organisation: Organisation
    sectors: set[int] = field(default_factory=set)
    membership: Membership | None = None
    contacts: list[Contact] = field(default_factory=list)
    own_ids: set[str] = field(default_factory=set)


def held(keys: Iterable[int], cluster: Cluster | None) -> dict[int, Held]:
    """Some organisations, five queries for all of them."""
    found = {one.pk: Held(one) for one in Organisation.objects.filter(pk__in=set(keys)).select_related("state")}
    through = Organisation.sectors.through.objects.filter(organisation__in=found)
    for organisation, concept in through.values_list("organisation_id", "concept_id"):
        found[organisation].sectors.add(concept)
    for membership in Membership.objects.filter(organisation__in=found, cluster=cluster):
        found[membership.organisation_id].membership = membership
    for contact in Contact.objects.filter(organisation__in=found):
        found[contact.organisation_id].contacts.append(contact)
    for own in OwnId.objects.filter(organisation__in=found, cluster=cluster):
        found[own.organisation_id].own_ids.add(own.key)
    return found


def first_language() -> str:
    """In which language a file of the office is taken to be written where it does not say."""
    return str(settings.LANGUAGE_CODE)
