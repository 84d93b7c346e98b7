"""What changed, word by word."""

from mitwerk.algorithms.word_diff import Part, word_diff


def test_word_diff() -> None:
    found = word_diff("Baut Software für Mühlen.", "Baut gute Software für Bäcker.")
    assert found == [
        Part("same", "Baut "),
        Part("new", "gute "),
        Part("same", "Software für "),
        Part("gone", "Mühlen."),
        Part("new", "Bäcker."),
    ]
    assert "".join(part.text for part in found if part.kind != "new") == "Baut Software für Mühlen."
    assert [part.kind for part in word_diff("a " * 3000, "b " * 3000)] == ["gone", "new"]


def test_words_that_stayed_are_the_same_at_the_end_of_a_text() -> None:
    found = word_diff("Büro in Leipzig.", "Büro in Leipzig. Neu.")
    assert found == [Part("same", "Büro in Leipzig."), Part("new", "Neu.")]
