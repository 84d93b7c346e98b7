"""`manage.py reset_second_factor`: for somebody who has lost phone, key and recovery codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from mitwerk.accounts.actions import reset_second_factor
from mitwerk.accounts.models import User


class Command(BaseCommand):
    help = (
        "Take somebody's authenticator app, passkeys and recovery codes away, once you are sure who is asking. "
        "Example: manage.py reset_second_factor editor@example.org"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        count = reset_second_factor(user=user)
        self.stdout.write(
            f"{count} taken away. {user.email} sets up a new second step at the next visit to the office."
        )
