"""Any sequence of imports, merges and undos loses no reference (property test).

What an office entered by hand belongs to an entry, and stays with it, or with the one it was merged into, whatever
files come and go. When all of it is undone in the reverse order, everything is as it was.
"""

from typing import Any

import pytest
from django.db import transaction
from django_scopes import scope
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from mitwerk.actors.actions import merge_organisations, undo_merge
from mitwerk.actors.models import Merge, Organisation
from mitwerk.actors.tests.cast import make_cast
from mitwerk.algorithms.tests.sheet_files import csv_file
from mitwerk.competences.models import Reference
from mitwerk.imports.actions import starting, working
from mitwerk.imports.models import Import
from tests.merging.things import everything

NAMES = ("Institut für Messtechnik", "Backhaus Muldental AG", "Stadtverwaltung", "Neue Mühlen GmbH", "Andere Werke KG")
ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 3)), min_size=1, max_size=4)


class Importing(RuleBasedStateMachine):
    """`standing` holds what was done and not undone, in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.scope = scope(cluster=None)
        self.scope.__enter__()
        self.standing: list[Any] = []
        self.owned: dict[int, set[int]] = {}

    def teardown(self) -> None:
        while self.standing:
            self.undo_last()
        if self.owned:
            assert without_dates(everything()) == self.before
        transaction.set_rollback(True)
        self.scope.__exit__(None, None, None)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.cast = make_cast()
        for one in Organisation.objects.all():
            self.owned[one.pk] = {Reference.objects.create(organisation=one, wording={"de": one.slug}).pk}
        self.before = without_dates(everything())

    @rule(rows=ROWS)
    def bring_in(self, rows: list[tuple[str, int]]) -> None:
        cells = [[f"N{n}" if n else "", name, f"0410{n}", "Leipzig", "", f"P{n}", "", f"p{n}@x.example", ""]
                 for name, n in rows]  # fmt: skip
        user = self.cast.umbrella_editor
        job = starting.take_file(user=user, cluster=self.cast.it, file_name="x", kind="csv", content=csv_file(cells))
        working.go_on(job.pk)
        job.refresh_from_db()
        starting.set_columns(
            job=job, columns=job.columns, membership="member", legal_basis="contract", legal_note="", actor=user
        )
        working.go_on(job.pk)
        job.refresh_from_db()
        starting.decide_all(job=job, decision="same", actor=user)
        starting.start(job=job, actor=user)
        working.go_on(job.pk)
        job.refresh_from_db()
        assert (job.state, job.problem) == ("done", "")
        self.standing.append(job)

    @rule(one=st.integers(0, 9), other=st.integers(0, 9))
    def merge(self, one: int, other: int) -> None:
        there = list(Organisation.objects.filter(merged_into=None).order_by("pk"))
        winner, loser = there[one % len(there)], there[other % len(there)]
        if winner != loser:
            self.standing.append(merge_organisations(winner=winner, loser=loser, choices={}, actor=None))

    @precondition(lambda self: self.standing)
    @rule()
    def undo_last(self) -> None:
        last = self.standing.pop()
        if isinstance(last, Merge):
            assert undo_merge(merge=Merge.objects.get(pk=last.pk), actor=None) == []
            return
        starting.undo(job=Import.objects.get(pk=last.pk), actor=self.cast.umbrella_editor)
        working.go_on(last.pk)
        last.refresh_from_db()
        assert (last.state, list(last.rows.exclude(kept="").values_list("name", "kept"))) == ("undone", [])

    @invariant()
    def no_reference_is_lost(self) -> None:
        merged = dict(Organisation.objects.values_list("pk", "merged_into_id"))
        expected: dict[int, set[int]] = {}
        for key, references in self.owned.items():
            while merged[key]:
                key = merged[key]
            expected.setdefault(key, set()).update(references)
        found: dict[int, set[int]] = {}
        for reference, key in Reference.objects.values_list("pk", "organisation_id"):
            found.setdefault(key, set()).add(reference)
        assert found == expected


def without_dates(found: dict[str, Any]) -> dict[str, Any]:
    """What the records say; merges stay in the history, and only when something was changed moves."""
    return {label: rows for label, rows in found.items() if label != "actors.Merge"}


@pytest.mark.django_db
def test_any_order_loses_no_reference() -> None:
    run_state_machine_as_test(
        Importing,
        settings=settings(
            max_examples=6, stateful_step_count=7, deadline=None, suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )  # fmt: skip
