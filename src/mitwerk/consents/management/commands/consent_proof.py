"""`manage.py consent_proof address`: what this address agreed to, as one readable record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mitwerk.consents.exports import proof_of


class Command(BaseCommand):
    help = (
        "Print what an address agreed to, in which words, when and how. Example: python manage.py consent_proof a@b.de"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(proof_of(options["address"]))
