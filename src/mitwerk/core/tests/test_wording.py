"""Which language fell behind: the rules for one field. `tests/office/test_wording.py` has the verbs."""

from datetime import datetime

import pytest

from mitwerk.core.models import Standing
from mitwerk.core.wording import Lack, after_writing, lacks

NOTE = {"of": "de", "was": "alt", "since": "2026-01-02T03:04:05+00:00"}


def told(before: dict[str, str], after: dict[str, str], noted: dict[str, dict[str, str]]) -> dict[str, str]:
    """Language to what the other one said, as far as it is noted."""
    return {code: note["was"] for code, note in after_writing(before, after, noted).items()}


@pytest.mark.parametrize(
    ("before", "after", "noted", "expected"),
    [
        ({"de": "alt", "en": "old"}, {"de": "neu", "en": "old"}, {}, {"en": "alt"}),
        ({"de": "alt", "en": "old"}, {"de": "alt", "en": "new"}, {}, {"de": "old"}),
        ({"de": "alt", "en": "old"}, {"de": "neu", "en": "new"}, {}, {}),
        ({"de": "alt", "en": "old"}, {"de": "alt\r\n", "en": "old"}, {}, {}),
        ({"de": "alt"}, {"de": "neu"}, {}, {}),
        ({"de": "alt"}, {"de": "alt", "en": "old"}, {}, {}),
        ({"de": "neu", "en": "old"}, {"de": "neu", "en": "new"}, {"en": NOTE}, {}),
        ({"de": "neu", "en": "old"}, {"de": "neuer", "en": "old"}, {"en": NOTE}, {"en": "alt"}),
        ({"de": "neu", "en": "old"}, {"de": "alt", "en": "old"}, {"en": NOTE}, {}),
        ({"de": "neu", "en": "old"}, {"de": "neu"}, {"en": NOTE}, {}),
        ({"de": "neu", "en": "old"}, {"de": "neu", "en": "old"}, {"en": NOTE}, {"en": "alt"}),
    ],
    ids=[
        "German alone", "English alone", "both", "line ends", "nothing to fall behind", "first translation",
        "catching up", "twice", "taken back", "text removed", "nothing",
    ],
)  # fmt: skip
def test_what_writing_notes(
    before: dict[str, str], after: dict[str, str], noted: dict[str, dict[str, str]], expected: dict[str, str]
) -> None:
    assert told(before, after, noted) == expected


@pytest.mark.parametrize(
    ("texts", "noted", "expected"),
    [
        ({}, {}, []),
        ({"de": "a"}, {}, [Lack("en", "de", Standing.MISSING, now="a")]),
        ({"de": "a", "en": "b"}, {}, []),
        (
            {"de": "neu", "en": "b"},
            {"en": NOTE},
            [Lack("en", "de", Standing.BEHIND, "alt", "neu", datetime.fromisoformat(NOTE["since"]))],
        ),
        ({"de": "alt", "en": "b"}, {"en": NOTE}, []),
    ],
)
def test_what_a_field_lacks(texts: dict[str, str], noted: dict[str, dict[str, str]], expected: list[Lack]) -> None:
    assert list(lacks(texts, noted)) == expected
