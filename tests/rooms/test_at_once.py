"""Meetings of networks where two come at the same moment: one has the last seat, and nobody gets a mail twice."""

import os

import pytest

from tests.installations import fresh_installation, told_by

IS_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")


def at_once(tmp_path_factory: pytest.TempPathFactory, how: str) -> str:
    """What two threads came to, and what is in the database afterwards."""
    installation = fresh_installation(tmp_path_factory.mktemp(how), f"rooms_{how}")
    return told_by(installation, "-m", "tests.rooms.at_once", how)


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("seat", "comes, waits; meetings 1, seats 1, mails 0"),
        ("line", "moved 0, moved 1; meetings 1, seats 1, mails 1"),
        ("plan", "planned, planned; meetings 2, seats 0, mails 3"),
        ("cancel", "cancelled, cancelled; meetings 1, seats 0, mails 3"),
    ],
)
def test_of_two_at_once_one_counts(tmp_path_factory: pytest.TempPathFactory, how: str, found: str) -> None:
    assert at_once(tmp_path_factory, how) == found


def test_control_without_the_lock_the_database_itself_gives_a_seat_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On SQLite the write lock, taken before anything is read, keeps the second one out by itself."""
    both = "BrokenBarrierError, BrokenBarrierError; meetings 1, seats 0"
    one = "IntegrityError, comes; meetings 1, seats 1"
    assert at_once(tmp_path_factory, "unlocked").startswith(one if IS_POSTGRES else both)
