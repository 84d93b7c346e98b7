"""Mails as mail programs write them, for tests."""

from base64 import encodebytes
from quopri import encodestring

TO = "room+abc@example.org"
WORDS = "Wir prüfen sie jede Nacht – für 3 €."
QUOTED = "> Who keeps them?\n"
HEAD = (
    f"From: IT head <Member@example.org>\nTo: {TO}\nSubject: Re: News\nMessage-ID: <one@example.net>\n"
    "MIME-Version: 1.0\n"
)
LOGO = b'\n--b\nContent-Type: image/png\nContent-ID: <logo>\nContent-Disposition: inline; filename="logo.png"\n\nx\n'


def mail(kind: str, body: bytes, more: str = "", head: str = HEAD) -> bytes:
    return (head + more + f"Content-Type: {kind}\n\n").encode() + body


def gmail() -> bytes:
    """Both alternatives, quoted-printable, introduction broken in two."""
    plain = f"{WORDS}\n\nAm Sa., 28. Nov. 2026 um 10:12 Uhr schrieb Mitwerk <\nmitwerk@example.org>:\n\n{QUOTED}"
    html = f'<div dir="ltr">{WORDS}</div><br><div class="gmail_quote">Who keeps them?</div>'
    code = "Content-Transfer-Encoding: quoted-printable\n"
    parts = b"".join(
        b"--b\n"
        + f'Content-Type: text/{kind}; charset="UTF-8"\n{code}\n'.encode()
        + encodestring(text.encode())
        + b"\n"
        for kind, text in (("plain", plain), ("html", html))
    )
    return mail('multipart/alternative; boundary="b"', parts + b"--b--\n")


def outlook() -> bytes:
    """Old Windows, base64, the head of the other mail below, a logo in the signature."""
    text = (
        f"{WORDS}\r\n\r\nVon: Mitwerk <m@example.org> \r\nGesendet: Samstag\r\nAn: x\r\nBetreff: News\r\n\r\nWho keeps"
    )
    part = b'--b\nContent-Type: text/plain; charset="Windows-1252"\nContent-Transfer-Encoding: base64\n\n'
    return mail('multipart/related; boundary="b"', part + encodebytes(text.encode("cp1252")) + LOGO + b"\n--b--\n")


def outlook_html() -> bytes:
    """HTML alone, as Outlook on a telephone writes it."""
    html = (
        "<html><head><style>p {color: red}</style></head><body><div>Wir prüfen sie jede&nbsp;Nacht – <b>für</b> 3 €."
        '</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>From:</b> Mitwerk</div><div>Who keeps</div>'
    )
    return mail('text/html; charset="utf-8"', html.encode(), "Content-Transfer-Encoding: 8bit\n")


def apple() -> bytes:
    below = f"> Am 28.11.2026 um 10:12 schrieb Mitwerk <m@example.org>:\n> \n{QUOTED}"
    text = f"{WORDS}\n\nVon meinem iPhone gesendet\n\n{below}"
    code = "Content-Transfer-Encoding: quoted-printable\n"
    return mail("text/plain; charset=utf-8", encodestring(text.encode()), code)


def apple_english() -> bytes:
    text = f"{WORDS}\n\nSent from my iPhone\n\n> On 28 Nov 2026, at 10:12, Mitwerk <m@example.org> wrote:\n> \n{QUOTED}"
    return mail("text/plain; charset=utf-8", text.encode(), "Content-Transfer-Encoding: 8bit\n")


def thunderbird() -> bytes:
    """Flowed, answered below, with a signature."""
    text = f"Am 28.11.26 um 10:12 schrieb Mitwerk:\n{QUOTED}\nWir prüfen sie jede \nNacht – für 3 €.\n\n-- \nIT head\n"
    code = "Content-Transfer-Encoding: 8bit\n"
    return mail("text/plain; charset=UTF-8; format=flowed", text.encode(), code)


def gmail_english() -> bytes:
    text = f"{WORDS}\n\nOn Sat, Nov 28, 2026 at 10:12 AM Mitwerk <mitwerk@example.org>\nwrote:\n\n{QUOTED}"
    return mail("text/plain; charset=iso-8859-15", text.replace("–", "-").encode("iso-8859-15"))


def gmail_html() -> bytes:
    quote = '<div class="gmail_quote"><div class="gmail_attr">On x wrote:<br></div>Who</div>'
    html = f'<div dir="ltr">{WORDS}</div><br>{quote}'
    return mail("text/html; charset=utf-8", html.encode())


REAL = (gmail, outlook, outlook_html, apple, apple_english, thunderbird, gmail_html)
