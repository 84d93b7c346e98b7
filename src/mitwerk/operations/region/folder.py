"""All files of a load, read and checked before anything is written."""

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import the_region
from mitwerk.operations.region import tables
from mitwerk.operations.region.classification import Classification, read_wz
from mitwerk.operations.region.fields import Table
from mitwerk.operations.region.reading import Rows, read_csv, read_geojson, read_rows, refuse_dangling
from mitwerk.operations.region.report import FileError

NEEDED = {
    "clusters.json": tables.CLUSTERS,
    "organisations.json": tables.ORGANISATIONS,
    "projects.json": tables.PROJECTS,
    "events.json": tables.EVENTS,
    "networks.json": tables.NETWORKS,
    "needs.json": tables.NEEDS,
    "news.json": tables.NEWS,
}
COMPANIONS = {
    "cluster_slugs.json": tables.CLUSTER_SLUGS,
    "competence_claims.json": tables.CLAIMS,
    "project_competences.json": tables.PROVED,
    "need_competences.json": tables.ANSWERS,
    "topics.json": tables.TOPICS,
    "news_topics.json": tables.ABOUT_NEWS,
}
"""Authored for the demo region. A folder without them borrows the rows that fit its own."""


def regions() -> Path:
    """Where the project keeps its data."""
    return Path(settings.ROOT) / "regions"  # type: ignore[misc]


@dataclass
class Folder:
    """The files by name, in the order they are loaded."""

    path: Path
    files: dict[str, Rows]
    wz: Classification

    def __getitem__(self, name: str) -> Rows:
        return self.files[name]


def read_folder(path: Path) -> Folder:
    """Read every file; raises `FileError` for the first that cannot be used at all."""
    if not path.is_dir():
        raise FileError(str(path), "there is no such folder")
    files = _read_common()
    for name, table in NEEDED.items():
        files[name] = read_rows(path / name, table)
    borrowed = set()
    for name, table in COMPANIONS.items():
        if not (path / name).exists():
            borrowed.add(name)
        files[name] = read_rows((regions() / "mitteldeutschland" if name in borrowed else path) / name, table)
    _check_references(files, borrowed)
    return Folder(path, files, read_wz(regions() / "vocabularies" / "wz2008.ttl"))


def _read_common() -> dict[str, Rows]:
    """Places and vocabularies, which every region shares."""
    geo, vocabularies = regions() / "geo", regions() / "vocabularies"
    return {
        "de_laender.geojson": read_geojson(geo / "de_laender.geojson", tables.STATES),
        "kreise_central_germany.geojson": read_geojson(geo / "kreise_central_germany.geojson", tables.DISTRICTS),
        "plz_central_germany.csv": read_csv(geo / "plz_central_germany.csv", tables.POSTAL_CODES),
        "competences.json": read_rows(vocabularies / "competences.json", tables.CONCEPTS),
        "wz_sectors.json": read_rows(vocabularies / "wz_sectors.json", tables.WZ_SECTORS),
        "systems.json": read_rows(vocabularies / "systems.json", tables.SYSTEMS),
    }


def _check_references(files: dict[str, Rows], borrowed: set[str]) -> None:
    """Rows that name an unknown record are refused; borrowed rows that do not fit are just not used.

    A companion row about a refused row is not refused as well: one fault is told once.
    """
    known: dict[str, set[str]] = {
        "states": {str(row.values["GEN"]) for row in files["de_laender.geojson"].rows},
        "state keys": {str(row.values["AGS"]) for row in files["de_laender.geojson"].rows},
        "competences": set(),
        "systems": set(),
        "clusters": _stored_clusters(),
        "organisations": {str(one) for one in Organisation.objects.values_list("source_id", flat=True)},
        "projects": set(),
        "needs": set(),
        "news": set(),
        "topics": set(),
    }
    refused: dict[str, set[str]] = {}
    refuse_dangling(files["kreise_central_germany.geojson"], tables.DISTRICTS, known)
    known["districts"] = {str(row.values["AGS"]) for row in files["kreise_central_germany.geojson"].rows}
    every: dict[str, Table] = {
        "plz_central_germany.csv": tables.POSTAL_CODES,
        "competences.json": tables.CONCEPTS,
        "systems.json": tables.SYSTEMS,
        **NEEDED,
        **COMPANIONS,
    }
    for name, table in every.items():
        kind = name.partition(".")[0]
        rows, before = files[name], -1
        while before != len(rows.rows):
            before = len(rows.rows)
            own = {kind: known[kind] | rows.ids} if kind in known else {}
            refuse_dangling(rows, table, known | own | (refused if name in COMPANIONS else {}))
        if kind in known:
            known[kind] |= rows.ids
            refused[kind] = known[kind] | {refusal.id for refusal in rows.refused}
        if name in borrowed:
            rows.refused.clear()


def _stored_clusters() -> set[str]:
    region = the_region()
    stored = {source_id for source_id in Cluster.objects.values_list("source_id", flat=True) if source_id}
    return stored | ({region.source_id} if region and region.source_id else set())
