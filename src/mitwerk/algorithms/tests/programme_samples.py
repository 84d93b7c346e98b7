"""A made-up programme for the tests of `algorithms.programme`, and strategies for others."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from hypothesis import Phase, find, settings
from hypothesis import strategies as st

from mitwerk.algorithms.programme.model import Item, Link, Programme, Room, Span, Speaker

Value = TypeVar("Value")
BERLIN = ZoneInfo("Europe/Berlin")
DAY = dt.date(2027, 5, 11)
ANNA, BODO = Speaker("anna", "Anna A."), Speaker("bodo", "Bodo B.")
ROOMS = (
    Room("hall", {"de": "Großer Saal", "en": "Great hall"}, 200),
    Room("yard", {"de": "Hof"}, 20),
    Room("attic", {}),
)


def at(clock: str, day: int = 0) -> dt.datetime:
    """A time of the first day in Berlin, or of one after it."""
    return dt.datetime.combine(DAY + dt.timedelta(days=day), dt.time.fromisoformat(clock), BERLIN)


def span(start: str, end: str, day: int = 0) -> Span:
    """`span("09:00", "10:00")`; an end that is not after the start is on the next day."""
    return Span(at(start, day), at(end, day + (end <= start)))


def item(key: str, times: str = "", **more: Any) -> Item:
    """`item("a", "09:00-10:00")`, complete in both languages."""
    texts = {"titles": {"de": "Titel", "en": "Title"}, "abstracts": {"de": "Text", "en": "Text"}}
    return Item(**{"key": key, "kind": "talk", **texts, "span": span(*times.split("-")) if times else None, **more})


def programme(*items: Item, **more: Any) -> Programme:
    return Programme(
        **{
            "slug": "it-kongress-2027",
            "titles": {"de": "IT-Kongress", "en": "IT congress"},
            "url": "https://it.example/kongress",
            "zone": BERLIN,
            "first": DAY,
            "last": DAY + dt.timedelta(days=1),
            "rooms": ROOMS,
            "tracks": {"ki": {"de": "KI & Daten", "en": "AI & data"}, "energy": {"de": "Energie"}},
            "items": items,
            "version": "1.2",
            "released": dt.datetime(2027, 4, 1, 12, tzinfo=dt.UTC),
            "licence": "CC BY 4.0",
            **more,
        }
    )


FULL = programme(
    item(
        "k7m2p9",
        "09:00-10:30",
        titles={"de": "KI im <Mittelstand>", "en": "AI & companies"},
        abstracts={"de": "Erste Zeile\r\nzweite\x0b Zeile", "en": ""},
        track="ki",
        room="hall",
        speakers=(ANNA, BODO),
        organisations=("Werk GmbH", "Uni"),
        language="de",
        url="https://it.example/kongress/k7m2p9",
        links=(Link("https://it.example/folien.pdf", "Folien"), Link("javascript:alert(1)", "nein")),
        is_recorded=True,
    ),
    item("x4t8w3", room="yard"),
    item("c5d6f7", "11:00-12:00", room="hall", is_cancelled=True),
    item("n3q8r5", span=span("01:15", "01:45", 1), titles={"en": "Late"}, abstracts={}, room="yard"),
    item("z9v4h2", "10:30-11:00", room=None),
    item("b6g3j8", span=span("10:00", "12:00", 1), kind="workshop", room="attic", speakers=(ANNA,), track="energy"),
)
"""On both days: one item with everything, one after midnight, one with little; and three that no app is told of."""

TEXT = st.text(st.sampled_from("aB ü&<\"'\r\n\t\x00\x0b\x1f\x85\ud800\ufffe\uffff👋"), max_size=8)
TEXTS = st.dictionaries(st.sampled_from(["de", "en", "fr"]), TEXT, max_size=3)
MINUTES = st.integers(0, 12).map(lambda number: number * 20)
"""Few, so that much meets."""


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = at("22:00") + dt.timedelta(minutes=draw(MINUTES))
    return Span(start, start + dt.timedelta(minutes=20 + draw(MINUTES)))


@st.composite
def items_named(draw: st.DrawFn, keys: Sequence[str]) -> tuple[Item, ...]:
    """An item for each of the keys."""
    people = st.lists(st.sampled_from([ANNA, BODO, Speaker("cleo", "C\x00")]), max_size=2, unique=True).map(tuple)
    made = st.builds(
        Item,
        key=st.just(""),
        kind=st.just("talk"),
        titles=TEXTS,
        abstracts=TEXTS,
        track=st.sampled_from([None, "ki", "energy"]),
        room=st.sampled_from([None, "hall", "yard", "attic"]),
        span=st.none() | spans(),
        speakers=people,
        organisations=st.lists(TEXT, max_size=2).map(tuple),
        seats=st.none() | st.integers(0, 300),
        available=st.lists(spans(), max_size=2).map(tuple),
        url=TEXT.map(lambda text: f"https://{text}") | TEXT,
        links=st.lists(st.builds(Link, TEXT.map(lambda text: f"http://{text}") | TEXT, TEXT), max_size=2).map(tuple),
        is_recorded=st.booleans(),
        is_cancelled=st.sampled_from([False, False, True]),
    )
    return tuple(Item(**{**vars(draw(made)), "key": key}) for key in keys)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
ITEMS = KEYS.flatmap(items_named)
PROGRAMMES = st.builds(lambda items, texts: programme(*items, titles=texts), ITEMS, TEXTS)


def any_of(values: st.SearchStrategy[Value], condition: Callable[[Value], bool]) -> Value:
    """The first that fulfils the condition. Making it small, as `find` does, would take most of the time."""
    return find(values, condition, settings=settings(phases=[Phase.generate], max_examples=2000))
