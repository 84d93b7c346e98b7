"""A region is loaded again after two of its organisations were merged."""

import json
from pathlib import Path

import pytest

from mitwerk.actors.actions import merge_organisations, undo_merge
from mitwerk.actors.models import Organisation
from mitwerk.operations.region.loading import load_region
from mitwerk.operations.tests.small_region import write_small_region
from tests.merging.things import everything

pytestmark = pytest.mark.django_db


def test_a_load_neither_brings_back_nor_changes(tmp_path: Path) -> None:
    folder = write_small_region(tmp_path)
    load_region(path=folder)
    before = everything()
    rows = json.loads((folder / "organisations.json").read_text())
    winner, loser = (Organisation.objects.get(source_id=row["id"]) for row in rows[:2])
    held = merge_organisations(winner=winner, loser=loser, choices={}, actor=None)
    merged = everything()
    report = load_region(path=folder)
    assert (report.total.new, report.total.changed, report.refused, everything() == merged) == (0, 0, [], True)
    assert any(f"“{loser.source_id}” was merged into “{winner}”" in note for note in report.notes)
    assert (undo_merge(merge=held, actor=None), everything() == before) == ([], True)
    assert load_region(path=folder).total.changed == 0
