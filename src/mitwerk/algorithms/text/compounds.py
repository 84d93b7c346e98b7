"""German compounds in parts: *Rechenzentrumsbetrieb* → ``rechenzentrum``, ``betrieb``.

A list of about 2,000 parts (``parts_de.txt``, ours) and the rules of German linking letters. First the whole word
must be made of listed parts, as few as possible; failing that one end of the word must be a long listed part and
the other look like a word. Why no tagger or n-gram model: see README.md, which has the measurement.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from mitwerk.algorithms.text.folding import fold
from mitwerk.algorithms.text.stemming import MAX_WORD, stem

_MIN_WORD = 7  # letters; shorter words are not split
_MIN_PART = 3
_MAX_PART = 24
_MIN_KNOWN = 6  # letters the one listed part must have when the other is not listed
_MIN_LAST = 5  # … and its stem, where it is the last one
_MIN_UNKNOWN = 5
_MAX_PARTS = 6
_VOWEL = re.compile("[aeiouy]")
# The rest after a listed part, when it is an ending and no word: Wirtschaft|lichkeit, Digital|isierung.
_ENDING = re.compile(
    "id|itaet|ion|lich|isch|ung|igung|bar|sam|haft|n?los|ig|ier|erin|keit|heit|schaft|tum|ist|isi|al|ell|end|ation|iv"
)
_ALWAYS_S = ("ungs", "heits", "keits", "ions", "taets", "schafts", "tums", "lings")
_NEVER_S = ("as", "es", "is", "os", "us", "ers", "els")
# The rest before a listed part, when it is a prefix and no word: Unter|auftrag.
_PREFIX = re.compile("(?:unter|ueber|wieder|zusammen|gegen|hinter|zurueck|durch|entgegen|wider|nicht|ver.?.?|.*zu)$")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a folded word: ``word[start:end]`` without its linking letters, which reach up to ``until``."""

    start: int
    end: int
    until: int


@dataclass(frozen=True, slots=True)
class _Parts:
    words: frozenset[str]  # as listed, folded
    forms: dict[str, int]  # every form a first part can have → how many of its letters are linking letters
    stems: frozenset[str]  # for the last part, which is inflected
    starts: frozenset[str]  # first three letters of any part: saves most stemming
    wholes: frozenset[str]  # stems of words that stay whole


def _linked(word: str) -> dict[str, int]:
    """The forms a word can have in front of another part, with the number of linking letters."""
    forms = {word: 0, word + "s": 1}
    if word[-1] in "elr":
        forms[word + "n"] = 1
    if word[-1] not in "e":
        forms[word + "en"] = 2
    if word.endswith("e") and len(word) >= _MIN_KNOWN:
        forms[word[:-1]] = 0  # Schule → Schul-
    return forms


@lru_cache(maxsize=1)
def _parts() -> _Parts:
    """The list, read on first use (0.1 to 0.2 s, mostly stemming; 2 MB)."""
    text = files("mitwerk.algorithms.text").joinpath("parts_de.txt").read_text(encoding="utf-8")
    entries = [entry for line in text.splitlines() if not line.startswith("#") for entry in line.split()]
    listed = sorted({fold(entry) for entry in entries if not entry.startswith("=")})
    forms: dict[str, int] = {}
    for word in listed:
        for form, link in _linked(word).items():
            forms[form] = min(link, forms.get(form, link))
    stems = frozenset(stem(word, "de") for word in listed)
    wholes = frozenset(stem(fold(entry[1:]), "de") for entry in entries if entry.startswith("="))
    return _Parts(frozenset(listed), forms, stems, frozenset(word[:_MIN_PART] for word in listed), stems | wholes)


def split(folded: str) -> tuple[Part, ...]:
    """The parts of a folded German word, at least two, or none where it is not a compound we know."""
    if not _MIN_WORD <= len(folded) <= MAX_WORD or not folded.isalpha() or not folded.isascii():
        return ()
    known = _parts()
    if stem(folded, "de") in known.wholes:
        return ()
    return _all_listed(folded, known) or _head_listed(folded, known) or _first_listed(folded, known)


def _is_last(rest: str, known: _Parts) -> bool:
    return len(rest) >= _MIN_PART and rest[:_MIN_PART] in known.starts and stem(rest, "de") in known.stems


def _is_long_last(rest: str, known: _Parts) -> bool:
    """Stricter next to an unknown part, where *Jour-na-listen* and *Eilauf-träge* wait to happen."""
    return rest in known.words or (
        len(rest) > _MIN_KNOWN and len(stem(rest, "de")) >= _MIN_LAST and _is_last(rest, known)
    )


def _all_listed(word: str, known: _Parts) -> tuple[Part, ...]:
    """The way through the word with the fewest parts; of several, the one with the longest last part."""
    ways: dict[int, tuple[Part, ...]] = {0: ()}
    best: tuple[Part, ...] = ()
    for start in range(len(word) - _MIN_PART + 1):
        way = ways.get(start)
        if way is None or len(way) >= _MAX_PARTS:
            continue
        if way and (not best or len(way) + 1 < len(best)) and _is_last(word[start:], known):
            best = (*way, Part(start, len(word), len(word)))
        for end in range(start + _MIN_PART, min(start + _MAX_PART, len(word) - _MIN_PART) + 1):
            link = known.forms.get(word[start:end])
            if link is not None and (end not in ways or len(ways[end]) > len(way) + 1):
                ways[end] = (*way, Part(start, end - link, end))
    return best


def _head_listed(word: str, known: _Parts) -> tuple[Part, ...]:
    """*Kondensatorfertigung*: an unknown first part, a long known last one."""
    for cut in range(_MIN_UNKNOWN, len(word) - _MIN_KNOWN + 1):
        first = word[:cut]
        if _is_long_last(word[cut:], known) and _VOWEL.search(first) and not _PREFIX.match(first):
            end = cut - 1 if cut > _MIN_KNOWN and re.search("(?:ung|heit|keit|ion|taet|schaft)s$", first) else cut
            return Part(0, end, cut), Part(cut, len(word), len(word))
    return ()


def _takes_s(word: str, cut: int) -> bool:
    """Whether the last letter before the cut can be a linking s: not in *Fahrten|schreiber*, *Sommer|sonnenwende*."""
    if word[cut - 1] != "s" or word.endswith(_ALWAYS_S, 0, cut):
        return True
    return not word.startswith(("ch", "t", "p"), cut) and not word.endswith(_NEVER_S, 0, cut)


def _first_listed(word: str, known: _Parts) -> tuple[Part, ...]:
    """*Softwareergonomie*: a long known first part, an unknown last one that is no mere ending."""
    for cut in range(min(_MAX_PART, len(word) - _MIN_UNKNOWN), _MIN_KNOWN - 1, -1):
        link = known.forms.get(word[:cut])
        rest = word[cut:]
        if link is None or cut - link < _MIN_KNOWN or (link and not _takes_s(word, cut)):
            continue
        if word[: cut + 1] in known.forms and _takes_s(word, cut + 1):  # produktion|snahe, lücke|nlose
            continue
        if _VOWEL.search(rest) and not _ENDING.match(rest):
            return Part(0, cut - link, cut), Part(cut, len(word), len(word))
    return ()
