"""Where a long German word may break: soft hyphens at the joints of compounds.

Browsers hyphenate by dictionary, but not all have the German one, and a joint reads better than any syllable:
*Erfolgs-geschichte*. A word without a known joint is left to the browser.
"""

import re
from functools import lru_cache

from mitwerk.algorithms.text.compounds import split
from mitwerk.algorithms.text.folding import fold

SHY = "\u00ad"
_LONG = re.compile(r"[^\W\d_]{18,}")
_LEAST = 4
_AFTER = re.compile(r"(?<=[a-zäöüß]{3})(?:ungs|heits|keits|ions|schafts)(?=[a-zäöüß]{5})")


@lru_cache(maxsize=4096)
def with_soft_hyphens(text: str) -> str:
    """German text with soft hyphens in its words of 18 letters and more; everything else as it was."""
    return _LONG.sub(lambda found: _hyphenated(found[0]), text)


def _hyphenated(word: str) -> str:
    cuts = _joints(word) | {found.end() for found in _AFTER.finditer(word)}
    kept: list[int] = []
    for cut in sorted(cuts):
        if cut - (kept[-1] if kept else 0) >= _LEAST and len(word) - cut >= _LEAST:
            kept.append(cut)
    ends = [*kept, len(word)]
    return SHY.join(word[start:end] for start, end in zip([0, *kept], ends, strict=True))


def _joints(word: str) -> set[int]:
    """Joints as places in the word as written; folding makes umlauts two letters."""
    joints = {part.until for part in split(fold(word))[:-1]}
    places, at = set(), 0
    for index, letter in enumerate(word):
        if at in joints:
            places.add(index)
        at += len(fold(letter))
    return places
