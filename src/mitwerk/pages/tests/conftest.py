from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from mitwerk.pages.tests.cast import Cast, play_once


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    yield from play_once(django_db_blocker)


@pytest.fixture
def cast(played: Cast, db: None, region_scope: None) -> Cast:
    return deepcopy(played)
