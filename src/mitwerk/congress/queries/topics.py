"""What contributions are about, and for whom: through the competences they show, and the house's vocabularies."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from mitwerk.actors.models import Organisation
from mitwerk.congress.models import Contribution
from mitwerk.projects.models import Partner
from mitwerk.vocabularies.models import SECTORS, Concept


@dataclass(frozen=True)
class About:
    """Slugs by key of the contribution, and what they are called. A topic is the group of a competence; a sector is one
    of the firm, of a named partner of its project, or one that a competence is related to."""

    topics: dict[str, list[str]] = field(default_factory=dict)
    sectors: dict[str, list[str]] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)


def about_contributions(contributions: Sequence[Contribution]) -> About:
    """Six queries, however many there are."""
    shown = _pairs(Contribution.competences.through, "contribution_id", "concept_id", [one.pk for one in contributions])
    related = _related(concept for concepts in shown.values() for concept in concepts)
    sectors = _sectors_of(contributions)
    wanted = {pk for found in (*shown.values(), *related.values(), *sectors.values()) for pk in found}
    concepts = _with_groups(wanted)
    about = About()
    for one in contributions:
        groups = [concepts[pk].broader or concepts[pk] for pk in shown[one.pk] if pk in concepts]
        through = [pk for concept in shown[one.pk] for pk in related[concept]]
        own = [concepts[pk] for pk in (*sectors[one.pk], *through) if pk in concepts]
        about.topics[one.public_id] = _slugs(groups, about)
        about.sectors[one.public_id] = _slugs(own, about)
    return about


def _pairs(through: Any, left: str, right: str, keys: Iterable[int]) -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for key, value in through.objects.filter(**{f"{left}__in": set(keys)}).order_by("pk").values_list(left, right):
        found[key].append(value)
    return found


def _related(concepts: Iterable[int]) -> defaultdict[int, list[int]]:
    """Sectors that a competence is related to."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    rows = Concept.related.through.objects.filter(
        from_concept__in=set(concepts), to_concept__vocabulary__slug=SECTORS
    ).order_by("pk")
    for concept, sector in rows.values_list("from_concept_id", "to_concept_id"):
        found[concept].append(sector)
    return found


def _sectors_of(contributions: Sequence[Contribution]) -> defaultdict[int, list[int]]:
    """By contribution: of its firm first, then of the partners of its project."""
    projects = {one.project_id for one in contributions if one.project_id}
    partners: defaultdict[int, list[int]] = defaultdict(list)
    named = Partner.objects.filter(project__in=projects, is_named=True, organisation__isnull=False).order_by("pk")
    for project, organisation in named.values_list("project_id", "organisation_id"):
        partners[project].append(organisation)
    firms = {one.pk: [one.organisation_id, *partners.get(one.project_id or 0, [])] for one in contributions}
    every = {firm for found in firms.values() for firm in found}
    of_firm = _pairs(Organisation.sectors.through, "organisation_id", "concept_id", every)
    found: defaultdict[int, list[int]] = defaultdict(list)
    for pk, those in firms.items():
        found[pk] = [sector for firm in those for sector in of_firm[firm]]
    return found


def _with_groups(keys: Iterable[int]) -> dict[int, Concept]:
    found = Concept.objects.filter(pk__in=set(keys)).select_related("broader")
    return {one.pk: one for one in found.prefetch_related("labels", "broader__labels")}


def _slugs(concepts: Iterable[Concept], about: About) -> list[str]:
    """Each once, in their order; and notes what they are called."""
    found = {one.slug: one for one in concepts}
    for slug, one in found.items():
        if slug not in about.labels:
            about.labels[slug] = {code: one.label(code).text for code, _name in settings.LANGUAGES}
    return list(found)
