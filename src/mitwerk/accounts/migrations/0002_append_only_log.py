"""The log is kept by the database: a line may lose its names when a person goes, and goes itself when it is too old."""

from django.db import migrations

from mitwerk.core.append_only import Allowed, append_only

LOSES_ITS_NAME = """
  NEW.id = OLD.id AND NEW.at = OLD.at AND NEW.verb = OLD.verb AND NEW.target_kind = OLD.target_kind
  AND NEW.target_id = OLD.target_id AND NEW.cluster_slug = OLD.cluster_slug
  AND (NEW.actor_id IS NULL OR NEW.actor_id = OLD.actor_id)
  AND (NEW.target_name = '' OR NEW.target_name = OLD.target_name) AND {details}
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        append_only(
            "accounts_auditentry",
            update=Allowed(
                sqlite=LOSES_ITS_NAME.format(details="NEW.details = OLD.details"),
                postgresql=LOSES_ITS_NAME.format(details="NEW.details = OLD.details"),
            ),
            # Three years, and never what tells a load which records the office has removed (`removed_sources`).
            delete=Allowed(
                sqlite="OLD.at < datetime('now', '-1095 days') AND json_extract(OLD.details, '$.source_ids') IS NULL",
                postgresql="OLD.at < now() - interval '1095 days' AND NOT jsonb_exists(OLD.details, 'source_ids')",
            ),
        )
    ]
