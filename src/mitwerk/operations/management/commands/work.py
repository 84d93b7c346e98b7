"""`manage.py work`: the worker. Does background tasks as they come, and the timed work every minute."""

import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connections

from mitwerk.operations.tasks import do_timed_work

MINUTE = 60


class Command(BaseCommand):
    help = (
        "Do background tasks as they come, and what is due every minute, until stopped. Several may run side by side: "
        "each piece of work is done once. Example: python manage.py work"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--with-parent", action="store_true", help="stop when the program that started it ends")

    def handle(self, *args: Any, **options: Any) -> None:
        is_over = threading.Event()
        parent = os.getppid() if options["with_parent"] else 0
        threading.Thread(target=keep_time, args=(is_over, parent), daemon=True).start()
        try:
            call_command("db_worker", "--no-reload", interval=1, verbosity=0)
        finally:
            is_over.set()


def keep_time(is_over: threading.Event, parent: int) -> None:
    """Beside the tasks, so that a long one holds up nothing that is due."""
    left = 0
    while not is_over.wait(1):
        if parent and os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
        if left == 0:
            do_timed_work()
            connections.close_all()
        left = (left or MINUTE) - 1
