"""The German catalogue: nothing is empty, fuzzy, or another shape than its English twin."""

import re

import polib
import pytest
from tools import catalogue

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<\w+:\w+>")


def test_every_entry_has_its_german() -> None:
    assert catalogue.unfinished(catalogue.known()) == []


def test_placeholders_are_the_same_in_both_languages() -> None:
    wrong = []
    for entry in catalogue.known().values():
        german = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        english = {*PLACEHOLDER.findall(entry.msgid), *PLACEHOLDER.findall(entry.msgid_plural or "")}
        wrong += [entry.msgid for text in german if not set(PLACEHOLDER.findall(text)) <= english]
        wrong += [entry.msgid for text in german[-1:] if set(PLACEHOLDER.findall(text)) != english]
    assert wrong == []


@pytest.mark.parametrize("text", ['"Zitat"', "'Zitat'", "--", "..."])
def test_german_is_set_with_german_marks(text: str) -> None:
    marks = {'"Zitat"': r'(?<![=\w])"\w', "'Zitat'": r"(?<!\w)'\w", "--": r" -- ?", "...": r"\.\.\."}[text]
    entries = [e for e in catalogue.known().values() if "<" not in e.msgstr]
    assert [e.msgstr for e in entries if re.search(marks, e.msgstr)] == []


def test_control_an_unfinished_entry_is_caught() -> None:
    empty = polib.POEntry(msgid="Empty", msgstr="")
    fuzzy = polib.POEntry(msgid="Fuzzy", msgstr="Unscharf", flags=["fuzzy"])
    plural = polib.POEntry(msgid="one", msgid_plural="many", msgstr_plural={0: "eins", 1: ""})
    told = catalogue.unfinished({catalogue.key(entry): entry for entry in (empty, fuzzy, plural)})
    assert told == ["fuzzy: “Fuzzy”", "without German: “Empty”", "without German: “one”"]
