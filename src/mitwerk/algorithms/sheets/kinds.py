"""Which kind of table a file is, told by its content and never by its name."""

import re
from io import BytesIO
from zipfile import ZipFile

from mitwerk.algorithms.sheets.texts import decode
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.algorithms.zips import check_zip

MOST_BYTES = 25 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"Rar!",
    b"7z\xbc\xaf",
    b"{\\rtf",
    b"SQLite format",
)
_MARKUP = re.compile(r"\s*(<\?xml|<!doctype|<html|<table|<svg)", re.IGNORECASE)


def kind_of(content: bytes) -> str:
    """xlsx, ods, vcard or csv. Raises `Unreadable`: empty, big, kind, old, locked, bomb or broken."""
    if not content.strip(b"\0\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("big")
    if content.startswith(_OLE):
        raise Unreadable("locked" if "EncryptedPackage".encode("utf-16-le") in content else "old")
    if content.startswith(b"PK"):
        return _packed(content)
    if content.startswith(_OTHERS):
        raise Unreadable("kind")
    return _written(content)


def _packed(content: bytes) -> str:
    names = check_zip(content)
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" not in names or not content[30:200].split(b"mimetype", 1)[-1].startswith(_ODS):
        raise Unreadable("kind")
    if "META-INF/manifest.xml" in names and b"encryption-data" in _start_of(content, "META-INF/manifest.xml"):
        raise Unreadable("locked")
    return "ods"


def _start_of(content: bytes, name: str) -> bytes:
    try:
        with ZipFile(BytesIO(content)).open(name) as opened:
            return opened.read(200_000)
    except Exception as error:  # a packed file can be broken in a hundred ways
        raise Unreadable("broken") from error


def _written(content: bytes) -> str:
    text = decode(content[:100_000])
    if re.match(r"\s*BEGIN:VCARD", text, re.IGNORECASE):
        return "vcard"
    strange = sum(not (char.isprintable() or char in "\t\r\n") for char in text[:10_000].replace("\0", ""))
    if _MARKUP.match(text) or strange * 50 > len(text[:10_000]):
        raise Unreadable("kind")
    return "csv"
