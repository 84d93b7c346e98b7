"""Suggestions moved over to a new wording."""

import pytest
from hypothesis import find, given

from mitwerk.algorithms.tests.textdiff_texts import JUNK, dispute, versions
from mitwerk.algorithms.textdiff import Carried, Edit, carry, carrying, collide, edits, merge, words

BASE = "Wir fördern die Kultur der Region und bilden junge Menschen aus."
ART = "Wir fördern die Kunst der Region und bilden junge Menschen aus."
ALL = "Wir fördern die Kultur der Region und bilden alle Menschen aus."


@pytest.mark.parametrize(
    ("base", "suggested", "now", "expected"),
    [
        (BASE, ART, BASE, Carried(ART, "")),
        (BASE, ART, ALL, Carried("Wir fördern die Kunst der Region und bilden alle Menschen aus.", "")),
        (BASE, ART, "Neu: " + ALL, Carried("Neu: Wir fördern die Kunst der Region und bilden alle Menschen aus.", "")),
        (BASE, ART, BASE.replace("fördern", "stärken"), Carried(ART.replace("fördern", "stärken"), "")),
        (BASE, ART, BASE.replace("Region", "Stadt"), Carried(ART.replace("Region", "Stadt"), "")),
        (BASE, BASE + " Gern.", ALL, Carried(ALL + " Gern.", "")),
        (BASE, ART, BASE.replace("und bilden", "und\nbilden"), Carried(ART.replace("und bilden", "und\nbilden"), "")),
        (BASE, ART, ART, Carried("", "there")),
        (BASE, ART, ART + " Gern.", Carried("", "there")),
        (BASE, BASE, ALL, Carried("", "there")),
        (BASE, BASE + "\n", ALL, Carried("", "there")),
        (BASE, ART, BASE.replace("Kultur", "Musik"), Carried("", "changed", "Kultur")),
        (BASE, ART, BASE.replace("die ", "jede "), Carried("", "changed", "die")),
        (BASE, ART, BASE.replace("Kultur ", "Kultur in "), Carried("", "changed", "die Kultur der")),
        (BASE, ART, "Ganz anders.", Carried("", "changed", "die Kultur der")),
        (BASE, ART, "", Carried("", "changed", "die Kultur der")),
        (BASE, BASE + " Gern.", BASE.replace(" aus.", "."), Carried("", "changed", "aus")),
        (BASE, BASE + " Gern.", BASE + " Immer.", Carried("", "changed", "aus.")),
        ("", "Eins", "", Carried("Eins", "")),
        ("", "Eins", "Zwei", Carried("", "changed")),
        ("💡 שלום, e\u0301!", "🎯 שלום, e\u0301!", "💡 שלום, e\u0301?", Carried("🎯 שלום, e\u0301?", "")),
    ],
)
def test_moved_or_refused(base: str, suggested: str, now: str, expected: Carried):
    assert carry(base, suggested, now) == expected


def test_the_same_change_that_is_read_in_two_ways_is_there():
    three = ("c b a a c a b b c , ", "c a c a b b c , ", ", c a c c c ")
    assert is_read_in_two_ways(*three)
    assert carry(*three) == Carried("", "there")


def test_a_suggestion_in_several_places_is_moved_as_a_whole():
    both = ART.replace("junge", "alle")
    assert carry(BASE, both, ALL) == Carried(both, "")
    assert carry(BASE, both, ART + " Gern.") == Carried(both + " Gern.", "")
    other = BASE.replace("junge", "manche")
    assert carry(BASE, both, other) == Carried("", "changed", "junge")
    lost = "Wir fördern die Musik der Region und bilden manche Menschen aus."
    assert carry(BASE, both, lost) == Carried("", "changed", "Kultur … junge")


TWICE = "Wir tragen vor. Wir hören zu. Wir tragen vor."
SECOND = "Wir tragen vor. Wir hören zu. Wir singen vor."


def test_a_phrase_that_occurs_twice_is_changed_where_it_was_meant():
    now = "Neu ist: Wir tragen vor. Wir hören zu. Wir tragen vor."
    assert carry(TWICE, SECOND, now).text == "Neu ist: Wir tragen vor. Wir hören zu. Wir singen vor."
    assert carry(TWICE, SECOND, "Wir tragen vor. Wir hören zu.") == Carried("", "changed", "Wir tragen vor")
    assert carry(TWICE, SECOND, "Wir tragen vor. Wir hören zu. Wir reisen.").reason == "changed"


def needed(base: list[str], edit: Edit) -> list[int]:
    """The words an edit needs, by walking outwards to the first word on each side; -1 and len(base) are the edges."""
    start, end = edit.start - 1, edit.end
    while start >= 0 and base[start] == ", ":
        start -= 1
    while end < len(base) and base[end] == ", ":
        end += 1
    return list(range(start, end + 1))


def by_walking(base: str, suggested: str, now: str, *, is_guarded: bool = True) -> str:
    """What carrying should come to, the slow way: the text, or the reason. Spaces must follow all words."""
    before, text, done = words(base), ["", *words(now), ""], edits(base, now)
    origin: list[int | None] = [*range(-1, len(before) + 1)]
    for edit in reversed(done):
        origin[edit.start + 1 : edit.end + 1] = [None] * len(edit.new)
    missing = [edit for edit in edits(base, suggested) if edit not in done]
    for edit in reversed(missing):
        places = needed(before, edit)
        at = origin.index(places[0]) if places[0] in origin else 0
        if is_guarded and origin[at : at + len(places)] != places:
            return "changed"
        at += edit.start - places[0]
        text[at : at + len(edit.old)] = edit.new
    return "".join(text) if missing else "there"


def is_read_in_two_ways(base: str, suggested: str, now: str) -> bool:
    """Once in many thousands both made the same of "b a a", one without "b a", one without "b" and the last "a"."""
    return dispute(base, suggested, now) and not collide(base, suggested, now)


@given(versions())
def test_it_never_goes_to_other_words(three: tuple[str, str, str]):
    carried = carry(*three)
    assert (carried.text if not carried.reason else carried.reason) == by_walking(*three) or is_read_in_two_ways(*three)


@given(versions())
def test_what_was_moved_is_what_a_merge_says(three: tuple[str, str, str]):
    base, suggested, now = three
    carried = carry(base, suggested, now)
    if not carried.reason:
        assert merge(base, now, suggested) == merge(base, suggested, now) == (carried.text, ())
    else:
        assert carried.text == ""


@given(versions())
def test_where_none_of_its_words_were_kept_it_is_refused(three: tuple[str, str, str]):
    base, suggested, now = three
    kept = set(range(len(words(base)))).difference(*(range(edit.start, edit.end) for edit in edits(base, now)))
    if any(edit.old and kept.isdisjoint(range(edit.start, edit.end)) for edit in edits(base, suggested)):
        is_there = set(edits(base, suggested)) & set(edits(base, now)) or is_read_in_two_ways(*three)
        assert carry(base, suggested, now).reason or is_there


@given(JUNK, JUNK)
def test_nothing_new_and_nothing_suggested(base: str, text: str):
    assert carry(base, text, base) in (Carried(text, ""), Carried("", "there"))
    assert carry(base, text, text) == carry(base, base, text) == Carried("", "there")


def by_replacing(base: str, suggested: str, now: str) -> str:
    """What not to do: looks for the words, wherever they are."""
    for edit in edits(base, suggested):
        now = now.replace("".join(edit.old), "".join(edit.new), 1)
    return now


def test_control_a_suggestion_that_looks_for_its_words_goes_astray():
    example = ("a b a ", "a b x ", "c a b a ")
    assert (carry(*example).text, by_replacing(*example)) == ("c a b x ", "c x b a ")
    assert find(versions(), lambda three: not carry(*three).reason and by_replacing(*three) != carry(*three).text)


def test_control_without_the_guard_a_suggestion_goes_to_other_words():
    assert find(versions(), lambda three: by_walking(*three) == "changed" != by_walking(*three, is_guarded=False))


def test_control_a_merge_alone_would_move_more(monkeypatch: pytest.MonkeyPatch):
    example = ("Kultur , neu ", "Kultur , ganz neu ", "Sport , neu ")
    assert (merge(*example).text, carry(*example).reason) == ("Sport , ganz neu ", "changed")
    monkeypatch.setattr(carrying, "_lost", lambda before, wanted, done: iter(()))
    assert find(versions(), lambda three: by_walking(*three) == "changed" and not carry(*three).reason)
