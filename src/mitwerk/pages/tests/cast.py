"""The fixed cast of the pages' tests: a small region, two clusters, three pieces of news."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Date
from typing import Any

from django.db import transaction
from django_scopes import scope

from mitwerk.actors.models import Membership, Organisation
from mitwerk.clusters.models import Cluster, Region
from mitwerk.pages.actions import ensure_page_tree, load_topics, save_news
from mitwerk.pages.models import NewsPage
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept


@dataclass
class Cast:
    """Who plays. `it` has two of the three pieces, one of them shared with `food`; the third is the region's."""

    region: Region
    it: Cluster
    food: Cluster
    firm: Organisation
    project: Project

    def news(self, source_id: str, language: str = "de") -> NewsPage:
        return NewsPage.objects.get(source_id=source_id, locale__language_code=language)


def topic(notation: str) -> Concept:
    return Concept.objects.get(vocabulary__slug="topics", notation=notation)


def tell(source_id: str, day: str, clusters: list[Cluster], **changes: Any) -> bool:
    """Save a piece of news with everything filled in; `changes` are arguments of `save_news`."""
    given: dict[str, Any] = {
        "source_id": source_id,
        "date": Date.fromisoformat(day),
        "date_is_month": False,
        "title": {"de": f"Größere Pläne {source_id}", "en": f"Bigger plans {source_id}"},
        "text": {"de": "Ein Satz über Müller & Söhne.", "en": "A sentence about Müller & Sons."},
        "clusters": clusters,
        "topics": [],
        "organisations": [],
        "projects": [],
        "sources": [{"url": "https://example.org/a", "date": day}],
        "as_of": 2006,
    }
    return save_news(**{**given, **changes})


def play() -> Cast:
    """Make the cast. Needs an open scope."""
    region = Region.objects.create(name={"de": "Mittelland", "en": "Midland"})
    it = Cluster.objects.create(slug="it", name={"de": "IT Mittelland", "en": "IT Midland"}, accent="#1d4e9e")
    food = Cluster.objects.create(slug="food-land", name={"de": "Ernährung", "en": "Food"}, position=1)
    firm = Organisation.objects.create(slug="muster", name="Muster GmbH", sort_name="muster", normalised_name="muster")
    Membership.objects.create(organisation=firm, cluster=it)
    project = Project.objects.create(
        slug="probe",
        source_id="it-leitbild",
        title={"de": "Probe", "en": "Trial"},
        summary={"de": "Kurz.", "en": "Short."},
        result={"de": "Fünf statt neun Tage.", "en": "Five days, not nine."},
        end_year=2007,
    )
    project.clusters.add(it)
    load_topics(
        rows=[
            {"id": "companies", "label_de": "Unternehmen", "label_en": "Companies"},
            {"id": "meetings", "label_de": "Treffen", "label_en": "Meetings"},
        ]
    )
    ensure_page_tree(region=region, clusters=[it, food])
    cast = Cast(region, it, food, firm, project)
    tell("n1", "2006-07-14", [it], topics=[topic("companies")], organisations=[firm], projects=[project])
    tell("n2", "2019-12-01", [it, food], date_is_month=True, topics=[topic("meetings")])
    tell("n3", "2019-03-02", [])
    return cast


def play_once(blocker: Any) -> Iterator[Cast]:
    """For a fixture of a whole file, because the pages take long to make: taken back after its last test.

    Each test changes a copy of what is given here, and its own changes of the database are taken back after it.
    """
    with blocker.unblock(), transaction.atomic(), scope(cluster=None):
        yield play()
        transaction.set_rollback(True)
