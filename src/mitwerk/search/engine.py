"""Asks the database's own full-text index: FTS5 on SQLite, tsvector on PostgreSQL.

A query is a list of groups (one per word typed); a group is the whole word first, then the parts of a compound, and
means ``whole OR (part AND part)``. All terms are ``[a-z0-9]+``, so nothing here needs quoting; they are still passed
as parameters.
"""

from typing import Any, NamedTuple

from django.db import connection

Groups = list[list[str]]
TITLE_WEIGHT, BODY_WEIGHT = 6.0, 1.0


class Hit(NamedTuple):
    """One record found; a higher score is a better hit (comparable within one query only).

    A tuple, because a common word finds thousands, and each of them is made at every search.
    """

    kind: str
    object_id: int
    score: float


def find(groups: Groups, language: str, *, kind: str | None = None, any_word: bool = False, limit: int) -> list[Hit]:
    """The best `limit` hits: every word must be there, or with `any_word` at least one."""
    return list(map(Hit._make, _rows("d.kind, d.object_id, {score}", groups, language, kind, any_word, limit)))


def find_ids(groups: Groups, language: str, *, kind: str, any_word: bool = False, limit: int) -> list[int]:
    """As `find`, of one kind, and only the numbers: a common word finds thousands, and the directory takes all."""
    return [row[0] for row in _rows("d.object_id", groups, language, kind, any_word, limit)]


def _rows(columns: str, groups: Groups, language: str, kind: str | None, any_word: bool, limit: int) -> list[Any]:
    if not groups:
        return []
    if connection.vendor == "sqlite":
        sql, score = _SQLITE, f"-bm25(search_index, {TITLE_WEIGHT}, {BODY_WEIGHT})"
        matched = _expression(groups, any_word, " AND ", " OR ")
    else:
        sql, score = _POSTGRES, "ts_rank_cd('{0.05, 0.1, 0.15, 1.0}', d.vector, q, 1)"
        matched = _expression(groups, any_word, " & ", " | ")
    sql = sql.replace("{columns}", columns).replace("{score}", score)
    with connection.cursor() as cursor:
        cursor.execute(
            sql.replace("{kind}", "AND d.kind = %s" if kind else ""),
            [matched, language, *([kind] if kind else []), limit],
        )
        return list(cursor.fetchall())


def _expression(groups: Groups, any_word: bool, both: str, either: str) -> str:
    return (either if any_word else both).join(_group(group, both, either) for group in groups)


def _group(group: list[str], both: str, either: str) -> str:
    whole, parts = group[0], group[1:]
    if not parts:
        return f"({whole})"
    return f"({whole}{either}({both.join(parts)}))"


_SQLITE = """
SELECT {columns}
FROM search_index JOIN search_document d ON d.id = search_index.rowid
WHERE search_index MATCH %s AND d.language = %s {kind}
ORDER BY {score} DESC, d.object_id LIMIT %s
"""

_POSTGRES = """
SELECT {columns}
FROM search_document d, to_tsquery('simple', %s) q
WHERE d.vector @@ q AND d.language = %s {kind}
ORDER BY {score} DESC, d.object_id LIMIT %s
"""
