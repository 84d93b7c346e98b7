"""Which entries of two registers are one organisation."""

from mitwerk.algorithms.joining import Entry, host, same
from mitwerk.algorithms.names import name_keys, variants


def test_names_have_spellings() -> None:
    assert variants("KITU – Kommunale IT-UNION eG") == [
        "KITU – Kommunale IT-UNION eG",
        "KITU",
        "Kommunale IT-UNION eG",
    ]
    assert name_keys("OptoNet e. V.") == ["optonet"]


def test_the_same_name_in_the_same_town_is_one() -> None:
    pairs = same(
        [Entry("r1", ["Universität Leipzig"], "Leipzig"), Entry("r2", ["Universität Leipzig"], "Dresden")],
        [Entry("o1", ["Universität Leipzig"], "Leipzig")],
    )
    assert pairs == {"r1": "o1"}


def test_an_acronym_at_the_end_does_not_matter() -> None:
    registry = [Entry("r1", ["Fraunhofer-Institut für Optik"], "Jena", acronyms=["IOF"])]
    assert same(registry, [Entry("o1", ["Fraunhofer-Institut für Optik IOF"], "Jena")]) == {"r1": "o1"}
    assert same(registry, [Entry("o1", ["Fraunhofer-Institut für Optik IFF"], "Jena")]) == {}


def test_the_same_web_address_is_one_unless_it_is_shared() -> None:
    known = [Entry("o1", ["HTWK"], "Leipzig", "http://www.htwk-leipzig.de")]
    alone = [Entry("r1", ["Leipzig University of Applied Sciences"], "Leipzig", "https://htwk-leipzig.de/en")]
    assert same(alone, known) == {"r1": "o1"}
    assert same([*alone, Entry("r2", ["A school of it"], "Leipzig", "https://htwk-leipzig.de/x")], known) == {}
    assert same([Entry("r1", ["Far away"], "Dresden", "https://htwk-leipzig.de")], known) == {}


def test_what_fits_two_is_left_to_a_person() -> None:
    twins = [Entry("o1", ["Klinikum"], "Halle"), Entry("o2", ["Klinikum gGmbH"], "Halle (Saale)")]
    assert same([Entry("r1", ["Klinikum"], "Halle")], twins) == {}
    assert same([Entry("r1", ["Klinikum"], "Halle"), Entry("r2", ["Klinikum"], "Halle")], twins[:1]) == {}


def test_host_forgives() -> None:
    assert [host("https://www.gisa.de/x"), host(""), host("https://[")] == ["gisa.de", "", ""]
