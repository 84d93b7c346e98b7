"""The cast with its rights in the office, and their browsers."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import translation

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    return cast


@pytest.fixture
def as_user() -> Callable[[User | None], Client]:
    """A browser in which somebody is signed in; None: nobody."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return make


@pytest.fixture(autouse=True)
def german() -> Iterator[None]:
    with translation.override("de"):
        yield
