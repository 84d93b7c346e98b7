"""A network leaves: asked for by one coordinator, confirmed by another or by a week, and then gone for good."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.accounts.actions import record_audit, remove_record
from mitwerk.accounts.models import User
from mitwerk.consents.actions import forget_scope
from mitwerk.core.changes import Refused
from mitwerk.networks.actions.affiliations import decline_affiliation, end_affiliation
from mitwerk.networks.actions.people import record_network
from mitwerk.networks.mails import mail_leaving, mail_left
from mitwerk.networks.models import Affiliation, Leaving, Network, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries import current_people
from mitwerk.networks.queries.leaving import all_of, counts_of, due_leavings, files_of
from mitwerk.networks.queries.waves import mail_keys
from mitwerk.outbox.actions import remove_mails

WAITING = timedelta(days=7)


def _check_name(network: Network, typed: str) -> None:
    if typed.strip() not in {str(text).strip() for text in network.name.values()}:
        raise Refused(_("This is not the name of the network. Type it as it stands on the page."))


@transaction.atomic
def ask_to_leave(*, network: Network, typed: str, actor: User) -> Leaving:
    """One coordinator wants it; the others are told, and any of them can stop it. Asking again changes nothing."""
    _check_name(network, typed)
    made, is_new = Leaving.objects.get_or_create(
        network=network, deleted_at=None, defaults={"asked_by": actor, "due_at": timezone.now() + WAITING}
    )
    if is_new:
        record_network("network.ask_to_leave", network, actor, leaving=made.public_id)
        coordinators = current_people().filter(network=network, kind=NetworkPerson.Kind.COORDINATOR)
        for one in coordinators.select_related("person__user").exclude(person__user=actor):
            mail_leaving(made, one)
    return made


@transaction.atomic
def confirm_leaving(*, leaving: Leaving, typed: str, actor: User) -> None:
    """A second coordinator wants it too: it is done at once, in the background."""
    held = Leaving.objects.select_for_update().filter(pk=leaving.pk, deleted_at=None).first()
    if held is None or held.network is None:
        raise Refused(_("Nobody wants the network deleted any more."))
    if held.asked_by_id in (None, actor.pk):
        raise Refused(_("A second coordinator has to confirm it. Without one it is done after the waiting period."))
    _check_name(held.network, typed)
    held.confirmed_by, held.due_at = actor, timezone.now()
    held.save(update_fields=["confirmed_by", "due_at"])
    record_network("network.confirm_leaving", held.network, actor, leaving=held.public_id)


@transaction.atomic
def cancel_leaving(*, leaving: Leaving, actor: User) -> None:
    """Any coordinator can stop it until it is done."""
    network = leaving.network
    if network and Leaving.objects.filter(pk=leaving.pk, deleted_at=None).delete()[0]:
        record_network("network.cancel_leaving", network, actor, leaving=leaving.public_id)


def delete_left() -> int:
    """For the timed work: networks whose time has come go, and files that a killed process left. How many."""
    with scope(cluster=None):
        return sum(leave(pk=pk) for pk in list(due_leavings().values_list("pk", flat=True)))


def leave(*, pk: int) -> bool:
    """Everything of the network goes in one transaction, then its files; both may be done again."""
    leaving = _delete(pk)
    if leaving is None:
        return False
    for label, column, name in leaving.files:
        field: Any = apps.get_model(label)._meta.get_field(column)
        field.storage.delete(name)
    Leaving.objects.filter(pk=pk).update(files=[])
    return True


@transaction.atomic
def _delete(pk: int) -> Leaving | None:
    leaving = due_leavings().select_for_update(of=("self",)).filter(pk=pk).first()
    network = leaving.network if leaving else None
    if leaving is None or network is None:
        return leaving
    _end_agreements(network, leaving.asked_by)
    records = [one for one in all_of(network) if one._meta.label_lower != Leaving._meta.label_lower]
    leaving.counts, leaving.files, leaving.deleted_at = counts_of(records), files_of(records), timezone.now()
    for one in current_people().filter(network=network).select_related("person__user"):
        mail_left(leaving, one)
    remove_mails(keys=_keys(network, leaving))
    forget_scope(scope=network.public_id)
    record_audit(verb="network.leave", target=leaving, actor=leaving.asked_by, details={"counts": leaving.counts})
    leaving.save(update_fields=["counts", "files", "deleted_at"])
    remove_record(record=network, actor=leaving.asked_by, is_kept=False)
    leaving.network = None
    return leaving


def _end_agreements(network: Network, actor: User | None) -> None:
    """The other sides are told, as they are of every end."""
    for one in network.affiliations.filter(ended_at=None).select_related("network", "cluster"):
        end = end_affiliation if one.is_agreed else decline_affiliation
        end(affiliation=one, side=Affiliation.Side.NETWORK, actor=actor)


def _keys(network: Network, leaving: Leaving) -> list[str]:
    """Of all mails about it but the last one."""
    invitations = NetworkInvitation.objects.filter(network=network).values_list("public_id", flat=True)
    people = NetworkPerson.objects.filter(network=network).values_list("public_id", flat=True)
    return [*mail_keys(invitations), *(f"network-leaving:{leaving.public_id}:{one}" for one in people)]
