"""Documents by Typst: what people wrote goes in as data, never as markup."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.contrib.staticfiles import finders

_VOWEL_SIGNS = re.compile("[\u0600-\u0605\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]")
"""Signs above and below Arabic letters: some rows of them bring Typst 0.15 down."""


def readable_pdf(source: Path, inputs: dict[str, str]) -> bytes:
    """A document that screen readers can read (PDF/UA-1). Where no font of ours has a sign, it is there all the same,
    without the promise."""
    try:
        return compiled(source, inputs, format="pdf", pdf_standards=["ua-1"])
    except typst.TypstError:
        return compiled(source, inputs, format="pdf")


@cache
def font_folder() -> list[str]:
    """Where `build_assets` put the static fonts; empty before it ran."""
    found = finders.find("vendor/fonts")
    return [str(found)] if found else []


def compiled(source: Path, inputs: dict[str, str], **more: Any) -> bytes:
    """What Typst makes of a template; `more` are its own settings, such as the format."""
    try:
        return typst.compile(source.read_bytes(), font_paths=font_folder(), sys_inputs=inputs, **more)
    except BaseException as broken:
        plain = {name: _VOWEL_SIGNS.sub("", text) for name, text in inputs.items()}
        if type(broken).__name__ != "PanicException" or plain == inputs:  # a panic of Rust is no `Exception`
            raise
        return compiled(source, plain, **more)
