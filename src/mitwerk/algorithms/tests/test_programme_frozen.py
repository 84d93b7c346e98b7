"""A programme as JSON and back: nothing is lost but names, and those come from who may be named."""

import json
from dataclasses import replace

from hypothesis import given

from mitwerk.algorithms.programme.changes import changes
from mitwerk.algorithms.programme.frozen import freeze, thaw
from mitwerk.algorithms.programme.model import Programme, Speaker
from mitwerk.algorithms.tests.programme_samples import ANNA, BODO, FULL, PROGRAMMES


def back(whole: Programme) -> Programme:
    names = {(item.key, one.key): one.name for item in whole.items for one in item.speakers}
    return thaw(json.loads(json.dumps(freeze(whole))), names)


@given(PROGRAMMES)
def test_it_comes_back_as_it_was(whole: Programme):
    assert back(whole) == whole


def test_nobody_is_named_in_it():
    text = json.dumps(freeze(FULL), ensure_ascii=False)
    assert [name in text for name in ("Anna A.", "Bodo B.", "anna", "bodo")] == [False, False, True, True]


def test_whoever_may_not_be_named_is_left_out():
    assert thaw(freeze(FULL), {("k7m2p9", "bodo"): "Bodo B.", ("z9v4h2", "anna"): "Anna A."}).items[0].speakers == (
        BODO,
    )
    assert thaw(freeze(FULL), {}).items[0].speakers == ()


def test_without_names_the_keys_are_there_to_be_compared():
    assert thaw(freeze(FULL)).items[0].speakers == (Speaker("anna", ""), Speaker("bodo", ""))
    first = replace(FULL.items[0], speakers=(ANNA,))
    later = thaw(freeze(replace(FULL, items=(first, *FULL.items[1:]))))
    assert [(one.kind, one.key) for one in changes(thaw(freeze(FULL)).items, later.items)] == [("speakers", "k7m2p9")]
