"""Files as offices keep them, made by code."""

import random
from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from openpyxl import Workbook

HEADS = ["Mitgliedsnummer", "Firma", "PLZ", "Ort", "Website", "Ansprechpartner", "Funktion", "E-Mail", "Telefon"]


def csv_file(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, encoding: str = "utf-8") -> bytes:
    lines = [";".join(f'"{cell}"' if set(str(cell)) & set(';"\n\r') else str(cell) for cell in row)
             for row in (heads, *rows)]  # fmt: skip
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx_file(rows: Sequence[Sequence[Any]], merged: Sequence[str] = ()) -> bytes:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


ODS_HEAD = (
    '<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    '<office:body><office:spreadsheet><table:table table:name="A">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
ODS_MANIFEST = (
    '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml">{}</manifest:file-entry>'
    "</manifest:manifest>"
)


def ods_file(rows: Sequence[Sequence[str]], locked: str = "") -> bytes:
    cell, end = '<table:table-cell office:value-type="string"><text:p>', "</text:p></table:table-cell>"
    body = "".join(
        f"<table:table-row>{''.join(f'{cell}{text}{end}' for text in row)}</table:table-row>" for row in rows
    )
    out = BytesIO()
    with ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", ZIP_STORED)
        file.writestr("content.xml", ODS_HEAD + body + ODS_FOOT, ZIP_DEFLATED)
        file.writestr("META-INF/manifest.xml", ODS_MANIFEST.format(locked), ZIP_DEFLATED)
    return out.getvalue()


FIRST = "Nord Süd Ost West Elbe Saale Mulde Harz Börde Heide Vogtland Lausitz Erzgebirge Elster Unstrut Werra".split()
SECOND = "Metall Daten Optik Chemie Logistik Holz Glas Papier Energie Sensor Druck Textil Lack Pumpen Formen".split()
PEOPLE = "Anna Bert Cora Dirk Elke Falk Gerd Hanna Ines Jan Karin Lars Mona Nils Olga Paul".split()
TOWNS = (("04109", "Leipzig"), ("6108", "Halle (Saale)"), ("07743", "Jena"), ("01067", "Dresden"), ("1069", "Dresden"))
FORMS = ("GmbH", "gmbh", "AG", "e. V.", "GmbH & Co. KG", "")


def messy_rows(count: int, seed: int = 1) -> list[list[Any]]:
    """A list as it grows in an office for years: two rows of heads, lost zeros, days for numbers, persons beside
    persons, organisations twice, notes where an address should be. Always the same for the same numbers."""
    luck = random.Random(seed)
    rows: list[list[Any]] = [["", "", "", "", "", "", "Ansprechpartner", "", "", "", ""]]
    rows.append(["Mitgl.nr.", "Firma", "PLZ", "Ort", "Homepage", "Mitarbeiter", "Name", "Funktion", "E-Mail", "Telefon",
                 "Mitglied seit"])  # fmt: skip
    for number in range(count):
        same = number - 1 if number % 5 == 4 else number
        name = f"{FIRST[same % 16]}-{SECOND[same // 16 % 15]} {same:05d}"
        code, town = TOWNS[same % 5]
        person = f"{PEOPLE[number % 16]} Muster{number % 977}"
        email = f"{number}@f{same}.example" if luck.random() < 0.9 else luck.choice(["–", "bitte nachfragen", ""])
        rows.append([
            f"M{same:05d}" if luck.random() < 0.5 else "", f"{name} {FORMS[same % 6]}".strip(), code, town,
            luck.choice(["", f"www.f{same}.example", f"https://f{same}.example/"]), luck.choice(["", 120, "10-49"]),
            person, luck.choice(["", "Geschäftsführung", "Vertrieb"]), email,
            luck.choice(["", "0341 / 123 45-67", "+49 341 1234567", "2026-03-12"]),
            luck.choice(["", "1.4.2006", "2006-07-14", 38919, "gestern"]),
        ])  # fmt: skip
    return rows


def repacked(book: bytes, changes: dict[str, bytes]) -> bytes:
    """A workbook with some of its parts exchanged or added."""
    out = BytesIO()
    with ZipFile(BytesIO(book)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in changes:
                new.writestr(name, old.read(name))
        for name, content in changes.items():
            new.writestr(name, content)
    return out.getvalue()
