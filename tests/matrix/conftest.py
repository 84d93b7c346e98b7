"""The house of the matrix."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope

from tests.matrix.cast import House, make_house


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Built once, and taken back after the last test of the file."""
    with django_db_blocker.unblock(), transaction.atomic(), scope(cluster=None):
        yield make_house()
        transaction.set_rollback(True)
