"""The database itself refuses a roll on which an organisation has voted twice, or whose number is not that of its marks.

A later migration that alters the table of rolls must do this again, because SQLite makes the table anew and the triggers
go with the old one; `governance/tests/test_constraints.py` tells.
"""

from typing import Any

from django.db import migrations

from mitwerk.core.append_only import run_script

SQLITE = """
CREATE TRIGGER governance_roll_once_{act} BEFORE {act} ON governance_roll WHEN
  (SELECT count(*) FROM json_each(NEW.voted)) <> (SELECT count(DISTINCT value) FROM json_each(NEW.voted))
  OR (SELECT count(*) FROM json_each(NEW.voted)) <> NEW."cast"
BEGIN SELECT RAISE(ABORT, 'an organisation votes once'); END;
"""
POSTGRESQL = """
CREATE FUNCTION governance_roll_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT count(*) <> count(DISTINCT value) OR count(*) <> NEW."cast"
      FROM jsonb_array_elements_text(NEW.voted) AS marks(value)) THEN
    RAISE EXCEPTION 'an organisation votes once' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER governance_roll_once_row BEFORE INSERT OR UPDATE ON governance_roll
  FOR EACH ROW EXECUTE FUNCTION governance_roll_once();
"""
TAKEN_AWAY = {
    "sqlite": "".join(f"DROP TRIGGER IF EXISTS governance_roll_once_{act};\n" for act in ("INSERT", "UPDATE")),
    "postgresql": "DROP TRIGGER IF EXISTS governance_roll_once_row ON governance_roll;\n"
    "DROP FUNCTION IF EXISTS governance_roll_once();",
}


def put(apps: Any, schema_editor: Any) -> None:
    connection = schema_editor.connection
    take(apps, schema_editor)
    if connection.vendor == "postgresql":
        run_script(connection, POSTGRESQL)
        return
    for act in ("INSERT", "UPDATE"):
        run_script(connection, SQLITE.format(act=act))


def take(apps: Any, schema_editor: Any) -> None:
    run_script(schema_editor.connection, TAKEN_AWAY[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial")]

    operations = [migrations.RunPython(put, take)]
