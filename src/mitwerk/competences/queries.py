"""Reads of competences and references."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from mitwerk.competences.models import Competence, Reference
from mitwerk.vocabularies.models import COMPETENCES, Concept


def claimed_concepts() -> Iterator[tuple[int, str, str]]:
    """(organisation, address of the concept, address of its group) of every claim; a group is its own group."""
    group = Coalesce("concept__broader__slug", "concept__slug")
    return Competence.objects.order_by().values_list("organisation_id", "concept__slug", group).iterator()


def competence_concepts() -> QuerySet[Concept]:
    """The concepts of the competence vocabulary, groups among them, with their labels."""
    return Concept.objects.filter(vocabulary__slug=COMPETENCES).prefetch_related("labels")


def claims_on(concepts: Sequence[Concept], organisation_pks: Sequence[int]) -> QuerySet[Competence]:
    """What these organisations say of these concepts, in their own words and order."""
    found = Competence.objects.filter(concept__in=concepts, organisation__in=organisation_pks)
    return found.order_by("organisation", "position", "pk")


def competences_of(organisation_pk: int) -> QuerySet[Competence]:
    """An organisation's competences in its own order, with what names their concepts (not their labels)."""
    return _competences().filter(organisation=organisation_pk)


@lru_cache(maxsize=1)
def _competences() -> QuerySet[Competence]:
    """The question alone, put together once, as that of the references below."""
    found = Competence.objects.select_related("concept").only("wording", "concept__slug", "concept__notation")
    return found.order_by("position", "pk")


def references_of(organisation_pk: int) -> QuerySet[Reference]:
    """An organisation's references in its own order, with the competences they prove (not their labels)."""
    return _references().filter(organisation=organisation_pk)


@lru_cache(maxsize=1)
def _references() -> QuerySet[Reference]:
    concepts = Prefetch("concepts", Concept.objects.only("slug", "notation"))
    found = Reference.objects.only("wording", "confirmed_at")
    return found.prefetch_related(concepts).order_by("position", "pk")
