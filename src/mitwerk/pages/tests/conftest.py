import pytest

from mitwerk.pages.tests.cast import Cast, play


@pytest.fixture
def cast(db: None, region_scope: None) -> Cast:
    return play()
