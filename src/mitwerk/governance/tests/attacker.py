"""An attacker with a full dump who looks for an order that goes with the order of the voters.

Every table is taken as it lies: each column whose rows tell a choice, in the order of the rows and in the order of
every other column, is laid beside every such order of the voters. The best of all of them counts.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

Row = dict[str, str]
CHOICES = ("yes", "no", "abstain")
ROUNDS = 200


@dataclass(frozen=True)
class Attack:
    """All orders of the voters and all sequences of choices that a dump holds."""

    orders: frozenset[tuple[str, ...]]
    lines: frozenset[tuple[str, ...]]

    def best(self, truth: dict[str, str]) -> int:
        """How many votes the best guess links rightly."""
        guesses = (
            sum(truth[voter] == choice for voter, choice in zip(order, line, strict=True))
            for order in self.orders
            for line in self.lines
        )
        return max(guesses, default=0)


def attack(tables: list[list[Row]], voters: list[str]) -> Attack:
    """What the tables give away. `voters` in the order of voting, which the attacker knows as well (from the door)."""
    orders = {tuple(order) for table in tables for order in _orders_of_voters(table, voters)}
    lines = {tuple(line) for table in tables for line in _lines_of_choices(table, len(voters))}
    return Attack(frozenset({*orders, tuple(voters)}), frozenset(lines))


def _orders_of_voters(table: list[Row], voters: list[str]) -> Iterator[list[str]]:
    """Every order in which all voters stand in one cell, or in the rows of a table sorted by any column."""
    for row in table:
        for cell in row.values():
            if all(voter in cell for voter in voters):
                yield sorted(voters, key=cell.index)
    for rows in _sorted_by_each(table):
        text = "\n".join(" ".join(row.values()) for row in rows)
        if len(rows) >= len(voters) and all(voter in text for voter in voters):
            yield sorted(voters, key=text.index)


def _lines_of_choices(table: list[Row], number: int) -> Iterator[list[str]]:
    """Every sequence of as many choices as there are votes: in one cell, or down the rows sorted by any column."""
    for row in table:
        for cell in row.values():
            words = [word for word in cell.replace('"', " ").replace(",", " ").split() if word in CHOICES]
            if len(words) == number:
                yield words
    for rows in _sorted_by_each(table):
        for name in rows[0] if rows else ():
            words = [row[name].strip('"') for row in rows if row[name].strip('"') in CHOICES]
            if len(words) == number:
                yield words


def _sorted_by_each(table: list[Row]) -> Iterator[list[Row]]:
    yield table
    for name in table[0] if table else ():
        yield sorted(table, key=lambda row: row[name])


def p_value(attacked: Attack, truth: dict[str, str], dice: random.Random) -> float:
    """A permutation test: how often the same orders link as many, when the choices are dealt to the voters anew."""
    voters, choices, found = list(truth), list(truth.values()), attacked.best(truth)
    dealt = (dict(zip(voters, dice.sample(choices, len(choices)), strict=True)) for _round in range(ROUNDS))
    return (sum(attacked.best(one) >= found for one in dealt) + 1) / (ROUNDS + 1)


def make_naive_rows(truth: dict[str, str]) -> list[list[Row]]:
    """The design that most voting programs have: one table notes who, another what, both row by row."""
    who = [{"id": str(place), "voter": voter} for place, voter in enumerate(truth)]
    return [who, [{"id": str(place), "choice": f'"{choice}"'} for place, choice in enumerate(truth.values())]]
