"""`manage.py build_assets`: fonts, icons, map library and the style bundle into `ui/static/vendor`."""

import gzip
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitwerk.ui import assets


class Command(BaseCommand):
    help = "Make the files the browser needs. Quick when nothing changed. Example: python manage.py build_assets"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--force", action="store_true", help="make everything again")
        parser.add_argument("--checkers", action="store_true", help="fetch the checkers of the browser tests too")
        parser.add_argument("--sizes", action="store_true", help="print what the first view of a page loads")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["checkers"]:
                assets.install(self.stdout.write, checkers=True)
            made = assets.build(self.stdout.write, force=options["force"])
        except assets.AssetsError as error:
            raise CommandError(str(error)) from error
        self.stdout.write("Assets made." if made else "Assets are up to date.")
        if made or options["sizes"]:
            self._sizes()

    def _sizes(self) -> None:
        total = 0
        for name in assets.first_view():
            content = (assets.STATIC / name).read_bytes()
            size = len(content) if name.endswith("woff2") else len(gzip.compress(content, 6))
            total += size
            self.stdout.write(f"  {size / 1000:6.1f} kB  {name}")
        self.stdout.write(f"  {total / 1000:6.1f} kB  together, compressed, without the page itself")
