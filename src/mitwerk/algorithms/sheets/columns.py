"""Guesses what the columns of a table hold: by their heads in German and English, else by what stands in them."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mitwerk.algorithms.text import fold

WORDS: Mapping[str, str] = {
    "own_id": "idinyourownlist kennunginihrereigenenliste kennungindereigenenliste id kennung mitgliedsnummer "
    "mitgliedsnr mitgliednr kundennummer kundennr mitglnr memberid membernumber memberno customerid "
    "customernumber adressnummer datensatz debitor debitorennummer",
    "public_id": "idherepublicid kennunghieroeffentlichekennung mitwerkid kennunghier idhere",
    "name": "nameoftheorganisation namederorganisation firma firmenname name organisation organization "
    "organisationsname unternehmen unternehmensname company companyname organisationname "
    "organizationname institution mitglied einrichtung betrieb firma1 name1 membername accountname "
    "arbeitgeber kunde",
    "legal_form": "rechtsform legalform gesellschaftsform",
    "kind": "art typ organisationstyp kind type organisationtype organizationtype kategorie "
    "artderorganisation",
    "size": "zahlderbeschaeftigten groesse groessenklasse mitarbeiter mitarbeiterzahl anzahlmitarbeiter "
    "beschaeftigte size employees numberofemployees headcount ma mitarbeiteranzahl",
    "founded": "gruendung gruendungsjahr gegruendet founded foundingyear yearfounded established "
    "gruendungsdatum",
    "place": "postalcodeandtowninone plzundortineinem plzort plzundort ortplz zipcity anschrift",
    "postal_code": "plz postleitzahl postalcode postcode zip zipcode geschaeftlichpostleitzahl businesspostalcode",
    "town": "ort stadt wohnort town city sitz standort place geschaeftlichort ortgeschaeftlich businesscity "
    "gemeinde",
    "state": "bundesland land state region businessstate bundeslandkuerzel",
    "website": "website webseite web homepage internet url internetseite www internetadresse webadresse "
    "webpage domain internetauftritt",
    "register_number": "registernummer handelsregister handelsregisternummer hrb hrnr hrbnr registernr registernumber "
    "companynumber registergericht vereinsregister registrationnumber",
    "description_de": "wassietundeutsch whattheydogerman beschreibung kurzbeschreibung profil taetigkeit "
    "beschreibungde deutsch text leistungen portfolio wassietun",
    "description_en": "wassietunenglisch whattheydoenglish beschreibungen beschreibungenglisch description "
    "descriptionen english whattheydo",
    "sectors": "branche branchen sector sectors industry industries branchenbezeichnung wirtschaftszweig",
    "membership": "kindofmembership mitgliedschaft mitgliedsart artdermitgliedschaft membership mitgliedsstatus "
    "membershipkind membershiptype status mitgliedstyp",
    "member_since": "mitgliedseit seit beitritt beitrittsdatum eintritt eintrittsdatum membersince since joined "
    "joindate aufnahme aufnahmedatum",
    "contact_name": "ansprechpartner ansprechpartnerin ansprechperson kontakt kontaktperson contact contactperson "
    "contactname vorundnachname vollername fullname displayname person anzeigename "
    "ansprechpartnername kontaktname namederperson vornamename",
    "contact_first": "contactfirstname kontaktvorname vorname firstname givenname rufname",
    "contact_last": "contactlastname kontaktnachname nachname familienname lastname surname familyname zuname",
    "contact_function": "contactfunction kontaktfunktion funktion position function jobtitle rolle stelle "
    "taetigkeitsbezeichnung titel berufsbezeichnung title role abteilung department",
    "contact_email": "contactemailaddress kontaktemailadresse email emailadresse mail mailadresse emailaddress "
    "email1 emailgeschaeftlich kontaktemail primaryemail emailansprechpartner",
    "contact_phone": "contacttelephone telefon tel telefonnummer phone telephone phonenumber telefongeschaeftlich "
    "rufnummer mobil mobiltelefon handy businessphone fon durchwahl telefon1 kontakttelefon "
    "telefonbuero",
}  # fmt: skip
"""What each column may be called, folded and without spaces and signs."""

TARGETS = tuple(WORDS)
KNOWN = {word: target for target, words in WORDS.items() for word in words.replace("-", "").split()}
OF_A_PERSON = ("ansprech", "kontakt", "contact", "person")

SHAPES = (
    ("contact_email", re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}$", re.IGNORECASE)),
    ("website", re.compile(r"(https?://|www\.)\S+$", re.IGNORECASE)),
    ("register_number", re.compile(r"\s*(HR ?[AB]|VR|GnR|PR)\s*\d+", re.IGNORECASE)),
    ("place", re.compile(r"(D-)?\d{5}\s+[A-ZÄÖÜ]\w+")),
    ("postal_code", re.compile(r"\d{5}$")),
    ("contact_phone", re.compile(r"(\+|00|0)[\d\s()/.\-]{6,20}$")),
    ("name", re.compile(r".*\b(GmbH|AG|KG|e\. ?V\.|UG|mbH|SE|Universität|Institut)\b")),
)
"""What cells look like where no head tells; the first that fits most of them."""
LOOKED_AT = 10


@dataclass(frozen=True)
class Layout:
    """Where the rows of a table begin, and what its columns are called; `is_named` where the file says so itself."""

    heads: list[str]
    start: int
    is_named: bool


def key_of(head: str) -> str:
    return re.sub(r"[\W_]+", "", fold(head[:200]))


def target_of(head: str, group: str = "") -> str:
    """What a head means; `group` stands above it where heads have two rows."""
    key, above = key_of(head), key_of(group)
    if any(word in above for word in OF_A_PERSON) and KNOWN.get(key) == "name":
        return "contact_name"
    return KNOWN.get(key) or KNOWN.get(above + key) or ("" if key else KNOWN.get(above, ""))


def layout(rows: Sequence[Sequence[str]]) -> Layout:
    """Finds the row with the heads among the first ones: above it may stand a title, or a second row of heads."""
    rows = rows[:LOOKED_AT]
    width = max((len(row) for row in rows), default=0)
    scores = [sum(bool(target_of(cell)) for cell in row) for row in rows]
    best = max(scores, default=0)
    if best < 1 or (best == 1 and width > 2 and not _is_all_words(rows[scores.index(best)])):
        first = next((at for at, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
        if not _is_all_words(rows[first] if rows else []):
            return Layout([""] * width, first, False)
        return Layout(_padded(rows[first], width), first + 1, True)
    at = scores.index(best)
    heads = _padded(rows[at], width)
    below = rows[at + 1] if at + 1 < len(rows) else []
    if scores[at + 1 : at + 2] and scores[at + 1] >= 2 and _is_all_words(below) and any(not head for head in heads):
        return Layout(_joined(heads, _padded(below, width)), at + 2, True)
    if at and len([cell for cell in rows[at - 1] if cell.strip()]) >= 2:
        heads = _joined(_padded(rows[at - 1], width), heads)
    return Layout(heads, at + 1, True)


def _padded(row: Sequence[str], width: int) -> list[str]:
    return [" ".join(cell.split())[:100] for cell in row] + [""] * (width - len(row))


def _is_all_words(row: Sequence[str]) -> bool:
    """No figures, addresses or sentences: heads, not a row of data."""
    cells = [cell for cell in row if cell.strip()]
    return len(cells) > 1 and not any(re.search(r"\d{3}|@|://", cell) or len(cell) > 60 for cell in cells)


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Two rows of heads; one that spans several columns may be written only over the first."""
    found, group = [], ""
    for upper, lower in zip(above, below, strict=True):
        group = upper or group
        found.append(f"{group} · {lower}" if group and lower and group != lower else lower or upper)
    return found


def guess(heads: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    """A target for each column, or nothing. No target is given twice."""
    found = [target_of(*_parts(head)) for head in heads]
    taken: set[str] = set()
    for at, target in enumerate(found):
        found[at] = "" if target in taken else target
        taken.add(target)
    for at, head in enumerate(heads):
        if not found[at] and not (head and target_of(*_parts(head))):
            cells = [row[at].strip() for row in samples if at < len(row) and row[at].strip()]
            found[at] = _by_shape(cells, taken)
            taken.add(found[at])
    return found


def _parts(head: str) -> tuple[str, str]:
    above, mark, below = head.partition(" · ")
    return (below, above) if mark else (head, "")


def _by_shape(cells: Sequence[str], taken: set[str]) -> str:
    for target, shape in SHAPES:
        if target not in taken and cells and sum(bool(shape.match(cell)) for cell in cells) * 10 >= len(cells) * 6:
            return target
    return ""


def signature(heads: Sequence[str]) -> str:
    """The same for two files with the same heads in the same order."""
    return hashlib.sha256("\0".join(map(key_of, heads)).encode()).hexdigest()


def letters(at: int) -> str:
    """A column as spreadsheets call it: A to Z, then AA."""
    return (letters(at // 26 - 1) if at >= 26 else "") + chr(ord("A") + at % 26)
