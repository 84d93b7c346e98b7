"""Spellings of organisations' names, to find the one a text means."""

import re

from mitwerk.algorithms.text import normalise_name


def variants(name: str) -> list[str]:
    """Names somebody may use for the same organisation, the full one first.

    What stands in brackets, and what stands before a dash or a slash: "KITU – Kommunale IT-UNION eG" is also "KITU",
    "Automotive Cluster Ostdeutschland e. V. (ACOD)" is also "ACOD".
    """
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip()
    inside = re.findall(r"\(([^)]*)\)", name)
    parts = [part.strip() for part in re.split(r"\s[–—/-]\s", bare)]
    return [spelling for spelling in dict.fromkeys([name, bare, *inside, *parts]) if spelling]


def name_keys(name: str) -> list[str]:
    """The comparison forms of all variants of a name (see `normalise_name`)."""
    return [key for key in dict.fromkeys(normalise_name(spelling) for spelling in variants(name)) if key]
