"""Background work of the outbox."""

from django_tasks import task

from mitwerk.outbox.mails import deliver_mail


@task()
def deliver(pk: int) -> bool:
    """Send one mail now; `tick` sends it where no worker does."""
    return deliver_mail(pk=pk)
