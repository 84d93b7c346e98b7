"""Finds entries of one register that may be the same organisation. It never decides: a person does.

Two entries are compared only where an index brings them together: a register number, a web address of their own, or
the rarest word of a name, a slip of the pen apart. What two entries share is told as reasons, and the reasons alone
give the score; nothing is weighed.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import OSA

from mitwerk.algorithms.gazetteer import town_keys
from mitwerk.algorithms.joining import host
from mitwerk.algorithms.text import normalise_name

KINDS = frozenset(
    """
    stadt gemeinde landkreis kreis land amt landesamt bundesamt ministerium verwaltung stadtverwaltung
    universitaet university hochschule fachhochschule akademie schule institut institute fakultaet lehrstuhl zentrum
    center centre klinik klinikum museum kammer verband verein vereinigung stiftung gesellschaft initiative netzwerk
    cluster gruppe group holding firma unternehmen betrieb service services deutschland germany technische angewandte
    wissenschaften forschung research
    der die das des dem den fuer und in im am an von vom zu zur zum bei mit auf the of and for at
    """.split()
)
"""Words that say what something is, not which one; alone they make no two names the same."""

SHARED_HOSTS = frozenset(
    """
    facebook.com xing.com linkedin.com instagram.com twitter.com x.com youtube.com google.com sites.google.com
    business.site jimdo.com jimdofree.com jimdosite.com wixsite.com wix.com wordpress.com blogspot.com weebly.com
    webnode.com webnode.de squarespace.com github.io github.com netlify.app t-online.de strato.de ionos.de
    homepage.t-online.de business.google.com wikipedia.org de.wikipedia.org example.com
    """.split()
)
"""Hosts on which many people have their pages; a shared one says nothing."""

SLIP_FROM = 6
"""Letters a word needs before one slip in it is believed: *Bank* and *Band* are two words."""

NO_NAME, SHORT_FORM = 3, 6
"""Letters of a short form; up to three it is no name to go by (*TU*, *DLR*)."""

Name = frozenset[str]
"""The words of a name. Their order says nothing: *Universität Leipzig*, *Leipzig Universität*."""


class Reason(StrEnum):
    """What two entries share."""

    REGISTER = "register"
    DOMAIN = "domain"
    NAME = "name"
    CLOSE_NAME = "close-name"
    PLACE = "place"


@dataclass(frozen=True)
class Entry:
    """One organisation; `names` are its comparison forms, the first one is its own, `domain` a bare host."""

    key: int
    names: Sequence[str]
    domain: str = ""
    register_number: str = ""
    postal_code: str = ""
    town: str = ""
    kind: str = ""
    short_forms: frozenset[str] = frozenset()

    @cached_property
    def joined(self) -> frozenset[str]:
        return frozenset(name.replace(" ", "") for name in self.names if name)

    @cached_property
    def towns(self) -> frozenset[str]:
        return frozenset(town_keys(self.town))

    @cached_property
    def town_words(self) -> frozenset[str]:
        return frozenset(word for key in self.towns for word in key.split("-"))

    @cached_property
    def register(self) -> str:
        return register_key(self.register_number)

    @cached_property
    def words(self) -> list[Name]:
        return [frozenset(name.split()) for name in dict.fromkeys(self.names) if name]


class Pair(NamedTuple):
    """Two keys, the smaller one first, how sure it is (0 to 100), and why."""

    one: int
    other: int
    score: int
    reasons: tuple[Reason, ...]


def entry(
    key: int, name: str, alternative_names: Iterable[str] = (), *, website: str = "", register_number: str = "",
    postal_code: str = "", town: str = "", kind: str = "",
) -> Entry:  # fmt: skip
    """An entry out of what a record says."""
    first, *others = [key for one in (name, *alternative_names) for key in _spelled(one)] or [""]
    names = dict.fromkeys([first, *(other for other in others if len(other) > NO_NAME)])
    short = frozenset(other for other in others if len(other) <= SHORT_FORM and " " not in other)
    return Entry(key, tuple(names), own_domain(website), register_number, postal_code, town, kind, short)


def _spelled(name: str) -> list[str]:
    """A name in full, without its brackets, and the short form in them, which has two capitals: *(InfAI)*."""
    inside = re.findall(r"\((\w*[A-Z]\w*[A-Z]\w*)\)", name)
    found = [normalise_name(name), normalise_name(re.sub(r"\s*\([^)]*\)", "", name)), *map(normalise_name, inside)]
    return [one for one in dict.fromkeys(found) if one]


def own_domain(website: str) -> str:
    """The host of a website that is one's own; empty where many share it, as the pages of a social network."""
    found = host(website).lower()
    parts = found.split(".")
    above = {".".join(parts[at:]) for at in range(len(parts) - 1)}
    return "" if above & SHARED_HOSTS else found


def register_key(text: str) -> str:
    """A register number in one spelling: *HR B 12345, Amtsgericht Leipzig* is *hrb 12345 leipzig*."""
    joined = "".join(char if char.isalnum() else " " for char in text.casefold())
    words = [word for word in joined.split() if word not in {"amtsgericht", "ag", "nr", "registergericht"}]
    glued = " ".join(words)
    for spelled, short in (("hr a ", "hra "), ("hr b ", "hrb "), ("h r a ", "hra "), ("h r b ", "hrb ")):
        glued = glued.replace(spelled, short)
    sections = {"hra", "hrb", "vr", "pr", "gnr", "gsr"}
    found = glued.split()
    if not sections & set(found):
        return ""
    return " ".join(sorted(found, key=lambda word: (word not in sections, not word.isdecimal())))


def shared_place(one: Entry, other: Entry) -> bool | None:
    """Whether both stand in one place; None where one of them does not say."""
    if one.towns and other.towns:
        return bool(one.towns & other.towns) or bool(one.postal_code and one.postal_code == other.postal_code)
    if one.postal_code and other.postal_code:
        return one.postal_code == other.postal_code
    return None


def _is_slip(word: str, other: str) -> bool:
    """One letter more, fewer, another or exchanged, in a long word and not in a number."""
    if min(len(word), len(other)) < SLIP_FROM or not (word.isalpha() and other.isalpha()):
        return False
    return bool(OSA.distance(word, other, score_cutoff=1) <= 1)


def _is_close(one: Name, other: Name, places: Name, its_short: Name, others_short: Name) -> bool:
    """Whether two names differ by one slip, or by words that only say what or where it is, in one of them.

    So does a short form that the one without it is known by. A word that stands against another word makes two
    organisations of them.
    """
    left, right = one - other, other - one
    if len(left) == len(right) == 1:
        [word], [twin] = left, right
        return not {word, twin} & (KINDS | places) and _is_slip(word, twin)
    if left and right:
        return False
    shared, extra = one & other, left | right
    if shared - KINDS - places:
        return extra <= KINDS | places | (others_short if left else its_short)
    return bool(extra) and extra <= places and bool(shared - places)


def _same_name(one: Entry, other: Entry) -> Reason | None:
    """Equal names, one word or two (*Daten Werk*), or close ones; the alternative names count too."""
    if one.joined & other.joined or set(one.words) & set(other.words):
        return Reason.NAME
    places = one.town_words | other.town_words
    spellings = [(a, b) for a in one.words for b in other.words]
    if any(_is_close(a, b, places, one.short_forms, other.short_forms) for a, b in spellings):
        return Reason.CLOSE_NAME
    return None


SCORES: tuple[tuple[frozenset[Reason], int], ...] = (
    (frozenset({Reason.REGISTER}), 100),
    (frozenset({Reason.NAME, Reason.DOMAIN}), 95),
    (frozenset({Reason.NAME, Reason.PLACE}), 90),
    (frozenset({Reason.CLOSE_NAME, Reason.DOMAIN}), 85),
    (frozenset({Reason.CLOSE_NAME, Reason.PLACE}), 65),
    (frozenset({Reason.NAME}), 60),
    (frozenset({Reason.DOMAIN, Reason.PLACE}), 50),
)
"""From the surest combination of reasons down; the first that is complete gives the score, none gives no pair."""


def compare(one: Entry, other: Entry, crowded: frozenset[str] = frozenset()) -> Pair | None:
    """What two entries share, if it is enough. `crowded` are domains of more than two entries: no reason alone."""
    reasons: set[Reason] = set()
    if one.register and other.register:
        if one.register != other.register:
            return None  # two entries of a register are two organisations, whatever else they share
        reasons.add(Reason.REGISTER)
    place = shared_place(one, other)
    if place:
        reasons.add(Reason.PLACE)
    if name := _same_name(one, other):
        reasons.add(name)
    if one.domain and one.domain == other.domain and (name or one.domain not in crowded):
        reasons.add(Reason.DOMAIN)
    score = _score(reasons, place, not (one.kind and other.kind) or one.kind == other.kind)
    if not score:
        return None
    first, second = sorted((one.key, other.key))
    return Pair(first, second, score, tuple(reason for reason in Reason if reason in reasons))


def _score(reasons: set[Reason], place: bool | None, same_kind: bool) -> int:
    for needed, score in SCORES:
        if not needed <= reasons:
            continue
        if needed == {Reason.NAME} and place is False:
            return 0  # one name in two towns: two parishes, two town halls
        if not same_kind and needed in ({Reason.CLOSE_NAME, Reason.PLACE}, {Reason.DOMAIN, Reason.PLACE}):
            return 0  # a university and the firm beside it
        return score
    return 0


def _spellings(word: str) -> Iterator[str]:
    """The word and what is left of it without one letter: two words that are a slip apart have one in common."""
    yield word
    if len(word) >= SLIP_FROM and word.isalpha():
        yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


class Register:
    """Entries with an index; building it is linear, and an entry meets only those it may be."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = {one.key: one for one in entries}
        self._by: dict[str, set[int]] = defaultdict(set)
        for one in self.entries.values():
            for mark in set(self._marks(one)):
                self._by[mark].add(one.key)
        domains = Counter(one.domain for one in self.entries.values() if one.domain)
        self.crowded = frozenset(domain for domain, count in domains.items() if count > 2)

    def _marks(self, one: Entry) -> Iterator[str]:
        """Everything an entry can be found by."""
        yield from self._plain_marks(one)
        for words in one.words:
            for word in words:
                yield from (f"w {spelling}" for spelling in _spellings(word))

    @staticmethod
    def _plain_marks(one: Entry) -> Iterator[str]:
        if one.register:
            yield f"r {one.register}"
        if one.domain:
            yield f"d {one.domain}"
        yield from (f"n {joined}" for joined in one.joined)

    def _rarest(self, one: Entry) -> Iterator[str]:
        """Of each name the rarest word that tells: of two names that fit, the longer one holds that of the shorter."""
        yield from self._plain_marks(one)
        for words in one.words:
            telling = [word for word in words if word not in KINDS and word not in one.town_words] or list(words)
            rarest = min(telling, key=lambda word: (len(self._by.get(f"w {word}", ())), word))
            yield from (f"w {spelling}" for spelling in _spellings(rarest))

    @cached_property
    def _by_rarest(self) -> dict[str, set[int]]:
        """Each entry under the marks of its own rarest words."""
        found: dict[str, set[int]] = defaultdict(set)
        for one in self.entries.values():
            for mark in set(self._rarest(one)):
                found[mark].add(one.key)
        return found

    def twins_of(self, one: Entry) -> list[Pair]:
        """Entries that `one` may be, the surest first; `one` itself need not be in the register.

        The longer of two names that fit holds the rarest word of the shorter: either its own stands in the other, or
        the other's in it.
        """
        longer = set().union(*(self._by_rarest.get(mark, ()) for mark in set(self._marks(one))))
        return self._among(one, self._rarest(one), longer)

    def _among(self, one: Entry, marks: Iterable[str], more: Iterable[int] = ()) -> list[Pair]:
        near = set(more).union(*(self._by.get(mark, ()) for mark in set(marks))) - {one.key}
        found = (compare(one, self.entries[key], self.crowded) for key in near)
        return sorted((pair for pair in found if pair), key=_surest)

    def pairs(self) -> list[Pair]:
        """All pairs, each once, the surest first."""
        found = {pair[:2]: pair for one in self.entries.values() for pair in self._among(one, self._rarest(one))}
        return sorted(found.values(), key=_surest)


def _surest(pair: Pair) -> tuple[int, int, int]:
    return (-pair.score, pair.one, pair.other)
