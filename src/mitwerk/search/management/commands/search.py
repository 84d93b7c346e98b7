"""`manage.py search`: ask the index from the command line, or make it anew."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import override
from django_scopes import scope

from mitwerk.search.actions import rebuild_index
from mitwerk.search.queries import Group, Result, search


class Command(BaseCommand):
    help = 'Search all public records. Example: python manage.py search "Softwarelösungen für Mühlen" --json'

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", nargs="?", default="", help="what somebody would type into the search box")
        parser.add_argument("--language", default="de", choices=["de", "en"])
        parser.add_argument("--kind", help="only one kind of record, for example organisation")
        parser.add_argument("--best", type=int, default=5, help="how many of each kind (default 5)")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--rebuild", action="store_true", help="make the index anew first")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.stdout.write(f"{rebuild_index()} documents", ending="\n")
        if not options["query"]:
            return
        with scope(cluster=None), override(options["language"]):
            found = search(options["query"], options["language"], None, kind=options["kind"], best=options["best"])
            for group in found.groups:
                self._print(group, options["json"])

    def _print(self, group: Group, as_json: bool) -> None:
        if not as_json:
            self.stdout.write(f"{group.label}: {group.count}")
        for result in group.results:
            self.stdout.write(json.dumps(_row(group, result), ensure_ascii=False) if as_json else f"  {result.record}")


def _row(group: Group, result: Result) -> dict[str, Any]:
    record = result.record
    return {
        "kind": group.kind,
        "id": record.public_id,
        "source_id": getattr(record, "source_id", None),
        "name": str(record),
        "reasons": [fragment.text for fragment in result.snippet if fragment.marked],
    }
