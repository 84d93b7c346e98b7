"""Facets counted with bits, against the naive count."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mitwerk.algorithms.facets import FacetTable, Selection, bits_of, build, positions_in

FACETS = {"kind": "abc", "size": "xyz"}
RECORD = st.fixed_dictionaries({name: st.sets(st.sampled_from(letters)) for name, letters in FACETS.items()})
CHOICE = st.fixed_dictionaries({name: st.sets(st.sampled_from(letters + "?")) for name, letters in FACETS.items()})
Records = list[dict[str, set[str]]]


def table_of(records: Records) -> FacetTable:
    return build(
        len(records),
        {name: [(i, value) for i, record in enumerate(records) for value in record[name]] for name in FACETS},
    )


def meets(record: dict[str, set[str]], choice: dict[str, set[str]], but: str = "") -> bool:
    return all(not chosen or record[name] & chosen for name, chosen in choice.items() if name != but)


def naive_counts(records: Records, choice: dict[str, set[str]], within: set[int]) -> dict[str, Any]:
    found: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for position, record in enumerate(records):
        for name in FACETS:
            if position in within and meets(record, choice, but=name):
                for value in record[name]:
                    found[name][value] = found[name].get(value, 0) + 1
    return found


@given(st.lists(RECORD, max_size=40), CHOICE, st.sets(st.integers(0, 39)))
def test_selection_and_counts_are_those_of_the_naive_way(
    records: Records, choice: dict[str, set[str]], within: set[int]
):
    within = {position for position in within if position < len(records)}
    table, bits = table_of(records), bits_of(within, len(records))
    assert list(positions_in(table.select(choice, bits))) == [
        i for i, record in enumerate(records) if i in within and meets(record, choice)
    ]
    assert {name: table.counts(name, choice, bits) for name in FACETS} == naive_counts(records, choice, within)


@given(st.sets(st.integers(0, 200)), st.permutations(range(201)))
def test_positions_come_back_in_the_order_asked_for(positions: set[int], order: list[int]):
    bits = bits_of(positions, 201)
    assert list(positions_in(bits)) == sorted(positions)
    assert list(positions_in(bits, order)) == [p for p in order if p in positions]


def test_everything_is_all_records_and_an_empty_table_has_none():
    assert [list(positions_in(table_of([RECORDS[0]] * n).everything)) for n in (0, 1, 3)] == [[], [0], [0, 1, 2]]


RECORDS = [{"kind": {"a"}, "size": {"x"}}, {"kind": {"b"}, "size": {"x"}}, {"kind": {"b"}, "size": {"y"}}]


def test_a_facet_ignores_its_own_choice_and_respects_the_others():
    table = table_of(RECORDS)
    counts = {name: table.counts(name, {"kind": ["a"]}, table.everything) for name in FACETS}
    assert counts == {"kind": {"a": 1, "b": 2}, "size": {"x": 1}}


def test_an_unknown_value_leaves_nothing():
    table = table_of(RECORDS)
    assert table.select({"kind": ["q"]}, table.everything) == 0


def test_a_facet_can_be_added():
    table = table_of(RECORDS).with_facet("relation", {"member": 0b011})
    assert table.counts("relation", {"size": ["x"]}, 0b110) == {"member": 1}


@given(st.sets(st.integers(0, 60)), st.permutations(range(61)), st.integers(-70, 70), st.integers(-70, 70))
def test_a_selection_behaves_like_the_list_of_its_keys(positions: set[int], order: list[int], start: int, stop: int):
    keys = range(1000, 1061)
    found = Selection(keys, bits_of(positions, 61), order)
    plain = [keys[p] for p in order if p in positions]
    assert (len(found), list(found), found[start:stop]) == (len(plain), plain, plain[start:stop])
    assert [found[n] for n in range(len(plain))] == plain


def test_a_facet_that_is_not_there_has_no_counts():
    table = table_of(RECORDS)
    assert table.counts("colour", {}, table.everything) == {}
