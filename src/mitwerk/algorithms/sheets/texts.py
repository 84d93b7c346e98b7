"""Texts with separators, as every program writes them a little differently: encoding, separator, line ends."""

import csv
from collections import Counter
from collections.abc import Iterator
from io import StringIO

SEPARATORS = ";\t,|"
SAMPLE_LINES = 40


def decode(content: bytes) -> str:
    """The text of a file: by its mark, else UTF-16 by its zeros, else UTF-8, else what Windows wrote in Germany."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    start = content[:4000]
    evens, odds = start[::2].count(0), start[1::2].count(0)
    if max(evens, odds) * 5 > len(start) and min(evens, odds) * 4 < max(evens, odds):
        return content.decode("utf-16-be" if evens > odds else "utf-16-le", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        # A sample may end within a letter; that does not make it Windows-1252.
        if error.reason == "unexpected end of data":
            return content[: error.start].decode("utf-8")
        return content.decode("cp1252", errors="replace")


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of a text with separators; quoted line breaks stay in their cell."""
    text, separator = _without_hint(text.replace("\0", ""))
    usual = csv.field_size_limit()
    csv.field_size_limit(max(len(text), usual))
    try:
        yield from csv.reader(StringIO(text, newline=""), delimiter=separator or _separator(text))
    finally:
        csv.field_size_limit(usual)


def _without_hint(text: str) -> tuple[str, str]:
    """Excel's own first line `sep=;` tells the separator and is no row."""
    first = text[:20].splitlines()[:1]
    hint = first[0].strip().strip('"') if first else ""
    if hint.lower().startswith("sep=") and (len(hint) == 5 or first[0].startswith("sep=\t")):
        return text[len(first[0]) :].lstrip("\r\n"), first[0].strip('"')[4:5]
    return text, ""


def _separator(text: str) -> str:
    """The one that cuts most lines into equally many cells."""
    lines = StringIO(text[:200_000], newline="")
    sample = "".join(line for line, _n in zip(lines, range(SAMPLE_LINES), strict=False))
    return max(SEPARATORS, key=lambda separator: _evenness(sample, separator))


def _evenness(sample: str, separator: str) -> float:
    widths = Counter(len(row) for row in csv.reader(StringIO(sample, newline=""), delimiter=separator) if row)
    if not widths:
        return 0
    width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
    return 0 if width < 2 else count / sum(widths.values()) * min(width, 4)
