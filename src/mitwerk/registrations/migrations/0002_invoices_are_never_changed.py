"""An invoice stays as it went out, with its file. After nine years, when tax law no longer wants it, it may go."""

from django.db import migrations

from mitwerk.core.append_only import Allowed, append_only

OLD = {"sqlite": "{at} < datetime('now', '-3288 days')", "postgresql": "{at} < now() - interval '3288 days'"}
ITS_INVOICE = "EXISTS (SELECT 1 FROM registrations_invoice WHERE id = OLD.invoice_id AND {is_old})"


class Migration(migrations.Migration):
    dependencies = [("registrations", "0001_initial")]

    operations = [
        append_only(
            "registrations_invoice",
            delete=Allowed(**{vendor: old.format(at="OLD.issued_at") for vendor, old in OLD.items()}),
        ),
        append_only(
            "registrations_document",
            delete=Allowed(
                **{vendor: ITS_INVOICE.format(is_old=old.format(at="issued_at")) for vendor, old in OLD.items()}
            ),
        ),
    ]
