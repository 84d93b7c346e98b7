"""The cast with its rights in the office, their browsers, and what a browser sends."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role


@pytest.fixture
def cast(cast: Cast) -> Cast:
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    return cast


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with translation.override("de"):
        yield
