"""A mail as it came from outside, read: who it says it is from, to whom, and what stands in it.

Whatever the bytes are, it is read or `Unreadable` is raised. Python's older policy reads the headers, because the newer
one raises errors of all kinds for headers that are written wrongly.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import Any

from lxml import etree

from mitwerk.algorithms.own_words import own_words

LARGEST = 10 * 1024 * 1024
MOST_PARTS = 100
LONGEST_TEXT = 500_000
RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
BULK = {"bulk", "junk", "list", "auto_reply"}
MACHINES = ("X-Auto-Response-Suppress", "X-Autoreply", "X-Autorespond", "X-Loop", "List-Id", "Feedback-ID")
SIGNATURES = {"application/pgp-signature", "application/pgp-keys", "application/pkcs7-signature",
              "application/x-pkcs7-signature"}  # fmt: skip
_BREAKS = set("address article blockquote br center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header hr li"
              " main nav ol p pre section table tr ul".split())  # fmt: skip
_UNSEEN = {"head", "script", "style", "title", "template", "noscript"}
_VOID = set("area base br col embed hr img input link meta param source track wbr".split())
_QUOTES = re.compile(r"\b(gmail_quote|gmail_attr|moz-cite-prefix|yahoo_quoted|protonmail_quote|gmail_signature)\b")
_QUOTE_IDS = {"divrplyfwdmsg", "appendonsend", "mail-editor-reference-message-container"}


class Unreadable(ValueError):
    """These bytes are no mail, or one that nobody's program writes."""


@dataclass(frozen=True)
class Received:
    """A mail, read. `text` is what its sender wrote themselves."""

    senders: tuple[str, ...]
    recipients: tuple[str, ...]
    message_id: str
    text: str
    is_automatic: bool
    has_attachment: bool

    def sent_to(self, recipient: str) -> "Received":
        """With the address that the mail server itself names, before those of the headers."""
        return replace(self, recipients=(recipient.strip().casefold(), *self.recipients))


def read_mail(raw: bytes) -> Received:
    """Raises `Unreadable`."""
    if not raw.strip() or len(raw) > LARGEST:
        raise Unreadable("size")
    try:
        mail = message_from_bytes(raw)
        parts = list(_parts(mail))
        return Received(
            senders=_addresses(mail, ["From"]),
            recipients=_addresses(mail, RECIPIENTS),
            message_id=_header(mail, "Message-ID").strip()[:1000],
            text=own_words(_text(mail)),
            is_automatic=_is_automatic(mail),
            has_attachment=any(_is_attachment(part) for part in parts),
        )
    except Unreadable:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, MessageError) as error:
        raise Unreadable(type(error).__name__) from None


def _header(mail: "Message[Any, Any]", name: str) -> str:
    """As text, in one line; bytes that no encoding explains become question marks."""
    return " ".join(_decoded(str(mail.get(name, ""))).split())


def _decoded(value: str) -> str:
    told = "".join(
        part if isinstance(part, str) else _as_text(part, charset or "utf-8") for part, charset in decode_header(value)
    )
    return told.encode("utf-8", "replace").decode()


def _as_text(content: bytes, charset: str) -> str:
    """In the encoding it says it has, otherwise in the one of old Windows, in which every sign is one."""
    for name in (charset, "utf-8"):
        try:
            return content.decode(name).replace("\0", "")
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace").replace("\0", "")


def _addresses(mail: "Message[Any, Any]", names: Iterable[str]) -> tuple[str, ...]:
    """In small letters, each once."""
    values = [str(value) for name in names for value in mail.get_all(name, [])[:20]]
    found = (address.strip().casefold() for _name, address in getaddresses(values))
    return tuple(dict.fromkeys(one for one in found if "@" in one and one.isprintable()))[:100]


def _is_automatic(mail: "Message[Any, Any]") -> bool:
    """A reply of a machine, a list, or a report that something did not arrive."""
    auto = _header(mail, "Auto-Submitted").partition(";")[0].strip().casefold()
    return (
        auto not in {"", "no"}
        or _header(mail, "Precedence").casefold() in BULK
        or any(name in mail for name in MACHINES)
        or _header(mail, "Return-Path") == "<>"
        or mail.get_content_type() == "multipart/report"
    )


def _parts(mail: "Message[Any, Any]") -> "Iterator[Message[Any, Any]]":
    for number, part in enumerate(mail.walk()):
        if number >= MOST_PARTS:
            raise Unreadable("parts")
        yield part


def _is_attachment(part: "Message[Any, Any]") -> bool:
    """A file that somebody added. A logo in the text is none, and neither is a signature that programs check."""
    kind = part.get_content_type()
    if kind in SIGNATURES or part.get_content_maintype() == "multipart":
        return False
    says = _header(part, "Content-Disposition").partition(";")[0].strip().casefold()
    if says == "attachment" or part.get_content_maintype() == "message":
        return True
    if kind in {"text/plain", "text/html"}:
        return bool(part.get_filename()) and says != "inline"
    return not (part.get_content_maintype() == "image" and "Content-ID" in part)


def _text(mail: "Message[Any, Any]") -> str:
    """Its plain text; where there is none, the words of its HTML."""
    plain = [_words(part) for part in _bodies(mail, "text/plain")]
    told = "\n\n".join(one for one in plain if one.strip())
    if not told:
        told = "\n\n".join(words_of_html(_words(part)) for part in _bodies(mail, "text/html"))
    return told[:LONGEST_TEXT]


def _bodies(mail: "Message[Any, Any]", kind: str) -> "Iterator[Message[Any, Any]]":
    return (one for one in _parts(mail) if one.get_content_type() == kind and not _is_attachment(one))


def _words(part: "Message[Any, Any]") -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return ""
    text = _as_text(content, str(part.get_content_charset() or "utf-8"))[: LONGEST_TEXT * 4]
    if part.get_content_type() == "text/plain" and str(part.get_param("format", "")).casefold() == "flowed":
        return _unflowed(text, is_delsp=str(part.get_param("delsp", "")).casefold() == "yes")
    return text


def _unflowed(text: str, is_delsp: bool) -> str:
    """Lines that end with a space go on in the next one (RFC 3676); what is quoted stays as it is."""
    told: list[str] = []
    goes_on = False
    for line in text.replace("\r\n", "\n").split("\n"):
        is_quoted = line.startswith(">")
        line = line if is_quoted else line.removeprefix(" ")
        if goes_on and not is_quoted and line != "-- ":
            told[-1] += line
        else:
            told.append(line)
        goes_on = line.endswith(" ") and line != "-- " and not is_quoted
        if goes_on and is_delsp:
            told[-1] = told[-1][:-1]
    return "\n".join(told)


def words_of_html(html: str) -> str:
    """The words of a mail that is HTML alone, without what mail programs mark as quoted."""
    reader = _Reader()
    if html.strip():
        parser = etree.HTMLParser(target=reader, no_network=True, recover=True, encoding="utf-8")
        try:
            etree.HTML(html.encode("utf-8", "replace"), parser)
        except etree.LxmlError as error:
            raise Unreadable("html") from error
    lines = "".join(reader.told).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


class _Reader:
    """Takes what the parser tells, without a tree. `depth` counts inside of what is left out."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.depth = 0
        self.is_over = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self.depth:
            self.depth += tag not in _VOID
        elif str(attributes.get("id", "")).casefold() in _QUOTE_IDS:
            self.is_over = True
        elif tag in _UNSEEN or _is_quote(tag, attributes):
            self.depth = 1
        elif tag in _BREAKS:
            self.told.append("\n\n" if tag in {"p", "ul", "ol", "table"} else "\n")

    def end(self, tag: str) -> None:
        if self.depth:
            self.depth -= tag not in _VOID
        elif tag in _BREAKS and tag != "br":
            self.told.append("\n")

    def data(self, text: str) -> None:
        if not self.depth and not self.is_over:
            self.told.append(text.replace("\n", " ").replace("\r", " "))

    def close(self) -> str:
        return ""


def _is_quote(tag: str, attributes: dict[str, str]) -> bool:
    is_cited = tag == "blockquote" and str(attributes.get("type", "")).casefold() == "cite"
    return is_cited or bool(_QUOTES.search(str(attributes.get("class", ""))))
