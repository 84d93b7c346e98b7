"""Background work of networks; the timed work takes up what a dead worker left."""

from django_tasks import task

from mitwerk.networks.actions.sending import send_wave


@task()
def send(pk: int) -> int:
    """Write the invitations of a wave."""
    return send_wave(pk=pk)
