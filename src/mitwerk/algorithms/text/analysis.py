"""Index terms and query terms: the one place that decides which words meet in a search."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from mitwerk.algorithms.text import stopwords
from mitwerk.algorithms.text.compounds import split
from mitwerk.algorithms.text.folding import fold
from mitwerk.algorithms.text.stemming import MAX_WORD, Language, stem
from mitwerk.algorithms.text.words import Word, words

Exceptions = Mapping[str, Sequence[str]]

MAX_QUERY_CHARACTERS = 1_000
MAX_QUERY_TERMS = 32

_GENDER = re.compile(r"[*:_/]-?in(?:nen)?$")
_POSSESSIVE = re.compile("['’]s$")
_POINT = re.compile(r"(?<=\d)[.,](?=\d)")
_SPOKEN = str.maketrans({"+": "plus", "#": "sharp", "&": "u"})
_OTHER = re.compile("[^a-z0-9]")
_STOPWORDS = {"de": stopwords.GERMAN, "en": stopwords.ENGLISH}
_NOUNS = frozenset({"Ware", "Waren"})
_MAX_ACRONYM = 3
_MAX_SPAN_PARTS = 6


def _spelled(char: re.Match[str]) -> str:
    """A letter of another script as its code point: searchable, and still only ``[a-z0-9]``."""
    return f"u{ord(char.group()):x}" if char.group().isalnum() else ""


@lru_cache(maxsize=32_768)
def _plain(text: str) -> str:
    """A word as ``[a-z0-9]*``: ``C++`` → ``cplusplus``, ``4.0`` → ``4p0`` (40 is another number), ``F&E`` → ``fue``."""
    folded = _POSSESSIVE.sub("", _GENDER.sub("", fold(text[: 2 * MAX_WORD])))
    return _OTHER.sub(_spelled, _POINT.sub("p", folded).translate(_SPOKEN))[:MAX_WORD]


@lru_cache(maxsize=32_768)
def _word_terms(plain: str, language: Language) -> tuple[str, ...]:
    """The stem of a word, then for a German compound its parts and the longer pieces they form."""
    if not plain.isalpha():
        return (plain,)
    terms = [stem(plain, language)]
    parts = split(plain) if language == "de" else ()
    terms += [stem(plain[part.start : part.end], "de") for part in parts]
    if 2 < len(parts) <= _MAX_SPAN_PARTS:
        spans = [(a, b) for a in range(len(parts)) for b in range(a + 1, len(parts)) if b - a + 1 < len(parts)]
        terms += [stem(plain[parts[a].start : parts[b].end], "de") for a, b in spans]
    return tuple(dict.fromkeys(terms))


def _is_stopword(text: str, plain: str, language: Language) -> bool:
    """*IT* in capitals is a word of its own, *it* is not; nor are German *Waren* the verb."""
    if plain not in _STOPWORDS[language] or (1 < len(text) <= _MAX_ACRONYM and text.isupper()):
        return False
    return not (language == "de" and text in _NOUNS)


@lru_cache(maxsize=2)
def stopword_terms(language: Language) -> frozenset[str]:
    """The terms of all stop words."""
    return frozenset(stem(word, language) for word in _STOPWORDS[language])


def prepared(exceptions: Exceptions | None, language: Language) -> dict[str, tuple[str, ...]]:
    """The exceptions as :func:`terms_of` takes them, from stems to terms: one row covers all inflections."""
    table: dict[str, tuple[str, ...]] = {}
    for word, replacements in (exceptions or {}).items():
        plain = [_plain(piece) for text in replacements for piece in text.split()]
        terms = (stem(piece, language) for piece in plain if piece)
        table[stem(_plain(word.strip()), language)] = tuple(dict.fromkeys(terms))
    return table


def _terms(word: Word, language: Language, table: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, bool]]:
    """Pairs of a term and whether it comes from a stop word."""
    plain = _plain(word.whole.text)
    if not plain:
        return
    found = table.get(stem(plain, language))
    if found is not None:
        yield from ((term, False) for term in found)
        return
    if not word.pieces:
        stop = _is_stopword(word.whole.text, plain, language)
        yield from ((term, stop) for term in _word_terms(plain, language))
        return
    joined = stem(plain, language)
    yield joined, False
    for piece in word.pieces:
        if len(piece.text) > 1:  # the S of S/4HANA and the e of e-commerce find too much
            yield from (pair for pair in _terms(Word(piece, ()), language, table) if pair[0] != joined)


def terms_of(
    word: Word, language: Language, table: Mapping[str, tuple[str, ...]], *, with_stopwords: bool
) -> frozenset[str]:
    """All terms of one word, for highlighting; ``table`` comes from :func:`prepared`."""
    return frozenset(term for term, stop in _terms(word, language, table) if with_stopwords or not stop)


def _kept(pairs: Iterable[tuple[str, bool]]) -> list[str]:
    """Without stop words, unless there is nothing else."""
    found = list(pairs)
    return [term for term, stop in found if not stop] or [term for term, _stop in found]


def analyse(text: str, language: Language, *, exceptions: Exceptions | None = None) -> list[str]:
    """The terms a text is indexed under, in order, each ``[a-z0-9]{1,64}``; repeated as often as in the text.

    A hyphenated word or a German compound gives its whole first, then its parts, then the longer pieces of three and
    more parts (*Sondermaschinenbau* is found by *Maschinenbau*). Stop words are dropped unless nothing else is there.
    ``exceptions`` maps a word to the words it is indexed as *instead*, in any spelling and inflection
    (``{"OEE": ["Anlageneffektivität", "OEE"]}``); an empty list takes the word out.
    """
    table = prepared(exceptions, language)
    return _kept(pair for word in words(text) for pair in _terms(word, language, table))


def query_terms(
    text: str, language: Language, *, exceptions: Exceptions | None = None, limit: int = MAX_QUERY_TERMS
) -> list[str]:
    """The terms of a query: as :func:`analyse`, each once, at most ``limit``, from the first 1,000 characters.

    Whatever is typed, the result holds ``[a-z0-9]`` only: no operator, quote or wildcard of a database survives.
    Empty where nothing searchable was typed.
    """
    return list(islice(dict.fromkeys(analyse(text[:MAX_QUERY_CHARACTERS], language, exceptions=exceptions)), limit))


def query_groups(
    text: str, language: Language, *, exceptions: Exceptions | None = None, limit: int = MAX_QUERY_TERMS
) -> list[list[str]]:
    """The terms of a query word by word: ``[[whole, part, part], [word], …]``, for queries that need more than OR.

    A searcher that wants every word joins the groups with AND and reads a group as ``whole OR (part AND part)``.
    """
    table = prepared(exceptions, language)
    pairs = [list(_terms(word, language, table)) for word in words(text[:MAX_QUERY_CHARACTERS])]
    content = [[term for term, stop in group if not stop] for group in pairs]
    groups = content if any(content) else [[term for term, _stop in group] for group in pairs]
    unique = {tuple(dict.fromkeys(group)): None for group in groups if group}
    return [list(group) for group in islice(unique, limit)]
