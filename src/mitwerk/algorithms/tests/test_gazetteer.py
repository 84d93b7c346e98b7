"""Towns by name, postal code and state."""

import pytest

from mitwerk.algorithms.gazetteer import Gazetteer, Place, town_keys

PLACES = [
    Place("06108", "Halle", "15002", "ST", 51.48, 11.97),
    Place("06110", "Halle", "15002", "ST", 51.46, 11.95),
    Place("04109", "Leipzig", "14713", "SN", 51.34, 12.37),
    Place("04435", "Schkeuditz", "14730", "SN", 51.40, 12.22),
    Place("06886", "Lutherstadt Wittenberg", "15091", "ST", 51.87, 12.61),
    Place("07318", "Saalfeld/Saale", "16073", "TH", 50.65, 11.38),
    Place("08261", "Schöneck/Vogtland", "14523", "SN", 50.38, 12.32),
    Place("01662", "Meißen", "14627", "SN", 51.16, 13.47),
    Place("06925", "Naundorf", "15091", "ST", 51.7, 13.0),
    Place("04769", "Naundorf", "14730", "SN", 51.3, 13.1),
    Place("01744", "Naundorf", "14628", "SN", 50.9, 13.7),
    Place("39104", "Magdeburg", "15003", "ST", 52.1, 11.6),
    Place("04779", "Wermsdorf", "14730", "SN", 51.3, 12.9),
    Place("04779", "Mahlis", "14730", "SN", 51.3, 13.0),
    Place("04779", "Grenzdorf", "14729", "SN", 51.2, 12.9),
]
KNOWN = Gazetteer(PLACES, {"Flughafen Leipzig/Halle": "Schkeuditz"})


@pytest.mark.parametrize(
    ("town", "code", "state", "district"),
    [
        ("Halle (Saale)", "", "ST", "15002"),
        ("Leipzig OT Plagwitz", "", "SN", "14713"),
        ("Flughafen Leipzig/Halle", "", "SN", "14730"),
        ("Wittenberg", "", "", "15091"),
        ("Lutherstadt Wittenberg", "", "ST", "15091"),
        ("Saalfeld", "", "TH", "16073"),
        ("Schöneck", "08261", "SN", "14523"),
        ("Meissen", "", "", "14627"),
        ("Naundorf", "", "ST", "15091"),
        ("Naundorf", "04769", "SN", "14730"),
        ("", "39104", "", "15003"),
        ("Unknown part", "04779", "SN", "14730"),
    ],
)
def test_finds_the_district(town: str, code: str, state: str, district: str) -> None:
    assert KNOWN.locate(town, code, state).district == district


def test_stands_in_the_middle_of_a_town_with_many_codes() -> None:
    spot = KNOWN.locate("Halle (Saale)")
    assert (spot.latitude, spot.longitude, spot.state) == (51.47, 11.96, "ST")


@pytest.mark.parametrize(
    ("town", "code", "state", "reason"),
    [
        ("Würzburg", "", "", "no place “Würzburg” is known"),
        ("Halle", "", "SN", "“Halle” is in another state"),
        ("Naundorf", "", "SN", "“Naundorf” is in 2 districts: 14628, 14730"),
        ("", "", "", "no place “” is known"),
    ],
)
def test_says_why_it_does_not_know(town: str, code: str, state: str, reason: str) -> None:
    spot = KNOWN.locate(town, code, state)
    assert (spot.is_found, spot.reason) == (False, reason)


def test_knows_the_register_s_spelling() -> None:
    assert [KNOWN.spelling(town) for town in ("Meissen", "Würzburg")] == ["Meißen", "Würzburg"]


def test_keys_go_from_the_exact_to_the_loose() -> None:
    assert town_keys("Halle (Saale)") == ["halle-saale", "halle"]
