"""Reads one file in a process that has little memory and little time, and no secrets: `python -m … KIND < file`.

Prints a line of JSON a row: the texts of its cells, or `{"refused": code}`; at the end of a file that cannot be used
`{"unreadable": code}`. Whoever started it takes a death by a signal for the same.
"""

import json
import resource
import sys
from collections.abc import Iterator

from mitwerk.algorithms.text_units import Unreadable

MOST_MEMORY, MOST_SECONDS = 512 * 1024 * 1024, 20
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 60_000, 200, 20_000


def limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def rows_of(content: bytes, kind: str) -> Iterator[list[str] | str]:
    """Rows, or the code of what is wrong with one. What reads a kind is loaded only where it is needed."""
    from mitwerk.algorithms.sheets.texts import csv_rows, decode

    if kind == "vcard":
        from mitwerk.algorithms.sheets.cards import card_rows

        return card_rows(decode(content))
    if kind == "csv":
        return csv_rows(decode(content))
    from mitwerk.algorithms.sheets.books import book_rows

    return book_rows(content)


def checked(row: list[str] | str) -> list[str] | dict[str, str]:
    if isinstance(row, str):
        return {"refused": row}
    while row and not row[-1].strip():
        row.pop()
    if len(row) > MOST_COLUMNS:
        return {"refused": "columns"}
    return {"refused": "cell"} if any(len(cell) > MOST_LETTERS for cell in row) else row


def main(kind: str) -> None:
    limit()
    try:
        for number, row in enumerate(rows_of(sys.stdin.buffer.read(), kind)):
            if number >= MOST_ROWS:
                raise Unreadable("many")
            sys.stdout.write(json.dumps(checked(row)) + "\n")
    except Unreadable as unreadable:
        sys.stdout.write(json.dumps({"unreadable": str(unreadable)}) + "\n")
    except MemoryError:
        sys.stdout.write(json.dumps({"unreadable": "heavy"}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
