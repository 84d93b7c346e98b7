"""Tables that only grow: the database itself refuses to change or delete their rows, whoever asks.

Written as triggers of both databases, put there by a migration. Only who may change the tables can take them away.
A later migration that alters such a table must call `append_only` again, because SQLite makes the table anew and the
triggers go with the old one; `accounts/tests/test_log.py` tells.
"""

from dataclasses import dataclass
from typing import Any

from django.db import migrations

NEVER = "1 = 0"


@dataclass(frozen=True)
class Allowed:
    """When a row may be changed or deleted all the same, in the words of each database (`OLD` and `NEW` are rows)."""

    sqlite: str = NEVER
    postgresql: str = NEVER

    def of(self, vendor: str) -> str:
        return str(getattr(self, vendor))


SQLITE = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({update})
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END;
CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT ({delete})
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never deleted'); END;
CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'rows of {table} are never replaced'); END;
"""
POSTGRESQL = """
CREATE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF {update} THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'DELETE' THEN
    IF {delete} THEN RETURN OLD; END IF;
  END IF;
  RAISE EXCEPTION 'rows of {table} are never changed or deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_keep_row BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_keep();
CREATE TRIGGER {table}_keep_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION {table}_keep();
"""
TAKEN_AWAY = {
    "sqlite": "".join(f"DROP TRIGGER IF EXISTS {{table}}_no_{act};\n" for act in ("update", "delete", "replace")),
    "postgresql": "DROP TRIGGER IF EXISTS {table}_keep_row ON {table};\n"
    "DROP TRIGGER IF EXISTS {table}_keep_all ON {table};\nDROP FUNCTION IF EXISTS {table}_keep();",
}


def run_script(connection: Any, script: str) -> None:
    """Several statements; SQLite's driver would end the open transaction before a script of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(script)
            return
        for statement in script.split(";\n"):
            if statement.strip():
                cursor.execute(statement + (";" if not statement.rstrip().endswith(";") else ""))


def take_away(connection: Any, table: str) -> None:
    """What only the owner of the database does."""
    run_script(connection, TAKEN_AWAY[connection.vendor].format(table=table))


def append_only(table: str, *, update: Allowed | None = None, delete: Allowed | None = None) -> migrations.RunPython:
    """A step of a migration; repeating it puts the triggers there anew."""

    def put(apps: Any, schema_editor: Any) -> None:
        connection = schema_editor.connection
        take_away(connection, table)
        script = {"sqlite": SQLITE, "postgresql": POSTGRESQL}[connection.vendor]
        allowed = {"update": (update or Allowed()).of(connection.vendor)}
        allowed["delete"] = (delete or Allowed()).of(connection.vendor)
        run_script(connection, script.format(table=table, **allowed))

    def take(apps: Any, schema_editor: Any) -> None:
        take_away(schema_editor.connection, table)

    return migrations.RunPython(put, take)
