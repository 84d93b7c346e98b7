"""What a search may be fed with, and the snippets it shows."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mitwerk.algorithms.text import ELLIPSIS, Fragment, Language, analyse, highlight, query_groups, query_terms

LANGUAGES = st.sampled_from(["de", "en"])
ANY = st.text(st.characters(), max_size=60)
WORDS = st.lists(
    st.sampled_from(
        [
            "Lösung",
            "Softwarelösungen",
            "IT-Sicherheit",
            "und",
            "Häuser,",
            "in",
            "(Haus)",
            "C++",
            "\n",
            "…",
            "x" * 40,
            "😀",
            "S/4HANA",
        ]
    ),
    max_size=40,
).map(" ".join)


@settings(deadline=None)  # the first word reads the list of parts
@given(ANY, LANGUAGES)
@example('"a* OR b" NEAR(c) %_\\ \' -- \0 & | ! <-> :*', "de")
@example("ǅ ½ ① ﷺ 東京 Ⅷ ²", "en")
def test_terms_hold_letters_and_digits_only(text: str, language: Language) -> None:
    terms = query_terms(text, language)
    assert all(re.fullmatch("[a-z0-9]{1,64}", term) for term in terms)
    assert all(re.fullmatch("[a-z0-9]{1,64}", term) for term in analyse(text, language))
    assert set(terms) <= set(analyse(text, language))


@settings(deadline=None)  # the first word reads the list of parts
@given(st.text("aeouäöüßsner", max_size=20), LANGUAGES)
def test_every_spelling_is_analysed_alike(word: str, language: Language) -> None:
    spelled = word.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    assert analyse(word, language) == analyse(spelled, language) == analyse(word.upper(), language)


def test_long_queries_are_capped() -> None:
    typed = " ".join(f"wort{number}" for number in range(1000))
    assert query_terms(typed, "de") == [f"wort{number}" for number in range(32)]
    assert len(query_terms(typed, "de", limit=1000)) == 138  # 1,000 characters: 10 × 6 + 90 × 7 + 38 × 8
    assert query_terms("a" * 5000, "de") == ["a" * 64]
    assert len(query_groups(typed, "de", limit=5)) == 5
    assert query_terms(" \0 %_* ", "de") == []


@settings(deadline=None)  # the first word reads the list of parts
@given(
    WORDS | ANY, st.sampled_from(["lösung sicherheit", "haus", "und", "s/4hana x", ""]), LANGUAGES, st.integers(1, 90)
)
def test_fragments_joined_are_a_piece_of_the_text(text: str, query: str, language: Language, length: int) -> None:
    fragments = highlight(text, query_terms(query, language), language, length=length)
    ours = Fragment(ELLIPSIS, False)  # the text may hold such a fragment of its own: try with and without
    cuts = [(a, len(fragments) - b) for a in (0, 1) for b in (0, 1) if fragments[:a] in ([], [ours])]
    pieces = ["".join(piece.text for piece in fragments[a:b]) for a, b in cuts if fragments[b:] in ([], [ours])]
    assert any(piece in text and len(piece) <= length for piece in pieces)
    assert all(fragment.text for fragment in fragments)


def marked(text: str, query: str, language: Language = "de", length: int = 220) -> list[str]:
    return [
        piece.text for piece in highlight(text, query_terms(query, language), language, length=length) if piece.marked
    ]


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Unsere Softwarelösungen für Häuser.", "lösung haus", ["Softwarelösungen", "Häuser"]),
        ("IT-Sicherheit und mehr Sicherheit", "sicherheit", ["Sicherheit", "Sicherheit"]),
        ("IT-Sicherheit", "IT-Sicherheit", ["IT-Sicherheit"]),
        ("MUELLER bei Müller", "Müller", ["MUELLER", "Müller"]),
        ("Wer sich sicher ist", "Sicherheit", ["sicher"]),
        ("Haus und Hof", "und", ["und"]),
        ("Haus und Hof", "und Hof", ["Hof"]),
        ("Haus und Hof", "Garten", []),
        ("Die Entwickler:innen", "Entwicklung", ["Entwickler:innen"]),
    ],
)
def test_marks(text: str, query: str, hits: list[str]) -> None:
    assert marked(text, query) == hits


def test_the_snippet_is_where_most_different_terms_are() -> None:
    text = "Software. " + "nichts davon " * 30 + "Software für Chemie " + "nichts davon " * 30
    fragments = highlight(text, query_terms("Software Chemie", "de"), "de", length=60)
    assert [piece.text for piece in fragments if piece.marked] == ["Software", "Chemie"]
    assert fragments[0] == fragments[-1] == Fragment(ELLIPSIS, False)


def test_without_a_hit_the_beginning_is_shown_cut_between_words() -> None:
    assert highlight("Eins zwei drei vier", [], "de", length=12) == [
        Fragment("Eins zwei", False),
        Fragment(ELLIPSIS, False),
    ]
    assert highlight("Eins", ["zwei"], "de") == [Fragment("Eins", False)]
    assert highlight("", ["zwei"], "de") == []
    assert highlight("a" * 500, ["zwei"], "de", length=10) == [Fragment("a" * 10, False), Fragment(ELLIPSIS, False)]


def test_a_length_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="length must be at least 1"):
        highlight("text", [], "de", length=0)
