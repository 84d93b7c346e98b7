"""Ways past a guard are few, and each has its reason here; a new one fails until somebody has written theirs.

TRUST A6: rows that belong to a cluster are read inside a scope. X3: text reaches a page escaped.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model
from django_scopes import scopes_disabled
from django_scopes.exceptions import ScopeError
from django_scopes.state import state

from tests.house import ROOT, SOURCE, python_files

UNSCOPED = re.compile(r"\bscopes_disabled\b|\b_base_manager\b|\.raw\(|\bRawSQL\b|\.extra\(")
READS_PAST_SCOPES = {
    "core/ids.py": "a public id is looked for in the whole table, and only whether it is taken",
    "core/saving.py": "the row that is being saved is read again, after its right was checked",
    "core/wording.py": "likewise, to see which language has changed",
}
SCOPED = [
    "actors.Membership", "charter.Charter", "congress.Congress", "events.Event", "governance.Body", "matching.Need",
    "networks.Affiliation", "networks.Network", "projects.Project",
]  # fmt: skip
UNESCAPED = re.compile(r"\bmark_safe\(|\|\s*safe\b|\bsafeseq\b|autoescape off|\.innerHTML|insertAdjacentHTML|\beval\(")
SHOWN_AS_IT_IS = {
    "ui/templatetags/ui.py": 6,  # drawings and colours of ours, JSON-LD packed for scripts, parts put together escaped
    "ui/templates/ui/forms/_notes.html": 1,  # help texts stand in our code, and some hold a list
    "accounts/templates/mfa/recovery_codes/download.txt": 1,  # a text file
}
"""How often, and why."""


def uses(pattern: re.Pattern[str]) -> Counter[str]:
    """Our own files that match, and how often."""
    kinds = ("templates/**/*.*", "static/**/*.js")
    files = [*python_files(), *(file for kind in kinds for file in SOURCE.rglob(kind) if "vendor" not in file.parts)]
    found = {str(file.relative_to(SOURCE)): len(pattern.findall(file.read_text())) for file in files}
    return Counter({name: count for name, count in found.items() if count})


def test_a6_what_reads_past_the_scopes_is_named() -> None:
    assert sorted(uses(UNSCOPED)) == sorted(READS_PAST_SCOPES)


@pytest.fixture
def outside() -> Iterator[None]:
    """As in a shell or a thread that nobody gave a scope."""
    token = state.set(None)
    yield
    state.reset(token)


def scoped_models() -> list[type[Model]]:
    return [model for model in apps.get_models() if _asks_for_a_scope(model)]


def _asks_for_a_scope(model: type[Model]) -> bool:
    try:
        model._default_manager.all()
    except ScopeError:
        return True
    return False


@pytest.mark.django_db
def test_a6_a_query_outside_every_scope_is_an_error(outside: None) -> None:
    assert sorted(model._meta.label for model in scoped_models()) == SCOPED
    with scopes_disabled():
        assert scoped_models() == [], "control: what is named may"


def test_x3_what_is_shown_unescaped_is_named() -> None:
    assert uses(UNESCAPED) == SHOWN_AS_IT_IS


def test_control_a_new_way_past_is_found() -> None:
    assert [bool(UNESCAPED.search(text)) for text in ("{{ x|safe }}", "mark_safe(x)", "{{ x }}")] == [True, True, False]
    assert [bool(UNSCOPED.search(text)) for text in ("with scopes_disabled():", "x.objects.all()")] == [True, False]


def test_no_file_holds_two_versions_of_a_line() -> None:
    """What a merge left open; a template shows it to everybody."""
    marks = re.compile(r"^(?:<{7} |>{7} )", re.MULTILINE)
    kinds = ("*.py", "*.html", "*.txt", "*.md", "*.css", "*.js", "*.po", "*.toml")
    files = [file for folder in ("src", "tests", "docs", "locale", "tools", "bench") for kind in kinds
             for file in (ROOT / folder).rglob(kind)]  # fmt: skip
    assert [file.name for file in files if marks.search(file.read_text())] == []
    assert marks.search("a\n" + "<" * 7 + " HEAD\n"), "control"
