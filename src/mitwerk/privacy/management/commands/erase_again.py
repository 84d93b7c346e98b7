"""`manage.py erase_again`: after a backup was put back, erase those who had deleted their account since."""

from typing import Any

from django.core.management.base import BaseCommand

from mitwerk.privacy.actions import erase_again


class Command(BaseCommand):
    help = (
        "After a backup was put back: erase again who had deleted their account since it was made. The list lies in "
        "the data folder. Example: python manage.py erase_again"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{erase_again()} accounts erased again.")
