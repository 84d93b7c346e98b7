"""The house plan (docs/architecture.md), as far as a machine can hold it and import-linter cannot see it.

Each check has a control: a small bad sample that it must catch.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house import (
    SOURCE,
    floors,
    functions,
    imports,
    mentions,
    owner,
    points_wrongly,
    python_files,
    templates,
)

FILE_CAP, FUNCTION_CAP, TEMPLATE_CAP = 400, 60, 150
TOO_LONG: dict[str, str] = {}
"""Files, functions (`file:name`) and templates above their cap, each with the reason. Aim: none."""

GROUND = {"config", "core", "ui", "algorithms"}
"""No subjects: their files have names of their own."""

ROOMS = (
    "__init__ apps models queries rules actions forms views urls exports office mails tasks checks "
    "migrations management templates static templatetags tests wagtail_hooks"
).split()
OTHER_ROOMS = {
    "accounts/adapter.py": "allauth wants a class of its own kind",
    "clusters/middleware.py": "the request's cluster and the scope of its queries are decided in one place",
    "consents/purposes.py": "what can be agreed to, word by word and with versions",
    "exchange/sitemaps.py": "what Django's sitemap framework calls it",
    "operations/region": "the loader of region folders: reading, checking, writing",
    "pages/documents.py": "what news give to the search, whose floor is below",
    "pages/texts": "the first words of the pages with a job, as files",
    "privacy/lists.py": "what the lists of networks say of people; the list of all is long enough",
    "privacy/marks.py": "how a table is marked; the list of all of them is long enough",
    "privacy/meetings.py": "what the tables of meetings say of people; the list of all is long enough",
    "privacy/registrations.py": "what the tables of registrations say of people; the list of all is long enough",
    "privacy/rooms.py": "what the tables of rooms say of people; likewise",
    "privacy/registry.py": "one list: what every table says of people",
    "privacy/retention.py": "one table: how long each kind of record is kept, and why",
    "search/documents.py": "which records are searched, and what of each",
    "search/engine.py": "the two databases' own full-text index",
    "search/freshness.py": "indexes at commit what a transaction changed",
}
ORDER = [{"urls"}, {"views", "office"}, {"forms", "exports"}, {"actions"}, {"queries", "rules"}, {"models"}]
"""Inside a subject, from top to bottom; neighbours on one line may use each other only where NEIGHBOURS says so."""
NEIGHBOURS = {("queries", "rules"), ("views", "office")}
MAY_CLIMB = {"pages/models/news.py imports forms": "Wagtail asks the page model for the form of its editor"}

PEEKS = re.compile(r"scopes_disabled|_base_manager|\.raw\(|RawSQL|\.extra\(|SeparateDatabaseAndState")
MAY_PEEK = {
    "core/ids.py": "a slug must be free in all clusters, not only in the one that is open",
    "core/wording.py": "what a row said before is the row's own, whatever cluster is open",
    "core/saving.py": "a row is found by its source id whatever cluster is open",
}
MAY_NAME = {
    ("core/forms.py", "ui"): "core draws its widgets with the template that ui keeps for them",
}
UNESCAPED = re.compile(r"mark_safe|\|\s*safe\b|autoescape off|SafeString\(|html_safe")
MAY_BE_UNESCAPED = {
    "ui/templatetags/ui.py": "our own drawings and JSON-LD, escaped where they are made; held by the tests of ui",
    "ui/templates/ui/forms/_notes.html": "Django's help texts are marked up by us, never by users",
}


def wrong_mentions(file: Path, text: str) -> list[str]:
    found = {(m.file, m.named) for m in mentions(file, text) if points_wrongly(m.owner, m.named)}
    return [f"{place} names {named}" for place, named in sorted(found - set(MAY_NAME))]


def test_names_in_strings_point_down_only() -> None:
    files = [*python_files(), *templates()]
    assert [told for file in files for told in wrong_mentions(file, file.read_text())] == []


@pytest.mark.parametrize(
    ("place", "text", "told"),
    [
        ("actors/models.py", 'x = models.ForeignKey("projects.Project", models.CASCADE)', ["projects"]),
        ("events/models.py", 'x = models.ManyToManyField(to="competences.Competence")', ["competences"]),
        ("clusters/views.py", 'def f(r):\n    return redirect("matching:need_list")', ["matching"]),
        ("clusters/views.py", 'def f(r):\n    return render(r, "pages/home.html", {})', ["pages"]),
        ("actors/models.py", 'class A:\n    url_name = "search:search"', ["search"]),
        ("actors/models.py", 'class A:\n    url_name = "portal:organisation"', []),
        ("clusters/templates/clusters/a.html", '{% url "events:event_list" %}', ["events"]),
        ("clusters/templates/clusters/a.html", '{% here "projects:project_list" %}', ["projects"]),
        ("actors/templates/actors/a.html", '{% include "portal/_row.html" with a=b only %}', ["portal"]),
        ("projects/templates/projects/a.html", '{% extends "networks/base.html" %}', ["networks"]),
        ("portal/templates/portal/a.html", '{% extends "ui/base.html" %}{% url "account_login" %}', []),
    ],
)
def test_control_names_that_point_up_are_caught(place: str, text: str, told: list[str]) -> None:
    assert wrong_mentions(SOURCE / place, text) == [f"{place} names {name}" for name in told]


def test_every_package_has_its_floor() -> None:
    packages = {folder.name for folder in SOURCE.iterdir() if (folder / "__init__.py").exists()}
    assert packages == set(floors())


def strange_rooms(paths: list[str]) -> list[str]:
    """Files and folders directly in a subject that the plan has no name for."""
    found = []
    for path in paths:
        subject, _slash, rest = path.partition("/")
        room = f"{subject}/{rest.split('/')[0]}"
        name = rest.split("/")[0].removesuffix(".py")
        if subject not in GROUND and rest and name not in ROOMS and room not in OTHER_ROOMS:
            found.append(room)
    return sorted(set(found))


def test_subjects_have_only_the_rooms_of_the_plan() -> None:
    assert strange_rooms([str(file.relative_to(SOURCE)) for file in python_files()]) == []


def test_control_a_strange_room_is_caught() -> None:
    assert strange_rooms(["actors/helpers.py", "actors/models.py", "core/ids.py", "actors/utils/a.py"]) == [
        "actors/helpers.py",
        "actors/utils",
    ]


def test_every_exception_is_still_needed() -> None:
    files = {str(file.relative_to(SOURCE)): file for file in [*python_files(), *templates()]}
    gone = [name for name in OTHER_ROOMS if not (SOURCE / name).exists()]
    gone += [name for name in MAY_PEEK if not PEEKS.search(files[name].read_text())]
    gone += [name for name in MAY_BE_UNESCAPED if not UNESCAPED.search(files[name].read_text())]
    assert (gone, len(MAY_PEEK) <= 10) == ([], True)


def level(room: str) -> int | None:
    return next((floor for floor, rooms in enumerate(ORDER) if room in rooms), None)


def wrong_order(place: str, text: str) -> list[str]:
    """Imports inside a subject that go up its rooms, or across."""
    subject, room = place.split("/")[0], place.split("/")[1].removesuffix(".py")
    mine, found = level(room), []
    for module in imports(text):
        parts = module.split(".")
        if len(parts) < 3 or parts[:2] != ["mitwerk", subject] or mine is None:
            continue
        other = level(parts[2])
        across = other == mine and parts[2] != room and (room, parts[2]) not in NEIGHBOURS
        if other is not None and (other < mine or across) and (parts[2], room) not in NEIGHBOURS:
            found.append(f"{place} imports {parts[2]}")
    return sorted(set(found))


def test_rooms_inside_a_subject_point_down_only() -> None:
    told = []
    for file in python_files():
        place = str(file.relative_to(SOURCE))
        if owner(file) not in GROUND and place.count("/") >= 1:
            told += wrong_order(place, file.read_text())
    assert sorted(told) == sorted(MAY_CLIMB)


@pytest.mark.parametrize(
    ("place", "text", "told"),
    [
        ("actors/models.py", "from mitwerk.actors.queries import a", ["actors/models.py imports queries"]),
        ("actors/queries.py", "from mitwerk.actors import actions", ["actors/queries.py imports actions"]),
        ("actors/forms.py", "import mitwerk.actors.views", ["actors/forms.py imports views"]),
        ("actors/forms.py", "from mitwerk.actors.exports import a", ["actors/forms.py imports exports"]),
        ("actors/queries/maps.py", "from mitwerk.actors.actions import a", ["actors/queries/maps.py imports actions"]),
        ("actors/views.py", "from mitwerk.actors.actions import a\nfrom mitwerk.actors.models import B", []),
        ("actors/queries.py", "from mitwerk.actors.rules import a\nfrom mitwerk.clusters.actions import b", []),
    ],
)
def test_control_wrong_order_is_caught(place: str, text: str, told: list[str]) -> None:
    assert wrong_order(place, text) == told


def too_long(place: str, text: str) -> Iterator[str]:
    lines = text.count("\n") + 1
    cap = FILE_CAP if place.endswith(".py") else TEMPLATE_CAP
    if lines > cap and place not in TOO_LONG:
        yield f"{place}: {lines} lines, {cap} allowed"
    if place.endswith(".py"):
        for name, length in functions(text):
            if length > FUNCTION_CAP and f"{place}:{name}" not in TOO_LONG:
                yield f"{place}:{name}: {length} lines, {FUNCTION_CAP} allowed"


def test_files_functions_and_templates_stay_small() -> None:
    files = [*python_files(), *templates(), *SOURCE.rglob("tests/*.py")]
    assert [told for file in files for told in too_long(str(file.relative_to(SOURCE)), file.read_text())] == []


def test_control_what_is_too_long_is_caught() -> None:
    body = "\n".join(["    x = 1"] * 60)
    assert list(too_long("a/b.py", f"def f():\n{body}\n")) == ["a/b.py:f: 61 lines, 60 allowed"]
    assert list(too_long("a/b.py", "\n" * 400)) == ["a/b.py: 401 lines, 400 allowed"]
    assert list(too_long("a/b.html", "\n" * 150)) == ["a/b.html: 151 lines, 150 allowed"]


def found_outside(pattern: re.Pattern[str], allowed: dict[str, str], files: dict[str, str]) -> list[str]:
    return [name for name, text in files.items() if pattern.search(text) and name not in allowed]


@pytest.mark.parametrize(("pattern", "allowed"), [(PEEKS, MAY_PEEK), (UNESCAPED, MAY_BE_UNESCAPED)])
def test_scopes_and_escaping_are_left_only_where_it_is_said_why(
    pattern: re.Pattern[str], allowed: dict[str, str]
) -> None:
    files = [file for file in [*python_files(), *templates()] if file.suffix != ".txt"]  # mails are plain text
    texts = {str(file.relative_to(SOURCE)): file.read_text() for file in files}
    assert found_outside(pattern, allowed, texts) == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (PEEKS, "with scopes_disabled():"),
        (PEEKS, "Need._base_manager.all()"),
        (PEEKS, 'Need.objects.raw("SELECT 1")'),
        (UNESCAPED, "{{ text|safe }}"),
        (UNESCAPED, "{{ text | safe }}"),
        (UNESCAPED, "{% autoescape off %}"),
        (UNESCAPED, "return mark_safe(text)"),
    ],
)
def test_control_peeking_and_unescaped_text_are_caught(pattern: re.Pattern[str], text: str) -> None:
    assert found_outside(pattern, {}, {"a/b": text}) == ["a/b"]
