"""What somebody wrote themselves in an answer by mail: without what it quotes, and without a signature.

Of our own making, because what there is does it with expressions that take exponential time for hostile lines, or knows
no German, or throws away what stands below a quotation. Every line is looked at a fixed number of times.
"""

import re

LONGEST_LINE = 1000
"""Longer lines are nobody's signature, heading or introduction."""
MOST_WRAPPED = 4
"""Over so many lines an introduction such as “Am … schrieb …:” may be broken."""

_INTRODUCES = (
    ("am ", ("schrieb",)),
    ("on ", ("wrote",)),
)
_INTRODUCTION_ENDS = re.compile(r"(wrote|schrieb)\b[^:]{0,200}:$", re.IGNORECASE)
_HEADING = re.compile(r"\*?(Von|From|Absender)\s?:\*?\s", re.IGNORECASE)
_HEADING_GOES_ON = re.compile(
    r"\*?(Gesendet|Datum|An|Cc|Betreff|Sent|Date|To|Subject|Antwort an|Reply-To)\s?:\*?(\s|$)", re.IGNORECASE
)
_ORIGINAL = re.compile(
    r"-{2,}\s?(Ursprüngliche (Nachricht|Mail)|Originalnachricht|Original[- ]?(Message|Nachricht)|"
    r"Weitergeleitete Nachricht|Forwarded message)\s?-{2,}$",
    re.IGNORECASE,
)
_SENT_BY = re.compile(
    r"(Von meinem .{1,60} gesendet|Gesendet (von|mit) .{1,80}|Sent (from|with|via) .{1,80}|Get Outlook for .{1,60}|"
    r"Holen Sie sich Outlook für .{1,60}|Outlook für (iOS|Android) .{1,80}|"
    r"Diese Nachricht wurde von meinem .{1,80} gesendet\.?)$",
    re.IGNORECASE,
)
_EMPTY_LINES = re.compile(r"\n{3,}")


def own_words(text: str) -> str:
    """The text without quotation, what introduces it, and signature; what is written between and below stays."""
    lines = [_plain(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        if _ends_here(lines, at):
            break
        if skipped := _introduction(lines, at):
            at += skipped
        elif _is_quoted(lines[at]):
            at += 1
        else:
            kept.append(lines[at])
            at += 1
    return _EMPTY_LINES.sub("\n\n", "\n".join(kept)).strip()


def _plain(line: str) -> str:
    """Without control characters and spaces that nobody sees."""
    return "".join(c for c in line.replace("\xa0", " ") if c == "\t" or c.isprintable()).rstrip(" \t")


def _is_quoted(line: str) -> bool:
    return line.lstrip().startswith((">", "|>"))


def _ends_here(lines: list[str], at: int) -> bool:
    """Whether only a signature or somebody else's mail comes from here on."""
    line = lines[at].strip()
    if line in {"--", "—"}:
        return True
    if len(line) > LONGEST_LINE:
        return False
    return bool(_ORIGINAL.match(line)) or _is_heading(lines, at) or _is_sent_by(lines, at)


def _is_heading(lines: list[str], at: int) -> bool:
    """The lines of an Outlook above what it quotes: Von, Gesendet, An, Betreff. One alone may be somebody's words."""
    if not _HEADING.match(lines[at].strip() + " "):
        return False
    after = [line.strip() for line in lines[at + 1 : at + 9]]
    return sum(bool(_HEADING_GOES_ON.match(line[:LONGEST_LINE])) for line in after) >= 2


def _is_sent_by(lines: list[str], at: int) -> bool:
    """An advertisement of the mail program: at the end, or before what it quotes."""
    if not _SENT_BY.match(lines[at].strip()):
        return False
    after = next((n for n in range(at + 1, min(len(lines), at + 50)) if lines[n].strip(" _")), None)
    if after is None or _is_quoted(lines[after]) or _introduction(lines, after):
        return True
    return bool(_ORIGINAL.match(lines[after].strip()[:LONGEST_LINE])) or _is_heading(lines, after)


def _introduction(lines: list[str], at: int) -> int:
    """How many lines introduce a quotation from here; 0 where none does.

    Only where it is followed by quoted lines or by nothing, because “On Monday she wrote:” may be part of a text.
    """
    joined = ""
    for number, line in enumerate(lines[at : at + MOST_WRAPPED], 1):
        joined = f"{joined} {line.strip()}".strip()
        if not line.strip() or len(joined) > LONGEST_LINE or _is_quoted(line):
            return 0
        if joined.endswith(":"):
            return number if _introduces(joined) and _quotes_next(lines, at + number) else 0
    return 0


def _introduces(line: str) -> bool:
    small = line.casefold()
    opens = any(small.startswith(start) and any(verb in small for verb in verbs) for start, verbs in _INTRODUCES)
    return (opens or "@" in line) and any(c.isdigit() for c in line) and bool(_INTRODUCTION_ENDS.search(line[-260:]))


def _quotes_next(lines: list[str], at: int) -> bool:
    after = next((line for line in lines[at : at + 6] if line.strip()), None)
    return after is None or _is_quoted(after)
