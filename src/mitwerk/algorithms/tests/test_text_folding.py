"""Folding, slugs, sort keys, names, tokens."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mitwerk.algorithms.text import Token, clean, fold, normalise_name, slugify_de, sort_key, tokens

ANY = st.text(st.characters(), max_size=60)
ODD = st.text(
    st.sampled_from("aouäöüßẞſﬀ①ıİŉǖ\u0308\u0301\u0323\u0345\u034f\u00ad\u200b\u202e\0\n ½…'’Ǆ가\u3099か"), max_size=30
)


@given(ANY | ODD)
@example("ǖ\u0308")
@example("\u1e9e\u0308u\u0308")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(ANY | ODD)
def test_folding_does_not_care_for_the_form_or_case_of_the_input(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(ANY | ODD)
def test_nothing_invisible_is_left(text: str) -> None:
    assert [char for char in fold(text) if unicodedata.category(char) in ("Cc", "Cf", "Cs")] == []
    assert [char for char in clean(text) if unicodedata.category(char) in ("Cc", "Cf", "Cs")] == []


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Müller", "mueller"), ("MÜLLER", "mueller"), ("Mu\u0308ller", "mueller"), ("Mueller", "mueller"),
        ("Muller", "muller"), ("Straße", "strasse"), ("STRAẞE", "strasse"), ("Café à la Zoë", "cafe a la zoe"),
        ("Łódź Ærø Þór", "lodz aero thor"), ("a\u200bb\u00adc\0d\u202ee", "abcde"), ("  a \t\r\n b ", "a b"),
        ("ﬁnden ①", "finden 1"), ("Ελλάδα", "ελλαδα"), ("がか", "がか"), ("한국", "한국"), ("", ""),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_flood_of_marks_is_cut() -> None:
    assert fold("a" + "\u0301\u0323" * 50_000 + "b") == "ab"


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Größe & Spaß", "groesse-und-spass"), ("C++ oder C#?", "c-plus-plus-oder-c-sharp"), ("東京", ""), ("", ""),
        ("  --Ärzte/Ämter--  ", "aerzte-aemter"), ("x" * 100, "x" * 80), ("wort " * 40, "-".join(["wort"] * 16)),
    ],
)  # fmt: skip
def test_slugify(text: str, slug: str) -> None:
    assert slugify_de(text) == slug


@given(ANY)
def test_a_slug_is_safe_in_an_address(text: str) -> None:
    slug = slugify_de(text, max_length=20)
    assert slug == "" or re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 20


def test_sort_key_gives_dictionary_order() -> None:
    ordered = [
        "3M", "Ämter", "Arzt", "Ärzte", "Halle 2", "Halle 2 Süd", "Halle 10", "Halle-Neustadt", "Hallen", "Maß",
        "Masse", "Massen", "Muller", "Müller", "Müller GmbH", "Müller & Söhne", "Mutter", "Oeder", "Ofen", "öffnen",
        "Österreich", "Straße", "Straßen", "Zürich",
    ]  # fmt: skip
    assert sorted(frozenset(ordered), key=sort_key) == ordered
    assert sort_key("Maße") == sort_key("MASSE") == "masse"
    assert sort_key("Halle 10, Müller") == "halle012100muller" + "00" + "0" * 8 + "1"


@given(st.text(st.characters(max_codepoint=0x17F), max_size=40))
def test_the_key_of_latin_text_sorts_alike_in_every_collation(text: str) -> None:
    assert re.fullmatch("[a-z0-9]*", "".join(char for char in sort_key(text) if char.isascii()))
    assert sort_key(text) == sort_key(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Müller & Söhne GmbH & Co. KG", "Mueller und Soehne"), ("GISA GmbH", "gisa"),
        ("Netzwerk e. V.", "Netzwerk eV"),
        ("Netzwerk e.V.", "NETZWERK"), ("SAP SE", "SAP SE & Co. KG"), ("Beispiel AG", "Beispiel gGmbH"),
        ("Start UG (haftungsbeschränkt)", "Start"), ("Łódź Sp. z o.o.", "Lodz"),
        ("Stadtwerke-Halle GmbH", "Stadtwerke Halle"),
        ("Werk GmbH & Co. KGaA", "Werk Aktiengesellschaft"), ("Bank eG", "Bank"), ("A + B GbR", "A und B"),
        ("Meier’s Hof e.K.", "Meiers Hof"),
    ],
)  # fmt: skip
def test_names_that_are_one(one: str, other: str) -> None:
    assert normalise_name(one) == normalise_name(other)


def test_names_that_stay_apart() -> None:
    assert normalise_name("AG Energie") == "ag energie"
    assert normalise_name("GmbH") == "gmbh"
    assert normalise_name("Kegel") == "kegel"
    assert normalise_name("Müller IT GmbH") != normalise_name("Müller Bau GmbH")


@given(ANY | ODD)
def test_tokens_lie_where_they_say(text: str) -> None:
    found = tokens(text)
    assert [token.text for token in found] == [text[token.start : token.end] for token in found]
    assert all(token.text for token in found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ und C#.", ["C++", "und", "C#"]), ("S/4HANA", ["S/4HANA", "S", "4HANA"]), ("4.0", ["4.0"]),
        ("i-kam", ["i-kam", "i", "kam"]), ("e-commerce,", ["e-commerce", "e", "commerce"]),
        ("Chemie/Pharma", ["Chemie", "Pharma"]),
        ("Entwickler:innen!", ["Entwickler:innen"]), ("Soft\u00adware", ["Soft\u00adware"]),
        ("u\u0308ber", ["u\u0308ber"]),
        ("InfraLeuna", ["InfraLeuna", "Infra", "Leuna"]), ("GmbH", ["GmbH"]), ("(a)", ["a"]), ("- . /", []), ("", []),
        ("Ende. Neu", ["Ende", "Neu"]), ("F&E", ["F&E", "F", "E"]), ("14.07.2006", ["14.07.2006", "14", "07", "2006"]),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[str]) -> None:
    assert [token.text for token in tokens(text)] == expected


def test_token_positions() -> None:
    assert tokens("Die i-kam") == [Token("Die", 0, 3), Token("i-kam", 4, 9), Token("i", 4, 5), Token("kam", 6, 9)]
