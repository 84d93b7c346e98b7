"""Mails of the usual programs are read, and no bytes raise anything but the reader's own error."""

import contextlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms import received_mail
from mitwerk.algorithms.received_mail import Unreadable, read_mail, words_of_html
from mitwerk.algorithms.tests.mails_received import HEAD, LOGO, REAL, TO, WORDS, gmail_english, mail


@pytest.mark.parametrize("make", REAL, ids=lambda make: make.__name__)
def test_what_the_usual_programs_write_is_read(make: Callable[[], bytes]) -> None:
    read = read_mail(make())
    assert (read.text, read.senders, read.recipients) == (WORDS, ("member@example.org",), (TO,))
    assert (read.message_id, read.is_automatic, read.has_attachment) == ("<one@example.net>", False, False)
    assert read_mail(make().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")).text == WORDS


def test_old_encodings_and_wrong_ones_are_read() -> None:
    assert read_mail(gmail_english()).text == WORDS.replace("–", "-")
    for said in ("utf-8", "unheard-of", "us-ascii"):
        assert read_mail(mail(f"text/plain; charset={said}", "für 3 €".encode("cp1252"))).text == "für 3 €", said


@pytest.mark.parametrize(
    "more",
    [
        "Auto-Submitted: auto-replied\n", "Auto-Submitted: auto-generated; x=y\n", "Precedence: bulk\n",
        "Precedence: Junk\n", "X-Auto-Response-Suppress: All\n", "X-Autoreply: yes\n", "List-Id: <a.b>\n",
        "Return-Path: <>\n",
    ],
)  # fmt: skip
def test_what_machines_send_is_known_as_such(more: str) -> None:
    assert read_mail(mail("text/plain", b"I am away", more)).is_automatic
    assert not read_mail(mail("text/plain", b"I am there", "Auto-Submitted: no\nReturn-Path: <a@b.org>\n")).is_automatic


def test_a_report_that_something_did_not_arrive_is_automatic() -> None:
    assert read_mail(mail('multipart/report; boundary="b"', b"--b\n\nNo\n--b--\n")).is_automatic


@pytest.mark.parametrize(
    ("part", "is_one"),
    [
        (b'--b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename="a.pdf"\n\nx\n', True),
        (b"--b\nContent-Type: application/pdf\n\nx\n", True),
        (b'--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename="a.txt"\n\nSecret\n', True),
        (b'--b\nContent-Type: text/plain; name="a.txt"\n\nSecret\n', True),
        (b"--b\nContent-Type: image/png\n\nx\n", True),
        (b"--b\nContent-Type: message/rfc822\n\nSubject: x\n\nSecret\n", True),
        (b"--b\nContent-Type: application/ms-tnef\n\nx\n", True),
        (b"--b\nContent-Type: application/pgp-signature\n\nx\n", False),
        (LOGO, False),
    ],
)
def test_attachments_are_known_and_logos_are_none(part: bytes, is_one: bool) -> None:
    raw = mail('multipart/mixed; boundary="b"', b"--b\nContent-Type: text/plain\n\nYes\n" + part + b"\n--b--\n")
    assert read_mail(raw).has_attachment is is_one
    if part[:60].count(b"rfc822") == 0:
        assert read_mail(raw).text == "Yes"


def test_html_becomes_words_and_nothing_of_it_is_run_or_shown() -> None:
    html = (
        "<title>T</title><p>One<br>two &lt;b&gt;</p><script>alert(1)</script><ul><li>three</ul><blockquote type=cite>No"
    )
    assert words_of_html(html) == "One\ntwo <b>\n\nthree"
    assert words_of_html("<p>Own</p><blockquote>from a book</blockquote>") == "Own\n\nfrom a book"
    assert words_of_html("<div>" * 5000 + "deep") == "deep"
    assert words_of_html("<!--" * 50000) == ""


def test_what_is_too_large_or_has_too_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    many = mail('multipart/mixed; boundary="b"', b"--b\n\nx\n" * 200 + b"--b--\n")
    monkeypatch.setattr(received_mail, "LARGEST", len(many))
    for raw in (many, b"x" * (len(many) + 1), b"", b" \n"):
        with pytest.raises(Unreadable):
            read_mail(raw)


def test_two_senders_are_told_apart_from_one() -> None:
    head = HEAD.replace("From: IT head <Member@example.org>", "From: a@example.org, b@example.org")
    assert read_mail(mail("text/plain", b"Yes", head=head)).senders == ("a@example.org", "b@example.org")


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_else(junk: bytes) -> None:
    with contextlib.suppress(Unreadable):
        read_mail(junk)


HEADERS = ("From", "To", "Message-ID", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Precedence")
KINDS = (b"text/plain", b"text/html", b'multipart/mixed; boundary="b"', b"text/plain; format=flowed; delsp=yes")


@given(
    st.sampled_from(KINDS), st.sampled_from([b"base64", b"quoted-printable", b"uuencode", b"7bit", b"x"]),
    st.lists(st.tuples(st.sampled_from(HEADERS), st.binary(max_size=40)), max_size=4), st.binary(max_size=200),
    st.sampled_from([b"", b"--b\n", b"<p>", b"=?utf-8?b?", b"; charset*=x'y"]),
)  # fmt: skip
def test_no_junk_in_a_mail_raises_anything_else(
    kind: bytes, code: bytes, headers: list[tuple[str, bytes]], body: bytes, start: bytes
) -> None:
    more = b"".join(name.encode() + b": " + start + value + b"\n" for name, value in headers)
    raw = (
        b"Content-Type: " + kind + start + b"\nContent-Transfer-Encoding: " + code + b"\n" + more + b"\n" + start + body
    )
    with contextlib.suppress(Unreadable):
        read = read_mail(raw)
        assert "\0" not in read.text
