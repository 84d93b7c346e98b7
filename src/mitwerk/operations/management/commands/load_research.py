"""`manage.py load_research FILE`: research organisations from the Research Organization Registry."""

from argparse import ArgumentParser, RawDescriptionHelpFormatter
from pathlib import Path
from typing import Any

from mitwerk.operations.management.commands.load_region import LoadCommand
from mitwerk.operations.region.loading import Progress, load_research
from mitwerk.operations.region.report import Report

EXAMPLE = """
Example:
  python manage.py load_research regions/research/ror_central_germany.json

Load the region first: organisations that are in both are joined, and both sources are kept.
"""


class Command(LoadCommand):
    help = "Load research organisations from a file of the Research Organization Registry (ror.org, CC0)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.epilog = EXAMPLE
        parser.add_argument("path", type=Path, metavar="file", help="JSON file of the registry, schema 1 or 2")
        super().add_arguments(parser)

    def load(self, path: Path, is_strict: bool, progress: Progress, **options: Any) -> Report:
        return load_research(path=path, is_strict=is_strict, progress=progress)
