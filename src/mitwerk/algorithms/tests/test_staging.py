"""What waits is laid over what stands: nothing of either side is lost that the other did not touch."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.staging import changed_names, lay_over

TEXTS = st.sampled_from(["", "a", "b", "c"])
FIELDS = st.fixed_dictionaries({"name": TEXTS, "town": TEXTS})
IDS = st.lists(st.integers(1, 6), unique=True, max_size=4)


def rows(ids: list[int], new: int, draw: st.DataObject) -> list[dict[str, Any]]:
    known: list[dict[str, Any]] = [{"id": pk, "text": draw.draw(TEXTS)} for pk in ids]
    return known + [{"id": None, "text": f"new {n}"} for n in range(new)]


def content(draw: st.DataObject, new: int = 0) -> dict[str, Any]:
    return {**draw.draw(FIELDS), "contacts": rows(draw.draw(IDS), new, draw)}


def by_id(found: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {row["id"]: row for row in found}


@given(st.data())
def test_where_nobody_else_wrote_it_is_as_i_wrote_it(draw: st.DataObject) -> None:
    base = content(draw)
    known = [row["id"] for row in base["contacts"]]
    kept = draw.draw(st.lists(st.sampled_from(known), unique=True)) if known else []
    mine = {**draw.draw(FIELDS), "contacts": rows(kept, draw.draw(st.integers(0, 2)), draw)}
    laid = lay_over(base, mine, base)
    assert laid.content == mine
    assert laid.conflicts == frozenset()


@given(st.data())
def test_what_i_left_alone_follows_the_record(draw: st.DataObject) -> None:
    base, theirs = content(draw), content(draw)
    laid = lay_over(base, base, theirs)
    assert laid.content == theirs
    assert laid.conflicts == frozenset()


@given(st.data())
def test_what_only_one_side_changed_is_as_that_side_wants_it(draw: st.DataObject) -> None:
    base, mine, theirs = content(draw), content(draw), content(draw)
    laid = lay_over(base, mine, theirs)
    for name in ("name", "town"):
        if mine[name] != base[name]:
            assert laid.content[name] == mine[name]
            assert (name in laid.conflicts) == (theirs[name] not in (base[name], mine[name]))
        else:
            assert laid.content[name] == theirs[name]
    came = set(by_id(theirs["contacts"])) - set(by_id(base["contacts"]))
    if mine["contacts"] != base["contacts"]:
        assert came <= set(by_id(laid.content["contacts"])), "a row that the other side added is never lost"


def test_rows_that_both_changed_are_named() -> None:
    base = {"contacts": [{"id": 1, "text": "a"}, {"id": 2, "text": "b"}, {"id": 3, "text": "c"}]}
    mine = {"contacts": [{"id": 1, "text": "mine"}, {"id": 3, "text": "mine"}]}
    theirs = {"contacts": [{"id": 1, "text": "theirs"}, {"id": 2, "text": "theirs"}]}
    laid = lay_over(base, mine, theirs)
    assert laid.content == {"contacts": [{"id": 1, "text": "mine"}, {"id": None, "text": "mine"}]}
    assert laid.conflicts == {"contacts/1", "contacts/2"}


def test_what_changed_is_named_in_order() -> None:
    assert changed_names({"a": 1, "b": 2, "c": 3}, {"c": 4, "b": 2, "a": 5}) == ["c", "a"]
