"""`manage.py load_region DIR`: loads a folder of region data; a second run changes nothing."""

import json
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, no_translations

from mitwerk.operations.region.folder import regions
from mitwerk.operations.region.loading import Progress, load_region
from mitwerk.operations.region.report import FileError, FileReport, Report, sentence

EXAMPLE = """
Example:
  python manage.py load_region regions/mitteldeutschland
  python manage.py load_region --strict --json regions/mitteldeutschland

regions/README.md says which files and columns a folder has.
"""


class LoadCommand(BaseCommand):
    """What the loading commands have in common: options, progress, report, exit code."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--strict", action="store_true", help="load nothing at all if any row is refused")
        parser.add_argument("--json", action="store_true", help="print the report as JSON, and nothing else")

    def load(self, path: Path, is_strict: bool, progress: Progress, **options: Any) -> Report:
        raise NotImplementedError

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        quiet = options["json"] or options["verbosity"] == 0
        progress: Progress = (lambda _file: None) if quiet else self._progress
        try:
            report = self.load(is_strict=options["strict"], progress=progress, **options)
        except FileError as error:
            raise CommandError(f"{error}. Nothing was loaded.") from error
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        elif not quiet:
            self._tell(report)
        if not report.is_written:
            raise CommandError(f"Nothing was loaded: {len(report.refused)} rows were refused and --strict was given.")

    def _progress(self, file: FileReport) -> None:
        self.stdout.write(str(file))
        self.stdout.flush()

    def _tell(self, report: Report) -> None:
        for note in report.notes:
            self.stdout.write(f"note: {note}")
        for refusal in report.refused:
            self.stderr.write(f"refused: {refusal}")
        if report.is_written:
            self.stdout.write(self.style.SUCCESS(f"{sentence(report.total)}, {len(report.refused)} refused"))


class Command(LoadCommand):
    help = "Load the clusters, organisations, projects, events, networks, needs and news of a region folder."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLE
        parser.add_argument("path", type=Path, metavar="folder", help="folder with clusters.json, organisations.json …")
        super().add_arguments(parser)
        parser.add_argument("--no-research", action="store_true", help="leave out the research registry")

    def load(self, path: Path, is_strict: bool, progress: Progress, **options: Any) -> Report:
        research = None if options["no_research"] else regions() / "research" / "ror_central_germany.json"
        return load_region(path=path, research=research, is_strict=is_strict, progress=progress)
