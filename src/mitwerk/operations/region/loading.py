"""Loads a region folder: everything is read first, then each file is written in one transaction of its own."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django_scopes import scope

from mitwerk.accounts.queries import removed_sources
from mitwerk.actors.models import Organisation
from mitwerk.core.saving import Change, Tally
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.operations.region import common, records
from mitwerk.operations.region.classification import Classification
from mitwerk.operations.region.fields import Refused
from mitwerk.operations.region.folder import Folder, read_folder
from mitwerk.operations.region.news import load_pages, news
from mitwerk.operations.region.reading import Row, Rows
from mitwerk.operations.region.report import FileReport, Refusal, Report
from mitwerk.operations.region.research import Registry, research_organisation
from mitwerk.operations.region.ror import read_ror
from mitwerk.operations.region.shelf import Shelf
from mitwerk.projects.models import Project
from mitwerk.search.actions import rebuild_index

Progress = Callable[[FileReport], None]
Note = Callable[[str], None]
Save = Callable[[dict[str, Any], Shelf, Note], Change]
Step = Callable[[], FileReport]

RECORDS: dict[str, Save] = {
    "clusters.json": records.cluster,
    "organisations.json": records.organisation,
    "projects.json": records.project,
    "events.json": records.event,
    "networks.json": records.network,
    "needs.json": records.need,
    "news.json": news,
}
REMOVABLE: dict[str, type[Model]] = {
    "organisations.json": Organisation,
    "projects.json": Project,
    "events.json": Event,
    "networks.json": Network,
    "needs.json": Need,
}
"""What the office can remove for good. Clusters and the region it cannot; pages have a log of their own."""
SHARED: dict[str, Callable[[Rows], Tally]] = {
    "de_laender.geojson": common.load_states,
    "kreise_central_germany.geojson": common.load_districts,
    "plz_central_germany.csv": common.load_postal_codes,
    "competences.json": common.load_competences,
    "wz_sectors.json": common.load_sectors,
    "systems.json": common.load_systems,
}


class _TakeBack(Exception):
    """Ends the transaction of a strict load in which a row was refused."""


def load_region(
    *, path: Path, research: Path | None = None, is_strict: bool = False, progress: Progress = lambda _file: None
) -> Report:
    """Load a folder, and a file of the research registry with it.

    Raises `FileError`, before anything is written, for a file that cannot be used at all. Rows that are refused are
    left out and reported; with `is_strict` one refused row takes the whole load back.
    """
    with scope(cluster=None):
        folder = read_folder(path)
        registry = [read_ror(research)] if research else []
        return _run(list(_steps(folder, registry)), [*folder.files.values(), *registry], is_strict, progress)


def load_research(*, path: Path, is_strict: bool = False, progress: Progress = lambda _file: None) -> Report:
    """Load a file of the research registry; as `load_region` does."""
    with scope(cluster=None):
        rows = read_ror(path)
        return _run([partial(_write_registry, rows)], [rows], is_strict, progress)


def _run(steps: Sequence[Step], files: Sequence[Rows], is_strict: bool, progress: Progress) -> Report:
    report = Report()
    if is_strict and any(rows.refused for rows in files):
        report.files = [FileReport(rows.file, refused=rows.refused) for rows in files]
        report.is_written = False
        return report
    try:
        with transaction.atomic() if is_strict else nullcontext():
            for step in steps:
                file = step()
                report.files.append(file)
                progress(file)
            if report.total.new or report.total.changed:
                rebuild_index()
            if is_strict and report.refused:
                raise _TakeBack
    except _TakeBack:
        report.is_written = False
    return report


def _steps(folder: Folder, registry: Sequence[Rows]) -> Iterator[Step]:
    """What is written in which order; companions are used while the rows they speak of are written.

    The registry comes right after the organisations, so that partners and organisers can be found in it.
    """
    yield partial(_write_classification, folder.wz)
    for name, load in SHARED.items():
        yield partial(_write_shared, folder[name], load)
    for name, rows in folder.files.items():
        if name == "news.json":
            yield partial(_write_shared, folder["topics.json"], load_pages)
        if name in RECORDS:
            yield partial(_write_records, rows, RECORDS[name], folder)
            if name == "organisations.json":
                yield from (partial(_write_registry, found) for found in registry)
        elif name not in {*SHARED, "topics.json"} and rows.refused:
            yield partial(FileReport, name, refused=list(rows.refused))


def _write_shared(rows: Rows, load: Callable[[Rows], Tally]) -> FileReport:
    with transaction.atomic():
        return FileReport(rows.file, load(rows), list(rows.refused))


def _write_classification(wz: Classification) -> FileReport:
    with transaction.atomic():
        return FileReport("wz2008.ttl", common.load_wz(wz))


def _write_records(rows: Rows, save: Save, folder: Folder) -> FileReport:
    shelf = Shelf(folder)
    return _write_rows(rows, lambda values, note: save(values, shelf, note), REMOVABLE.get(rows.file))


def _write_registry(rows: Rows) -> FileReport:
    registry = Registry(rows)
    return _write_rows(rows, lambda values, note: research_organisation(values, registry, note), Organisation)


def _write_rows(
    rows: Rows, save: Callable[[dict[str, Any], Note], Change], kind: type[Model] | None = None
) -> FileReport:
    """One transaction for the file, and a savepoint for each row, so that a refused row leaves nothing behind."""
    report = FileReport(rows.file, refused=list(rows.refused))
    removed = removed_sources(kind) if kind else set()
    with transaction.atomic():
        for row in rows.rows:
            if (source_id := row.values.get("id")) in removed:
                report.notes.append(f"“{source_id}”: removed by the office, left out")
                report.tally.count(Change.UNCHANGED)
                continue
            try:
                with transaction.atomic():
                    report.tally.count(save(row.values, report.notes.append))
            except Refused as refused:
                report.refused.append(_refusal(rows, row, refused.field, refused.reason))
            except ValidationError as error:
                field, messages = next(iter(error.message_dict.items()))
                report.refused.append(_refusal(rows, row, field, " ".join(messages)))
            except (IntegrityError, DataError) as error:
                report.refused.append(_refusal(rows, row, "–", f"the database refuses it: {error}".splitlines()[0]))
    return report


def _refusal(rows: Rows, row: Row, field: str, reason: str) -> Refusal:
    return Refusal(rows.file, row.number, field, reason, str(row.values.get("id", "")))
