"""The full-text index of the database itself, kept true by the database: triggers on SQLite, a generated column on PostgreSQL."""

from typing import Any

from django.db import migrations

SQLITE = """
CREATE VIRTUAL TABLE search_index USING fts5(
    title, body, content='search_document', content_rowid='id', tokenize='ascii'
);
CREATE TRIGGER search_document_inserted AFTER INSERT ON search_document BEGIN
    INSERT INTO search_index(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
CREATE TRIGGER search_document_deleted AFTER DELETE ON search_document BEGIN
    INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
END;
CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN
    INSERT INTO search_index(search_index, rowid, title, body) VALUES ('delete', old.id, old.title, old.body);
    INSERT INTO search_index(rowid, title, body) VALUES (new.id, new.title, new.body);
END;
"""
SQLITE_BACK = """
DROP TRIGGER search_document_inserted;
DROP TRIGGER search_document_deleted;
DROP TRIGGER search_document_changed;
DROP TABLE search_index;
"""
POSTGRES = """
ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') || setweight(to_tsvector('simple', body), 'D')
) STORED;
CREATE INDEX search_document_vector ON search_document USING gin (vector);
"""
POSTGRES_BACK = "ALTER TABLE search_document DROP COLUMN vector;"


def _run(editor: Any, statements: dict[str, str]) -> None:
    script = statements[editor.connection.vendor]
    if editor.connection.vendor != "sqlite":
        editor.execute(script)
        return
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        if (line.endswith(";") and not statement.lstrip().startswith("CREATE TRIGGER")) or line == "END;":
            editor.execute(statement)
            statement = ""


def make(apps: Any, editor: Any) -> None:
    _run(editor, {"sqlite": SQLITE, "postgresql": POSTGRES})


def unmake(apps: Any, editor: Any) -> None:
    _run(editor, {"sqlite": SQLITE_BACK, "postgresql": POSTGRES_BACK})


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(make, unmake)]
