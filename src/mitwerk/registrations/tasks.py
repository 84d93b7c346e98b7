"""Background work of registrations; the timed work does what a dead worker left."""

from django_tasks import task

from mitwerk.registrations.actions import invoicing


@task()
def write(pk: int) -> int:
    """Write the invoices that a booking lacks."""
    return invoicing.write_for(pk=pk)
