"""From a word form to the stem that is indexed.

Order matters, so it is fixed here: *fold, then stem*. Folding first makes every spelling of a word the same string
(``Müller``, ``Mueller`` → ``mueller``), so whatever follows treats them alike. Snowball reads ``ae oe ue`` as umlauts
itself (from version 3.0 on: an older one would not find *Haus* by *haeuser*) and strips them at the end, which lets
*Häuser* meet *Haus* and *Muller* meet *Müller*. Where losing the umlaut joins two words that people must be able to
tell apart (*Förderung*, *Forderung*), it is put back (``_KEPT_UMLAUTS``).

Source: the Snowball algorithms "German" and "English" (snowballstem.org), called by class and not through
``snowballstemmer.stemmer()``, which silently takes another version where PyStemmer is installed.
"""

import re
from functools import lru_cache
from typing import Literal

from snowballstemmer.english_stemmer import EnglishStemmer
from snowballstemmer.german_stemmer import GermanStemmer

Language = Literal["de", "en"]

MAX_WORD = 64  # letters; a longer "word" is cut, so that no input makes a term, or a stemmer's work, long

# Plurals no rule covers; matched at the end of the folded word, so compounds are covered too.
_GERMAN_ENDINGS = (
    ("zentren", "zentrum"), ("firmen", "firma"), ("themen", "thema"), ("foren", "forum"), ("museen", "museum"),
    ("kriterien", "kriterium"), ("ministerien", "ministerium"), ("laboratorien", "laboratorium"),
    ("gremien", "gremium"), ("stipendien", "stipendium"), ("jubilaeen", "jubilaeum"), ("symposien", "symposium"),
    ("praktika", "praktikum"), ("konten", "konto"), ("risiken", "risiko"), ("praxen", "praxis"),
    ("matrizen", "matrix"), ("indizes", "index"), ("kenntnisse", "kenntnis"), ("verzeichnisse", "verzeichnis"),
    ("ergebnisse", "ergebnis"), ("prozesse", "prozess"), ("leute", "leute"), ("lexika", "lexikon"),
    ("fonds", "fonds"), ("busse", "bus"), ("bussen", "bus"), ("maerkte", "markt"), ("maerkten", "markt"),
    ("daten", "daten"), ("medien", "medien"), ("staedte", "stadt"), ("staedten", "stadt"),
)  # fmt: skip

# Words that would fall on another one: Lager on Lage, Messer on Messe, mittlere on Mittel.
_WHOLE_STEMS = {
    **dict.fromkeys(("lager", "lagers", "lagern", "lagert", "lagerung", "lagerungen"), "lager"),
    **dict.fromkeys(("messer", "messers", "messern"), "messer"),
    **dict.fromkeys(("mittlere", "mittlerem", "mittleren", "mittlerer", "mittleres"), "mittler"),
}

# (folded beginning, beginning of the stem that lost its umlaut): the umlaut is put back.
_KEPT_UMLAUTS = (
    ("foerd", "ford"), ("kueche", "kuch"), ("schoen", "schon"), ("saeg", "sag"), ("drueck", "druck"),
    ("zaehl", "zahl"), ("fuell", "full"), ("loes", "los"), ("guet", "gut"), ("waehr", "wahr"), ("maeh", "mah"),
    ("huett", "hutt"), ("rueck", "ruck"), ("fuehr", "fuhr"), ("gruend", "grund"), ("hoer", "hor"),
)  # fmt: skip

_ENGLISH_SPELLINGS = {
    "analyse": "analyze", "analyser": "analyzer", "behaviour": "behavior", "catalogue": "catalog", "centre": "center",
    "centres": "centers", "colour": "color", "colours": "colors", "defence": "defense", "favour": "favor",
    "fibre": "fiber", "fibres": "fibers", "grey": "gray", "harbour": "harbor", "labour": "labor", "licence": "license",
    "licences": "licenses", "programme": "program", "programmes": "programs", "aluminium": "aluminum", "tyre": "tire",
    "tyres": "tires", "catalogues": "catalogs", "datacentre": "datacenter", "children": "child", "people": "person",
}  # fmt: skip
_ISE = re.compile("is(e|es|ed|er|ers|ing|ation|ations|ational)$")


@lru_cache(maxsize=32_768)
def stem(folded: str, language: Language) -> str:
    """The stem of one folded word, Latin letters and digits in, the same out. Cached; safe in threads.

    A stemmer object keeps its word in itself, so each call makes its own: shared, two threads would mix their words.
    """
    word = folded[:MAX_WORD]
    return _german(word) if language == "de" else _english(word)


def _german(folded: str) -> str:
    if folded in _WHOLE_STEMS:
        return _WHOLE_STEMS[folded]
    word = folded
    for ending, singular in _GERMAN_ENDINGS:
        if word.endswith(ending):
            word = word.removesuffix(ending) + singular
            break
    found: str = GermanStemmer().stemWord(word)
    found = _even_out(found)
    for beginning, stripped in _KEPT_UMLAUTS:
        if folded.startswith(beginning) and found.startswith(stripped):
            return beginning[: len(stripped) + 1] + found[len(stripped) :]
    return found


def _even_out(found: str) -> str:
    """Joins what Snowball leaves apart: *entwickeln/Entwicklung*, *fördern/Förderung*, *lagern/Lagerung*."""
    if len(found) >= 6 and (match := re.search("(?<=[bcdfgkpt])el[nt]?$", found)):
        return found[: match.start()] + "l"
    if len(found) >= 5 and found.endswith("er"):
        return found[:-2]
    return found


def _english(folded: str) -> str:
    word = _ENGLISH_SPELLINGS.get(folded, folded)
    if len(word) >= 7:
        word = _ISE.sub(r"iz\1", word)
    found: str = EnglishStemmer().stemWord(word)
    return found
