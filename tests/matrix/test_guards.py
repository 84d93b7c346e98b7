"""TRUST A7: each predicate, made to say always yes and always no, turns a cell of the matrix over.

`CELLS` names the cell that kills each mutant; `ELSEWHERE` the test that does, where no address shows it.
"""

import importlib
import inspect
from collections.abc import Callable
from typing import Any

import pytest

from tests.house import ROOT, SOURCE
from tests.matrix.asking import METHODS, Places, asker, leave_undrawn, ways
from tests.matrix.cast import WHO, House
from tests.matrix.expected import FILE, read

Cell = tuple[str, str, str]
_RULES, EXPECTED = read(FILE.read_text())
CELLS: dict[str, tuple[Cell, Cell]] = {
    "accounts.is_administrator": (
        ("umbrella editor", "office_accounts:index", "GET"),
        ("administrator", "office_accounts:index", "GET"),
    ),
    "clusters.is_umbrella_editor": (
        ("editor of A", "office_region:index", "GET"),
        ("umbrella editor", "office_region:index", "GET"),
    ),
    "congress.can_announce": (
        ("delegate of the firm", "congress:congress_add", "GET"),
        ("editor of A", "congress:congress_add", "GET"),
    ),
    "governance.can_lead": (
        ("editor of the firm", "governance:ballot_new", "GET"),
        ("delegate of the firm", "governance:ballot_new", "GET"),
    ),
    "networks.is_coordinator": (
        ("member of A's network", "networks:people_list", "POST"),
        ("coordinator of A's network", "networks:people_list", "POST"),
    ),
    "networks.can_keep_people": (
        ("member of A's network", "networks:people_list", "POST"),
        ("coordinator of A's network", "networks:people_list", "POST"),
    ),
    "networks.speaks_for_cluster": (
        ("editor of A", "networks:affiliation_new", "GET"),
        ("manager of A", "networks:affiliation_new", "GET"),
    ),
    "networks.can_end_person": (
        ("member of A's network", "networks:person_end", "POST"),
        ("coordinator of A's network", "networks:person_end", "POST"),
    ),
    "projects.sees_board": (
        ("delegate of the firm", "projects:project_board", "GET"),
        ("board member of A", "projects:project_board", "GET"),
    ),
    "people.may_grant_roles": (
        ("editor of A", "office_roles:add", "GET"),
        ("manager of A", "office_roles:add", "GET"),
    ),
}
"""What each predicate decides, seen by somebody who must not and by somebody who may."""
ELSEWHERE = {
    "accounts.has_proved_lately": "tests/trust/test_n_second_factor.py",
    "accounts.confirms_by_mail": "tests/trust/test_n_second_factor.py",
    "actors.can_edit_organisation": "src/mitwerk/people/tests/test_rules.py",
    "actors.can_remove_organisation": "src/mitwerk/actors/tests/test_rules.py",
    "actors.can_be_claimed": "src/mitwerk/people/tests/test_claim_organisation.py",
    "actors.can_merge": "tests/office/test_duplicates.py",
    "charter.can_keep": "src/mitwerk/charter/tests/test_rules.py",
    "charter.is_time_for": "src/mitwerk/charter/tests/test_rules.py",
    "charter.is_for_all": "src/mitwerk/charter/tests/test_rules.py",
    "charter.may_be_changed": "src/mitwerk/charter/tests/test_rules.py",
    "clusters.is_editor": "src/mitwerk/portal/tests/test_desk.py",
    "clusters.is_manager": "tests/office/test_log.py",
    "clusters.needs_second_factor": "tests/trust/test_n_second_factor.py",
    "clusters.can_edit": "src/mitwerk/networks/tests/test_people.py",
    "clusters.can_edit_cluster": "src/mitwerk/clusters/tests/test_rules.py",
    "clusters.can_edit_any": "src/mitwerk/clusters/tests/test_rules.py",
    "clusters.can_remove": "src/mitwerk/clusters/tests/test_rules.py",
    "networks.can_find_coordinator": "src/mitwerk/networks/tests/test_people.py",
    "networks.is_network_member": "src/mitwerk/networks/tests/test_people.py",
    "rooms.keeps_room": "src/mitwerk/rooms/tests/test_topics.py",
    "rooms.can_change_post": "src/mitwerk/rooms/tests/test_topics.py",
    "rooms.can_drop_post": "src/mitwerk/rooms/tests/test_topics.py",
    "rooms.can_mark_helped": "src/mitwerk/rooms/tests/test_topics.py",
    "rooms.can_drop_file": "src/mitwerk/rooms/tests/test_files.py",
    "privacy.is_last_administrator": "src/mitwerk/privacy/tests/test_erase_user.py",
    "projects.can_carry": "src/mitwerk/projects/tests/test_rules.py",
    "projects.can_decide": "src/mitwerk/projects/tests/test_rules.py",
    "projects.can_answer": "src/mitwerk/projects/tests/test_rules.py",
    "projects.is_office_of": "src/mitwerk/projects/tests/test_rules.py",
    "projects.can_open_group": "src/mitwerk/projects/tests/test_rules.py",
    "projects.can_keep_group": "src/mitwerk/projects/tests/test_rules.py",
    "projects.can_volunteer": "src/mitwerk/projects/tests/test_rules.py",
    "people.can_represent": "src/mitwerk/people/tests/test_rules.py",
    "people.can_end": "src/mitwerk/people/tests/test_rules.py",
    "people.can_grant_role": "tests/office/test_roles.py",
    "people.proves_itself": "src/mitwerk/people/tests/test_rules.py",
}


def predicates() -> dict[str, Callable[..., bool]]:
    """Every function of a `rules.py` that says yes or no."""
    found = {}
    for file in sorted(SOURCE.glob("*/rules.py")):
        module = importlib.import_module(f"mitwerk.{file.parent.name}.rules")
        for name, function in vars(module).items():
            is_own = inspect.isfunction(function) and function.__module__ == module.__name__
            if is_own and function.__annotations__.get("return") is bool:
                found[f"{file.parent.name}.{name}"] = function
    return found


def test_every_predicate_is_mutated_here_or_held_elsewhere() -> None:
    assert sorted([*CELLS, *ELSEWHERE]) == sorted(predicates())
    assert [place for place in ELSEWHERE.values() if not (ROOT / place).exists()] == []


def always(answer: bool) -> Any:
    return (lambda *args, **kwargs: True) if answer else (lambda *args, **kwargs: False)


def asked(house: House, cell: Cell) -> tuple[str, str]:
    """(what is, what ought to be) of a cell."""
    who, name, method = cell
    path = Places(house).fill(ways("de")[name][0])
    found = asker(house.users[who]).ask(method, path)
    return found, EXPECTED[name][METHODS.index(method)][list(WHO).index(who)]


@pytest.mark.usefixtures("db")
def test_every_mutant_is_killed(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code of the function itself is exchanged, so that everybody who imported it has the mutant."""
    leave_undrawn(monkeypatch)
    survivors = []
    for name, cells in CELLS.items():
        function = predicates()[name]
        for answer, cell in zip((True, False), cells, strict=True):
            before = asked(house, cell)
            assert before[0] == before[1], f"control: unharmed, {cell} is as expected"
            with monkeypatch.context() as patched:
                patched.setattr(function, "__code__", always(answer).__code__)
                if asked(house, cell)[0] == before[1]:
                    survivors.append((name, answer))
    assert survivors == []
