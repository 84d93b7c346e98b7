"""Reads of vocabularies."""

from django.db.models import QuerySet

from mitwerk.vocabularies.models import WZ2008, Concept, Vocabulary


def concepts(vocabulary: str) -> QuerySet[Concept]:
    """The concepts of one vocabulary (`COMPETENCES`, `SECTORS` …), with labels, in their order."""
    return Concept.objects.filter(vocabulary__slug=vocabulary).prefetch_related("labels").order_by("position", "pk")


def concepts_by_notation(vocabulary: str) -> dict[str, Concept]:
    return {concept.notation: concept for concept in concepts(vocabulary)}


def notations(vocabulary: str) -> set[str]:
    return set(Concept.objects.filter(vocabulary__slug=vocabulary).values_list("notation", flat=True))


def size_of(vocabulary: str, content_hash: str) -> int | None:
    """How many concepts were loaded from the file with this hash; None where that file was never loaded."""
    found = Vocabulary.objects.filter(slug=vocabulary, content_hash=content_hash).first()
    return found.concepts.count() if found else None


def curated_concepts() -> QuerySet[Concept]:
    """The concepts that the office may change: not those of an official classification."""
    concepts = Concept.objects.exclude(vocabulary__slug=WZ2008).order_by("vocabulary", "position", "notation")
    return concepts.select_related("vocabulary", "broader").prefetch_related("labels", "broader__labels")
