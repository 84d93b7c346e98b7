"""Records by the ids that files use, fetched once for a whole file."""

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.gazetteer import Gazetteer
from mitwerk.algorithms.names import name_keys
from mitwerk.algorithms.text import normalise_name
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import the_region
from mitwerk.operations.region.fields import Refused
from mitwerk.operations.region.folder import Folder
from mitwerk.pages.models import NewsPage
from mitwerk.places.models import District, State
from mitwerk.places.queries import gazetteer
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import COMPETENCES, SECTORS, TOPICS, Concept
from mitwerk.vocabularies.queries import concepts_by_notation


class Shelf:
    """What rows refer to. Each part is read from the database when it is first asked for."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    @cached_property
    def region_id(self) -> str:
        region = the_region()
        return (region.source_id or "") if region else ""

    @cached_property
    def _clusters(self) -> dict[str, Cluster]:
        return {str(c.source_id): c for c in Cluster.objects.all()}

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """A merged one is there as itself; `standing` is the one that stands for it."""
        stored = Organisation.objects.exclude(source_id=None).select_related("merged_into")
        return {str(o.source_id): o for o in stored}

    @cached_property
    def sectors(self) -> dict[str, Concept]:
        return concepts_by_notation(SECTORS)

    @cached_property
    def competences(self) -> dict[str, Concept]:
        return concepts_by_notation(COMPETENCES)

    @cached_property
    def topics(self) -> dict[str, Concept]:
        return concepts_by_notation(TOPICS)

    @cached_property
    def projects(self) -> dict[str, Project]:
        return {str(p.source_id): p for p in Project.objects.exclude(source_id=None)}

    @cached_property
    def stored_news(self) -> set[str]:
        return {str(one) for one in NewsPage.objects.values_list("source_id", flat=True)}

    @cached_property
    def about_news(self) -> dict[str, dict[str, Any]]:
        """Which topics, organisations and projects a piece of news is about."""
        return {row.values["news"]: row.values for row in self.folder["news_topics.json"].rows}

    @cached_property
    def states(self) -> dict[str, State]:
        """By their German name."""
        return {state.name["de"]: state for state in State.objects.all()}

    @cached_property
    def districts(self) -> dict[str, District]:
        return {d.ags: d for d in District.objects.select_related("state")}

    @cached_property
    def gazetteer(self) -> Gazetteer:
        return gazetteer()

    def clusters(self, ids: Iterable[str]) -> list[Cluster]:
        """The clusters of a record; the umbrella body's own id gives none, because its records are the region's."""
        return [self._cluster(one) for one in ids if one != self.region_id]

    def _cluster(self, source_id: str) -> Cluster:
        if source_id not in self._clusters:
            raise Refused("clusters", f"the cluster “{source_id}” was refused")
        return self._clusters[source_id]

    def clusters_of_sector(self, notation: str) -> list[Cluster]:
        sector = self.sectors.get(notation)
        return [c for c in self._clusters.values() if sector and c.sector_id == sector.pk]

    @cached_property
    def _by_name(self) -> dict[str, Organisation | None]:
        """Organisations by every spelling of their names; None where two share one.

        Files name the same organisation in several ways, and the partners of projects say which one is meant.
        """
        found: dict[str, Organisation | None] = {}
        for organisation in {one.standing for one in self.organisations.values()}:
            for name in [organisation.name, *organisation.alternative_names]:
                for key in name_keys(name):
                    found[key] = organisation if found.get(key, organisation) == organisation else None
        for partner in self._partners():
            if meant := self.organisations.get(partner["organisation"] or ""):
                found.setdefault(normalise_name(partner["name"]), meant.standing)
        return found

    def _partners(self) -> list[dict[str, Any]]:
        return [p for row in self.folder["projects.json"].rows for p in row.values["partners"]]

    def organisation_named(self, name: str) -> Organisation | None:
        """The organisation a text means, by any spelling of its name; None where none or several fit."""
        return next((found for key in name_keys(name) if (found := self._by_name.get(key))), None)
