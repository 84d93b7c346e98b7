"""`{% include … only %}` hands on nothing, not even the token of forms: what is posted from there would be refused.

The client of the tests does not look at tokens, so that no other test but those in a browser would notice.
"""

import re
from collections.abc import Mapping

from tests.house import templates

INCLUDE = re.compile(r'{% include "([^"]+)"[^%]*\bonly\s*%}')


def without_token(texts: Mapping[str, str]) -> list[str]:
    """Templates with a form that get no token, and where they are included."""
    return sorted(
        f"{name}: {inner}"
        for name, text in texts.items()
        for inner in INCLUDE.findall(text)
        if "{% csrf_token %}" in texts.get(inner, "")
    )


def test_every_form_has_its_token() -> None:
    texts = {str(file).partition("/templates/")[2]: file.read_text() for file in templates()}
    assert sum("{% csrf_token %}" in text for text in texts.values()) > 50
    assert without_token(texts) == []


def test_control_a_form_without_its_token_is_found() -> None:
    form = {"a/_form.html": "<form>{% csrf_token %}</form>"}
    assert without_token({**form, "a/page.html": '{% include "a/_form.html" with x=1 only %}'}) == [
        "a/page.html: a/_form.html"
    ]
    assert without_token({**form, "a/page.html": '{% include "a/_form.html" with x=1 %}'}) == []
