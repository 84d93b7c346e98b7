"""Template tags of the interface."""

import json
import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from mitwerk.ui.accents import rules
from mitwerk.ui.assets import minify
from mitwerk.ui.templatetags import ui


def render(source: str, **values: Any) -> str:
    return Template(source).render(Context(values))


class Text:
    def __init__(self, text: str, language: str) -> None:
        self.best = lambda: (text, language)


def test_jsonld_cannot_end_its_own_element() -> None:
    request = RequestFactory().get("/")
    request.csp_nonce = "n0nce"  # type: ignore[attr-defined]
    evil = "</script><script>alert(1)</script>"
    assert "</script>" in json.dumps(evil)  # control: plain JSON would let it through
    text = render("{% jsonld things %}", things=[{"name": evil}], request=request)
    assert text.count("<") == 2
    inside = re.fullmatch(r'<script type="application/ld\+json" nonce="n0nce">(.*)</script>', text)
    assert inside is not None
    assert json.loads(inside[1]) == {"name": evil}


def test_jsonld_of_nothing_is_nothing() -> None:
    assert render("{% jsonld things %}", things=[]) == ""


def test_a_fallback_says_its_language() -> None:
    with override("de"):
        assert ui.translated(Text("Bedarf", "de")) == "Bedarf"
        assert ui.translated(Text("a <need>", "en")) == '<span lang="en">a &lt;need&gt;</span>'
        assert ui.translated("plain") == "plain"


def test_emblem_is_drawn_and_keys_are_never_markup() -> None:
    assert render("{% emblem key 40 %}", key="<b>").count("<svg") == 1
    assert "<b>" not in render("{% emblem key 40 %}", key="<b>")


def test_accent_rules_are_readable_and_safe() -> None:
    css = rules("#f0b323")
    assert re.fullmatch(r"[:a-z0-9#;{}()@,.\- ]+", css)
    assert "--accent:light-dark(#" in css


def test_pager_keeps_the_filters() -> None:
    choice = SimpleNamespace(address=lambda **changes: "?q=a&page=" + changes["page"])
    page = Paginator(range(100), 10).page(2)
    text = render('{% include "ui/_pager.html" with page=page choice=choice only %}', page=page, choice=choice)
    assert 'href="?q=a&amp;page=3"' in text
    assert text.count('aria-current="page"') == 1
    assert render('{% include "ui/_pager.html" with page=page only %}', page=Paginator([1], 10).page(1)).strip() == ""


def test_bars_are_shares_of_the_longest() -> None:
    assert [row["share"] for row in ui.bar_rows([("a", 20), ("b", 5, "/b/")])] == ["100", "25"]
    assert ui.bar_rows([("a", 0)])[0]["share"] == "0"
    assert ui.bar_rows([]) == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/a?b", "https://example.org/a?b"),
        (" HTTP://example.org", "HTTP://example.org"),
        ("/de/akteure/", "/de/akteure/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("javascript:alert(1)", ""),
        (" JavaScript:alert(1)", ""),
        ("java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("http://[", ""),
        ("no address", ""),
        (None, ""),
    ],
)
def test_a_link_leads_somewhere_and_runs_nothing(url: str | None, expected: str) -> None:
    assert ui.link(url) == expected


def test_host_is_what_a_reader_knows() -> None:
    assert ui.host("https://www.example.org/a?b") == "example.org"
    assert ui.host("no address") == "no address"


def test_facts_leave_out_what_is_not_known() -> None:
    text = render('{% include "ui/_facts.html" with facts=facts only %}', facts=[("Sitz", "Halle"), ("Größe", "")])
    assert text.count("<dt>") == 1


def test_texts_are_escaped_in_every_component() -> None:
    evil = "<script>x</script>"
    parts = {
        "_page_head": "title=e kicker=e lead=e", "_card": "url='#' title=e kicker=e text=e result=e key=e",
        "_row": "url='#' title=e kicker=e text=e meta=e key=e", "_tag": "label=e url=e count=e", "_notice": "text=e",
        "_empty": "title=e text=e url=e label=e", "_stat": "value=e label=e url=e",
        "_section_head": "title=e url=e label=e id=e",
        "_dialog": "id=e title=e label=e text=e",
    }  # fmt: skip
    for name, arguments in parts.items():
        text = render(f'{{% include "ui/{name}.html" with {arguments} only %}}', e=evil)
        assert "&lt;script&gt;" in text, name
        assert "<script>" not in text, name


def test_lines_of_a_long_list_are_escaped() -> None:
    """They are written in code, where no template escapes."""
    fields = "key url name kicker text language meta".split()
    row = SimpleNamespace(**{name: f'"><script>{name}</script>' for name in fields})
    text = render("{% list_rows rows %}", rows=[row])
    assert "<script>" not in text
    assert text.count("&lt;script&gt;") == len(fields) - 1  # the key draws the picture and is not written
    assert text.count('"&gt;') == 0


def test_minify_keeps_meaning() -> None:
    css = "/* note */ a > b { width: calc(1px + 2px); color: red; }\n@media (min-width: 1px) { a:hover { x: y } }"
    assert minify(css) == "a > b{width: calc(1px + 2px);color: red}@media (min-width: 1px){a:hover{x: y}}"


def test_a_headline_breaks_long_german_words_only() -> None:
    with override("de"):
        assert ui.headline("Kooperationsprojekte") == "Kooperations\u00adprojekte"
        assert ui.headline(Text("Kooperationsprojekte", "en")) == '<span lang="en">Kooperationsprojekte</span>'
        assert ui.headline(ui.translated(Text("<i>", "en"))) == '<span lang="en">&lt;i&gt;</span>'
    with override("en"):
        assert ui.headline("Kooperationsprojekte") == "Kooperationsprojekte"
