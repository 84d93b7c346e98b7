"""TRUST B1: whatever is asked for, by whatever method: no page of ours breaks."""

from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.trust.addresses import Address, public_addresses
from tests.trust.conftest import CLUSTER, Find

PUBLIC = public_addresses()
NAMES = [f"{address.name or address.route} [{address.language}]" for address in PUBLIC]
JUNK = (
    "0",
    "-1",
    "99999999999999999999",
    "x" * 5000,
    "..",
    "%00",
    "%",
    "'\"<script>",
    "ünïcödé-ẞ",
    "a_b%c",
    '") OR 1=1 --',
    "NEAR(a b) AND *",
    "\u202e\u0000",
)
METHODS = ("get", "head", "post", "put", "patch", "delete", "options", "trace")
ASKED = (
    "q page sort view type kind state district size cluster network year month topic status partner competence "
    "sector format next language lang id ids p page_size order fields feed"
).split()
slow = hypothesis_settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def broke(client: Client, method: str, path: str, **data: Any) -> str:
    """What to tell when the answer is a server error, otherwise nothing."""
    answer = getattr(client, method)(path, **data)
    return f"{answer.status_code} {method} {path[:200]}" if answer.status_code >= 500 else ""


@pytest.mark.parametrize("address", PUBLIC, ids=NAMES)
def test_a_real_page_and_junk_in_its_address(visitor: Client, path_to: Find, address: Address) -> None:
    paths = [path_to(address)]
    if address.places:
        paths += [address.filled(*[quote(junk, safe="%")] * len(address.places)) for junk in JUNK]
        in_cluster = [CLUSTER if kind == "cluster" else "99999999999999999999" for kind, _name in address.places]
        paths.append(address.filled(*in_cluster))
    assert [told for path in paths if (told := broke(visitor, "get", path))] == []


@pytest.mark.parametrize("address", PUBLIC, ids=NAMES)
def test_every_method_and_junk_in_the_question(visitor: Client, path_to: Find, address: Address) -> None:
    path = path_to(address)
    told = [broke(visitor, method, path) for method in METHODS]
    for turn in range(0, len(JUNK), 3):  # each name meets another kind of junk in each turn
        junk = {name: JUNK[(place + turn) % len(JUNK)] for place, name in enumerate(ASKED)}
        told.append(broke(visitor, "get", f"{path}?{urlencode(junk)}"))
    told.append(broke(visitor, "post", path, data=dict.fromkeys((*ASKED, "email", "name", "text"), "\x00")))
    told.append(broke(visitor, "post", path, data=b"\xff{", content_type="application/json"))
    assert [one for one in told if one] == []


@slow
@given(address=st.sampled_from(PUBLIC), asked=st.dictionaries(st.sampled_from(ASKED), st.text(max_size=60), max_size=4))
def test_any_question(visitor: Client, path_to: Find, address: Address, asked: dict[str, str]) -> None:
    question = urlencode(asked, errors="surrogatepass")
    assert broke(visitor, "get", f"{path_to(address)}?{question}") == ""


@slow
@given(rest=st.text(st.characters(codec="utf-8"), max_size=40), language=st.sampled_from(["", "/de", "/en", "/fr"]))
def test_any_path(visitor: Client, rest: str, language: str) -> None:
    assert broke(visitor, "get", f"{language}/{quote(rest, safe='/')}") == ""


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_missing_is_told_in_the_visitors_language_with_a_search_box(visitor: Client, language: str) -> None:
    answer = visitor.get(f"/{language}/gibt-es-nicht-{language}/auch-nicht/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert (page.count(f'<html lang="{language}"'), page.count('type="search"') > 0) == (1, True)


def test_control_a_broken_view_is_noticed(visitor: Client, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.trust.broken_urls"
    assert broke(visitor, "get", "/broken/") == "500 get /broken/"


def test_the_crawl_covers_both_languages() -> None:
    german, english = (sum(a.route.startswith(f"/{code}/") for a in PUBLIC) for code, _name in settings.LANGUAGES)
    assert german == english > 20
