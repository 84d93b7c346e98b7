"""From the pieces of any kind of file to title, headings, paragraphs and goals."""

import re
from collections.abc import Iterable, Iterator

from mitwerk.algorithms.manuscripts.drafts import MOST_BLOCKS, Block, Draft, Manuscript, Piece
from mitwerk.algorithms.text_units import Unreadable

MOST_HEADING, MOST_PARAGRAPH, SHORT = 200, 5000, 80
_CLOSES = re.compile(r"[.!?:;,…][\"'”“«»‹›’)\]]*$")
_GOALS = re.compile(
    r"\b(?:goals?|aims?|objectives?|(?!\w*erziel)\w*ziel(?:e|en|s|es)?|\w*zielsetzung(?:en)?|\w*zielbild(?:er)?)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…][\"'”“«»)\]]*\s")


def is_short(text: str) -> bool:
    """Whether a line that stands alone reads like a heading: at most 80 characters, no sign that ends a sentence."""
    return len(text) <= SHORT and not _CLOSES.search(text)


def speaks_of_goals(heading: str) -> bool:
    return bool(_GOALS.search(heading))


def finish(draft: Draft) -> Manuscript:
    """Raises `Unreadable`: nothing, many."""
    title, pieces = _title(draft, [*_with_guessed_headings(draft), *draft.end])
    blocks = tuple(_blocks(draft, pieces))
    if not blocks and not title:
        raise Unreadable("nothing")
    if len(blocks) > MOST_BLOCKS:
        raise Unreadable("many")
    return Manuscript(title, blocks, draft.notes())


def _with_guessed_headings(draft: Draft) -> list[Piece]:
    """Where nothing is a heading, short paragraphs all in bold are, unless there is nothing else."""
    pieces = draft.pieces
    guessed = [one.kind == "paragraph" and one.strong and is_short(one.text) for one in pieces]
    if all(guessed) or any(piece.kind == "heading" for piece in pieces):
        return pieces
    for piece, is_one in zip(pieces, guessed, strict=True):
        if is_one:
            draft.tell("guessed", piece.text)
    return [one._replace(kind="heading") if is_one else one for one, is_one in zip(pieces, guessed, strict=True)]


def _title(draft: Draft, pieces: list[Piece]) -> tuple[str, list[Piece]]:
    """The first piece set as a title; else the first heading where it stands above all others: as the only one of its
    level, or without a number at the very beginning, the next heading of its level right after it; else what the file
    calls itself."""
    at = next((at for at, one in enumerate(pieces) if one.kind == "title" and len(one.text) <= MOST_HEADING), None)
    if at is None:
        at = _top_heading(pieces)
    title = draft.title if at is None and len(draft.title) <= MOST_HEADING else "" if at is None else pieces[at].text
    if draft.title != title:
        draft.leave_out("properties", draft.title)
    return title, pieces if at is None else pieces[:at] + pieces[at + 1 :]


def _top_heading(pieces: list[Piece]) -> int | None:
    headings = [at for at, one in enumerate(pieces) if one.kind == "heading"]
    if len(headings) < 2 or len(pieces[headings[0]].text) > MOST_HEADING:
        return None
    first, second = headings[:2]
    is_alone = all(pieces[at].level > pieces[first].level for at in headings[1:])
    is_numbered = pieces[first].text[0].isdigit()
    opens = (first, second) == (0, 1) and pieces[first].level == pieces[second].level and not is_numbered
    return first if is_alone or opens else None


def _blocks(draft: Draft, pieces: list[Piece]) -> Iterator[Block]:
    top = min((one.level for one in pieces if _is_heading(one)), default=1)
    above: list[Piece] = []
    for piece in pieces:
        if _is_heading(piece):
            above = [*(one for one in above if one.level < piece.level), piece]
            level = piece.level - top + 1
            if level > 1:
                draft.tell("levels", piece.text)
            yield Block("heading" if level == 1 else "paragraph", piece.text, level)
            continue
        is_goal = piece.kind == "item" and any(speaks_of_goals(one.text) for one in above)
        for part in _parts(draft, piece.text):
            yield Block("goal" if is_goal else "paragraph", part)


def _is_heading(piece: Piece) -> bool:
    """What is longer than a heading can be is a paragraph that somebody made look like one."""
    return piece.kind == "heading" and len(piece.text) <= MOST_HEADING


def _parts(draft: Draft, text: str) -> Iterable[str]:
    if len(text) <= MOST_PARAGRAPH:
        return [text]
    draft.tell("long", text)
    parts = []
    while len(text) > MOST_PARAGRAPH:
        ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, MOST_PARAGRAPH)]
        at = ends[-1] if ends else text.rfind(" ", 1, MOST_PARAGRAPH) + 1 or MOST_PARAGRAPH
        parts.append(text[:at].strip())
        text = text[at:].strip()
    return [part for part in [*parts, text] if part]
