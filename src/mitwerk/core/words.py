"""Narrowing one list by typed words. The one search box over all subjects knows German; this only looks."""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import Q

MOST_WORDS = 8


def has_words(query: str, *fields: str, translated: Iterable[str] = ()) -> Q:
    """Every word stands in one of the fields, in any language of those that are `translated`.

    SQLite compares only A to Z without regard to case, so a word is asked for in three spellings.
    """
    places = [*fields, *(f"{name}__{code}" for name in translated for code, _label in settings.LANGUAGES)]
    found = Q()
    for word in query.split()[:MOST_WORDS]:
        anywhere = Q()
        for spelling in {word, word.lower(), word[:1].upper() + word[1:].lower()}:
            for place in places:
                anywhere |= Q(**{f"{place}__icontains": spelling})
        found &= anywhere
    return found
