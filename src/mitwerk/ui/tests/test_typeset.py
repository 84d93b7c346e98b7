"""Documents come about whatever people wrote in them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from mitwerk.ui import typeset
from mitwerk.ui.opengraph import Card, draw_card

SOURCE = '#set document(title: "T")\n#set text(font: "Source Sans 3")\n= T\n#json(bytes(sys.inputs.data))'
ARABIC = " ".join(map(chr, range(0x600, 0x700)))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    file = tmp_path / "a.typ"
    file.write_text(SOURCE)
    return file


@pytest.mark.parametrize("text", ["Leitbild", "مرحبا بالعالم", "שלום", "#import <a> $x$", "\u202e", ARABIC])
def test_every_text_makes_a_document(source: Path, text: str) -> None:
    made = typeset.readable_pdf(source, {"data": f'"{text}"'})
    assert len(PdfReader(BytesIO(made)).pages) == 1


def test_this_text_brings_typst_down(source: Path) -> None:
    """The control: without the guard there would be no document. When a newer Typst ends this, the guard goes."""
    with pytest.raises(BaseException, match="out of bounds") as raised:
        typst.compile(source.read_bytes(), format="pdf", sys_inputs={"data": f'"{ARABIC}"'})
    assert type(raised.value).__name__ == "PanicException"


def test_a_picture_comes_about_as_well() -> None:
    card = Card(home=ARABIC, title=ARABIC, key="a", accent="#1d4e9e")
    assert draw_card(card)[:8] == b"\x89PNG\r\n\x1a\n"


def test_another_failure_is_no_document(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*args: Any, **more: Any) -> bytes:
        raise KeyboardInterrupt

    monkeypatch.setattr(typst, "compile", stopped)
    with pytest.raises(KeyboardInterrupt):
        typeset.readable_pdf(source, {"data": f'"{ARABIC}"'})
