"""`manage.py make_demo`: an installation to try out, with a region in it and one sign-in per role."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django_scopes import scope

from mitwerk.clusters.queries import the_region
from mitwerk.operations.actions import SignIn, make_demo_sign_ins


class Command(BaseCommand):
    help = "Load a region unless there is one, and make one sign-in per role. Example: manage.py make_demo regions/demo"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", help="folder of the region, as load_region takes it")
        parser.add_argument("--sign-ins", type=Path, default=settings.MITWERK_DATA / "demo-sign-ins.txt")

    def handle(self, *args: Any, **options: Any) -> None:
        with scope(cluster=None):
            if the_region() is None:
                call_command("load_region", options["folder"])
            self.tell(make_demo_sign_ins(), options["sign_ins"])

    def tell(self, sign_ins: list[SignIn], file: Path) -> None:
        """Print the passwords this one time and keep them in a file that only its owner can read."""
        if not sign_ins:
            self.stdout.write("The sign-ins of the demo are there already.")
            return
        role, email = (max(map(len, column)) for column in zip(*((s.role, s.email) for s in sign_ins), strict=True))
        lines = [f"{one.role:<{role}}  {one.email:<{email}}  {one.password}" for one in sign_ins]
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w") as opened:
            os.fchmod(handle, 0o600)
            opened.write("\n".join(lines) + "\n")
        self.stdout.write("\nSign-ins (shown this once):\n")
        self.stdout.write("\n".join(f"  {line}" for line in lines))
