"""Which words meet and which must not: the tables a change of the analysis is judged by."""

import pytest

from mitwerk.algorithms.text import analyse, query_groups, query_terms

MEETS = [  # what is typed, what stands in the text
    ("Lösung", "Lösungen"), ("Loesung", "Lösungen"), ("lösung", "LÖSUNGEN"), ("Haus", "Häuser"), ("haus", "Häusern"),
    ("Müller", "Mueller"), ("Müller", "MÜLLER"), ("Muller", "Müller"), ("Straße", "Strasse"), ("Markt", "Märkte"),
    ("Firma", "Firmen"), ("Zentrum", "Zentren"), ("Forum", "Foren"), ("Thema", "Themen"), ("Risiko", "Risiken"),
    ("Kriterium", "Kriterien"), ("Prozess", "Prozesse"), ("Prozess", "Prozeß"), ("System", "Systeme"),
    ("Netzwerk", "Netzwerke"), ("Stadt", "Städte"), ("Hersteller", "Herstellern"), ("Herstellung", "Hersteller"),
    ("Entwicklung", "entwickeln"), ("Entwickler", "Entwicklerinnen"), ("Entwickler", "Entwickler*innen"),
    ("Fachkraft", "Fachkräfte"), ("Förderung", "Förderungen"), ("chemisch", "chemischen"), ("Betrieb", "Betriebes"),
    ("Lösung", "Softwarelösungen"), ("Software", "Softwarelösungen"), ("Rechenzentrum", "Rechenzentrumsbetrieb"),
    ("Betrieb", "Rechenzentrumsbetrieb"), ("Rechenzentrum", "Rechenzentren"), ("Lager", "Lagerung"),
    ("Maschinenbau", "Sondermaschinenbau"), ("Softwareentwicklung", "Softwareentwicklungsprojekte"),
    ("Lebensmittel", "Lebensmittelhersteller"), ("Schnittstelle", "Datenschnittstellen"), ("Solar", "Solarmodule"),
    ("Förderung", "Wirtschaftsförderung"), ("Netz", "Glasfasernetze"), ("Qualität", "Qualitätssicherung"),
    ("Zentrum", "Kompetenzzentren"), ("Firma", "Softwarefirmen"), ("Haus", "Kulturhäusern"),
    ("Fertigung", "Kondensatorfertigung"), ("Software", "Softwareergonomie"), ("Ware", "Fleischwaren"),
    ("Daten", "Sensordatenerfassung"), ("Sensordaten", "Sensordatenerfassung"), ("Ländergrenze", "Ländergrenzen"),
    ("Sicherheit", "IT-Sicherheit"), ("IT", "IT-Sicherheit"), ("Softwarelösung", "Software-Lösungen"),
    ("ecommerce", "E-Commerce"), ("e-commerce", "eCommerce"), ("hana", "HANA"), ("S4HANA", "S/4HANA"),
    ("FuE", "F&E"), ("Leuna", "InfraLeuna"), ("infraleuna", "InfraLeuna"), ("oreal", "L’Oréal"),
    ("Verpackung", "Verpackungs- und Füllanlagen"), ("Privet", "privet"), ("Привет", "ПРИВЕТ"),
    ("Phase", "Entwicklungsphase"), ("Profil", "Anforderungsprofil"), ("Schere", "Gartenschere"),
    ("2006", "14.07.2006"), ("Waren", "Waren aus der Region"),
]  # fmt: skip

PARTS_FOREIGN = [
    ("Förderung", "Forderung"), ("Küche", "Kuchen"), ("schön", "schon"), ("drücken", "drucken"), ("Lösung", "Losung"),
    ("Zähler", "Zahl"), ("Güter", "gut"), ("Lager", "Lage"), ("Messer", "Messe"), ("Bild", "Bildung"),
    ("Stift", "Stiftung"), ("Schule", "Schulung"), ("Leiter", "Leitung"), ("Daten", "Datum"), ("Medien", "Medizin"),
    ("Organ", "Organisation"), ("Betrieb", "Vertrieb"), ("Autor", "Auto"), ("Automat", "Auto"), ("Werk", "Netzwerk"),
    ("Stoff", "Kunststoff"), ("Stand", "Standort"), ("Leben", "Lebensmittel"), ("Liste", "Journalisten"),
    ("Listen", "Finalisten"), ("Haus", "Nordhausen"), ("Stadt", "Halberstadt"), ("Hof", "Fraunhofer"),
    ("Kette", "Etiketten"), ("Wirtschaft", "Wirt"), ("C++", "C#"), ("C++", "C"), ("4.0", "40"), ("Achse", "Sachsen"),
    ("Zahl", "zahlreich"),
    ("Mittel", "mitteldeutsch"), ("Fördermittel", "mittlerer"), ("Mittel", "mittlere"),
    ("Reifen", "streifen"), ("Forderung", "Überforderung"), ("Arbeit", "Verarbeitung"), ("Forderung", "Anforderung"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "written"), MEETS)
def test_words_that_meet(typed: str, written: str) -> None:
    whole, *_parts = query_groups(typed, "de")[0]
    assert whole in analyse(written, "de")


@pytest.mark.parametrize(("typed", "written"), PARTS_FOREIGN)
def test_words_that_must_not_meet(typed: str, written: str) -> None:
    assert set(query_terms(typed, "de")) & set(analyse(written, "de")) == set()


ENGLISH = [
    ("centre", "centers"), ("organisation", "organizations"), ("company", "companies"), ("develop", "developed"),
    ("digitalisation", "digitalization"), ("fibre", "fiber"), ("centre", "data-centre"), ("supplier", "suppliers'"),
    ("programme", "programs"), ("Müller", "Mueller"), ("optimising", "optimizes"), ("IT", "IT security"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "written"), ENGLISH)
def test_english_words_that_meet(typed: str, written: str) -> None:
    assert query_groups(typed, "en")[0][0] in analyse(written, "en")


@pytest.mark.parametrize(
    "word",
    "Entwicklung Beschaffung Wirtschaftlichkeit Industrieller Digitalisierung Partnerschaft Vereinigung Finalisten "
    "Konsolidierung Sangerhausen Wittenberg Unterstützung automatisch landwirtschaftlich Spezialisten Mittelpunkt "
    "Maßnahmen Autorität Niederlassung regelmäßigen vergleicht versprechen laufenden zahlreiche Individualität "
    "Alleinverdienerin".split(),
)
def test_words_that_are_no_compounds_stay_whole(word: str) -> None:
    assert len(analyse(word, "de")) == 1


def test_terms_of_a_compound_come_whole_first_then_parts_then_longer_pieces() -> None:
    assert analyse("Datenbankentwicklungsprojekt", "de") == [
        "datenbankentwicklungsprojekt", "datenbank", "entwickl", "projekt", "datenbankentwickl", "entwicklungsprojekt",
    ]  # fmt: skip


def test_a_hyphenated_word_gives_the_whole_and_its_pieces() -> None:
    assert analyse("S/4HANA", "de") == ["s4hana", "4hana"]
    assert analyse("i-kam", "de") == ["ikam", "kam"]
    assert analyse("Industrie 4.0 mit C++ und C#", "de") == ["industri", "4p0", "cplusplus", "csharp"]


def test_stop_words_are_dropped_unless_there_is_nothing_else() -> None:
    assert query_terms("die Lösung und der Betrieb", "de") == ["loesung", "betrieb"]
    assert query_terms("und die", "de") == ["und", "die"]
    assert query_terms("we do it", "en") == ["we", "do", "it"]
    assert query_terms("about it security", "en") == ["secur"]


def test_exceptions_replace_the_analysis_in_any_inflection_and_spelling() -> None:
    table = {"Leitstand": ["Warte", "Leitstand"], "OEE": ["Anlageneffektivität"], "Löschmich": []}
    assert analyse("Leitständen", "de", exceptions=table) == ["wart", "leitstand"]
    assert analyse("oee", "de", exceptions=table) == ["anlageneffektivitat"]
    assert analyse("Loeschmich bitte", "de", exceptions=table) == ["bitt"]
    assert analyse("Leitständen", "de") == ["leitstand"]


def test_query_groups_keep_the_words_apart() -> None:
    assert query_groups("Softwarelösungen für Chemie Chemie", "de") == [
        ["softwarelos", "softwar", "loesung"],
        ["chemi"],
    ]
