from collections.abc import Callable

import pytest
from django.test import Client

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People, make_people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


@pytest.fixture
def as_user() -> Callable[[User | None], Client]:
    """A browser in which somebody is signed in; None: nobody."""

    def make(user: User | None) -> Client:
        client = Client()
        if user is not None:
            client.force_login(user, backend=BACKEND)
        return client

    return make
