"""Changes of several people put together."""

from itertools import combinations

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from mitwerk.algorithms.tests.textdiff_texts import JUNK, changes, dispute, text_of, versions
from mitwerk.algorithms.textdiff import (
    Conflict,
    Edit,
    Merged,
    apply,
    collide,
    edits,
    groups,
    merge,
    merge_all,
    merging,
    words,
)

BASE = "Wir fördern die Kultur der Region und bilden junge Menschen aus."
ART = BASE.replace("Kultur", "Kunst")


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        (BASE, BASE, BASE),
        (
            "Wir stärken die Kultur der Region und bilden junge Menschen aus.",
            "Wir fördern die Kultur der Region und bilden alle Menschen aus.",
            "Wir stärken die Kultur der Region und bilden alle Menschen aus.",
        ),
        (BASE + " Auch in Halle.", "Gemeinsam: " + BASE, "Gemeinsam: " + BASE + " Auch in Halle."),
        (BASE + " Gern.", BASE.replace("junge ", ""), BASE.replace("junge ", "") + " Gern."),
        (BASE.replace("die ", ""), BASE.replace("die ", ""), BASE.replace("die ", "")),
        (BASE.replace("und bilden", "und\n\nbilden"), ART, ART.replace("und bilden", "und\n\nbilden")),
    ],
)
def test_changes_in_different_places_are_put_together(ours: str, theirs: str, expected: str):
    assert merge(BASE, ours, theirs) == merge(BASE, theirs, ours) == Merged(expected, ())
    assert not collide(BASE, ours, theirs)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "text", "conflict"),
    [
        ("a b c", "a x c", "a y c", "a x c", Conflict("b ", "x ", "y ")),
        ("a b c d", "a x c d", "a b y d", "a x c d", Conflict("b c ", "x c ", "b y ")),
        ("a b", "a x b", "a y b", "a x b", Conflict("", "x ", "y ")),
        ("a b c d", "a d", "a b x c d", "a d", Conflict("b c ", "", "b x c ")),
        ("x a b c.", "x a Q c.", "x a.", "x a Q c.", Conflict("b c", "Q c", "")),
        ("Ziel.", "Ziel. Eins.", "Ziel. Zwei.", "Ziel. Eins.", Conflict("", "Eins.", "Zwei.")),
        ("💡 שלום", "🎯 שלום", "🔥 שלום", "🎯 שלום", Conflict("💡 ", "🎯 ", "🔥 ")),
    ],
)
def test_changes_that_touch_are_a_conflict(base: str, ours: str, theirs: str, text: str, conflict: Conflict):
    assert merge(base, ours, theirs) == Merged(text, (conflict,))
    assert merge(base, theirs, ours).conflicts == (Conflict(conflict.base, conflict.theirs, conflict.ours),)
    assert collide(base, ours, theirs)


def test_the_white_space_around_a_change_is_that_of_its_side():
    assert merge("a , b", "a, b", "a x , b") == merge("a , b", "a x , b", "a, b") == Merged("a x , b", ())
    assert merge("a b. c d.", "a b.", "x b. c d.") == Merged("x b.", ())
    assert merge("a b", "a\nb", "a  b").text == "a\nb"


def test_beside_a_conflict_the_rest_is_put_together():
    assert merge("a b c d e f g", "a x c d e f g", "a y c d e z g") == Merged(
        "a x c d e z g", (Conflict("b ", "x ", "y "),)
    )


@given(JUNK, JUNK)
def test_one_who_changed_nothing_takes_nothing_away(base: str, text: str):
    assert merge(base, text, base) == merge(base, base, text) == merge(base, text, text) == Merged(text, ())


def one_after_the_other(base: str, first: list[Edit], second: list[Edit]) -> str:
    """All of the first, then of the second what the first has not done, moved by what the first put in before it."""
    moved = []
    for edit in second:
        by = sum(len(one.new) - len(one.old) for one in first if one.end < edit.start)
        if edit not in first:
            moved.append(edit._replace(start=edit.start + by, end=edit.end + by))
    return apply(apply(base, first), moved)


def is_both(base: str, ours: str, theirs: str) -> bool:
    """Whether a merge is what it should be: a conflict where edits dispute, the edits of both elsewhere."""
    merged = merge(base, ours, theirs)
    if dispute(base, ours, theirs):
        return bool(merged.conflicts) == collide(base, ours, theirs)
    mine, other = edits(base, ours), edits(base, theirs)
    both = {one_after_the_other(base, mine, other), one_after_the_other(base, other, mine)}
    return {merged.text} == both and not merged.conflicts and not collide(base, ours, theirs)


@given(versions())
def test_what_does_not_touch_is_the_same_in_either_order(three: tuple[str, str, str]):
    assert is_both(*three)


@given(versions())
def test_a_merge_is_the_same_from_both_sides(three: tuple[str, str, str]):
    base, ours, theirs = three
    one, other = merge(base, ours, theirs), merge(base, theirs, ours)
    assert [(each.base, each.theirs, each.ours) for each in one.conflicts] == list(other.conflicts)
    assert one.conflicts or one.text == other.text


@given(versions())
def test_what_touches_is_a_conflict_unless_both_say_the_same(three: tuple[str, str, str]):
    base, ours, theirs = three
    merged = merge(base, ours, theirs)
    assert all(words(one.ours) != words(one.theirs) for one in merged.conflicts)
    assert bool(merged.conflicts) == collide(base, ours, theirs)
    assert dispute(base, ours, theirs) or not merged.conflicts
    if dispute(base, ours, theirs) and not merged.conflicts:
        # The same change, read in two ways: together they say no more than either of them there.
        assert merge(base, merged.text, ours).conflicts == merge(base, merged.text, theirs).conflicts == ()


def without_touching(ours: list[Edit], theirs: list[Edit]) -> list[merging.Stretch]:
    """Every edit by itself, but for those in the same place."""
    places = sorted({edit[:2] for edit in [*ours, *theirs]})
    sides = ([[edit for edit in side if edit[:2] == place] for side in (ours, theirs)] for place in places)
    return [merging.Stretch(*place, *side) for place, side in zip(places, sides, strict=True)]


def test_control_a_merge_without_the_rule_of_touching_is_wrong(monkeypatch: pytest.MonkeyPatch):
    example = ("a b c d", "a x c d", "a b y d")
    assert merge(*example).conflicts == (Conflict("b c ", "x c ", "b y "),)
    monkeypatch.setattr(merging, "_stretches", without_touching)
    assert merge(*example) == Merged("a x y d", ())
    assert find(versions(), lambda three: dispute(*three) and not merge(*three).conflicts)


def test_groups_and_all_together():
    suggested = {
        "one": "Wir stärken die Kultur der Region und bilden junge Menschen aus.",
        "two": "Wir fördern die Kultur der Region und bilden alle Menschen aus.",
        "same as one": "Wir stärken die Kultur der Region und bilden junge Menschen aus.",
        "end": BASE + " Gern.",
        "against two": "Wir fördern die Kultur der Region und bilden Menschen aus.",
        "beside one": "Wir alle fördern die Kultur der Region und bilden junge Menschen aus.",
        "nothing": BASE,
        "only white space": BASE + "\n",
    }
    assert groups(BASE, suggested) == [
        ("one", "same as one", "beside one"),
        ("two", "against two"),
        ("end",),
        ("nothing", "only white space"),
    ]
    assert merge_all(BASE, suggested) == (
        "Wir stärken die Kultur der Region und bilden alle Menschen aus. Gern.",
        (("two", "against two"), ("one", "beside one")),
    )
    assert groups(BASE, {}) == []
    assert merge_all(BASE, {}) == (BASE, ())


def test_groups_hang_together_through_others():
    assert groups("a b c d e", {"1": "x b c d e", "2": "a b c d y", "3": "a x d e", "4": "a b c y e"}) == [
        ("1", "2", "3", "4")
    ]


def test_one_that_is_left_out_may_collide_with_several():
    suggested = {"1": "x b c d e", "2": "a b c d y", "3": "a b z d e", "4": "q q q q q"}
    assert merge_all("a b c d e", suggested) == ("x b z d y", (("1", "4"), ("3", "4"), ("2", "4")))


SUGGESTED = st.dictionaries(st.sampled_from("nmlkji"), st.integers(0, 4), max_size=6)


@st.composite
def several(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    said = tuple(draw(st.lists(st.sampled_from("abcd"), max_size=14)))
    texts = [text_of(draw(changes(said))) for _number in range(5)]
    return text_of(said), {name: texts[number] for name, number in draw(SUGGESTED).items()}


@given(several())
def test_groups_are_those_of_comparing_all_pairs(given_: tuple[str, dict[str, str]]):
    base, suggested = given_
    found = {name: {name} for name in suggested}
    for one, other in combinations(suggested, 2):
        mine, theirs = edits(base, suggested[one]), edits(base, suggested[other])
        near = any(a.start <= b.end and b.start <= a.end for a in mine for b in theirs)
        if near or suggested[one] == suggested[other]:
            joined = found[one] | found[other]
            found |= dict.fromkeys(joined, joined)
    expected = list(dict.fromkeys(tuple(name for name in suggested if name in found[each]) for each in suggested))
    assert groups(base, suggested) == expected


@given(several())
def test_all_together_are_the_edits_of_those_that_were_taken(given_: tuple[str, dict[str, str]]):
    base, suggested = given_
    text, refused = merge_all(base, suggested)
    out = {later for _earlier, later in refused}
    taken = [name for name in suggested if name not in out]
    order = list(suggested)
    assert all(order.index(earlier) < order.index(later) and earlier in taken for earlier, later in refused)
    assert all(dispute(base, suggested[one], suggested[other]) for one, other in refused)
    if not any(dispute(base, suggested[one], suggested[other]) for one, other in combinations(taken, 2)):
        assert text == apply(base, list({edit for name in taken for edit in edits(base, suggested[name])}))
