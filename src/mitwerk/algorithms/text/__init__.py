"""German and English text for search: folding, words, index and query terms, snippets, slugs, sort keys, names."""

from mitwerk.algorithms.text.analysis import Exceptions, analyse, query_groups, query_terms
from mitwerk.algorithms.text.folding import clean, fold, slugify_de, sort_key
from mitwerk.algorithms.text.highlighting import ELLIPSIS, Fragment, highlight
from mitwerk.algorithms.text.names import normalise_name
from mitwerk.algorithms.text.stemming import Language
from mitwerk.algorithms.text.words import Token, tokens

__all__ = [
    "ELLIPSIS",
    "Exceptions",
    "Fragment",
    "Language",
    "Token",
    "analyse",
    "clean",
    "fold",
    "highlight",
    "normalise_name",
    "query_groups",
    "query_terms",
    "slugify_de",
    "sort_key",
    "tokens",
]
