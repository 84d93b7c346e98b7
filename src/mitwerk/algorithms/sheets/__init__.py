"""Tables of other people's programs: CSV, XLSX, ODS and vCard files as plain rows of texts, and what they mean.

`kinds` tells a file by its content, `texts`, `books` and `cards` read it, `__main__` does so in a process of its own
with little memory and time, `columns` guesses what each column holds, `values` brings what stands there into shape.
"""

from mitwerk.algorithms.sheets.kinds import MOST_BYTES, kind_of

__all__ = ["MOST_BYTES", "kind_of"]
