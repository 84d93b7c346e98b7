"""The people of a list: one row may name several, with addresses in any cell. Nothing is dropped and nothing guessed:
what cannot be told apart comes back with the code of its problem.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mitwerk.algorithms.sheets.columns import SHAPES, guess, key_of, target_of
from mitwerk.algorithms.sheets.values import DISARMED, EMAIL, LENGTHS
from mitwerk.algorithms.text import fold
from mitwerk.algorithms.text.folding import clean

TARGETS = ("name", "contact_name", "contact_first", "contact_last", "contact_function", "contact_email")
AMBIGUOUS = frozenset("name namen mitglied mitglieder teilnehmer teilnehmerin teilnehmende".split())
"""Heads that mean an organisation in an office's list, and mostly a person in a list of people."""
BESIDES = frozenset("titel title anrede abteilung department".split())
SHARED = frozenset("info kontakt contact office mail post zentrale sekretariat empfang team service".split())
"""Mailboxes of a firm; beside an address of somebody's own they name nobody."""
FIRM = dict(SHAPES)["name"]
ADDRESS = re.compile(r"(?<![\w.+-])" + EMAIL.pattern + r"(?![\w-])", re.IGNORECASE)
MASKED = re.compile(r"\s*[\[(]\s*(?:at|ät|@)\s*[\])]\s*", re.IGNORECASE)
LINES = re.compile(r"[\r\n;|]|\s/\s|\s(?:&|und|and)\s", re.IGNORECASE)
GREETING = re.compile(r"^(?:herrn?|frau|hr|fr|mr|mrs|ms)\b\.?\s*", re.IGNORECASE)
MOST_PAIRED = 50


@dataclass(frozen=True)
class Somebody:
    """A person as a list names them; `problem` is the code of what somebody has to look at, or nothing."""

    name: str = ""
    email: str = ""
    firm: str = ""
    position: str = ""
    problem: str = ""


def guess_people(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """What each column of a list of people holds, of `TARGETS`; nothing for all that a list of people does not need."""
    targets = [target_of(*_parts(head)) for head in heads]
    plain = list(heads)
    for at, head in enumerate(heads):
        others = {target for index, target in enumerate(targets) if index != at}
        if key_of(head) in AMBIGUOUS and not _are_firms(at, samples):
            plain[at] = "Nachname" if "contact_first" in others else "Ansprechpartner"
        elif key_of(head) in BESIDES and "contact_function" in others:
            plain[at] = "Anrede"
    return [target if target in TARGETS else "" for target in guess(plain, samples)]


def _parts(head: str) -> tuple[str, str]:
    above, mark, below = head.partition(" · ")
    return (below, above) if mark else (head, "")


def _are_firms(at: int, samples: Sequence[Sequence[str]]) -> bool:
    cells = [row[at] for row in samples if at < len(row) and row[at].strip()]
    return bool(cells) and sum(bool(FIRM.match(cell)) for cell in cells) * 2 >= len(cells)


def people_of(cells: Sequence[str], columns: Sequence[str]) -> list[Somebody]:
    """Everybody a row names: always at least one, so that no row is lost, whatever stands in it."""
    texts = [MASKED.sub("@", unicodedata.normalize("NFC", DISARMED.sub("", cell.replace("\0", "")))) for cell in cells]
    held = {target: text for text, target in zip(texts, columns, strict=False) if target and text.strip()}
    firm = clean(ADDRESS.sub(" ", held.get("name", "")))
    addresses = list(dict.fromkeys(_addresses(texts)))
    names, pairs = _named(held, texts)
    found = _paired(names, addresses, pairs)
    own = [one for one in found if one.name or one.email.split("@")[0] not in SHARED]
    found = own if any(one.name and one.email for one in own) else found
    if not found:
        return [Somebody(firm=firm[: LENGTHS["name"]], problem="email")]
    if any("@" in text for text in texts) and not addresses:
        found = [replace(one, problem="broken") for one in found]
    positions = _positions(held.get("contact_function", ""), len(found))
    return [
        replace(one, firm=_cut(firm, "name", one), position=position, problem=one.problem or _missing(one))
        for one, position in zip(found, positions, strict=True)
    ]


def _missing(one: Somebody) -> str:
    return "" if one.name and one.email else ("email" if one.name else "name")


def _cut(firm: str, target: str, one: Somebody) -> str:
    """A firm that is the person's own name says nothing."""
    return "" if firm == one.name else firm[: LENGTHS[target]]


def _addresses(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        for found in ADDRESS.finditer(text):
            if len(found[0]) <= LENGTHS["contact_email"]:
                yield found[0].lower()


def _named(held: dict[str, str], texts: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The names of a row, and those that stand before their own address: `Name <address>`."""
    pairs: dict[str, str] = {}
    for text in texts:
        for part in LINES.split(text):
            before, mark, after = part.partition("<")
            address = ADDRESS.search(after)
            is_new = mark and address and address[0].lower() not in pairs.values()
            if address and is_new and (name := _name(before.split(",")[-1])):
                pairs[name] = address[0].lower()
    names = _split(held.get("contact_name", ""))
    firsts, lasts = (_split(held.get(target, "")) for target in ("contact_first", "contact_last"))
    if not names and (firsts or lasts):
        if len(firsts) == len(lasts):
            names = [f"{first} {last}" for first, last in zip(firsts, lasts, strict=True)]
        else:
            names = [" ".join([*firsts, *lasts])] if min(len(firsts), len(lasts)) == 0 else [*lasts]
    names = [name[: LENGTHS["contact_name"]] for name in names]
    return list(dict.fromkeys([*names, *pairs])), pairs


def _split(text: str) -> list[str]:
    """Names of one cell, without the addresses in it."""
    return [name for part in LINES.split(text) for name in _by_comma(re.sub(r"<[^>]*>", " ", part)) if name]


def _by_comma(part: str) -> list[str]:
    """`Last, First` is one person; full names between commas are several."""
    pieces = [_name(piece) for piece in part.split(",")]
    pieces = [piece for piece in pieces if piece]
    if len(pieces) == 2 and " " not in pieces[1]:
        return [f"{pieces[1]} {pieces[0]}"]
    return pieces if all(" " in piece for piece in pieces) else [" ".join(pieces)]


def _name(text: str) -> str:
    """Letters must be in it; the greeting before it goes."""
    plain = GREETING.sub("", clean(ADDRESS.sub(" ", text)).strip(" ,.-()\"'<>:")).strip()
    return plain[: LENGTHS["contact_name"]] if any(map(str.isalpha, plain)) and "@" not in plain else ""


def _paired(names: list[str], addresses: list[str], pairs: dict[str, str]) -> list[Somebody]:
    """Each name with its address: as written together, else the most alike, else by their order where both are as
    many."""
    found = {name: pairs[name] for name in names if name in pairs}
    free_names = [name for name in names if name not in found]
    free = [address for address in addresses if address not in found.values()]
    if max(len(free_names), len(free)) <= MOST_PAIRED:
        for score, name, address in _likeness(free_names, free):
            if score and name not in found and address in free:
                found[name] = address
                free.remove(address)
    free_names = [name for name in free_names if name not in found]
    if len(free_names) == len(free):
        found |= dict(zip(free_names, free, strict=True))
        free = []
    problem = "pair" if free and any(name not in found for name in names) else ""
    known = [_tokens(name) for name in names]
    rest = [one for one in free if problem or not any(_score(tokens, one) == len(tokens) for tokens in known)]
    return [
        *(Somebody(name, found.get(name, ""), problem="" if name in found else problem) for name in names),
        *(Somebody(email=address, problem=problem) for address in rest),
    ]


def _likeness(names: list[str], addresses: list[str]) -> list[tuple[int, str, str]]:
    tokens = [(name, _tokens(name)) for name in names]
    scored = [(_score(parts, address), name, address) for name, parts in tokens for address in addresses]
    return sorted(scored, key=lambda one: -one[0])


def _tokens(name: str) -> list[str]:
    return [token for token in re.split(r"\W+", fold(name)) if len(token) > 1]


def _score(tokens: list[str], address: str) -> int:
    local = address.split("@")[0]
    return sum(token in local for token in tokens)


def _positions(text: str, count: int) -> list[str]:
    """One a person where a cell holds as many; the same for all otherwise."""
    parts = [clean(part)[: LENGTHS["contact_function"]] for part in re.split(r"[\r\n;|]", text) if part.strip()]
    return parts if len(parts) == count else [clean(text)[: LENGTHS["contact_function"]]] * count
