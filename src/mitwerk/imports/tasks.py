"""Background work of imports; the timed work takes up what a dead worker left."""

from django_tasks import task

from mitwerk.imports.actions import working
from mitwerk.imports.actions.informing import tell_people


@task()
def go_on(pk: int) -> bool:
    """Do what an import waits for."""
    return working.go_on(pk)


@task()
def inform(pk: int, actor: int) -> int:
    """Write to the people whom an import brought in."""
    return tell_people(pk=pk, actor_pk=actor)
