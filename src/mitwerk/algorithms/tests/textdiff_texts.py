"""Made-up wordings for the tests of `algorithms.textdiff`, and slow ways to say what is right."""

from collections.abc import Sequence

from hypothesis import strategies as st

from mitwerk.algorithms.textdiff import Edit, edits

WORDS = st.sampled_from("abc")
"""So few that everything repeats."""
SAID = st.lists(st.one_of(WORDS, WORDS, st.just(",")), max_size=12).map(tuple)
_SIGNS = [
    "a",
    "b",
    "Ziel",
    " ",
    " ",
    "\n",
    "\r\n",
    "\u00a0",
    ".",
    ", ",
    "„",
    "(",
    ")",
    "-",
    "z.B.",
    "e\u0301",
    "\u200b",
]
_FAR = ["#\ufe0f\u20e3", "👩\u200d👩\u200d👧", "👋🏽", "🇩🇪", "שלום", "\u200f", "مرحبا،"]
JUNK = st.lists(st.sampled_from([*_SIGNS, *_FAR]), max_size=14).map("".join)
Said = tuple[str, ...]


def text_of(said: Sequence[str]) -> str:
    """Every word with a space after it, so that white space never differs and tokens are the words."""
    return "".join(f"{word} " for word in said)


@st.composite
def changes(draw: st.DrawFn, said: Said) -> Said:
    """The words with up to three phrases replaced, put in or struck out."""
    new = list(said)
    for _place in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(new)))
        new[at : at + draw(st.integers(0, 3))] = draw(st.lists(st.sampled_from("abcxy,"), max_size=3))
    return tuple(new)


@st.composite
def versions(draw: st.DrawFn, others: int = 2) -> tuple[str, ...]:
    """A wording, and so many changed ones."""
    said = draw(SAID)
    return tuple(text_of(one) for one in (said, *(draw(changes(said)) for _other in range(others))))


def longest(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence, by the book."""
    row = [0] * (len(other) + 1)
    for word in one:
        before = row
        row = [0]
        for at, there in enumerate(other):
            row.append(before[at] + 1 if word == there else max(before[at + 1], row[at]))
    return row[-1]


def touch(one: Edit, other: Edit) -> bool:
    """Whether they share a word, or no kept one stands between them."""
    return one.start <= other.end and other.start <= one.end


def dispute(base: str, one: str, other: str) -> bool:
    """Whether any edit of the one touches another edit of the other, pair by pair."""
    return any(touch(mine, theirs) and mine != theirs for mine in edits(base, one) for theirs in edits(base, other))
