"""Who stands in a row of a list of people, however it is written."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.sheets.people import TARGETS, Somebody, guess_people, people_of

ALL = ("name", "contact_name", "contact_function", "contact_email")
BY_PARTS = ("contact_first", "contact_last", "contact_email")


def told(cells: Sequence[str], columns: Sequence[str] = ALL) -> list[tuple[str, str, str]]:
    return [(one.name, one.email, one.problem) for one in people_of(cells, columns)]


@pytest.mark.parametrize(
    ("cells", "columns", "found"),
    [
        (["Firm 1 GmbH", "Person 01", "IT", "P.01@Example.org"], ALL, [("Person 01", "p.01@example.org", "")]),
        (["", "Frau Person Eins", "", "mailto:eins@example.org"], ALL, [("Person Eins", "eins@example.org", "")]),
        (["", "Eins, Person", "", "eins@example.org"], ALL, [("Person Eins", "eins@example.org", "")]),
        (["F", "Person Eins <eins@example.org>", "", ""], ALL, [("Person Eins", "eins@example.org", "")]),
        (["F eins@example.org", "Person Eins", "", ""], ALL, [("Person Eins", "eins@example.org", "")]),
        (["F", "Person Eins", "eins (at) example.org"], ALL, [("Person Eins", "eins@example.org", "")]),
        (["F", "Person Eins", "", "info@example.org;eins@example.org"], ALL, [("Person Eins", "eins@example.org", "")]),
        (["Person", "Eins", "x@example.org"], BY_PARTS, [("Person Eins", "x@example.org", "")]),
        (["F", "", "", "x@example.org"], ALL, [("", "x@example.org", "name")]),
        (["F", "Person Eins", "", ""], ALL, [("Person Eins", "", "email")]),
        (["F", "Person Eins", "", "eins@"], ALL, [("Person Eins", "", "broken")]),
        (
            ["F", "Person A <a@example.org>; Person B <a@example.org>"], ALL,
            [("Person A", "a@example.org", ""), ("Person B", "", "email")],
        ),
        (["F", "", "", ""], ALL, [("", "", "email")]),
        (
            ["F", "Person Eins\nPerson Zwei", "", "zwei@example.org\neins@example.org"], ALL,
            [("Person Eins", "eins@example.org", ""), ("Person Zwei", "zwei@example.org", "")],
        ),
        (
            ["F", "Person Eins / Person Zwei", "", "a@example.org, b@example.org"], ALL,
            [("Person Eins", "a@example.org", ""), ("Person Zwei", "b@example.org", "")],
        ),
        (
            ["F", "Person Eins und Person Zwei", "", "a@example.org"], ALL,
            [("Person Eins", "", "pair"), ("Person Zwei", "", "pair"), ("", "a@example.org", "pair")],
        ),
    ],
)  # fmt: skip
def test_a_row_names_people(cells: list[str], columns: tuple[str, ...], found: list[tuple[str, str, str]]) -> None:
    assert told(cells, columns) == found


def test_positions_are_shared_out_where_there_are_as_many() -> None:
    rows = (["F", "Person A; Person B", "One; Two", "a@example.org; b@example.org"], ["F", "Person C", "One; Two", ""])
    assert [[(one.firm, one.position) for one in people_of(row, ALL)] for row in rows] == [
        [("F", "One"), ("F", "Two")], [("F", "One; Two")],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        (["Name", "Firma", "E-Mail"], ["contact_name", "name", "contact_email"]),
        (["Vorname", "Name", "Unternehmen", "Mail"], ["contact_first", "contact_last", "name", "contact_email"]),
        (["Titel", "Mitglied", "Firma", "Funktion"], ["", "contact_name", "name", "contact_function"]),
        (["Firma", "Telefon", "PLZ", "Ansprechpartner"], ["name", "", "", "contact_name"]),
    ],
)
def test_heads_of_a_list_of_people(heads: list[str], found: list[str]) -> None:
    assert guess_people(heads, []) == found
    assert guess_people(["Name"], [["Firm 1 GmbH"], ["Firm 2 AG"]]) == ["name"]


CELLS = st.lists(
    st.text(max_size=60) | st.sampled_from(
        ["a@example.org", "Person <b@example.org>", "x@", "@", "A, B", "A;B;C", "\n", "Person 01 & Person 02", "=cmd"]
    ),
    max_size=8,
)  # fmt: skip
COLUMNS = st.lists(st.sampled_from(["", *TARGETS]), max_size=8)


@given(CELLS, COLUMNS)
def test_no_row_is_lost_and_no_address_twice(cells: list[str], columns: list[str]) -> None:
    found = people_of(cells, columns)
    assert found
    addresses = [one.email for one in found if one.email]
    assert len(addresses) == len(set(addresses))
    assert all(one.problem or (one.name and one.email) for one in found)
    assert all(isinstance(one, Somebody) and "\0" not in "".join([one.name, one.firm, one.position]) for one in found)
    assert all(len(one.name) <= 150 and len(one.firm) <= 250 and len(one.position) <= 150 for one in found)
