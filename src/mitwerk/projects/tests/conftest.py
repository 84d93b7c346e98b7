import pytest

from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People
from mitwerk.projects.tests.way import Way, make_way


@pytest.fixture
def way(cast: Cast, people: People) -> Way:
    return make_way(cast, people)
