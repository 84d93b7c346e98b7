"""The cast with its rights in the office, and their browsers. German, as most offices are."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role

As = Callable[[User | None], Client]


@pytest.fixture
def cast(cast: Cast) -> Cast:
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    return cast


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with translation.override("de"):
        yield
