"""Reads the classification of economic activities (SKOS in Turtle)."""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from mitwerk.operations.region.reading import read_text
from mitwerk.operations.region.report import FileError
from mitwerk.vocabularies.actions import ConceptRow
from mitwerk.vocabularies.models import WZ2008
from mitwerk.vocabularies.queries import size_of

LABEL_LENGTH = 250


@dataclass(frozen=True)
class Classification:
    """The file's hash; its concepts, unless the same file was loaded before: then only how many it has."""

    content_hash: str
    concepts: list[ConceptRow]
    stored: int | None


def read_wz(path: Path) -> Classification:
    """Parsing takes seconds, so that a file known from last time is not parsed again."""
    text = read_text(path)
    digest = hashlib.sha256(text.encode()).hexdigest()
    stored = size_of(WZ2008, digest)
    return Classification(digest, parse_skos(text, path.name) if stored is None else [], stored)


def parse_skos(text: str, file: str) -> list[ConceptRow]:
    """Concepts of a Turtle file by notation, groups before what they hold."""
    try:
        graph = Graph().parse(data=text, format="turtle")
    except Exception as error:  # rdflib raises its own, and plain ones from inside its reader
        raise FileError(file, f"it cannot be read as Turtle ({type(error).__name__})") from error
    notations = {subject: str(notation) for subject, notation in graph.subject_objects(SKOS.notation)}
    if not notations:
        raise FileError(file, "it has no concepts with a notation")
    rows = [_concept(graph, subject, notations) for subject in notations]
    return sorted(rows, key=lambda row: (not row.notation[0].isalpha(), row.notation))


def _concept(graph: Graph, subject: Any, notations: dict[Any, str]) -> ConceptRow:
    broader = graph.value(subject, SKOS.broader)
    return ConceptRow(
        notation=notations[subject],
        preferred=_labels(graph, subject),
        broader=notations.get(broader) if isinstance(broader, URIRef) else None,
        address=f"wz {notations[subject]}",
    )


def _labels(graph: Graph, subject: Any) -> dict[str, str]:
    found = (label for label in graph.objects(subject, SKOS.prefLabel) if isinstance(label, Literal))
    return {str(label.language): str(label)[:LABEL_LENGTH] for label in found if label.language in {"de", "en"}}
