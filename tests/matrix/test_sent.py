"""TRUST B9, B10: whatever else is sent with a form, only its own fields count; and nothing that is sent breaks a page.

Every form of ours is read as a browser would, sent as it stands, and sent again with a value for every column of every
table of ours that it does not ask for. Both must leave the same database behind.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from django.apps import apps
from django.db.models import BooleanField, DateField, DateTimeField, Field, ForeignKey, Model
from django.forms import BaseFormSet

from tests.matrix.asking import Asker, Places, asker, letter, ways
from tests.matrix.cast import House

Form = tuple[str, list[tuple[str, str]], frozenset[str]]
Table = dict[str, list[Any]]
SENDERS = ("without a role", "delegate of the firm", "coordinator of A's network", "editor of A")
STEPS = {"code"}
"""By this field the two steps of a confirmation by mail tell themselves apart."""
ODD = ("NaN", "-1", "9" * 25, "9" * 5000, "[]", "{}", "\x00", "2026-02-30", "on", "\u202e1998", "")
FORM = "application/x-www-form-urlencoded"


def models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mitwerk.")]


def paths(house: House) -> list[str]:
    """Where a page of ours may hold a form: one address of each name."""
    places = Places(house)
    ours = {name: found[0] for name, found in ways("de").items() if _is_ours(name)}
    return [places.fill(address) for address in ours.values()]


def _is_ours(name: str) -> bool:
    space = name.partition(":")[0]
    return ":" in name and (space.startswith("office_") or apps.is_installed(f"mitwerk.{space}"))


def content(answer: Any) -> str:
    is_page = answer.status_code == 200 and not answer.streaming and "html" in answer.get("Content-Type", "")
    return answer.content.decode() if is_page else ""


def forms(path: str, page: str) -> Iterator[Form]:
    """(where to, what a browser sends, all it asks for) of each form that writes, as it stands on the page."""
    for form in BeautifulSoup(page, "html.parser").select("form[method=post i]"):
        fields = form.select("[name]")
        pairs = [pair for field in fields for pair in _sent(field)]
        yield str(form.get("action") or path), pairs, frozenset(str(field["name"]) for field in fields)


def _sent(field: Tag) -> Iterator[tuple[str, str]]:
    name, kind = str(field["name"]), field.get("type", "")
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        yield from ((name, str(option.get("value", ""))) for option in chosen)
    elif field.name == "textarea":
        yield name, field.get_text()
    elif field.name == "input" and kind not in ("file", "submit"):
        if kind in ("checkbox", "radio") and not field.has_attr("checked"):
            return
        yield name, str(field.get("value", ""))


def plausible(field: Field[Any, Any]) -> str:
    """A value that the column would take."""
    if isinstance(field, ForeignKey):
        keys = field.related_model._base_manager.order_by("-pk").values_list(field.target_field.name, flat=True)
        return str(keys.first() or 1)
    if isinstance(field, BooleanField):
        return "on"
    if isinstance(field, DateField):
        return "2020-02-29 10:00" if isinstance(field, DateTimeField) else "2020-02-29"
    return str(field.choices[-1][0]) if field.choices else "7"


def extras() -> dict[str, str]:
    """A value for every column of ours, under both names that a form could know it by."""
    columns = [field for model in models() for field in model._meta.concrete_fields]
    return {name: plausible(field) for field in columns for name in (field.name, field.attname) if name not in STEPS}


def tables(_answer: Any) -> Table:
    """What stands in each column of ours, in no order; but for calendars, which hold the second they were made in."""
    found: Table = {}
    for model in models():
        fields = [field for field in model._meta.concrete_fields if field.name != "calendar"]
        rows = list(model._base_manager.values_list(*(field.attname for field in fields)))
        for place, field in enumerate(fields):
            values = (str(field.get_prep_value(row[place])) for row in rows)
            found[f"{model._meta.label}.{field.attname}"] = sorted(values)
    return found


def send(browser: Asker, form: Form, more: dict[str, str], look: Any) -> Any:
    path, pairs, asked = form
    body = urlencode([*pairs, *((name, value) for name, value in more.items() if name not in asked)])
    return browser.send("POST", path, look, content_type=FORM, data=body)


def moved(browser: Asker, form: Form, more: dict[str, str]) -> set[str]:
    """The columns that the values sent beyond the form's fields changed; what differs each time does not count."""
    once, again, with_more = (send(browser, form, sent, tables) for sent in ({}, {}, more))
    return {name for name in once if once[name] == again[name] != with_more[name]}


@pytest.fixture(autouse=True)
def quiet(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("CRITICAL")


@pytest.fixture(autouse=True)
def few_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a form that claims more rows than anybody enters, Django reads two thousand, all alike; fifty do as well."""
    read = BaseFormSet.total_form_count
    monkeypatch.setattr(BaseFormSet, "total_form_count", lambda formset: min(read(formset), 50))


def all_forms(browser: Asker, house: House) -> list[Form]:
    found = [form for path in paths(house) for form in forms(path, browser.send("GET", path, content))]
    return list({(path, asked): (path, pairs, asked) for path, pairs, asked in found}.values())


@pytest.mark.parametrize("who", SENDERS)
def test_only_what_a_form_asks_for_is_written(house: House, who: str) -> None:
    browser, more = asker(house.users[who]), extras()
    found = all_forms(browser, house)
    assert len(found) > 8
    assert {form[0]: names for form in found if (names := moved(browser, form, more))} == {}


def test_control_a_field_it_asks_for_is_written(house: House) -> None:
    browser = asker(house.users["without a role"])
    [form] = [form for form in all_forms(browser, house) if form[0] == "/de/konto/profile/"]
    unguarded = (form[0], form[1], frozenset())
    assert moved(browser, unguarded, {"name": "Anders"}) == {"accounts.User.name", "accounts.AuditEntry.target_name"}


def bodies(form: Form) -> Iterator[dict[str, Any]]:
    """Each field meets every value, beside other fields with other ones; in the office, which takes long to draw a
    form again, one of them."""
    names = [name for name in sorted(form[2]) if name != "csrfmiddlewaretoken"]
    for turn in range(1 if form[0].startswith("/office/") else len(ODD)):
        pairs = [(name, ODD[(place + turn) % len(ODD)]) for place, name in enumerate(names) for _twice in range(2)]
        yield {"content_type": FORM, "data": urlencode(pairs)}
    yield {"content_type": "application/json", "data": "[" * 10_000}
    yield {"content_type": "multipart/form-data; boundary=x", "data": b"--x\r\n\xff\r\n--x"}
    yield {"content_type": f"{FORM}; charset=nonsense", "data": b"\xff=%ff&%00=%00"}


@pytest.mark.parametrize("who", SENDERS)
def test_nothing_that_is_sent_breaks_a_page(house: House, who: str) -> None:
    browser = asker(house.users[who])
    found = all_forms(browser, house)
    broken = [
        (form[0], body["data"][:200])
        for form in found
        for body in bodies(form)
        if browser.send("POST", form[0], letter, **body) == "!"
    ]
    assert broken == []
