"""Long German words break at their joints, and nowhere else."""

import pytest

from mitwerk.algorithms.hyphens import SHY, with_soft_hyphens


@pytest.mark.parametrize(
    "broken",
    [
        "Kooperations|projekte",
        "Lebensmittel|verarbeitungs|betriebe",
        "Wirtschafts|förderungs|gesellschaft",
        "Braunkohleveredlungs|gesellschaft",
        "Rückverfolgbarkeits|informations|system",
    ],
)
def test_breaks_at_the_joints(broken: str) -> None:
    assert with_soft_hyphens(broken.replace("|", "")) == broken.replace("|", SHY)


def test_short_words_and_everything_else_stay_as_they_are() -> None:
    text = "Cluster IT: Netzwerke & <b>Projekte</b>, https://example.org/abcdefghijklmnopqrstuvwxyz 1234567890123456789"
    assert with_soft_hyphens(text) == text
    assert with_soft_hyphens("") == ""


def test_taking_them_out_gives_the_text_back() -> None:
    text = "Datenschutzerklärung der Braunkohleveredlungsgesellschaft"
    assert with_soft_hyphens(text).replace(SHY, "") == text
