"""The released programme in other formats. What they hold is made by `algorithms.programme`."""

import datetime as dt
import json
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import override

from mitwerk.algorithms.programme.frab import schedule_json, schedule_xml
from mitwerk.algorithms.programme.model import Item, Programme
from mitwerk.algorithms.programme.xcal import calendar, xcal
from mitwerk.congress.queries.programme import Entry, Released, by_day
from mitwerk.core.addresses import address_of
from mitwerk.core.jsonld import Thing, absolute, organization, thing
from mitwerk.core.translated import Translated
from mitwerk.events.exports import event_thing


def _ics(programme: Programme, language: str) -> bytes:
    file = calendar(programme, language)
    file.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    return bytes(file.to_ical())


def _json(programme: Programme, language: str) -> bytes:
    return json.dumps(schedule_json(programme, language), ensure_ascii=False, separators=(",", ":")).encode()


KINDS: dict[str, tuple[str, Callable[[Programme, str], bytes]]] = {
    "ics": ("text/calendar; charset=utf-8", _ics),
    "xcs": ("application/calendar+xml; charset=utf-8", xcal),
    "xml": ("application/xml; charset=utf-8", schedule_xml),
    "json": ("application/json; charset=utf-8", _json),
}
"""Ending of the file → its type, and who writes it."""


def programme_file(
    found: Released, kind: str, language: str, day: dt.date | None = None, keys: Collection[str] | None = None
) -> bytes:
    """All of it, a day, or the items of these keys. What was struck out is still in calendars, as cancelled."""

    def is_wanted(item: Item) -> bool:
        if keys is not None and item.key not in keys:
            return False
        return day is None or (item.span is not None and found.programme.day_of(item.span.start) == day)

    items = tuple(replace(item, url=_address(found, item.key)) for item in found.programme.items if is_wanted(item))
    return KINDS[kind][1](replace(found.programme, items=items), language)


def _address(found: Released, key: str) -> str:
    return absolute(address_of("congress:session_detail", slug=found.congress.event.slug, key=key))


def programme_thing(found: Released, entries: Collection[Entry], language: str) -> Thing:
    """The congress with what is in it, for search engines."""
    return thing("Event", **_plain(found, language), subEvent=[_sub(found, one) for one in entries])


def session_thing(found: Released, one: Entry, language: str) -> Thing:
    """An item, and the congress it is a part of."""
    whole = thing("Event", **_plain(found, language))
    return thing("Event", **_named(_sub(found, one)), description=str(one.abstract), superEvent=whole)


def _plain(found: Released, language: str) -> Thing:
    return _named(event_thing(found.congress.event, language))


def _named(whole: Thing) -> Thing:
    """The properties of a thing, as `thing` takes them."""
    return {name.lstrip("@"): value for name, value in whole.items() if name not in {"@context", "@type"}}


def _sub(found: Released, one: Entry) -> Thing:
    room, title = str(one.room), one.title.best()
    return thing(
        "Event", name=title.text, inLanguage=one.item.language, startDate=one.start.isoformat(),
        endDate=one.end.isoformat(), url=_address(found, one.key),
        location=thing("Place", name=room, address=found.release.content["place"] or room) if room else None,
        performer=[thing("Person", name=speaker.name) for speaker in one.item.speakers],
        organizer=[organization(name) for name in one.item.organisations],
        eventStatus="https://schema.org/EventScheduled",
    )  # fmt: skip


def programme_copy(found: Released, language: str, nonce: str) -> str:
    """Every language in one page, the reader's first; nothing in it is fetched from anywhere. `nonce`: of the answer's
    policy, which forbids other styles; a file that was saved has none."""
    codes = sorted((code for code, _name in settings.LANGUAGES), key=lambda code: code != language)
    texts: list[dict[str, Any]] = []
    for code in codes:
        with override(code):
            context = {"found": found, "event": found.congress.event, "days": by_day(found.entries)}
            texts.append({"code": code, "html": render_to_string("congress/_copy_text.html", context)})
    with override(language):
        title = Translated(found.programme.titles)
        context = {"texts": texts, "title": title, "language": language, "nonce": nonce}
        return render_to_string("congress/programme_copy.html", context)
