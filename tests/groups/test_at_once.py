"""Working groups and stories where two come at the same moment: one counts, and nobody gets a mail twice."""

import os

import pytest

from tests.installations import fresh_installation, told_by

IS_POSTGRES = "postgres" in os.environ.get("DATABASE_URL", "")


def at_once(tmp_path_factory: pytest.TempPathFactory, how: str) -> str:
    """What two threads came to, and what is in the database afterwards."""
    installation = fresh_installation(tmp_path_factory.mktemp(how), f"groups_{how}")
    return told_by(installation, "-m", "tests.groups.at_once", how)


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("remind", "reminded 0, reminded 1; members 0, reports 0, mails 1; running released"),
        ("volunteer", "joined, joined; members 1, reports 0, mails 1; running released"),
        ("report", "given, refused; members 0, reports 1, mails 0; running released"),
    ],
)
def test_of_two_at_once_one_counts(tmp_path_factory: pytest.TempPathFactory, how: str, found: str) -> None:
    assert at_once(tmp_path_factory, how) == found


def test_control_without_the_lock_the_database_itself_holds_one_report_for_a_day(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """On SQLite the write lock, taken before anything is read, keeps the second one out by itself."""
    both = "BrokenBarrierError, BrokenBarrierError; members 0, reports 0"
    one = "IntegrityError, given; members 0, reports 1"
    assert at_once(tmp_path_factory, "unlocked").startswith(one if IS_POSTGRES else both)


def test_no_story_is_public_that_a_partner_took_back(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever comes first: the no keeps it back, or comes too late and is told so."""
    found = at_once(tmp_path_factory, "story").replace("members 0, reports 0, mails 0; ", "")
    assert found in ("published, refused; story released", "refused, taken back; achieved refused")
