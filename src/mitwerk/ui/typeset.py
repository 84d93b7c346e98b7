"""Documents by Typst: what people wrote goes in as data, never as markup."""

import re
from pathlib import Path
from typing import Any

import typst

from mitwerk.ui.opengraph import font_folder

_VOWEL_SIGNS = re.compile("[\u0600-\u0605\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Signs above and below Arabic letters: some rows of them bring Typst 0.15 down."""


def readable_pdf(source: Path, inputs: dict[str, str]) -> bytes:
    """A document that screen readers can read (PDF/UA-1). Where no font of ours has a sign, it is there all the same,
    without the promise."""
    try:
        return _compiled(source, inputs, pdf_standards=["ua-1"])
    except typst.TypstError:
        return _compiled(source, inputs)


def _compiled(source: Path, inputs: dict[str, str], **more: Any) -> bytes:
    try:
        return typst.compile(source.read_bytes(), format="pdf", font_paths=font_folder(), sys_inputs=inputs, **more)
    except BaseException as broken:
        plain = {name: _VOWEL_SIGNS.sub("", text) for name, text in inputs.items()}
        if type(broken).__name__ != "PanicException" or plain == inputs:  # a panic of Rust is no `Exception`
            raise
        return _compiled(source, plain, **more)
