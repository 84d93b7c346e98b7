"""Makes `expected.txt` of what `MITWERK_MATRIX=write` found; afterwards read the difference.

Not everybody asks by every method (`asking.methods_for`); what was not asked is as what was: outsiders get the same
from the office by any method, and PUT and DELETE are one.
"""

import json
from collections import defaultdict
from pathlib import Path

from tests.matrix.asking import METHODS
from tests.matrix.cast import OUTSIDERS, WHO
from tests.matrix.expected import FILE, Row, read, write

Letters = dict[str, dict[int, str]]
"""Method to place of somebody in `WHO` to what they got."""


def found_in(folder: Path) -> dict[str, Letters]:
    """What everybody got at each address; of an address with several paths the first letter that is no `m`."""
    found: dict[str, Letters] = defaultdict(lambda: defaultdict(dict))
    for place in range(len(WHO)):
        for name, _path, method, letter in json.loads((folder / f"matrix-{place}.json").read_text()):
            if found[name][method].get(place, "m") == "m":
                found[name][method][place] = letter
    return found


def row_of(letters: Letters, known: Row | None) -> Row:
    return tuple("".join(_letter(letters, method, place, known) for place in range(len(WHO))) for method in METHODS)


def _letter(letters: Letters, method: str, place: int, known: Row | None) -> str:
    """Asked, else known, else as somebody or something alike."""
    if place in letters[method]:
        return letters[method][place]
    if known:
        return known[METHODS.index(method)][place]
    twin = {"PUT": "DELETE", "DELETE": "PUT"}.get(method, method)
    if place in letters[twin]:
        return letters[twin][place]
    if place < OUTSIDERS and (own := [letters[one][place] for one in METHODS if place in letters[one]]):
        same = {letters[one][place] for one in METHODS if place in letters[one]}
        if same <= {"d", "h"}:
            return own[0]
    alike = [letter for other, letter in sorted(letters[method].items()) if (other < OUTSIDERS) == (place < OUTSIDERS)]
    return alike[-1] if alike else "?"


def main(folder: Path) -> None:
    rules, rows = read(FILE.read_text())
    found = found_in(folder)
    FILE.write_text(write(rules, {name: row_of(found[name], rows.get(name)) for name in found}, list(WHO)))


if __name__ == "__main__":
    main(Path())
