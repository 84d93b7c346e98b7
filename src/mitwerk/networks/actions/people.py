"""Who comes into a network, and who leaves it."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.consents.actions import withdraw_consent
from mitwerk.consents.models import Consent
from mitwerk.consents.purposes import BELONGS, SEEN_BY_CLUSTER, SEEN_BY_MEMBERS
from mitwerk.networks.mails import mail_network_invitation
from mitwerk.networks.models import ListRow, Network, NetworkInvitation, NetworkPerson, Wave
from mitwerk.networks.queries import open_network_invitations
from mitwerk.networks.queries.waves import row_of
from mitwerk.people.actions import send_offer, sent_just_now
from mitwerk.people.models import Person


@transaction.atomic
def add_person(*, network: Network, person: Person, kind: str, actor: User | None) -> NetworkPerson:
    """Somebody belongs to the network from now on; who does already has this role from now on."""
    found, is_new = NetworkPerson.objects.get_or_create(
        network=network, person=person, until=None, defaults={"kind": kind}
    )
    if is_new or found.kind != kind:
        found.kind = kind
        found.save(update_fields=["kind"])
        record_network("network.add_person", network, actor, person=found.public_id, kind=kind)
    return found


@transaction.atomic
def end_person(*, person: NetworkPerson, actor: User) -> None:
    """They no longer belong to the network, from this moment on. What they did stays."""
    gone = {"until": timezone.now(), "shown_to_members": False, "shown_to_cluster": False}
    if NetworkPerson.objects.filter(pk=person.pk, until=None).update(**gone):
        for purpose in (BELONGS, SEEN_BY_MEMBERS, SEEN_BY_CLUSTER):
            withdraw_consent(
                email=address_of(person), purpose=purpose.key, cluster_slug=person.network.public_id,
                how=Consent.How.ENDED,
            )  # fmt: skip
        record_network("network.end_person", person.network, actor, person=person.public_id)


@transaction.atomic
def send_network_invitation(*, invitation: NetworkInvitation, actor: User) -> NetworkInvitation:
    """Send a new offer; an open one to the same address is taken back. Its link is in the mail and nowhere else.

    The same one sent again within seconds stays, without a second mail.
    """
    Network.objects.select_for_update().get(pk=invitation.network.pk)  # one after the other
    earlier = open_network_invitations(invitation.network).filter(email__iexact=invitation.email)
    if repeated := sent_just_now(earlier.filter(kind=invitation.kind), actor):
        return repeated
    earlier.update(revoked_at=timezone.now())
    token = send_offer(offer=invitation, actor=actor)
    record_network("network.invite", invitation.network, actor, invitation=invitation.public_id, kind=invitation.kind)
    mail_network_invitation(invitation, token)
    return invitation


@transaction.atomic
def revoke_network_invitation(*, invitation: NetworkInvitation, actor: User) -> None:
    """Take an open invitation back; its link leads nowhere from now on."""
    opened = NetworkInvitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None)
    if opened.update(revoked_at=timezone.now()):
        if row := row_of(invitation):
            close_row(row, "taken_back")
        record_network("network.revoke_invitation", invitation.network, actor, invitation=invitation.public_id)


def address_of(person: NetworkPerson) -> str:
    """By which their consents are known: the one they sign in with, if they do."""
    return person.person.user.email if person.person.user else person.person.email


def close_row(row: ListRow, count: str) -> None:
    """A row is answered: it goes, and its wave counts it."""
    if ListRow.objects.filter(pk=row.pk).delete()[0] and row.wave_id:
        Wave.objects.filter(pk=row.wave_id).update(**{count: F(count) + 1})


def record_network(verb: str, network: Network, actor: User | None, **details: str | int) -> None:
    """In the log people go by their ids, never by name or address."""
    record_audit(verb=verb, target=network, actor=actor, details=details)
