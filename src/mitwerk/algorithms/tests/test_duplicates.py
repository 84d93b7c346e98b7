"""Which entries may be one: a judged set of real ones, and what must hold for any."""

import random
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.duplicates import Entry, Pair, Reason, Register, compare, entry, own_domain, register_key

LEIPZIG, JENA, HALLE, MAGDEBURG, DRESDEN = "Leipzig", "Jena", "Halle (Saale)", "Magdeburg", "Dresden"
Side = tuple[str, tuple[str, ...], str, str]
"""Name, other names, town, website: as the region's folder and the research registry have them."""

SAME: list[tuple[Side, Side]] = [
    (("Institut für Angewandte Informatik e. V. (InfAI)", (), LEIPZIG, ""),
     ("Institut für Angewandte Informatik (InfAI) e. V.", (), LEIPZIG, "https://infai.org")),
    (("Ernst-Abbe-Hochschule Jena", (), JENA, "https://www.eah-jena.de"),
     ("Ernst Abbe University of Applied Sciences Jena", (), JENA, "https://www.eah-jena.de")),
    (("Hochschule für Technik, Wirtschaft und Kultur Leipzig (HTWK)", (), LEIPZIG, "http://www.htwk-leipzig.de"),
     ("Leipzig University of Applied Sciences", ("HTWK Leipzig",), LEIPZIG, "https://www.htwk-leipzig.de")),
    (("IMMS Institut für Mikroelektronik- und Mechatronik-Systeme", (), "Ilmenau", ""),
     ("IMMS Institut für Mikroelektronik- und Mechatronik-Systeme gemeinnützige GmbH (IMMS GmbH)", (), "Ilmenau", "")),
    (("Martin-Luther-Universität Halle-Wittenberg", (), HALLE, ""),
     ("Martin Luther University Halle-Wittenberg", ("Martin-Luther-Universität Halle-Wittenberg",), "Halle", "")),
    (("Universität Leipzig", (), LEIPZIG, ""), ("Leipzig University", ("Universität Leipzig",), LEIPZIG, "")),
    (("ifak – Institut für Automation und Kommunikation e. V.", (), MAGDEBURG, ""),
     ("Institut für Automation und Kommunikation", ("ifak",), MAGDEBURG, "https://www.ifak.eu/de")),
    (("Fraunhofer-Institut für Angewandte Optik und Feinmechanik IOF", (), JENA, ""),
     ("Fraunhofer Institute for Applied Optics", ("Fraunhofer-Institut für Angewandte Optik und Feinmechanik", "IOF"),
      JENA, "")),
    (("Technische Universität Dresden", (), DRESDEN, ""), ("TU Dresden", ("Technische Universität Dresden",), "", "")),
    (("Softwareforen Leipzig GmbH", (), LEIPZIG, ""), ("Softwareforen GmbH & Co. KG", (), LEIPZIG, "")),
    (("Müller & Söhne GmbH", (), JENA, ""), ("Mueller und Soehne", (), JENA, "")),
    (("Stadt Halle (Saale)", (), HALLE, ""), ("Stadt Halle", (), "Halle", "")),
    (("Datenwerk AG", (), LEIPZIG, ""), ("Daten Werk", (), LEIPZIG, "")),
    (("Komsa Kommunikation AG", (), "Hartmannsdorf", ""), ("Komsa Komunikation AG", (), "Hartmannsdorf", "")),
    (("GISA GmbH", (), HALLE, "https://www.gisa.de"), ("Gisa", (), LEIPZIG, "http://gisa.de/kontakt")),
]  # fmt: skip
APART: list[tuple[Side, Side]] = [
    (("Stadt Leipzig", (), LEIPZIG, ""), ("Universität Leipzig", (), LEIPZIG, "")),
    (("Stadt Leipzig", (), LEIPZIG, ""), ("Stadt Dresden", (), DRESDEN, "")),
    (("Stadtwerke Leipzig GmbH", (), LEIPZIG, ""), ("Stadtwerke Jena GmbH", (), JENA, "")),
    (("Stadt Leipzig", (), LEIPZIG, ""), ("Stadtwerke Leipzig GmbH", (), LEIPZIG, "")),
    (("Universität Leipzig", (), LEIPZIG, ""), ("Universitätsklinikum Leipzig", (), LEIPZIG, "")),
    (("Lancaster University Leipzig", (), LEIPZIG, ""), ("Leipzig University", (), LEIPZIG, "")),
    (("Fraunhofer-Institut für Fabrikbetrieb und -automatisierung IFF", (), MAGDEBURG, ""),
     ("Leibniz-Institut für Neurobiologie", (), MAGDEBURG, "")),
    (("Fraunhofer-Center für Silizium-Photovoltaik CSP", (), HALLE, ""),
     ("Fraunhofer-Institut für Mikrostruktur von Werkstoffen IMWS", (), HALLE, "")),
    (("Technische Universität Dresden", ("TU Dresden",), DRESDEN, "https://tu-dresden.de"),
     ("Verkehrsunfallforschung an der TU Dresden GmbH", ("VUFO", "VUFO TU Dresden"), DRESDEN, "https://www.vufo.de")),
    (("Technische Universität Ilmenau", (), "Ilmenau", ""), ("Technische Universität Chemnitz", (), "Chemnitz", "")),
    (("Hochschule Harz", (), "Wernigerode", ""), ("Hochschule Anhalt", (), "Köthen (Anhalt)", "")),
    (("Alpha GmbH", (), LEIPZIG, "https://facebook.com/alpha"), ("Beta GmbH", (), LEIPZIG, "https://facebook.com/b")),
    (("Alpha GmbH", (), LEIPZIG, "https://a.jimdosite.com"), ("Beta GmbH", (), LEIPZIG, "https://a.jimdosite.com")),
    (("Bank für Handel AG", (), LEIPZIG, ""), ("Band für Handel AG", (), LEIPZIG, "")),
    (("Solar 1 GmbH", (), LEIPZIG, ""), ("Solar 2 GmbH", (), LEIPZIG, "")),
    (("GmbH & Co. KG", (), LEIPZIG, ""), ("AG", (), LEIPZIG, "")),
    (("Sparkasse", (), LEIPZIG, ""), ("Sparkasse", (), JENA, "")),
]  # fmt: skip


def made(key: int, side: Side) -> Entry:
    name, others, town, website = side
    return entry(key, name, others, town=town, website=website)


def test_the_judged_set() -> None:
    """All of the real pairs, and none of the others, in one register of all of them too."""
    right = [bool(compare(made(1, one), made(2, other))) for one, other in SAME]
    wrong = [bool(compare(made(1, one), made(2, other))) for one, other in APART]
    print(f"recall {sum(right)}/{len(SAME)}, wrong {sum(wrong)}/{len(APART)}")  # noqa: T201
    assert [SAME[n] for n, is_found in enumerate(right) if not is_found] == []
    assert [APART[n] for n, is_found in enumerate(wrong) if is_found] == []
    assert (sum(right), len(SAME), sum(wrong), len(APART)) == (15, 15, 0, 17)


def test_control_edit_distance_alone_would_call_other_pairs_the_same() -> None:
    """Two towns, two numbers, two words: nearer in letters than real pairs are."""
    from rapidfuzz.fuzz import ratio

    near = [ratio(one[0], other[0]) for one, other in APART]
    far = [ratio(one[0], other[0]) for one, other in SAME]
    assert sum(score > min(far) for score in near) == 16


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("HRB 12345 Leipzig", "hrb 12345 leipzig"),
        ("HR B 12345, Amtsgericht Leipzig", "hrb 12345 leipzig"),
        ("Amtsgericht Leipzig, HRB 12345", "hrb 12345 leipzig"),
        ("VR 77 Jena", "vr 77 jena"),
        ("12345", ""),
        ("", ""),
    ],
)
def test_register_numbers_in_one_spelling(text: str, key: str) -> None:
    assert register_key(text) == key


def test_a_register_number_decides_both_ways() -> None:
    one = entry(1, "Alpha GmbH", town=LEIPZIG, register_number="HRB 1 Leipzig")
    same = entry(2, "Ganz anders AG", town=JENA, register_number="Amtsgericht Leipzig HRB 1")
    other = entry(3, "Alpha GmbH", town=LEIPZIG, register_number="HRB 2 Leipzig")
    assert Register([one, same, other]).pairs() == [Pair(1, 2, 100, (Reason.REGISTER,))]


def test_a_domain_of_many_is_no_reason_alone() -> None:
    names = ("Optik", "Chemie")
    institutes = [entry(n, name, website="https://uni.example", town=JENA) for n, name in enumerate(names)]
    assert [pair.score for pair in Register(institutes).pairs()] == [50]
    crowd = [*institutes, entry(9, "Physik", website="https://www.uni.example/p", town=JENA)]
    assert Register(crowd).pairs() == []


@pytest.mark.parametrize("website", ["https://www.xing.com/a", "https://a.wixsite.com/b", "", "kein Netz"])
def test_shared_hosts_are_nobodys_own(website: str) -> None:
    assert own_domain(website) == ""


WORDS = st.sampled_from(["Stadt", "Leipzig", "Alphawerk", "Alfawerk", "Datenwerk", "Daten", "Werk", "GmbH", "IT", "1"])
ENTRIES = st.lists(
    st.tuples(
        st.lists(WORDS, max_size=4).map(" ".join),
        st.lists(st.lists(WORDS, min_size=1, max_size=2).map(" ".join), max_size=2),
        st.sampled_from(["", LEIPZIG, "Halle", HALLE]),
        st.sampled_from(["", "https://a.example", "https://www.b.example/x", "https://xing.com/a"]),
        st.sampled_from(["", "HRB 1 Leipzig", "HRB 2 Leipzig"]),
        st.sampled_from(["", "company", "university"]),
    ),
    max_size=7,
)


def many(rows: Any) -> list[Entry]:
    return [
        entry(n, name, others, town=town, website=website, register_number=register, kind=kind)
        for n, (name, others, town, website, register, kind) in enumerate(rows, 1)
    ]


@given(ENTRIES)
def test_the_index_misses_nothing_and_the_order_says_nothing(rows: Any) -> None:
    """What a comparison of all with all finds is what the index finds, from either side, in any order."""
    entries = many(rows)
    register = Register(entries)
    every = [compare(a, b, register.crowded) for n, a in enumerate(entries) for b in entries[n + 1 :]]
    mirrored = [compare(b, a, register.crowded) for n, a in enumerate(entries) for b in entries[n + 1 :]]
    found = register.pairs()
    assert every == mirrored
    assert sorted(found) == sorted(pair for pair in every if pair)
    assert Register(reversed(entries)).pairs() == found
    asked = {pair for one in entries for pair in register.twins_of(one)}
    assert asked == set(found)


@given(ENTRIES)
def test_what_has_a_telling_name_is_like_itself(rows: Any) -> None:
    for one in many(rows):
        double = Entry(one.key + 100, one.names, one.domain, one.register_number, town=one.town, kind=one.kind)
        found = compare(one, double)
        assert (found is not None) is bool(one.joined or (one.domain and one.town) or one.register)
        assert found is None or found.score >= 50


PARTS = "nord werk daten technik system bau licht labor media soft optik chemie solar netz stahl druck auto".split()


def test_ten_thousand_take_seconds() -> None:
    luck = random.Random(20061114)
    entries = [
        entry(
            n,
            f"{luck.choice(PARTS)}{luck.choice(PARTS)} {luck.choice(PARTS)}{luck.choice(PARTS)} GmbH",
            town=luck.choice([LEIPZIG, JENA, HALLE]),
            website=f"https://x{luck.randrange(9000)}.example",
        )
        for n in range(10_000)
    ]
    started = time.process_time()
    pairs = Register(entries).pairs()
    assert (len(pairs) > 100, time.process_time() - started < 30) == (True, True)
