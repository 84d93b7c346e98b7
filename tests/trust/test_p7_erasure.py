"""TRUST P7: after an account deletion the person's word stands nowhere in the data folder or the database, read raw."""

import os
from pathlib import Path

import psycopg
import pytest
from tests.installations import fresh_installation, told_by

WORD = b"canaryada"


def run(environment: dict[str, str], act: str) -> None:
    told_by(environment, "-m", "tests.trust.canary", act)


def found_in(data: Path, url: str) -> list[str]:
    """Files of the data folder with the word in their name or content, whatever its case; tables on PostgreSQL."""
    found = []
    for path in sorted(data.rglob("*")):
        is_mail = "mail" in path.relative_to(data).parts  # where this test's mails are delivered to
        if path.is_file() and not is_mail and WORD in (path.name.encode() + path.read_bytes()).lower():
            found.append(str(path.relative_to(data)))
    return found + (_tables(url) if url else [])


def _tables(url: str) -> list[str]:
    with psycopg.connect(url) as connection:
        named = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        likes = [(name, f'SELECT count(*) FROM "{name}" AS t WHERE lower(t::text) LIKE %s') for (name,) in named]
        return sorted(name for name, sql in likes if connection.execute(sql, [f"%{WORD.decode()}%"]).fetchone()[0])  # type: ignore[index]


@pytest.mark.django_db
def test_no_byte_of_the_data_knows_the_person(tmp_path: Path) -> None:
    environment = fresh_installation(tmp_path, "erasure")
    url = environment["DATABASE_URL"] if "postgres" in os.environ.get("DATABASE_URL", "") else ""
    run(environment, "plant")
    before = found_in(tmp_path, url)
    assert len(before) >= 3, "the control: it is found where it was planted"
    run(environment, "erase")
    assert found_in(tmp_path, url) == []
