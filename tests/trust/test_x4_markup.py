"""TRUST X4: nothing that editors, translators or members write runs in another's browser, on whatever way it comes."""

import gzip
import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from copy import deepcopy
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.trust.hostile_markup import GOOD_URLS, ODD, URLS, faults, snippets
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.test.utils.form_data import nested_form_data, streamfield
from wagtail.whitelist import check_url

from mitwerk.accounts.models import User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.algorithms.rich_segments import rebuilt, segments
from mitwerk.pages import wagtail_hooks
from mitwerk.pages.models import NewsIndexPage, NewsPage, StandardPage
from mitwerk.pages.models.blocks import FEATURES
from mitwerk.pages.tests.cast import Cast, play_once
from mitwerk.pages.tests.test_office import news_form

FIRST, LAST = "FIRST-OF-THE-TEXT", "LAST-OF-THE-TEXT"
Block = dict[str, Any]


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    yield from play_once(django_db_blocker)


@pytest.fixture
def cast(played: Cast, db: None, region_scope: None) -> Cast:
    return deepcopy(played)


@pytest.fixture
def office(cast: Cast) -> Client:
    administrator = User.objects.create_superuser("admin@example.org", "lang-und-geheim", name="Admin")
    give_app(administrator)
    client = Client()
    client.force_login(administrator)
    return client


def block(text: str, **more: Any) -> Block:
    return {
        "key": "abcde",
        "type": "unstyled",
        "depth": 0,
        "text": text,
        "inlineStyleRanges": [],
        "entityRanges": [],
    } | more


def marked(number: int | str) -> Block:
    return block("link", entityRanges=[{"offset": 0, "length": 4, "key": number}])


def hostile_state() -> str:
    """A text as the editor's browser sends it, with everything in it that a forged one could send."""
    entities = [("LINK", {"url": url, "onclick": "alert(1)", "target": '"><script>'}) for url in (*URLS, *ODD)]
    entities += [("LINK", {"id": text}) for text in ("x", '1" onclick="1', [], {}, -1, "1e3", "९")]
    entities += [("DOCUMENT", {"id": text, "url": "javascript:1"}) for text in ("x", '1"><script>', None, [])]
    entities += [
        (kind, {"url": "javascript:1", "src": "x", "html": ODD[0]}) for kind in ("IMAGE", "EMBED", "x", ODD[0])
    ]
    blocks = [block(FIRST), *map(block, snippets()), *(marked(number) for number in range(len(entities)))]
    blocks += [block("type", type=kind) for kind in ("atomic", "header-one", "code-block", "<script>", 'p onclick="1"')]
    styles = ("BOLD", "STYLE", "<script>", 'b onclick="1"', "onclick")
    blocks += [block(ODD[0], inlineStyleRanges=[{"offset": 1, "length": 9, "style": style}]) for style in styles]
    blocks += [block("key", key='"><script>alert(1)</script>'), block("deep", type="unordered-list-item", depth=9)]
    known = {str(n): {"type": kind, "mutability": "MUTABLE", "data": data} for n, (kind, data) in enumerate(entities)}
    return json.dumps({"blocks": [*blocks, block(LAST)], "entityMap": known})


def between(page: str) -> str:
    """The text as it stands in a page or a feed."""
    return page[page.index(f">{FIRST}<") + 1 : page.rindex(LAST)]


def write_news(office: Client, cast: Cast, state: str) -> NewsPage:
    index = NewsIndexPage.objects.get(slug="aktuelles", url_path__contains="/it/")
    url = reverse("wagtailadmin_pages:add", args=["pages", "newspage", index.pk])
    answer = office.post(url, news_form(cast, body=state))
    assert answer.status_code == 302, answer.context["form"].errors
    return NewsPage.objects.get(slug="neue-halle")


def test_x4_news_from_the_editor_shows_words_and_harmless_links_alone(office: Client, cast: Cast) -> None:
    """X4: what came as a mark stands on the page as it was written."""
    write_news(office, cast, hostile_state())
    shown = between(Client().get("/de/it/aktuelles/neue-halle/").content.decode())
    assert faults(shown) == []
    words = unescape(shown)
    assert [text for text in ODD if "\n" not in text and text not in words] == []
    assert len(snippets()) > 500


def test_x4_a_page_of_blocks_does_the_same(office: Client, cast: Cast) -> None:
    page = StandardPage.objects.filter(locale__language_code="de").first()
    assert page is not None
    data = {"title": page.title, "slug": page.slug, "as_of": "", "action-publish": "1"}
    body = streamfield([("text", hostile_state())])
    comments = {"INITIAL_FORMS": "0", "MIN_NUM_FORMS": "0", "MAX_NUM_FORMS": "1000", "TOTAL_FORMS": "0"}
    sent = nested_form_data({**data, "body": body, "comments": comments})
    answer = office.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), sent)
    assert answer.status_code == 302, answer.context["form"].errors
    shown = Client().get(page.get_url()).content.decode()
    assert faults(between(shown)) == []


def test_x4_control_what_went_past_the_editor_would_be_found(cast: Cast) -> None:
    page = cast.news("n1")
    page.body = f"<p>{FIRST}</p>{''.join(snippets())}<p>{LAST}</p>"
    page.save()
    assert len(faults(between(Client().get(page.address("it")).content.decode()))) > 400


def as_link(url: str) -> str:
    state = {
        "blocks": [marked("0")],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
    }
    return str(ContentstateConverter(FEATURES).to_database_format(json.dumps(state)))


@pytest.mark.parametrize("url", URLS)
def test_x4_an_address_of_another_kind_is_no_link(url: str) -> None:
    assert as_link(url) == '<p data-block-key="abcde">link</p>'


@pytest.mark.parametrize("url", GOOD_URLS)
def test_x4_control_a_good_address_stays_a_link(url: str) -> None:
    html = as_link(url)
    assert (faults(html), html.count("<a href="), unescape(html).count(f'"{url}"')) == ([], 1, 1)


def test_x4_control_wagtails_own_rule_lets_some_through() -> None:
    let_through = [url for url in URLS if check_url(url)]
    assert "ftp://example.org/" in let_through
    assert [url for url in let_through if wagtail_hooks.SAFE_ADDRESS.fullmatch(url.strip())] == []


def stored(state: str) -> str:
    return str(ContentstateConverter(FEATURES).to_database_format(state))


def clean(html: str) -> str:
    """What is stored when somebody opens a text in the editor and saves it again."""
    return stored(ContentstateConverter(FEATURES).from_database_format(html))


TEXTS = st.one_of(st.sampled_from(snippets()), st.text(st.characters(codec="utf-8"), max_size=20))
ADDRESSES = st.one_of(st.sampled_from((*URLS, *GOOD_URLS)), st.text(st.characters(codec="utf-8"), max_size=12))
KINDS = st.sampled_from(["unstyled", "header-two", "header-three", "unordered-list-item", "ordered-list-item"])


@st.composite
def states(draw: st.DrawFn) -> str:
    """A text as the editor's browser sends it: blocks of every kind with marks and links anywhere in them."""
    blocks, known = [], {}
    for number in range(draw(st.integers(1, 5))):
        text = draw(TEXTS)
        ranges = st.builds(
            lambda start, length: {"offset": start, "length": length},
            st.integers(0, max(len(text) - 1, 0)), st.integers(1, max(len(text), 1)),
        )  # fmt: skip
        styles = [
            one | {"style": draw(st.sampled_from(["BOLD", "ITALIC"]))} for one in draw(st.lists(ranges, max_size=2))
        ]
        link = [draw(ranges) | {"key": number}] if text and draw(st.booleans()) else []
        known[str(number)] = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": draw(ADDRESSES)}}
        more = {"type": draw(KINDS), "depth": draw(st.integers(0, 2)), "key": f"key{number}"}
        blocks.append(block(text, inlineStyleRanges=styles, entityRanges=link, **more))
    return json.dumps({"blocks": blocks, "entityMap": known})


@settings(max_examples=200, deadline=None)
@given(states())
def test_x4_cleaning_twice_is_cleaning_once(state: str) -> None:
    """X4: what was saved stays as it is, however often it is opened and saved: nothing wakes up on the way."""
    first = stored(state)
    once = clean(first)
    assert (faults(first), faults(once)) == ([], [])
    assert "".join(clean(once).split()) == "".join(once.split()), "but for spaces, which Wagtail trims one by one"


def test_x4_what_a_translator_writes_is_words() -> None:
    """X4: marks of the text come back as they were; nothing else in a translation is one."""
    body = '<h2>Halle</h2><p>Rufen Sie <a href="https://example.org">uns</a> an.</p><ul><li>eins<br/>zwei</li></ul>'
    for text in snippets():
        html = rebuilt(body, [f"{{1}}{text}{{/1}}{text}{{2/}}"] * len(segments(body)))
        assert (text, faults(html)) == (text, [])


def test_x4_a_feed_tells_the_same_text(office: Client, cast: Cast) -> None:
    """X4: and signs that no feed may hold do not break it."""
    write_news(office, cast, hostile_state())
    feed = ElementTree.fromstring(Client().get("/de/it/aktuelles/feed.atom").content)
    [told] = [one.text or "" for one in feed.iter("{http://www.w3.org/2005/Atom}summary") if FIRST in (one.text or "")]
    assert faults(between(told)) == []


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
DRAWINGS = {
    "plain": SVG, "xml": b'<?xml version="1.0"?>' + SVG, "utf-16": SVG.decode().encode("utf-16"), "bom": BOM_UTF8 + SVG,
    "gif first": b"GIF89a/*" + SVG, "spaces": b"\n\n  " + SVG, "gzip": gzip.compress(SVG),
}  # fmt: skip


@pytest.mark.parametrize("ending", ["svg", "svgz", "png", "jpg", "webp", "SVG", "png.svg", "svg.png"])
def test_x4_no_drawing_with_a_script_is_taken_as_a_picture(office: Client, ending: str) -> None:
    """X4: SVG is a program; no ending, encoding or disguise brings one in."""
    for name, drawing in DRAWINGS.items():
        sent = SimpleUploadedFile(f"a.{ending}", drawing, content_type="image/png")
        answer = office.post("/office/images/add/", {"title": "x", "alt_de": "x", "credit": "x", "file": sent})
        assert (name, answer.status_code, list(answer.context["form"].errors)) == (name, 200, ["file"])


def test_x4_control_a_picture_is_taken(office: Client) -> None:
    made = BytesIO()
    Image.new("RGB", (20, 20)).save(made, "PNG")
    sent = SimpleUploadedFile("a.png", made.getvalue())
    fields = {"title": "x", "alt_de": "x", "credit": "x", "focal_point_x": "", "file": sent}
    assert office.post("/office/images/add/", fields).status_code == 302
    assert "svg" not in [*django_settings.WAGTAILIMAGES_EXTENSIONS, *django_settings.WAGTAILDOCS_EXTENSIONS]
