"""Codes and times as doors tell them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.arrivals import believed_time, guest_key, read_code

OPENED = dt.datetime(2026, 10, 24, 6, tzinfo=dt.UTC)
NOW = dt.datetime(2026, 10, 25, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize("typed", ["ab2c9xyz7k", "AB2C9XYZ7K\r\n", " ab2c 9xyz-7k "])
def test_a_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_code(typed) == "ab2c9xyz7k"


def test_a_key_is_another_one_on_each_device() -> None:
    assert guest_key("left", "ab2c9xyz7k") == "e6df274af27a98578b0f784dab3ce3cf"
    assert guest_key("left", "ab2c9xyz7k") != guest_key("right", "ab2c9xyz7k")


@pytest.mark.parametrize(
    ("told", "believed"),
    [
        ("2026-10-25T02:30:00+02:00", dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC)),
        ("2026-10-25T02:30:00+01:00", dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC)),
        ("2026-10-25T08:00:00.000Z", dt.datetime(2026, 10, 25, 8, tzinfo=dt.UTC)),
        ("2027-01-01T00:00:00Z", NOW),
        ("1970-01-01T00:00:00Z", OPENED),
        ("2026-10-25T08:00:00", NOW),
        ("soon", NOW),
        ("", NOW),
    ],
)
def test_the_time_of_a_device_is_believed_within_reason(told: str, believed: dt.datetime) -> None:
    """The hour that the clock goes through twice is told apart by its offset."""
    assert believed_time(told, "", OPENED, NOW) == believed


def test_a_clock_that_is_wrong_by_a_constant_does_no_harm() -> None:
    """It is an hour slow; what it read 20 minutes ago was 20 minutes ago."""
    believed = believed_time("2026-10-25T08:40:00Z", "2026-10-25T09:00:00Z", OPENED, NOW)
    assert believed == NOW - dt.timedelta(minutes=20)


@given(st.text(), st.text())
def test_whatever_a_device_tells_it_lies_between(told: str, clock: str) -> None:
    assert OPENED <= believed_time(told, clock, OPENED, NOW) <= NOW


OFFSETS = st.builds(dt.timezone, st.timedeltas(dt.timedelta(hours=-14), dt.timedelta(hours=14)))


@given(st.datetimes(timezones=OFFSETS), st.datetimes(timezones=OFFSETS))
def test_whatever_time_a_device_tells_it_lies_between(told: dt.datetime, clock: dt.datetime) -> None:
    assert OPENED <= believed_time(told.isoformat(), clock.isoformat(), OPENED, NOW) <= NOW
