"""Which kind of file a manuscript is, by its name and its content."""

from mitwerk.algorithms.manuscripts.drafts import MOST_BYTES
from mitwerk.algorithms.manuscripts.packed import Package
from mitwerk.algorithms.manuscripts.texts import decoded, has_markup
from mitwerk.algorithms.manuscripts.word import main_part
from mitwerk.algorithms.sheets.texts import decode
from mitwerk.algorithms.text_units import Unreadable

_ODT = (
    b"application/vnd.oasis.opendocument.text",
    b"application/vnd.oasis.opendocument.text-template",
)
_ENDINGS = {
    "": "text",
    "txt": "text",
    "text": "text",
    "md": "markdown",
    "markdown": "markdown",
    "htm": "html",
    "html": "html",
}
_OTHERS = (b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"{\\rtf", b"<?xml", b"MZ")
_EMPTY = b"\0\t\r\n \xef\xbb\xbf\xff\xfe"


def check_size(content: bytes) -> None:
    """Raises `Unreadable`: empty, big."""
    if not content.strip(_EMPTY):
        raise Unreadable("empty")
    if len(content) > MOST_BYTES:
        raise Unreadable("big")


def kind_of(name: str, content: bytes) -> str:
    """text, html, markdown, docx or odt. A packed file is told by its content, a text by the ending of its name; no
    name is a pasted text. Raises `Unreadable`: empty, big, broken, bomb; kind for everything else, also for the old
    format of Word and for a file that is locked with a password."""
    check_size(content)
    if content.startswith(b"PK"):
        return packed_kind(Package(content))
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if content.startswith(_OTHERS) and not (content.startswith(b"<?xml") and ending in ("htm", "html")):
        raise Unreadable("kind")
    if ending not in _ENDINGS or _is_strange(content):
        raise Unreadable("kind")
    kind = _ENDINGS[ending]
    return "html" if kind == "text" and has_markup(decoded(content)) else kind


def packed_kind(package: Package) -> str:
    """docx or odt. Raises `Unreadable` (kind, broken, bomb)."""
    if package.bytes_of("mimetype").strip() in _ODT:
        if b"encryption-data" in package.bytes_of("META-INF/manifest.xml"):
            raise Unreadable("kind")
        return "odt"
    if main_part(package):
        return "docx"
    raise Unreadable("kind")


def _is_strange(content: bytes) -> bool:
    """Whether it holds what no text does."""
    start = decode(content[:20_000])[:10_000].replace("\0", "")
    strange = sum(
        not (sign.isprintable() or sign.isspace() or sign in "\xad\u200b\u200c\u200d\ufeff") for sign in start
    )
    return strange * 50 > len(start)
