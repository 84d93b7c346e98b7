"""Which records are searched, and what of each. Top-floor packages register theirs, subjects are declared here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Prefetch, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Membership, Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.clusters.models import Cluster
from mitwerk.competences.models import Competence, Reference
from mitwerk.congress.models import Release
from mitwerk.congress.queries.programme import newest_releases, words_of
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event, EventTopic, Organiser
from mitwerk.events.queries import published_events
from mitwerk.matching.models import Need
from mitwerk.matching.queries import published_needs
from mitwerk.networks.models import Network
from mitwerk.networks.queries import published_networks
from mitwerk.projects.models import Partner, Project
from mitwerk.projects.queries import published_projects
from mitwerk.vocabularies.models import COMPETENCES, Concept, Label

Ids = set[int]


@dataclass(frozen=True)
class Draft:
    """What a record says in one language: its heading, the text shown in snippets, and words only for finding."""

    heading: str
    text: str = ""
    hidden: str = ""


@dataclass(frozen=True)
class Source:
    """One kind of record. `visible` is the subject's own query; `related` tells which records a change touches."""

    kind: str
    label: str | Promise
    model: type[Model]
    visible: Callable[[Cluster | None], QuerySet[Any]]
    load: Callable[[QuerySet[Any]], QuerySet[Any]]
    describe: Callable[[Any, str], Draft]
    related: dict[type[Model], Callable[[Any], Ids]] = field(default_factory=dict)
    languages: Callable[[Any], Iterable[str]] | None = None
    """Languages a record has a document in; None: all."""


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Make a kind of record searchable. Called once per kind, when Django starts."""
    _sources[source.kind] = source


def sources() -> list[Source]:
    """All kinds, in the order their groups are shown."""
    return list(_sources.values())


def source(kind: str) -> Source:
    return _sources[kind]


def _in(language: str, *texts: Translated | None) -> str:
    return "\n".join(text.best(language).text for text in texts if text)


def _words(concepts: Iterable[Concept], language: str) -> str:
    """All labels of concepts in a language: what they are called, and what customers call them."""
    return " ".join(x.text for concept in concepts for x in concept.labels.all() if x.language == language)


def _organisation(record: Organisation, language: str) -> Draft:
    claims = list(record.competences.all())
    shown = [str(claim.wording.best(language).text) for claim in claims if claim.wording]
    references = [reference.wording.best(language).text for reference in record.references.all()]
    text = "\n".join([_in(language, record.description), ", ".join(shown), *references]).strip()
    state = str(record.state.name.best(language).text) if record.state else ""
    where = [record.town, str(record.district or ""), state]
    hidden = " ".join(
        [
            *where,
            *record.alternative_names,
            _words([c.concept for c in claims], language),
            _words(record.sectors.all(), language),
        ]
    )
    return Draft(record.name, text, hidden)


def _concept(record: Concept, language: str) -> Draft:
    heading = record.label(language).text
    return Draft(heading, _in(language, record.definition), _words([record], language))


def _project(record: Project, language: str) -> Draft:
    partners = " · ".join(partner.name for partner in record.partners.all() if partner.is_named)
    text = _in(language, record.summary, record.problem, record.work, record.result)
    return Draft(_in(language, record.title), f"{text}\n{partners}", _words(record.proved.all(), language))


def _network(record: Network, language: str) -> Draft:
    return Draft(_in(language, record.name), _in(language, record.purpose, record.member_kinds, record.note))


def _event(record: Event, language: str) -> Draft:
    topics = ", ".join(topic.name.best(language).text for topic in record.topics.all())
    organisers = " · ".join(organiser.name for organiser in record.organisers.all())
    return Draft(
        _in(language, record.title),
        "\n".join([_in(language, record.description), topics, record.place, organisers]),
        _programme(record, language),
    )


def _programme(record: Event, language: str) -> str:
    """Of a congress what is on its programme, so that a talk leads to it."""
    congress = getattr(record, "congress", None)
    return "\n".join(words_of(release, language) for release in congress.releases.all()) if congress else ""


def _need(record: Need, language: str) -> Draft:
    return Draft(_in(language, record.title), _in(language, record.text), _words(record.concepts.all(), language))


def _own(record: Any) -> Ids:
    return {record.organisation_id}


def _of_concept(label: Label) -> Ids:
    """A new label touches the organisations that claim the concept."""
    return set(Competence.objects.filter(concept=label.concept_id).values_list("organisation_id", flat=True))


def visible_competences(cluster: Cluster | None) -> QuerySet[Concept]:
    """Competences that an actor of the cluster (or region) claims."""
    claims = Competence.objects.filter(organisation__in=visible_organisations(cluster).values("pk"))
    return Concept.objects.filter(vocabulary__slug=COMPETENCES, pk__in=claims.values("concept"))


register(
    Source(
        "organisation",
        _("Actors"),
        Organisation,
        visible_organisations,
        lambda rows: rows.select_related("state", "district").prefetch_related(
            "competences__concept__labels", "references", "sectors__labels"
        ),
        _organisation,
        {Competence: _own, Reference: _own, Membership: _own, Label: _of_concept},
    )
)
register(
    Source(
        "competence",
        _("Competences"),
        Concept,
        visible_competences,
        lambda rows: rows.prefetch_related("labels"),
        _concept,
        {Label: lambda label: {label.concept_id}},
    )
)
register(
    Source(
        "project",
        _("Projects"),
        Project,
        lambda cluster: published_projects(),
        lambda rows: rows.prefetch_related("partners", "proved__labels"),
        _project,
        {Partner: lambda partner: {partner.project_id}},
    )
)
register(
    Source(
        "event",
        _("Events"),
        Event,
        lambda cluster: published_events(),
        lambda rows: rows.select_related("congress").prefetch_related(
            "topics", "organisers", Prefetch("congress__releases", newest_releases())
        ),
        _event,
        {
            EventTopic: lambda topic: {topic.event_id},
            Organiser: lambda organiser: {organiser.event_id},
            Release: lambda release: {release.congress.event_id},
        },
    )
)
register(
    Source(
        "network",
        _("Networks"),
        Network,
        lambda cluster: published_networks(),
        lambda rows: rows,
        _network,
    )
)
register(
    Source(
        "need",
        _("Needs"),
        Need,
        lambda cluster: published_needs(),
        lambda rows: rows.prefetch_related("concepts__labels"),
        _need,
    )
)
