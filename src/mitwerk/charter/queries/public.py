"""A charter as everybody reads it: the version in force, who decided it and stands behind it, how far its goals are."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from mitwerk.algorithms import workshop
from mitwerk.charter.models import Adoption, Charter, Paragraph, Section, Signature, Version
from mitwerk.charter.queries.adoption import motion_of, parts_to_decide, published_versions
from mitwerk.charter.queries.charters import charter_in_force
from mitwerk.charter.queries.texts import Part, Text, latest_version, parts_of, texts_of
from mitwerk.clusters.models import Cluster
from mitwerk.core.translated import Translated
from mitwerk.governance.models import Resolution
from mitwerk.governance.queries import public_resolutions

OPENING = (Section.Kind.PREAMBLE, Section.Kind.SELF)
TAKES_PART = ("yes", "no", "abstain", "blank", "invalid")


def public_version(charter: Charter, number: int) -> Version | None:
    """A version that everybody may read."""
    return published_versions(charter).filter(number=number).first()


def public_draft(charter: Charter) -> Version | None:
    """The newest version, while everybody reads along."""
    is_read = charter.is_open and workshop.reads(charter.phase, workshop.TEXT)
    return latest_version(charter) if is_read else None


def adoption_of(version: Version) -> Adoption | None:
    """How a version was adopted; None where it was not."""
    found = version.adoptions.filter(state=Adoption.State.ADOPTED)
    return found.select_related("version", "body").order_by("-number").first()


def charters_in_force() -> QuerySet[Charter]:
    """In the cluster (or region) that is in scope."""
    found = Charter.objects.filter(adoptions__state=Adoption.State.ADOPTED)
    return found.select_related("cluster").distinct().order_by("pk")


@dataclass(frozen=True)
class Voted:
    """How a body decided about the whole text (`section` is ""), or about one section of it.

    `count`: how many said what, and `entitled`, how many could vote; empty where only the outcome is told.
    `resolution` only where everybody may read it.
    """

    section: str
    count: Mapping[str, int]
    resolution: Resolution | None

    @property
    def took_part(self) -> int:
        return sum(self.count.get(name, 0) for name in TAKES_PART)

    @property
    def turnout(self) -> int | None:
        """Per cent of those who could vote; None where nothing was counted."""
        entitled = self.count.get("entitled", 0)
        return round(100 * self.took_part / entitled) if entitled else None


def votes_of(adoption: Adoption) -> list[Voted]:
    """In the order of the sections."""
    parts = list(parts_to_decide(adoption))
    keys = [part.resolution_id for part in parts if part.resolution_id]
    public = set(public_resolutions().filter(pk__in=keys).values_list("pk", flat=True)) if keys else set()
    found = []
    for part in parts:
        resolution = part.resolution
        told = resolution.result if resolution else part.ballot.result if part.ballot else _of_motion(adoption, part)
        shown = resolution if resolution and resolution.pk in public else None
        found.append(Voted(part.section, (told or {}).get("count") or {}, shown))
    return found


def _of_motion(adoption: Adoption, part: Any) -> Any:
    motion = motion_of(adoption, part)
    return motion.result if motion else None


def live_goals(charter: Charter, content: Mapping[str, Any]) -> dict[str, Paragraph]:
    """The rows behind the goals of a version, by id: where each stands now. One that the editors have taken out since
    is a goal as long as the version is in force."""
    ids = [text.id for text in texts_of(content).values() if text.is_goal]
    found = Paragraph.objects.filter(section__charter=charter, public_id__in=ids)
    return {row.public_id: row for row in found}


@dataclass(frozen=True)
class Clause:
    """A paragraph as it is set: its number ("2.3"), where it stands as a goal, and what is shown below it."""

    number: str
    text: Text
    goal: Paragraph | None = None
    projects: Sequence[Any] = ()
    suggestions: Sequence[Any] = ()


@dataclass(frozen=True)
class Chapter:
    """A section as it is set."""

    number: int
    part: Part
    clauses: list[Clause] = field(default_factory=list)


def chapters(
    content: Mapping[str, Any], goals: Mapping[str, Paragraph], projects: Mapping[int, Sequence[Any]] | None = None,
    suggestions: Mapping[str, Sequence[Any]] | None = None,
) -> list[Chapter]:  # fmt: skip
    """The sections that say something, numbered. `projects` by the key of the goal, `suggestions` by paragraph."""
    found = []
    for number, part in enumerate((one for one in parts_of(content) if one.paragraphs), 1):
        chapter = Chapter(number, part)
        for place, text in enumerate(part.paragraphs, 1):
            goal = goals.get(text.id)
            served = (projects or {}).get(goal.pk, ()) if goal else ()
            below = (suggestions or {}).get(text.id, ())
            chapter.clauses.append(Clause(f"{number}.{place}", text, goal, served, below))
        found.append(chapter)
    return found


def opening_of(content: Mapping[str, Any]) -> Translated:
    """The first paragraph of preamble or self-understanding, else of the text."""
    parts = [part for part in parts_of(content) if part.paragraphs]
    first = next((part for part in parts if part.kind in OPENING), parts[0] if parts else None)
    return first.paragraphs[0].text if first else Translated()


def count_signatures(adoption: Adoption) -> int:
    """Those that stand."""
    return adoption.signatures.filter(withdrawn_at=None).count()


def standing_of(signatures: Iterable[Signature]) -> int:
    return sum(one.withdrawn_at is None for one in signatures)


@dataclass(frozen=True)
class Goal:
    """A goal in force, in the words that were adopted. `key` is the one of its paragraph."""

    key: int
    id: str
    text: Translated
    charter: Charter


def goals_in_force(clusters: Collection[Cluster | None], keys: Collection[int] | None = None) -> list[Goal]:
    """What projects can serve: the goals of the charters of these clusters (None is the region), in reading order.
    With `keys` only those."""
    wanted = Q(charter__cluster__in=[one for one in clusters if one])
    if None in clusters:
        wanted |= Q(charter__cluster=None)
    rows = _in_force().filter(wanted).select_related("charter__cluster", "version")
    return _goals_of(rows.order_by("charter__cluster__position", "charter__pk"), keys)


def goals_named(keys: Collection[int]) -> list[Goal]:
    """Those of these paragraphs that are goals in force, whatever charter they stand in."""
    if not keys:
        return []
    charters = Paragraph.objects.filter(pk__in=keys).order_by().values("section__charter")
    rows = _in_force().filter(charter__in=charters).select_related("charter__cluster", "version")
    return _goals_of(rows.order_by("charter__cluster__position", "charter__pk"), keys)


def _in_force() -> QuerySet[Adoption]:
    """Of every charter the adoption that holds."""
    last = Adoption.objects.filter(charter=OuterRef("charter"), state=Adoption.State.ADOPTED).order_by("-number")
    return Adoption.objects.filter(pk=Subquery(last.values("pk")[:1]))


def _goals_of(rows: Iterable[Adoption], keys: Collection[int] | None) -> list[Goal]:
    found = [(row.charter, text) for row in rows for text in texts_of(row.version.content).values() if text.is_goal]
    if not found:
        return []
    rows_of = Paragraph.objects.filter(public_id__in=[text.id for _of, text in found])
    by_id = dict(rows_of.values_list("public_id", "pk"))
    goals = [Goal(by_id[text.id], text.id, text.text, charter) for charter, text in found if text.id in by_id]
    return [goal for goal in goals if keys is None or goal.key in keys]


@dataclass(frozen=True)
class Paper:
    """A public version with what stands around it, for a page or a file."""

    charter: Charter
    version: Version
    adoption: Adoption | None
    goals: Mapping[str, Paragraph]
    votes: Sequence[Voted]


def paper_of(charter: Charter, version: Version, adoption: Adoption | None) -> Paper:
    votes = votes_of(adoption) if adoption else []
    return Paper(charter, version, adoption, live_goals(charter, version.content), votes)


def paper_asked_for(charter: Charter, number: int | None) -> Paper | None:
    """A public version by its number; without one the version in force, else what everybody reads along with."""
    if number is not None:
        version = public_version(charter, number)
        return paper_of(charter, version, adoption_of(version)) if version else None
    in_force = charter_in_force(charter)
    draft = None if in_force else public_draft(charter)
    if in_force:
        return paper_of(charter, in_force.version, in_force)
    return paper_of(charter, draft, None) if draft else None
