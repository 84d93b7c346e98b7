"""The congress of the cast with registration, on its day."""

from typing import Any

import pytest

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress
from mitwerk.congress.tests.cast import TODAY, make_congress
from mitwerk.registrations.models import Admission
from mitwerk.registrations.tests.cast import make_admission


@pytest.fixture(autouse=True)
def a_day_in_july(time_machine: Any) -> None:
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def congress(cast: Cast, a_day_in_july: None) -> Congress:
    return make_congress(cast)


@pytest.fixture
def admission(congress: Congress) -> Admission:
    return make_admission(congress)
