"""The competences of the region or of a cluster: who has them, what proved them, who asks for them."""

from collections.abc import Sequence
from dataclasses import dataclass

from mitwerk.algorithms.facets import Selection
from mitwerk.clusters.models import Cluster
from mitwerk.competences.models import Competence
from mitwerk.competences.queries import claims_on, competence_concepts
from mitwerk.core.translated import Translated
from mitwerk.matching.models import Need
from mitwerk.matching.queries import published_needs
from mitwerk.portal.queries.facet_labels import active_language
from mitwerk.portal.queries.rows import STAND_IN, Row, pattern_of, rows_of
from mitwerk.portal.queries.table import Directory
from mitwerk.projects.models import Project
from mitwerk.projects.queries import published_projects
from mitwerk.search.queries import matching_ids
from mitwerk.vocabularies.models import Concept

MOST_SHOWN = 6


@dataclass(frozen=True)
class Counted:
    """A concept and how many actors have it."""

    slug: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class Group:
    """A field with its competences, those most have first."""

    field: Counted
    competences: Sequence[Counted]


@dataclass(frozen=True)
class CompetencePage:
    """What the page of a competence shows, but for its holders, which have pages of their own."""

    concept: Concept
    below: Sequence[Counted]
    neighbours: Sequence[Counted]
    related: Sequence[Counted]
    projects: Sequence[Project]
    needs: Sequence[Need]

    @property
    def label(self) -> Translated:
        """The name, as templates show texts that may be in another language than the reader's."""
        text = self.concept.label()
        return Translated({text.language: text.text})


def competence_groups(known: Directory, cluster: Cluster | None) -> list[Group]:
    """All fields with competences that an actor here has. No query of its own."""
    within = known.within(cluster)
    names = known.labels.here()
    counts = {
        name: {slug: (bits & within).bit_count() for slug, bits in known.facets.values[name].items()}
        for name in ("group", "competence")
    }
    address = pattern_of("portal:competence", cluster)
    below: dict[str, list[Counted]] = {}
    for slug, label in names["competence"].items():
        if count := counts["competence"].get(slug):
            below.setdefault(known.labels.group_of_competence[slug], []).append(
                Counted(slug, label, count, address.replace(STAND_IN, slug))
            )
    return [
        Group(
            Counted(slug, label, counts["group"][slug], address.replace(STAND_IN, slug)),
            sorted(below.get(slug, ()), key=lambda one: -one.count),
        )
        for slug, label in names["group"].items()
        if counts["group"].get(slug)
    ]


def find_competence(known: Directory, slug: str, cluster: Cluster | None) -> CompetencePage | None:
    """The competence at this address. One that nobody here has is shown all the same: needs may ask for it."""
    concept = competence_concepts().select_related("broader").filter(slug=slug).first()
    if concept is None:
        return None
    groups = competence_groups(known, cluster)
    in_group = concept.broader.slug if concept.broader else concept.slug
    siblings = next((group.competences for group in groups if group.field.slug == in_group), ())
    every = {one.slug: one for group in groups for one in (group.field, *group.competences)}
    of_concept = [concept, *concept.narrower.all()] if concept.broader_id is None else [concept]
    projects = published_projects().filter(proved__in=of_concept).distinct()
    needs = published_needs().filter(concepts__in=of_concept).distinct()
    return CompetencePage(
        concept=concept,
        below=siblings if concept.broader_id is None else (),
        neighbours=[one for one in siblings if one.slug != slug] if concept.broader_id else (),
        related=[every[s] for s in concept.related.values_list("slug", flat=True) if s in every],
        projects=list(projects.prefetch_related("partners")[:MOST_SHOWN]),
        needs=list(needs[:MOST_SHOWN]),
    )


def holders_found(known: Directory, concept: Concept, cluster: Cluster | None, query: str) -> Sequence[int]:
    """Keys of the actors that have a competence (or one of its field), by name; with a query those it finds."""
    facet = "competence" if concept.broader_id else "group"
    bits = known.facets.has_any(facet, [concept.slug]) & known.within(cluster)
    ranked = matching_ids("organisation", query, active_language()) if query else None
    if ranked is not None:
        bits &= known.bits_of_pks(ranked)
    return Selection(known.pks, bits)


@dataclass(frozen=True)
class Holder:
    """An actor that has the competence, with what it calls it."""

    row: Row
    claims: Sequence[Competence]


def holders_shown(known: Directory, concept: Concept, cluster: Cluster | None, pks: Sequence[int]) -> list[Holder]:
    """The actors of one page, in the order of `pks`. Two queries, one more for a field."""
    concepts = [concept] if concept.broader_id else [concept, *concept.narrower.all()]
    claims: dict[int, list[Competence]] = {}
    for claim in claims_on(concepts, pks):
        claims.setdefault(claim.organisation_id, []).append(claim)
    return [Holder(row, claims.get(row.pk, ())) for row in rows_of(known, pks, cluster)]
