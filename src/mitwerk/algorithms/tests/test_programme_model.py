"""Times, days and texts of a programme."""

import datetime as dt

import pytest
from hypothesis import given

from mitwerk.algorithms.programme.model import Said, Span, Texts, best, in_utc, said, timed
from mitwerk.algorithms.tests.programme_samples import BERLIN, DAY, FULL, TEXTS, at, item, programme, span

BACK = dt.date(2026, 10, 25)
"""The clocks are put back at three."""


def night(clock: str, fold: int = 0) -> dt.datetime:
    return dt.datetime.combine(BACK, dt.time.fromisoformat(clock), BERLIN).replace(fold=fold)


def test_a_span_is_kept_in_utc():
    found = span("09:00", "10:00")
    assert (found.start, found.end) == (in_utc(at("09:00")), in_utc(at("10:00")))
    assert (found.start.tzinfo, found.end.tzinfo) == (dt.UTC, dt.UTC)
    assert found == Span(in_utc(at("09:00")), in_utc(at("10:00")))


def test_the_hour_that_comes_twice():
    found = Span(night("02:30"), night("02:10", fold=1))
    assert found.end - found.start == dt.timedelta(minutes=40)
    assert (night("02:30") < night("02:10", fold=1)) is False  # control: Python goes by the clock


@pytest.mark.parametrize(
    ("start", "end", "told"),
    [
        (dt.datetime(2027, 5, 11, 9), at("10:00"), "no time zone"),
        (at("09:00"), dt.datetime(2027, 5, 11, 10), "no time zone"),
        (at("09:00"), at("09:00"), "is not after"),
        (at("09:00"), at("08:59"), "is not after"),
    ],
)
def test_times_that_make_no_span_are_refused(start: dt.datetime, end: dt.datetime, told: str):
    with pytest.raises(ValueError, match=told):
        Span(start, end)


def test_control_the_shortest_span_is_one():
    assert Span(at("09:00"), at("09:01")).end == in_utc(at("09:01"))


@pytest.mark.parametrize(
    ("clock", "day", "is_of"),
    [("03:59", 1, 0), ("04:00", 1, 1), ("23:59", 1, 1), ("00:00", 1, 0), ("12:00", 0, 0)],
)
def test_a_day_ends_at_the_day_change(clock: str, day: int, is_of: int):
    assert FULL.day_of(at(clock, day)) == DAY + dt.timedelta(days=is_of)
    assert FULL.day_of(at(clock, day).astimezone(dt.UTC)) == DAY + dt.timedelta(days=is_of)


def test_without_a_day_change_it_is_midnight():
    found = programme(day_change=dt.time())
    assert (found.day_of(at("23:59")), found.day_of(at("00:00", 1))) == (DAY, DAY + dt.timedelta(days=1))


def test_a_time_without_a_zone_is_of_no_day():
    with pytest.raises(ValueError, match="no time zone"):
        FULL.day_of(dt.datetime(2027, 5, 11, 9))


@pytest.mark.parametrize(
    ("texts", "language", "found"),
    [
        ({"de": "Saal", "en": "Hall"}, "en", Said("en", "Hall")),
        ({"de": "Saal", "en": " \n"}, "en", Said("de", "Saal")),
        ({"de": "Saal"}, "en", Said("de", "Saal")),
        ({"fr": "", "de": "Saal", "en": "Hall"}, "fr", Said("de", "Saal")),
        ({"de": " "}, "en", Said("en", "")),
        ({}, "en", Said("en", "")),
    ],
)
def test_the_best_text(texts: Texts, language: str, found: Said):
    assert best(texts, language) == found


@given(TEXTS)
def test_the_best_text_says_something_if_any_does(texts: Texts):
    assert bool(best(texts, "de").text) == bool(said(texts))
    assert best(said(texts), "de") == best(texts, "de")


def test_what_takes_place_in_order_of_time():
    late, twin, early = item("b", "10:00-12:00"), item("c", "09:00-11:00"), item("a", "09:00-11:00")
    short, gone, sometime = item("d", "09:00-10:00"), item("e", "08:00-09:00", is_cancelled=True), item("f")
    found = timed((late, twin, early, short, gone, sometime))
    assert [one.item.key for one in found] == ["d", "a", "c", "b"]
    assert found[0].span == span("09:00", "10:00")
