"""Odd files: each gives the rows somebody would expect, or says clearly why not (TRUST B2, B4, B5, B6, B11)."""

import socket
import struct
import threading
from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from mitwerk.algorithms.sheets import kind_of, process
from mitwerk.algorithms.sheets.cards import card_rows
from mitwerk.algorithms.sheets.texts import csv_rows, decode
from mitwerk.algorithms.tests.sheet_files import ods_file, repacked, xlsx_file
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.algorithms.zips import check_zip

Rows = list[list[str] | str]
PLAIN: Rows = [["Firma", "Ort"], ["Müller & Söhne", "Köln"]]
TEXT = "Firma;Ort\r\nMüller & Söhne;Köln\r\n"
BOOK = xlsx_file(PLAIN)


def read(content: bytes) -> Rows | str:
    """The rows of a file, or the code of what is wrong with it."""
    try:
        return list(process.read(content, kind_of(content)))
    except Unreadable as unreadable:
        return str(unreadable)


GOOD_TEXTS: dict[str, tuple[bytes, Rows]] = {
    "utf-8": (TEXT.encode(), PLAIN),
    "utf-8 with mark": (TEXT.encode("utf-8-sig"), PLAIN),
    "utf-16 with mark": (TEXT.encode("utf-16"), PLAIN),
    "utf-16 without mark": (TEXT.encode("utf-16-le"), PLAIN),
    "utf-16, other order": (b"\xfe\xff" + TEXT.encode("utf-16-be"), PLAIN),
    "windows-1252": (TEXT.encode("cp1252"), PLAIN),
    "windows-1252, quotes": ("Firma;Ort\n„Blau“ 5 €;Köln".encode("cp1252"), [PLAIN[0], ["„Blau“ 5 €", "Köln"]]),
    "comma": (TEXT.replace(";", ",").encode(), PLAIN),
    "tab": (TEXT.replace(";", "\t").encode(), PLAIN),
    "pipe": (TEXT.replace(";", "|").encode(), PLAIN),
    "semicolon with commas inside": (b"Firma;Ort\nA, B, C;K\xc3\xb6ln\n", [PLAIN[0], ["A, B, C", "Köln"]]),
    "sep= of Excel": (("sep=;\r\n" + TEXT).encode(), PLAIN),
    "sep= of another sign": (b"sep=|\nFirma|Ort\nA|B\n", [PLAIN[0], ["A", "B"]]),
    "quoted line break": (b'Firma;Ort\r\n"A\r\nB";"K;""x"""\r\n', [PLAIN[0], ["A\r\nB", 'K;"x"']]),
    "mixed line ends": (b"Firma;Ort\nA;B\rC;D\r\nE;F", [PLAIN[0], ["A", "B"], ["C", "D"], ["E", "F"]]),
    "nul": (b"Fir\0ma;Ort\nA\0;B", [PLAIN[0], ["A", "B"]]),
    "empty rows and cells": (b"Firma;Ort\n;;;\n\nA;;\n", [PLAIN[0], [], [], ["A"]]),
    "one column": (b"Firma\nA\nB\n", [["Firma"], ["A"], ["B"]]),
    "formula as text": (b"Firma;Ort\n=1+1;+49 341\n", [PLAIN[0], ["=1+1", "+49 341"]]),
    "a cell without end": (b'Firma;Ort\n"A;B\n' + b"C;D\n" * 9000, [PLAIN[0], "cell"]),
    "a million columns": (b"Firma;Ort\n" + b"x;" * 1_000_000 + b"\nA;B", [PLAIN[0], "columns", ["A", "B"]]),
}  # fmt: skip


def test_texts_of_every_program() -> None:
    assert {name: read(content) for name, (content, _rows) in GOOD_TEXTS.items()} == {
        name: rows for name, (_content, rows) in GOOD_TEXTS.items()
    }


FORMULA = repacked(
    xlsx_file([["Firma", "Summe"], ["A", 0]]),
    {
        "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Firma</t></is></c>'
        b'<c r="B1" t="inlineStr"><is><t>Summe</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>"A"&amp;"B"</f><v>AB</v></c><c r="B2"><f>1+1</f><v>7</v></c></row>'
        b"</sheetData></worksheet>"
    },
)
GOOD_BOOKS: dict[str, tuple[bytes, Rows]] = {
    "xlsx": (BOOK, PLAIN),
    "ods": (ods_file([["Firma", "Ort"], ["Müller", "Köln"]]), [["Firma", "Ort"], ["Müller", "Köln"]]),
    "the saved result of a formula": (FORMULA, [["Firma", "Summe"], ["AB", "7"]]),
    "a formula without result": (xlsx_file([["Firma"], ["=1+1"], ["A"]]), [["Firma"], [], ["A"]]),
    "numbers, days, yes": (
        xlsx_file([["A", 4109, 1.5, date(2020, 3, 1), datetime(2020, 3, 1, 12, 5), True, "04109"]]),
        [["A", "4109", "1.5", "2020-03-01", "2020-03-01T12:05:00", "1", "04109"]],
    ),
    "merged down": (
        xlsx_file([["Firma", "Name"], ["A", "x"], [None, "y"], ["B", "z"]], ["A2:A3"]),
        [["Firma", "Name"], ["A", "x"], ["A", "y"], ["B", "z"]],
    ),
    "mistakes": (xlsx_file([["Firma", "Ort"], ["A", "#N/A"], ["#REF!", "B"]]), [PLAIN[0], ["A"], ["", "B"]]),
    "a gap above and beside": (xlsx_file([[], [], [None, "Firma"], [None, "A"]]), [[], [], ["", "Firma"], ["", "A"]]),
}  # fmt: skip


def test_workbooks() -> None:
    assert {name: read(content) for name, (content, _rows) in GOOD_BOOKS.items()} == {
        name: rows for name, (_content, rows) in GOOD_BOOKS.items()
    }


def zipped(entries: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as file:
        for name, content in entries.items():
            file.writestr(name, content)
    return out.getvalue()


def with_link() -> bytes:
    out = BytesIO(BOOK)
    with ZipFile(out, "a") as file:
        info = ZipInfo("xl/link")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "/etc/passwd")
    return out.getvalue()


def lying(content: bytes) -> bytes:
    """The same file, whose table of contents says that every part is small."""
    data, at = bytearray(content), 0
    while (at := data.find(b"PK\x01\x02", at)) >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 1000)
        at += 4
    return bytes(data)


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + b'<row><c t="inlineStr"><is><t>aaaaaaaaaaaaaaaa</t></is></c></row>' * 3_000_000
    + b"</sheetData></worksheet>"
)
BOMB = repacked(BOOK, {"xl/worksheets/sheet1.xml": SHEET})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "only a mark": (b"\xef\xbb\xbf\r\n", "empty"),
    "pdf": (b"%PDF-1.7\n...", "kind"),
    "picture": (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, "kind"),
    "page": (b"<html><table><tr><td>x</td></tr></table></html>", "kind"),
    "junk": (bytes(range(1, 32)) * 400, "kind"),
    "document": (zipped({"word/document.xml": b"<x/>", "[Content_Types].xml": b"<x/>"}), "kind"),
    "old Excel": (OLE, "old"),
    "Excel with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "ODS with a password": (ods_file([["A"]], "<manifest:encryption-data/>"), "locked"),
    "cut off": (BOOK[:-300], "broken"),
    "no workbook inside": (zipped({"xl/workbook.xml": b"<x/>", "mimetype": b"x"}), "broken"),
    "many parts": (zipped({"xl/workbook.xml": b"", **{f"x{n}": b"" for n in range(300)}}), "bomb"),
    "path upwards": (zipped({"xl/workbook.xml": b"", "../../etc/passwd": b"x"}), "bomb"),
    "link": (with_link(), "bomb"),
    "bomb": (BOMB, "bomb"),
    "too many rows": (b"Firma\n" + b"A\n" * 60_001, "many"),
    "big": (b"x" * (25 * 1024 * 1024 + 1), "big"),
}


def test_what_cannot_be_used_says_why() -> None:
    assert {name: read(content) for name, (content, _code) in BAD.items()} == {
        name: code for name, (_content, code) in BAD.items()
    }


def test_a_bomb_that_lies_about_its_size_dies_in_its_own_process() -> None:
    bomb = lying(BOMB)
    assert kind_of(bomb) == "xlsx", "the table of contents looks harmless"
    assert read(bomb) in ("heavy", "broken")


FAR = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    b"</sheetData></worksheet>"
)


def test_the_limit_of_memory_holds_alone() -> None:
    """A small and honest file that asks for 17 billion cells."""
    assert read(repacked(BOOK, {"xl/worksheets/sheet1.xml": FAR})) == "heavy"


def test_control_the_check_lets_a_usual_file_pass() -> None:
    assert "xl/workbook.xml" in check_zip(BOOK)


def test_entities_reach_neither_files_nor_the_network() -> None:
    calls = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.5)

        def listen() -> None:
            with suppress(TimeoutError):
                calls.append(listener.accept())

        waiting = threading.Thread(target=listen)
        waiting.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/x"
        for entity in (f'SYSTEM "{url}"', 'SYSTEM "file:///etc/hostname"', '"' + "a" * 1000 + '"'):
            many = "&e;" * 500
            sheet = (
                f'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY e {entity}>]>'
                '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">'
                f'<c r="A1" t="inlineStr"><is><t>A{many}</t></is></c></row></sheetData></worksheet>'
            ).encode()
            found = read(repacked(BOOK, {"xl/worksheets/sheet1.xml": sheet}))
            assert found == "broken" or len(str(found)) < 2500, found
        waiting.join()
    assert calls == []


CARDS = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6=
rg
ORG:Fa. X;Vertrieb
TEL;WORK;VOICE:0341 12345
PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 AAAAAAAAAAAAAAAAAAAAAAAAAAAA

END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Anna Muster
ORG:Ährenwerk
item1.EMAIL;type=INTERNET:anna@aehrenwerk.example
ADR;TYPE=WORK:;;Weg 1;Leipzig;Sachsen;04109;Deutschland
URL:https://aehrenwerk.example
TITLE:Vorstand
END:VCARD
BEGIN:VCARD
VERSION:4.0
FN:Verein ohne
  Person
EMAIL:info@verein.example
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Abgeschnitten
"""


def test_cards_of_every_version() -> None:
    head, *rows = read(CARDS.encode())
    assert (kind_of(CARDS.encode()), head[:5]) == ("vcard", ["Organisation", "Name", "Funktion", "E-Mail", "Telefon"])
    assert rows == [
        ["Fa. X", "Jörg Müller", "", "", "0341 12345"],
        ["Ährenwerk", "Anna Muster", "Vorstand", "anna@aehrenwerk.example", "", "04109", "Leipzig", "Sachsen",
         "https://aehrenwerk.example"],
        ["Verein ohne Person", "", "", "info@verein.example"],
        "card",
    ]  # fmt: skip


def test_thousands_of_cards_with_pictures() -> None:
    card = CARDS.split("BEGIN:VCARD\n")[1].replace("AAAA\n\n", "AAAA\n" + " AAAAAAAA\n" * 50 + "\n")
    found = read((f"BEGIN:VCARD\n{card}" * 3_000).encode())
    assert (len(found), found[-1]) == (3_001, ["Fa. X", "Jörg Müller", "", "", "0341 12345"])


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "cp1252"]))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_rows(text: str, encoding: str) -> None:
    rows = list(csv_rows(decode(text.encode(encoding, errors="replace"))))
    assert all(isinstance(cell, str) for row in rows for cell in row)


PIECES = "BEGIN:VCARD END:VCARD VERSION:3.0 FN:A N:B;C ORG: PHOTO:x = TEL;a=: ADR:;;; N;ENCODING=QUOTED-PRINTABLE:=C3="
LINES = st.lists(st.sampled_from([*PIECES.split(), " x", ""]) | st.text(max_size=20), max_size=30)


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_any_card_gives_rows(lines: list[str]) -> None:
    assert all(isinstance(row, str) or len(row) == 9 for row in card_rows("\n".join(lines)))
