"""A list of 80 people as networks keep them, made by code. Nobody in it is real."""

HEADS = ["lfd. Nr.", "Name", "Vorname", "Firma / Werk", "Funktion", "E-Mail / Telefon", "Bemerkung"]
NAMES = [f"Person{number:02}" for number in range(1, 81)]


def address(name: str) -> str:
    return f"{name.lower()}@example.org"


def messy_rows() -> list[list[str]]:
    """80 people on 76 rows, with a title above the heads, blank rows, and five rows that nobody can use."""
    rows = [["Teilnehmerliste, Stand März", "", "", "", "", "", ""], [], HEADS]
    singles, pairs = NAMES[:72], NAMES[72:]
    rows += [_single(number, name) for number, name in enumerate(singles, 1)]
    for first, second in zip(pairs[::2], pairs[1::2], strict=True):
        cell = f"{address(second)}; {address(first)}"
        rows.append(["", f"{first}\n{second}", "Prüf\nPrüf", "Doppelwerk GmbH", "IT", cell, ""])
    rows[20:20] = [[], ["", "", "", "", "", "", ""], ["", " ", "", "", "", "", " "]]
    rows += [
        ["77", "Ohneadresse", "Prüf", "Werk AG", "IT", "", ""],
        ["78", "Kaputt", "Prüf", "Werk AG", "IT", "kaputt@", ""],
        ["79", "", "", "Werk AG", "", "niemand@example.org", ""],
        ["80", NAMES[0], "Prüf", "Werk AG", "IT", address(NAMES[0]).upper(), "doppelt"],
        ["", "", "", "Summe der Werke", "", "", "12"],
    ]
    return rows


def _single(number: int, name: str) -> list[str]:
    """Each third has its address in a wrong column, each fifth with its name before it, each seventh masked."""
    email = address(name)
    written = [f"Prüf {name} <{email}>", email.replace("@", " (at) "), f"mailto:{email}", f" {email.upper()} "]
    cell = written[number % 4]
    note, place = ("", cell) if number % 3 else (cell, "")
    return [str(number), name, "Herr Prüf" if number % 5 else "Prüf", f"Größe {number} GmbH", "Leitung IT", place, note]
