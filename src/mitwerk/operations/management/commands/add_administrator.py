"""`manage.py add_administrator`: the first person who can sign in."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User


class Command(BaseCommand):
    help = "Make an administrator and print the password once. Example: manage.py add_administrator admin@example.org"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="Administrator")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError(f"“{email}” is no e-mail address.") from error
        if User.objects.filter(email__iexact=email).exists():
            raise CommandError(f"{email} can sign in already.")
        password = secrets.token_urlsafe(15)
        create_user(email=email, password=password, name=options["name"], is_superuser=True)
        self.stdout.write(f"{email} may sign in with the password {password}\nIt is shown this once. Change it soon.")
