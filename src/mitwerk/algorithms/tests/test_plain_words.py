"""Words, addresses and names of a plain text: nothing is lost, nothing is added, nothing becomes markup."""

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.plain_words import BREAK, Piece, named_in, normal, paragraphs

NAMES = ["IT head", "IT head machines", "Ö (Leitung)"]


def shape(text: str) -> list[list[tuple[str, str]]]:
    return [[(one.kind, one.text) for one in part] for part in paragraphs(text, NAMES)]


def test_paragraphs_addresses_and_names() -> None:
    assert shape("Look: https://a.example/x_(y)?q=1&b=2.\r\n\r\n@IT head machines, ask @it head!") == [
        [("words", "Look: "), ("address", "https://a.example/x_(y)?q=1&b=2"), ("words", ".")],
        [("name", "@IT head machines"), ("words", ", ask "), ("name", "@it head"), ("words", "!")],
    ]


def test_what_looks_like_one_and_is_none() -> None:
    for text in ("x@IT head", "@IT header", "javascript:alert(1)", "ftp://a.example", "https://", "@", "http://."):
        assert shape(text) == [[("words", text)]]


def test_markup_stays_words_and_ends_an_address() -> None:
    assert shape('<b>https://a.example/"onclick=x<script>') == [
        [("words", "<b>"), ("address", "https://a.example/"), ("words", '"onclick=x<script>')]
    ]


def test_each_is_named_once() -> None:
    assert named_in("@it head, @IT HEAD and @Ö (Leitung)", NAMES) == ["IT head", "Ö (Leitung)"]
    assert (named_in("IT head", NAMES), named_in("@IT head", [])) == ([], [])


LETTERS = "@IThead machinesÖ(Leitung).,:/\n\r<>&\"'hpstw \u202e"


@given(st.text(alphabet=st.sampled_from(LETTERS), max_size=80) | st.text())
def test_the_pieces_are_the_text(text: str) -> None:
    found = paragraphs(text, NAMES)
    assert ["".join(one.text for one in part) for part in found] == [p for p in BREAK.split(normal(text)) if p]
    assert all(isinstance(one, Piece) and one.text for part in found for one in part)
    addresses = [one.text for part in found for one in part if one.kind == "address"]
    assert [one for one in addresses if not one.lower().startswith(("http://", "https://"))] == []
    assert [one for one in addresses if set(one) & set('<>" \n')] == []
