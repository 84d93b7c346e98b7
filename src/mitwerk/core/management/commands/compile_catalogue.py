"""`manage.py compile_catalogue`: makes the .mo files without needing GNU gettext on the machine."""

from pathlib import Path
from typing import Any

import polib
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile locale/*/LC_MESSAGES/django.po. Example: python manage.py compile_catalogue"
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        for folder in settings.LOCALE_PATHS:
            for po in sorted(Path(folder).glob("*/LC_MESSAGES/django.po")):
                catalogue = polib.pofile(str(po))
                catalogue.save_as_mofile(str(po.with_suffix(".mo")))
                self.stdout.write(f"{po.parent.parent.name}: {len(catalogue)} texts")
