"""`manage.py retention`: what `tick` would forget now. Changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from mitwerk.privacy.retention import PERIODS


class Command(BaseCommand):
    help = (
        "Show how long each kind of record is kept, and how many `tick` would forget now. Changes nothing. "
        "Example: python manage.py retention"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{'due':>8}  {'days':>5}  kind")
        for period in PERIODS:
            self.stdout.write(f"{period.rows().count():>8}  {period.kept.days:>5}  {period.key}: {period.what}")
