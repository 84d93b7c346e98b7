"""A region of a few rows, so that tests of the loader are quick and say exactly what they change."""

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

WZ = """
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<https://example.org/wz2008/J> a skos:Concept ; skos:notation "J" ; skos:prefLabel "Information"@de .
<https://example.org/wz2008/62> a skos:Concept ; skos:broader <https://example.org/wz2008/J> ;
    skos:notation "62" ; skos:prefLabel "Dienstleistungen der IT"@de, "IT services"@en .
"""
SOURCES = [{"url": "https://example.org/2006", "date": "2006-07"}]
FACTS: dict[str, Any] = {"sources": SOURCES, "as_of": 2006}


def both(name: str, text: str) -> dict[str, str]:
    return {f"{name}_de": text, f"{name}_en": f"{text} (en)"}


def cluster(source_id: str, kind: str = "cluster", sector: str = "it") -> dict[str, Any]:
    return {
        "id": source_id,
        "kind": kind,
        **both("name", source_id.title()),
        "sector": sector,
        "since": 2006,
        "region": "Sachsen",
        "website": None,
        **both("members_note", "Firmen"),
        **both("description", "Ein Cluster"),
        **FACTS,
    }


def organisation(source_id: str, name: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": source_id,
        "name": name,
        "legal_form": "GmbH",
        "type": "company",
        "town": "Leipzig",
        "postal_code": None,
        "state": "Sachsen",
        "founded": 1999,
        "size_class": "10-49",
        "employees": {"count": 20, "year": 2006},
        "website": "https://www.example.org",
        "clusters": ["it"],
        "sectors": ["it"],
        **both("description", "Baut Software"),
        "competences": [{"de": "SAP-Beratung", "en": "SAP consulting"}],
        "references": [{"de": "Stadt Leipzig", "en": "City of Leipzig"}],
        **FACTS,
        **changes,
    }


def event(source_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": source_id,
        "start": "2007-03",
        "end": None,
        "place": "Leipzig",
        **both("title", "Kongress"),
        "topics": [{"de": "IT", "en": "IT"}],
        **both("description", "Ein Tag"),
        "organisers": ["Alpha", "Nobody"],
        "clusters": ["it", "umbrella"],
        **FACTS,
        **changes,
    }


def project(source_id: str, **changes: Any) -> dict[str, Any]:
    return {
        "id": source_id,
        **both("title", "Müller"),
        **both("summary", "Zusammen"),
        "partners": [{"name": "Alpha", "organisation": "alpha"}, {"name": "ESC", "organisation": None}],
        "start": "2006-07",
        "end": "2007",
        "status": "finished",
        "clusters": ["it"],
        **both("result", "Gut"),
        **FACTS,
        **changes,
    }


FILES: dict[str, list[dict[str, Any]]] = {
    "clusters.json": [cluster("umbrella", "umbrella", "umbrella"), cluster("it"), cluster("food", sector="food")],
    "organisations.json": [
        organisation("alpha", "Alpha GmbH"),
        organisation("beta", "Beta AG", clusters=["umbrella", "food"], competences=[], references=[]),
    ],
    "projects.json": [project("homepage")],
    "events.json": [event("congress")],
    "networks.json": [
        {
            "id": "i-kam",
            **both("name", "i-kam"),
            **both("purpose", "Austausch"),
            **both("member_kinds", "IT-Leitungen"),
            "since": None,
            "region": None,
            "website": None,
            "clusters": ["it"],
            "note_de": None,
            "note_en": None,
            **FACTS,
        }
    ],
    "needs.json": [
        {
            "id": "need",
            **both("title", "Wartung"),
            **both("text", "Aus der Ferne"),
            "sector": "food",
            "kind": "survey",
            **FACTS,
        }
    ],
    "news.json": [
        {"id": "n1", "date": "2006-07-14", **both("title", "Start"), **both("text", "Los"), "clusters": ["it"], **FACTS}
    ],
    "cluster_slugs.json": [
        {"id": "umbrella", "slug": None, **both("short", "Region"), "accent": "#2c2e33", **both("claim", "Alle")},
        {"id": "it", "slug": "it", **both("short", "IT"), "accent": "#1d4e9e", **both("claim", "Wir")},
        {"id": "food", "slug": "food", **both("short", "Essen"), "accent": "#2b8022", **both("claim", "Gut")},
    ],
    "competence_claims.json": [{"organisation": "alpha", "de": "SAP-Beratung", "concept": "sap"}],
    "project_competences.json": [{"project": "homepage", "concepts": ["sap"]}],
    "topics.json": [{"id": "work", **both("label", "Arbeit")}],
    "news_topics.json": [{"news": "n1", "topics": ["work"], "organisations": ["alpha"], "projects": ["homepage"]}],
    "need_competences.json": [{"need": "need", "concepts": ["sap"]}],
}
SHARED: dict[str, Any] = {
    "geo/de_laender.geojson": {
        "features": [
            {"properties": {"GEN": "Sachsen", "AGS": "14"}},
            {"properties": {"GEN": "Sachsen-Anhalt", "AGS": "15"}},
        ]
    },
    "geo/kreise_central_germany.geojson": {
        "features": [
            {
                "properties": {"GEN": "Leipzig", "BEZ": kind, "NUTS": nuts, "AGS": ags},
                "geometry": {"type": "Polygon", "coordinates": [[[w, 51], [w + 1, 51], [w + 1, 52], [w, 52], [w, 51]]]},
            }
            for kind, nuts, ags, w in [("Landkreis", "DED52", "14729", 13), ("Kreisfreie Stadt", "DED51", "14713", 12)]
        ]
    },
    "vocabularies/competences.json": [
        {
            "id": "erp",
            "broader": None,
            **both("label", "Betriebssoftware"),
            "alt_de": [],
            "alt_en": [],
            **both("definition", "Software für Betriebe"),
            "related": [],
        },
        {
            "id": "sap",
            "broader": "erp",
            **both("label", "SAP"),
            "alt_de": ["SAP-Einführung"],
            "alt_en": ["SAP roll-out"],
            **both("definition", "SAP betreiben"),
            "related": ["erp"],
        },
    ],
    "vocabularies/systems.json": [],
    "vocabularies/wz_sectors.json": [
        {"id": "it", **both("label", "IT"), "wz": ["62"]},
        {"id": "food", **both("label", "Essen"), "wz": []},
        {"id": "umbrella", **both("label", "Dach"), "wz": []},
    ],
}
PLACES = (
    "zipcode,place,state,community,community_code,latitude,longitude\n04109,Leipzig,Sachsen,Leipzig,14713,51.3,12.4\n"
)

Load = Callable[..., dict[str, Any]]
Change = Callable[[list[dict[str, Any]]], Any]


def write_small_region(root: Path, **changes: Change) -> Path:
    """Write `root`/regions and return its folder of the region; `changes` alter a file's rows, by its stem."""
    regions = root / "regions"
    folder = regions / "mitteldeutschland"
    for part in ("geo", "vocabularies", "mitteldeutschland", "research"):
        (regions / part).mkdir(parents=True, exist_ok=True)
    for name, content in SHARED.items():
        (regions / name).write_text(json.dumps(content), encoding="utf-8")
    (regions / "geo" / "plz_central_germany.csv").write_text(PLACES, encoding="utf-8")
    (regions / "vocabularies" / "wz2008.ttl").write_text(WZ, encoding="utf-8")
    (regions / "research" / "ror_central_germany.json").write_text("[]", encoding="utf-8")
    for name, rows in FILES.items():
        rows = deepcopy(rows)
        if change := changes.get(name.partition(".")[0]):
            rows = change(rows) or rows
        (folder / name).write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return folder
