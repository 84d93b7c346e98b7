"""Two merges of one loser at once: one wins, the other is told."""

import os

import pytest

from mitwerk.actors.actions import MergeRefused, merge_organisations
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from tests.installations import fresh_installation, told_by

IS_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return fresh_installation(tmp_path_factory.mktemp("merging"), "merging")


def at_once(installation: dict[str, str], how: str) -> str:
    """What two threads were told that merged one organisation into two others at the same time."""
    return told_by(installation, "-m", "tests.merging.two_at_once", how)


def test_one_of_two_wins(installation: dict[str, str]) -> None:
    assert at_once(installation, "locked") == "merged refused"


def test_control_without_the_lock_both_read_before_either_writes(installation: dict[str, str]) -> None:
    """On SQLite the write lock, taken before anything is read, keeps the second one out by itself."""
    both = "merged merged" if IS_POSTGRES else "BrokenBarrierError BrokenBarrierError"
    assert at_once(installation, "unlocked") == both


@pytest.mark.django_db
def test_the_row_is_asked_again_under_the_lock(cast: Cast) -> None:
    """What the caller read may be old: two forms open at once, one after the other."""
    stale = Organisation.objects.get(pk=cast.institute.pk)
    merge_organisations(winner=cast.firm, loser=cast.institute, choices={}, actor=None)
    assert stale.merged_into_id is None
    with pytest.raises(MergeRefused):
        merge_organisations(winner=cast.bakery, loser=stale, choices={}, actor=None)
