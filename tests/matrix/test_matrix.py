"""TRUST A1, A4: every address of the project × everybody × every method, as `expected.txt` says and no other way.

Whoever has no right gets the answer of something that is not there; nothing breaks.
"""

import json
import os
from pathlib import Path

import pytest

from tests.matrix.asking import METHODS, answers, leave_undrawn, ways
from tests.matrix.cast import OUTSIDERS, WHO, House
from tests.matrix.expected import FILE, read

WRITES = os.environ.get("MITWERK_MATRIX") == "write"
RULES, EXPECTED = read(FILE.read_text()) if FILE.exists() else ({}, {})
NAMES = list(WHO)


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    found = {language: set(ways(language)) for language in ("de", "en")}
    assert found["de"] == found["en"]
    if not WRITES:
        assert (sorted(found["de"] - set(EXPECTED)), sorted(set(EXPECTED) - found["de"])) == ([], [])


def test_nothing_breaks_but_three_forms_of_wagtails() -> None:
    """Sent without its fields by hand, by somebody of the office; nothing of ours, and nothing anybody else reaches."""
    broken = {name for name, row in EXPECTED.items() if "!" in "".join(row)}
    assert broken == {
        "wagtailadmin_pages:copy", "wagtailadmin_choose_page_external_link", "wagtailredirects:process_import",
    }  # fmt: skip
    assert [letters for name in broken for letters in EXPECTED[name] if "!" in letters[:OUTSIDERS]] == []


def test_every_line_speaks_of_everybody() -> None:
    assert [(name, row) for name, row in EXPECTED.items() if [len(letters) for letters in row] != [len(WHO)] * 4] == []
    assert [name for name, letters in RULES.items() if len(letters) != len(WHO)] == []


@pytest.fixture
def quick(who: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets what is decided before a page is drawn. Drawn are the pages of one, and none that says "not found"."""
    leave_undrawn(monkeypatch, pages=who != "editor of the firm")


@pytest.mark.usefixtures("db", "quick")
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("who", NAMES)
def test_what_everybody_gets(house: House, who: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")
    place = NAMES.index(who)
    found = list(answers(house, who))
    if WRITES:
        Path(f"matrix-{place}.json").write_text(json.dumps(found))
        return
    wrong = [
        f"{path} {method}: {letter} instead of {wanted}"
        for name, path, method, letter in found
        if letter != (wanted := EXPECTED.get(name, ("?" * len(WHO),) * 4)[METHODS.index(method)][place])
    ]
    assert wrong == []
