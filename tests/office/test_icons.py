"""A name that Wagtail has no picture for leaves a hole in a button: every icon of the office is one of Wagtail's."""

import re
from collections.abc import Iterable

from tests.house import templates
from wagtail.admin.icons import get_icons

from mitwerk.config.wagtail_hooks import LISTS

NAMED = re.compile(r"""\bicon(?: name)?=["']([a-z-]+)["']""")


def named_in_templates() -> set[str]:
    texts = (file.read_text() for file in templates() if file.suffix == ".html")
    return {name for text in texts if "wagtailadmin" in text for name in NAMED.findall(text)}


def named_in_lists() -> set[str]:
    return {office.icon for office in LISTS} | {act.icon for office in LISTS for act in office.acts.values()}


def unknown(names: Iterable[str]) -> list[str]:
    drawn = get_icons()
    return sorted(name for name in names if f'id="icon-{name}"' not in drawn)


def test_every_icon_is_drawn() -> None:
    assert unknown(named_in_templates() | named_in_lists()) == []


def test_control_an_icon_that_is_not_there_is_noticed() -> None:
    assert unknown(["check", "undo"]) == ["undo"]
