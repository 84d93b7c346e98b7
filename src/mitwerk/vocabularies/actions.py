"""Writes of vocabularies. A vocabulary is loaded as a whole, and only when its file has changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.algorithms.slugs import free_slug
from mitwerk.core.changes import Row, Rows, Values
from mitwerk.core.ids import free_slug_for, public_id_from
from mitwerk.core.saving import Tally, upsert
from mitwerk.vocabularies.models import Concept, Label, Vocabulary


@dataclass(frozen=True)
class ConceptRow:
    """A concept as a file tells it: labels by language, the group's and relatives' notations.

    `address` is what its slug is made of where the German label would be too long or not its own.
    """

    notation: str
    preferred: dict[str, str]
    alternative: dict[str, list[str]] = field(default_factory=dict)
    definition: dict[str, str] = field(default_factory=dict)
    broader: str | None = None
    related: Sequence[str] = ()
    address: str = ""


@transaction.atomic
def save_vocabulary(
    *, slug: str, name: dict[str, str], credit: str, content_hash: str, concepts: Sequence[ConceptRow]
) -> Tally:
    """Make the vocabulary hold `concepts`; nothing is read or written while `content_hash` is the stored one.

    So what the office changes by hand stays until a new edition of the file comes. Concepts a new edition no longer
    has stay, because claims may stand on them. References to unknown notations raise `KeyError`.
    """
    vocabulary, _made = Vocabulary.objects.get_or_create(slug=slug, defaults={"name": name, "credit": credit})
    if vocabulary.content_hash == content_hash:
        return Tally(unchanged=len(concepts))
    tally = _save_concepts(vocabulary, concepts)
    _save_labels(vocabulary, concepts)
    _save_relations(vocabulary, concepts)
    vocabulary.name, vocabulary.credit, vocabulary.content_hash = name, credit, content_hash
    vocabulary.save()
    record_audit(verb="vocabulary.load", target=vocabulary, details=vars(tally))
    return tally


def _save_concepts(vocabulary: Vocabulary, rows: Sequence[ConceptRow]) -> Tally:
    others = Concept.objects.exclude(vocabulary=vocabulary)
    taken = set(others.values_list("slug", flat=True))
    slugs = dict(vocabulary.concepts.values_list("notation", "slug"))
    taken.update(slugs.values())
    for row in rows:
        if row.notation not in slugs:
            text = row.address or row.preferred.get("de") or row.notation
            slugs[row.notation] = free_slug(text, taken.__contains__, fallback=vocabulary.slug)
            taken.add(slugs[row.notation])
    tally = upsert(
        Concept,
        ["vocabulary", "notation"],
        [
            {
                "vocabulary": vocabulary,
                "notation": row.notation,
                "slug": slugs[row.notation],
                "public_id": public_id_from(f"{vocabulary.slug}:{row.notation}"),
                "definition": row.definition,
                "position": position,
            }
            for position, row in enumerate(rows)
        ],
    )
    known = {c.notation: c for c in vocabulary.concepts.all()}
    groups = [
        {"vocabulary": vocabulary, "notation": r.notation, "broader": r.broader and known[r.broader]} for r in rows
    ]
    upsert(Concept, ["vocabulary", "notation"], groups)
    return tally


def _save_labels(vocabulary: Vocabulary, rows: Sequence[ConceptRow]) -> None:
    known = dict(vocabulary.concepts.values_list("notation", "pk"))
    wanted = {(known[row.notation], language, text): kind for row in rows for language, text, kind in _labels(row)}
    stored = Label.objects.filter(concept__vocabulary=vocabulary)
    there = {(x.concept_id, x.language, x.text): x for x in stored.exclude(kind=Label.Kind.HIDDEN)}
    old = [label.pk for key, label in there.items() if wanted.get(key) != label.kind]
    Label.objects.filter(pk__in=old).delete()
    kept = {key for key, label in there.items() if label.pk not in set(old)}
    Label.objects.bulk_create(
        [
            Label(concept_id=key[0], language=key[1], text=key[2], kind=kind)
            for key, kind in wanted.items()
            if key not in kept
        ],
        batch_size=500,
    )


def _labels(row: ConceptRow) -> list[tuple[str, str, str]]:
    """Language, text, kind; alternatives first, so that a preferred label of the same text wins."""
    alternatives = [(code, text, Label.Kind.ALTERNATIVE) for code, texts in row.alternative.items() for text in texts]
    return [*alternatives, *((code, text, Label.Kind.PREFERRED) for code, text in row.preferred.items())]


def _save_relations(vocabulary: Vocabulary, rows: Sequence[ConceptRow]) -> None:
    """`related` runs both ways; sectors point into WZ 2008, so notations of another vocabulary carry its slug."""
    through = Concept.related.through
    keys = {f"{v}:{n}": pk for v, n, pk in Concept.objects.values_list("vocabulary__slug", "notation", "pk")}
    wanted = set()
    for row in rows:
        own = keys[f"{vocabulary.slug}:{row.notation}"]
        for other in row.related:
            pk = keys[other if ":" in other else f"{vocabulary.slug}:{other}"]
            wanted |= {(own, pk), (pk, own)} - {(own, own)}
    links = through.objects.filter(from_concept__vocabulary=vocabulary)
    there = set(links.values_list("from_concept_id", "to_concept_id"))
    inside = links.filter(to_concept__vocabulary=vocabulary).values_list("from_concept_id", "to_concept_id", "pk")
    through.objects.filter(pk__in=[pk for a, b, pk in inside if (a, b) not in wanted]).delete()
    there |= {(b, a) for a, b in there}
    through.objects.bulk_create(
        [through(from_concept_id=a, to_concept_id=b) for a, b in sorted(wanted - there)], batch_size=500
    )


@transaction.atomic
def change_concept(*, concept: Concept, values: Values, rows: Rows, actor: User) -> Concept:
    """What the office enters: a new concept, named by its German label, or changes of one, with its labels."""
    if not concept.slug:
        names = {row.values["language"]: str(row.values["text"]) for row in rows["labels"] if _is_preferred(row)}
        concept.slug = free_slug_for(concept, names.get("de") or next(iter(names.values())))
        concept.notation = concept.slug
        concept.position = Concept.objects.filter(vocabulary=values["vocabulary"]).count()
    write_record(record=concept, values=values, rows=rows, actor=actor)
    return concept


def _is_preferred(row: Row) -> bool:
    return not row.is_removed and row.values["kind"] == Label.Kind.PREFERRED


def remove_concept(*, concept: Concept, actor: User) -> None:
    """Delete a concept that no organisation claims and that is nobody's group (`ProtectedError` otherwise)."""
    remove_record(record=concept, actor=actor)
