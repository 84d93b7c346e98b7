"""What the values of the filters are called, in every language."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language, override

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.collation import sort_key
from mitwerk.clusters.queries import clusters
from mitwerk.core.translated import Translated
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.queries import clusters_shown_by_network, networks_that_show
from mitwerk.places.models import District, State
from mitwerk.vocabularies.models import COMPETENCES, SECTORS, Concept

Names = dict[str, str]


@dataclass(frozen=True)
class Labels:
    """Per language and filter: value → label, in the order to show them. And which value belongs to which."""

    by_language: Mapping[str, Mapping[str, Names]]
    state_of_district: Mapping[str, str]
    group_of_competence: Mapping[str, str]
    clusters_of_network: Mapping[str, frozenset[str]]

    def here(self) -> Mapping[str, Names]:
        """The labels in the active language."""
        return self.by_language[active_language()]


def active_language() -> str:
    """The two-letter code of the language the reader sees."""
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def read_labels() -> Labels:
    """Seven queries."""
    districts = list(District.objects.order_by("name", "slug").values_list("slug", "name", "kind", "state__slug"))
    networks = list(networks_that_show(ORGANISATIONS))
    concepts = _Concepts()
    texts = {
        "state": dict(State.objects.values_list("slug", "name")),
        "cluster": {cluster.slug: cluster.short_name or cluster.name for cluster in clusters()},
        "network": {network.slug: network.name for network in networks},
        **concepts.by_filter,
    }
    shared = Counter(name for _slug, name, _kind, _state in districts)
    district_names = {slug: f"{name} ({kind})" if shared[name] > 1 else name for slug, name, kind, _state in districts}
    by_language = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            by_language[code] = {
                "kind": {value: str(label) for value, label in Organisation.Kind.choices},
                "size": {value: str(label) for value, label in Organisation.Size.choices},
                "district": district_names,
                **{name: _in_language(name, found, code) for name, found in texts.items()},
            }
    return Labels(
        by_language,
        {slug: state for slug, _name, _kind, state in districts},
        concepts.group_of,
        clusters_shown_by_network(),
    )


BY_NAME = {"state", "network", "sector", "competence"}
"""Filters whose values stand in alphabetical order; those of the others in the order the office gave them."""


def _in_language(name: str, found: Mapping[str, Translated], code: str) -> Names:
    named = {value: text.best(code).text or value for value, text in found.items()}
    if name not in BY_NAME:
        return named
    return dict(sorted(named.items(), key=lambda pair: sort_key(pair[1])))


class _Concepts:
    """Labels of sectors, competences and their groups."""

    def __init__(self) -> None:
        self.by_filter: dict[str, dict[str, Translated]] = {"sector": {}, "group": {}, "competence": {}}
        self.group_of: dict[str, str] = {}
        concepts = Concept.objects.filter(vocabulary__slug__in=[SECTORS, COMPETENCES])
        for concept in concepts.select_related("vocabulary", "broader").prefetch_related("labels"):
            self._take(concept)

    def _take(self, concept: Concept) -> None:
        labels = (concept.label(code) for code, _name in settings.LANGUAGES)
        text = Translated({label.language: label.text for label in labels})
        if concept.vocabulary.slug == SECTORS:
            self.by_filter["sector"][concept.slug] = text
        elif concept.broader is None:
            self.by_filter["group"][concept.slug] = text
        else:
            self.by_filter["competence"][concept.slug] = text
            self.group_of[concept.slug] = concept.broader.slug
