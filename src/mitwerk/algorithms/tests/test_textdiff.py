"""Texts word by word: tokens, what changed for readers, and the edits of it."""

import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from mitwerk.algorithms.tests.textdiff_texts import JUNK, SAID, longest, text_of
from mitwerk.algorithms.textdiff import Edit, Part, apply, comparing, diff, edits, tokens, words

TEXTS = st.one_of(JUNK, st.text(max_size=20))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("  ", ["  "]),
        (" Ziel", [" ", "Ziel"]),
        ("Ziel.", ["Ziel", "."]),
        ("Ziel,\n\nund", ["Ziel", ",\n\n", "und"]),
        ("„Ziel“ (neu)!", ["„", "Ziel", "“ ", "(", "neu", ")", "!"]),
        ("Der IT-Cluster, z.B. in Halle", ["Der ", "IT-Cluster", ", ", "z.B. ", "in ", "Halle"]),
        ("der e.V., i.e. all", ["der ", "e.V.", ", ", "i.e. ", "all"]),
        ("Forschungs- und -entwicklung", ["Forschungs- ", "und ", "-entwicklung"]),
        ("24.000 auf mitwerk.de.", ["24.000 ", "auf ", "mitwerk.de", "."]),
        ("Bürger:innen, Bürger*innen", ["Bürger:innen", ", ", "Bürger*innen"]),
        ("(Bürger(innen)) der (Landes-)Hauptstadt", ["(", "Bürger(innen)", ") ", "der ", "(Landes-)Hauptstadt"]),
        ("2025–2027 – 20 %", ["2025–2027 ", "– ", "20 ", "%"]),
        ("don't ... stop", ["don't ", ".", ".", ". ", "stop"]),
        ("👩\u200d👩\u200d👧, 👋🏽!", ["👩\u200d👩\u200d👧", ", ", "👋🏽", "!"]),
        ("#\ufe0f\u20e3 🇩🇪.", ["#\ufe0f\u20e3 ", "🇩🇪", "."]),
        ("Cafe\u0301.", ["Cafe\u0301", "."]),
        ("שלום, עולם.", ["שלום", ", ", "עולם", "."]),
        ("a\u200d. b", ["a\u200d. ", "b"]),
        ("a\u200bb \u200fc", ["a\u200bb ", "\u200fc"]),
    ],
)
def test_words(text: str, expected: list[str]):
    assert words(text) == expected


def breaks(split: Callable[[str], list[str]], text: str) -> bool:
    """Whether a token parts a sign from what is joined to it."""
    found = split(text)
    for one, other in pairwise(found):
        if not one[-1].isspace() and (one[-1] == "\u200d" or unicodedata.category(other[0])[0] == "M"):
            return True
    return False


@given(TEXTS)
def test_words_lose_nothing_and_break_nothing(text: str):
    assert "".join(words(text)) == text
    assert "" not in words(text)
    assert not breaks(words, text)


def test_control_signs_that_are_looked_at_alone_are_broken(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tokens, "_stands_alone", lambda core, at: unicodedata.category(core[at])[0] == "P")
    assert find(TEXTS, lambda text: breaks(words, text))


def test_what_changed():
    assert diff("Baut Software für Mühlen.", "Baut gute Software für Bäcker.") == [
        Part("same", "Baut "),
        Part("new", "gute "),
        Part("same", "Software für "),
        Part("gone", "Mühlen"),
        Part("new", "Bäcker"),
        Part("same", "."),
    ]


def test_words_that_stayed_are_the_same_at_the_end_of_a_text():
    assert diff("Büro in Leipzig.", "Büro in Leipzig. Neu.") == [Part("same", "Büro in Leipzig."), Part("new", " Neu.")]
    assert diff("Büro in Leipzig. Neu.", "Büro in Leipzig.") == [
        Part("same", "Büro in Leipzig."),
        Part("gone", " Neu."),
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", []),
        ("", "Neu", [Part("new", "Neu")]),
        ("Ziel", "Ziel", [Part("same", "Ziel")]),
        ("Ziel.", "Ziel,", [Part("same", "Ziel"), Part("gone", "."), Part("new", ",")]),
        ("a  b", "a b", [Part("same", "a "), Part("gone", " "), Part("same", "b")]),
        ("a\r\nb", "a\nb", [Part("same", "a"), Part("gone", "\r\n"), Part("new", "\n"), Part("same", "b")]),
        (
            "👩\u200d👧 da",
            "👩\u200d👦 da",
            [Part("gone", "👩\u200d👧 "), Part("new", "👩\u200d👦 "), Part("same", "da")],
        ),
        ("שלום עולם", "שלום לכולם", [Part("same", "שלום "), Part("gone", "עולם"), Part("new", "לכולם")]),
        ("Cafe\u0301", "Cafe", [Part("gone", "Cafe\u0301"), Part("new", "Cafe")]),
    ],
)
def test_small_differences(before: str, after: str, expected: list[Part]):
    assert diff(before, after) == expected


def test_a_rewritten_sentence_does_not_fall_into_crumbs():
    assert diff("Wir wollen die Region und die Kultur fördern.", "Wir möchten das Land und den Sport stärken.") == [
        Part("same", "Wir "),
        Part("gone", "wollen die Region und die Kultur fördern"),
        Part("new", "möchten das Land und den Sport stärken"),
        Part("same", "."),
    ]


def test_what_is_only_put_in_or_ends_a_line_is_no_crumb():
    assert diff("wir und ihr", "heute wir alle und auch ihr") == [
        Part("new", "heute "),
        Part("same", "wir "),
        Part("new", "alle "),
        Part("same", "und "),
        Part("new", "auch "),
        Part("same", "ihr"),
    ]
    kinds = [part.kind for part in diff("Kultur und\nSport", "Kunst und\nSpiel")]
    assert kinds == ["gone", "new", "same", "gone", "new"]


def test_a_long_text_is_compared_as_a_whole(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(comparing, "MOST_WORDS", 3)
    assert diff("a b c d e f", "a x c y z f") == [
        Part("same", "a "),
        Part("gone", "b c d e "),
        Part("new", "x c y z "),
        Part("same", "f"),
    ]
    monkeypatch.setattr(comparing, "MOST_WORDS", 4)
    assert [part.kind for part in diff("aaaaa b ccccc d e f", "aaaaa x ccccc y z f")] == [
        *("same", "gone", "new", "same", "gone", "new", "same"),
    ]


def test_texts_without_a_common_word():
    assert diff("a " * 3000, "b " * 3000) == [Part("gone", "a " * 3000), Part("new", "b " * 3000)]


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_out_of_the_difference(before: str, after: str):
    parts = diff(before, after)
    assert "".join(part.text for part in parts if part.kind != "new") == before
    assert "".join(part.text for part in parts if part.kind != "gone") == after
    kinds = [part.kind for part in parts]
    assert all(part.text for part in parts)
    assert not [pair for pair in pairwise(kinds) if pair[0] == pair[1] or pair == ("new", "gone")]


def is_exact(base: str, text: str) -> bool:
    return apply(base, edits(base, text)) == text


@given(TEXTS, TEXTS)
def test_the_edits_lead_from_one_text_to_the_other(base: str, text: str):
    assert is_exact(base, text)
    assert all(one.end < other.start for one, other in pairwise(edits(base, text)))


def test_control_a_comparison_that_forgets_white_space_does_not_lead_there(monkeypatch: pytest.MonkeyPatch):
    compare = comparing.compare
    monkeypatch.setattr(comparing, "compare", lambda base, text: compare(base, text)._replace(spaces={}))
    assert find(st.tuples(JUNK, JUNK), lambda pair: not is_exact(*pair))


@given(SAID, SAID)
def test_edits_are_as_few_as_can_be(one: tuple[str, ...], other: tuple[str, ...]):
    found = edits(text_of(one), text_of(other))
    assert is_exact(text_of(one), text_of(other))
    assert all(edit.end < following.start for edit, following in pairwise(found))
    common = longest(one, other)
    assert sum(len(edit.old) for edit in found) == len(one) - common
    assert sum(len(edit.new) for edit in found) == len(other) - common


def test_gaps_that_meet_on_their_way_right_are_one():
    """rapidfuzz seems to leave none of these, but nobody promises that."""
    base, text = ["a ", "c "], ["a ", "a ", "y ", "c "]
    added = [comparing._Gap(0, 0, 0, 1), comparing._Gap(1, 1, 2, 3)]
    assert comparing._settled(added, base, text) == [comparing._Gap(1, 1, 1, 3)]
    assert comparing._settled([comparing._Gap(0, 1, 0, 0), comparing._Gap(2, 3, 1, 1)], text, base) == [
        comparing._Gap(1, 3, 1, 1)
    ]


def test_an_added_sentence_stands_after_the_last_point(monkeypatch: pytest.MonkeyPatch):
    assert edits("Eins. ", "Eins. Zwei. ") == [Edit(2, 2, (), ("Zwei", ". "))]
    assert edits("Eins.", "Eins. Zwei.") == [Edit(1, 2, (".",), (". ", "Zwei", "."))]
    monkeypatch.setattr(comparing, "_settled", lambda gaps, base, text: gaps)  # control
    assert edits("Eins.", "Eins. Zwei.") == [Edit(1, 1, (), (". ", "Zwei"))]


@pytest.mark.parametrize(
    "wrong",
    [
        [Edit(0, 1, ("b ",), ())],
        [Edit(0, 1, ("a",), ())],
        [Edit(2, 4, ("c", "d"), ())],
        [Edit(-1, 0, (), ("x",))],
        [Edit(1, 0, (), ("x",))],
        [Edit(0, 2, ("a ", "b "), ()), Edit(1, 2, ("b ",), ())],
        [Edit(0, 2, ("a ", "b "), ()), Edit(1, 1, (), ("x ",))],
        [Edit(1, 1, (), ("x ",)), Edit(1, 1, (), ("y ",))],
    ],
)
def test_edits_that_do_not_fit_are_refused(wrong: list[Edit]):
    with pytest.raises(ValueError, match="edit"):
        apply("a b c", wrong)


def test_edits_are_applied_in_any_order():
    assert apply("a b c", [Edit(2, 3, ("c",), ("z",)), Edit(1, 1, (), ("x ",)), Edit(1, 2, ("b ",), ())]) == "a x z"
