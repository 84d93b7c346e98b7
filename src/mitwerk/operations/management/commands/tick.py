"""`manage.py tick`: the timed work, once. The worker calls it every minute, or a timer does."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitwerk.operations.tasks import do_timed_work


class Command(BaseCommand):
    help = (
        "Do what is due: publish and withdraw scheduled pages, send waiting mails, take up tasks that a dead worker "
        "left, forget what is over. Doing it twice changes nothing more. Example: python manage.py tick"
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if failed := do_timed_work():
            raise CommandError(f"These failed, the log says why: {', '.join(failed)}")
