
import pytest

from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People, make_people


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)
