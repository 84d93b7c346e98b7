"""The German texts against the code: every text used is translated, none is empty or fuzzy.

`python tools/catalogue.py` checks, `--write` adds what is missing.
Needs GNU gettext (xgettext), as Django's own makemessages does.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
GERMAN = ROOT / "locale/de/LC_MESSAGES/django.po"
Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    return entry.msgctxt, entry.msgid


def used_in_code() -> polib.POFile:
    """A fresh run of makemessages over a copy of the sources, so that the working tree stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        (copy / "locale/de/LC_MESSAGES").mkdir(parents=True)
        shutil.copytree(ROOT / "src", copy / "src", ignore=shutil.ignore_patterns("vendor", "__pycache__", "tests"))
        command = [sys.executable, "-m", "django", "makemessages", "-l", "de", "--no-wrap", "-v", "0"]
        clean = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(command, cwd=copy, env=clean, check=True)
        return polib.pofile(str(copy / "locale/de/LC_MESSAGES/django.po"))


def known() -> dict[Key, polib.POEntry]:
    """What is translated."""
    return {key(entry): entry for entry in polib.pofile(str(GERMAN)) if not entry.obsolete}


def is_empty(entry: polib.POEntry) -> bool:
    texts = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return not all(texts) or not list(texts)


def unfinished(entries: dict[Key, polib.POEntry]) -> list[str]:
    """Sentences about entries that are empty or fuzzy."""
    found = [f"fuzzy: “{e.msgid}”" for e in entries.values() if e.fuzzy]
    return found + [f"without German: “{e.msgid}”" for e in entries.values() if is_empty(e)]


def missing(used: polib.POFile, entries: dict[Key, polib.POEntry]) -> list[str]:
    """Sentences about texts in the code that the catalogue does not have, with the place of the first use."""
    places = {key(e): e.occurrences[0] if e.occurrences else ("?", "") for e in used if not e.obsolete}
    return [
        f"not in the catalogue: “{k[1]}” ({place[0]}:{place[1]})" for k, place in places.items() if k not in entries
    ]


def write(used: polib.POFile, entries: dict[Key, polib.POEntry]) -> None:
    """The catalogue anew from the code; texts nobody uses any more are dropped."""
    result = polib.POFile(wrapwidth=110)
    result.metadata = polib.pofile(str(GERMAN)).metadata
    for entry in sorted(used, key=lambda e: (e.occurrences[0][0] if e.occurrences else "", e.msgid)):
        translated = entries.get(key(entry))
        entry.msgstr = translated.msgstr if translated else ""
        entry.msgstr_plural = dict(translated.msgstr_plural) if translated else entry.msgstr_plural
        entry.occurrences = sorted({(file, "") for file, _line in entry.occurrences})
        entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
        entry.previous_msgid = None
        result.append(entry)
    result.save(str(GERMAN))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    wants_to_write = parser.parse_args().write
    if not shutil.which("xgettext"):
        print("GNU gettext is missing (Debian: apt install gettext).", file=sys.stderr)
        return 1
    used = used_in_code()
    if wants_to_write:
        write(used, known())
    problems = unfinished(known()) + missing(used, known())
    print("\n".join(problems) or f"{len(used)} texts, all in German.")
    return 1 if problems and not wants_to_write else 0


if __name__ == "__main__":
    sys.exit(main())
