"""Tags that every template may use without loading them. They take plain values, never a subject's model."""

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.paginator import Page
from django.template.context import Context
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from mitwerk.algorithms import emblem as drawing
from mitwerk.algorithms.hyphens import with_soft_hyphens
from mitwerk.ui import accents
from mitwerk.ui.opengraph import Card, card_url

register = template.Library()

SOURCES = ("fonts", "tokens", "base", "components", "forms", "print")
BUNDLE = "vendor/mitwerk.css"
CLICKABLE = ("http", "https", "mailto", "tel")


def _request(context: Context) -> Any:
    """The request, also inside `{% include … only %}`, where the context processors' names are gone."""
    return context.get("request") or getattr(context, "request", None)


def _cluster(context: Context) -> Any:
    return getattr(_request(context), "cluster", None)


@register.simple_tag(takes_context=True)
def address(context: Context, record: Any) -> str:
    """Path of the page about a record, staying inside the cluster that is being read."""
    cluster = _cluster(context)
    return str(record.address(cluster.slug if cluster else None))


@register.simple_tag(takes_context=True)
def here(context: Context, name: str, **kwargs: Any) -> str:
    """Address by name, staying inside the cluster that is being read: `{% here "events:event_list" %}`."""
    cluster = _cluster(context)
    given = tuple(kwargs.items()) + ((("cluster", cluster.slug),) if cluster else ())
    return _path(name, given, get_language(), get_script_prefix(), settings.ROOT_URLCONF)


@lru_cache(maxsize=1024)
def _path(name: str, given: tuple[tuple[str, Any], ...], _language: str | None, _prefix: str, urlconf: str) -> str:
    """`reverse`, remembered: its answer depends on these values alone, and a page asks for tens of them."""
    return reverse(name, urlconf=urlconf, kwargs=dict(given))


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Any:
    """What stands around the page (`site`), also where a view uses that name itself, as allauth's do."""
    found = (layer.get("site") for layer in context.dicts)
    return next((site for site in found if isinstance(site, dict) and "navigation" in site), {"accent": "#1d4e9e"})


@register.simple_tag
def emblem(key: Any, size: int = 40, accent: str = "") -> SafeString:
    """Square picture made from an id; `accent` where it is not the page's own cluster."""
    return mark_safe(_drawn("emblem", str(key), int(size), 0, accent))  # noqa: S308 - our own SVG


@register.simple_tag
def panel(key: Any, columns: int = 6, rows: int = 4, accent: str = "") -> SafeString:
    """Wide picture made from an id; fills its place."""
    return mark_safe(_drawn("panel", str(key), int(columns), int(rows), accent))  # noqa: S308 - our own SVG


@register.simple_tag
@lru_cache(maxsize=256)
def icon_address(key: Any, accent: str) -> str:
    """The emblem as a data address: the browser's icon of this cluster, without another request."""
    return "data:image/svg+xml," + quote(drawing.emblem_svg(str(key), 32, drawing.colours_for(accent)), safe="=:/'")


@register.simple_tag(takes_context=True)
def opengraph_picture(context: Context) -> str:
    """Address of the picture for this page: its `title` and `opengraph_key` where it has them, else the home's."""
    site = context.get("site") or {}
    home, title = str(site.get("name", "")), str(context.get("title") or "")
    key = str(context.get("opengraph_key") or site.get("emblem_key", ""))
    return _card_url(home, title or home, key, str(site.get("accent", "#1d4e9e")), settings.BASE_URL)


@lru_cache(maxsize=2048)
def _card_url(home: str, title: str, key: str, accent: str, _base: str) -> str:
    """Signed once: the same words always give the same address."""
    return card_url(Card(home=home, title=title, key=key, accent=accent))


@lru_cache(maxsize=2048)
def _drawn(what: str, key: str, one: int, other: int, accent: str) -> str:
    colours = drawing.accents_for(accent) if accent else None
    if what == "emblem":
        return drawing.emblem_svg(key, one, colours)
    return drawing.panel_svg(key, one, other, colours)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A Lucide icon of the sprite; decoration, so give the control a text of its own."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("vendor/icons.svg"),
        name,
    )


@register.simple_tag
def stylesheets() -> SafeString:
    """The bundle; the sources one by one for developers, or where nothing was built yet."""
    is_built = not settings.DEBUG and finders.find(BUNDLE) is not None
    names = [BUNDLE] if is_built else [f"ui/{name}.css" for name in SOURCES]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))


@register.simple_tag
def accent_rules(accent: str) -> SafeString:
    """CSS rules of a cluster's colour, for a `<style>` element with the nonce."""
    return mark_safe(accents.rules(accent))  # noqa: S308 - hexadecimal colours only


@register.simple_tag(takes_context=True)
def jsonld(context: Context, things: Any) -> str:
    """What machines read about a page. `<`, `>` and `&` are escaped, so no text can end the element."""
    if not things:
        return ""
    graph = things if isinstance(things, list) else [things]
    text = json.dumps(graph if len(graph) > 1 else graph[0], ensure_ascii=False, default=str, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    nonce = getattr(_request(context), "csp_nonce", "")
    return format_html('<script type="application/ld+json" nonce="{}">{}</script>', nonce, mark_safe(text))  # noqa: S308


@register.filter
def translated(value: Any) -> Any:
    """The text in the reader's language; a text in another language says which one it is."""
    if not hasattr(value, "best"):
        return value
    text, language = value.best()
    if not text or language == (get_language() or "").split("-")[0]:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def headline(value: Any) -> Any:
    """Like `translated`, and long German words may break at their joints. For titles; leaves markup alone."""
    if isinstance(value, SafeString):
        return value
    active = (get_language() or "").split("-")[0]
    text, language = value.best() if hasattr(value, "best") else (str(value), active)
    if language == "de":
        text = with_soft_hyphens(text)
    return text if language == active or not text else format_html('<span lang="{}">{}</span>', language, text)


@register.filter
def telephone(number: str) -> str:
    """A number as a telephone dials it: digits and the plus."""
    return "".join(one for one in number.replace("(0)", "") if one.isdigit() or one == "+")


@register.filter
def host(url: str) -> str:
    """`www.example.org/a/b` as the reader knows it: example.org."""
    return (urlsplit(str(url)).hostname or str(url)).removeprefix("www.")


@register.filter
def link(url: Any) -> str:
    """The address, where a click on it only leads somewhere. Of a script nothing is left, however it came here."""
    found = str(url or "").strip()
    try:
        scheme = urlsplit(found).scheme
    except ValueError:
        return ""
    return found if scheme in CLICKABLE or (not scheme and found.startswith("/")) else ""


@register.simple_tag
def query(choice: Any, **changes: Any) -> str:
    """Address of the same list with some parameters changed: `{% query choice page=3 %}`."""
    given = {name: str(value) if value is not None else None for name, value in changes.items()}
    return (
        str(choice.address(**given))
        if choice
        else "?" + urlencode({name: value for name, value in given.items() if value})
    )


@register.simple_tag
def without(choice: Any, name: str, value: str) -> str:
    """Address of the same list with one chosen value taken away."""
    return str(choice.without(name, value))


@register.simple_tag
def filter_options(one: Any, prefix: str = "") -> SafeString:
    """The checkboxes of a filter. Written here, because sixty of them in a template take longer than the search."""
    name = escape(str(one.name))
    first = f'<label class="check"><input type="checkbox" name="{name}" id="{escape(str(prefix or ""))}filter-{name}-'
    return mark_safe("\n".join(f"{first}{n}{_option(option)}" for n, option in enumerate(one.options, 1)))  # noqa: S308


def _option(option: Any) -> str:
    """What differs from option to option; everything that comes from outside is escaped."""
    checked = " checked" if option.is_chosen else ""
    count = f'<span class="num">{int(option.count)}</span>' if option.count is not None else ""
    return f'" value="{escape(str(option.value))}"{checked}><span>{escape(str(option.label))}</span>{count}</label>'


@register.simple_tag
def list_rows(rows: Iterable[Any]) -> SafeString:
    """The lines of a long list: key, url, name, kicker, text, language, meta. For the same reason written here."""
    return mark_safe("\n".join(_list_row(row) for row in rows))  # noqa: S308


def _list_row(row: Any) -> str:
    """A line with its emblem; everything that comes from outside is escaped."""
    language = f' lang="{escape(row.language)}"' if row.language else ""
    text = f"<p{language}>{escape(row.text)}</p>" if row.text else ""
    meta = f'<p class="meta">{escape(row.meta)}</p>' if row.meta else ""
    return (
        f'<li><article class="row"><div class="emblem">{_drawn("emblem", str(row.key), 48, 0, "")}</div>'
        f'<div class="words"><p class="kicker">{escape(row.kicker)}</p>'
        f'<h3><a href="{escape(row.url)}">{escape(row.name)}</a></h3>{text}</div>{meta}</article></li>'
    )


@register.simple_tag
def page_numbers(page: Page[Any]) -> list[int | str]:
    """Page numbers with gaps, for the pager."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.simple_tag
def bar_rows(bars: Iterable[Sequence[Any] | Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Bars given as (label, value) or (label, value, url), with their share of the longest in per cent."""
    given = [
        dict(bar) if isinstance(bar, Mapping) else dict(zip(("label", "value", "url"), bar, strict=False))
        for bar in bars
    ]
    longest = max((bar["value"] for bar in given), default=0) or 1
    return [
        {**bar, "share": str(round(100 * bar["value"] / longest)), "tone": i % 3 + 1} for i, bar in enumerate(given)
    ]


@register.filter
def language_name(code: str) -> str:
    """Name of a language in itself: de → Deutsch."""
    return dict(settings.LANGUAGES).get(code, code)
