"""Versions and wordings are never changed: the databases refuse it themselves.

That a user who leaves is forgotten as the writer is no change of them, and a charter that no body ever saw can be
removed with all of it (`Adoption.version` holds on to the others).
"""

from django.db import migrations

from mitwerk.core.append_only import Allowed, append_only

SAME_VERSION = Allowed(
    sqlite="NEW.content = OLD.content AND NEW.number = OLD.number AND NEW.digest = OLD.digest "
    "AND NEW.made_at = OLD.made_at",
    postgresql="NEW.content = OLD.content AND NEW.number = OLD.number AND NEW.digest = OLD.digest "
    "AND NEW.made_at = OLD.made_at",
)
SAME_WORDING = Allowed(
    sqlite="NEW.text = OLD.text AND NEW.anchor = OLD.anchor AND NEW.revision = OLD.revision AND NEW.at = OLD.at",
    postgresql="NEW.text = OLD.text AND NEW.anchor = OLD.anchor AND NEW.revision = OLD.revision AND NEW.at = OLD.at",
)
ALWAYS = Allowed(sqlite="1 = 1", postgresql="TRUE")


class Migration(migrations.Migration):
    dependencies = [("charter", "0001_initial")]

    operations = [
        append_only("charter_version", update=SAME_VERSION, delete=ALWAYS),
        append_only("charter_wording", update=SAME_WORDING, delete=ALWAYS),
    ]
