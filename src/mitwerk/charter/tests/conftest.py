"""The charter of the cast, and a data folder of its own for the marks of running ballots."""

from pathlib import Path
from typing import Any

import pytest

from mitwerk.actors.tests.cast import Cast
from mitwerk.charter.tests.cast import Workshop, make_workshop
from mitwerk.governance.tests.cast import Bodies, make_bodies
from mitwerk.people.tests.cast import People


@pytest.fixture(autouse=True)
def data_folder(settings: Any, tmp_path: Path) -> Path:
    settings.MITWERK_DATA = tmp_path
    return tmp_path


@pytest.fixture
def bodies(cast: Cast, people: People) -> Bodies:
    return make_bodies(cast, people)


@pytest.fixture
def workshop(cast: Cast, people: People, bodies: Bodies) -> Workshop:
    return make_workshop(cast, people, bodies)
