"""Counts of people that may be shown to everybody: no group so small that somebody is known by it."""

from collections.abc import Mapping

FEW = 5
"""Fewer people than this are nobody's to count in public."""


def safe_groups(counts: Mapping[str, int], least: int = FEW) -> tuple[list[tuple[str, int]], int]:
    """Groups of at least `least` people, the largest first, and how many the rest are together.

    The rest is 0 or at least `least` as well: where it would be smaller it takes the smallest group that is left, so
    that nobody finds it by taking the groups from the sum. Where there are too few altogether, there are no groups and
    the rest is 0.
    """
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    shown = [one for one in ranked if one[1] >= least]
    rest = sum(number for _name, number in ranked if number < least)
    while 0 < rest < least and shown:
        rest += shown.pop()[1]
    return (shown, rest) if rest == 0 or rest >= least else ([], 0)
