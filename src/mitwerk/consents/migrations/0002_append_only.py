"""What was agreed to, and the chain of who did: kept by the database."""

from django.db import migrations

from mitwerk.core.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("consents", "0001_initial")]

    operations = [append_only("consents_consent"), append_only("consents_wording")]
