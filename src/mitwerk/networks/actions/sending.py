"""Waves on their way: written in small steps that may be done again, reminded of once, ended on their day."""

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from mitwerk.networks.actions.people import close_row, record_network
from mitwerk.networks.mails import mail_network_invitation, mail_reminder
from mitwerk.networks.models import ListRow, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries import current_people, open_network_invitations
from mitwerk.networks.queries.waves import bounced, mail_keys, rows_to_remind, unsent_waves, waves_over
from mitwerk.outbox.actions import remove_mails
from mitwerk.people.actions import new_token, send_offer

PART = 50


def send_wave(*, pk: int) -> int:
    """Write the invitations that a wave still lacks, each in a transaction of its own: who is killed in the middle
    goes on where it was, and nobody is written to twice. How many were written."""
    count = 0
    with scope(cluster=None):
        missing = ListRow.objects.filter(wave__in=unsent_waves().filter(pk=pk), invitation=None).order_by("pk")
        while rows := list(missing.values_list("pk", flat=True)[:PART]):
            count += sum(map(_invite, rows))
        unsent_waves().filter(pk=pk).update(sent_at=timezone.now())
    return count


@transaction.atomic
def _invite(pk: int) -> bool:
    row = ListRow.objects.select_for_update().filter(pk=pk, invitation=None).first()
    if row is None or row.wave is None:
        return False
    network, wave = row.network, row.wave
    if current_people().filter(network=network, person__email__iexact=row.email).exists():
        close_row(row, "taken_back")  # has come by another way meanwhile
        return False
    open_network_invitations(network).filter(email__iexact=row.email).update(revoked_at=timezone.now())
    invitation = NetworkInvitation(
        network=network, email=row.email, kind=NetworkPerson.Kind.MEMBER, language=wave.language
    )
    token = send_offer(offer=invitation, actor=wave.by)
    invitation.expires_at = wave.ends_at
    invitation.save(update_fields=["expires_at"])
    row.invitation = invitation
    row.save(update_fields=["invitation"])
    mail_network_invitation(invitation, token, row)
    return True


def go_on_with_waves() -> int:
    """For the timed work: what a dead worker left. How many were written."""
    return sum(send_wave(pk=pk) for pk in list(unsent_waves().values_list("pk", flat=True)))


def remind_of_waves() -> int:
    """Once, some days before the end, and never again. How many were written."""
    with scope(cluster=None):
        return sum(_remind(pk) for pk in list(rows_to_remind().values_list("pk", flat=True)))


@transaction.atomic
def _remind(pk: int) -> bool:
    row = rows_to_remind().select_for_update(of=("self",)).filter(pk=pk).first()
    if row is None or row.invitation is None:
        return False
    token, row.invitation.second_hash = new_token()
    row.invitation.save(update_fields=["second_hash"])
    mail_reminder(row, token)
    return True


def end_waves() -> int:
    """Who has not answered by the last day is deleted, with the invitation and its mails. How many people."""
    with scope(cluster=None):
        return sum(_end(pk) for pk in list(waves_over().values_list("pk", flat=True)))


@transaction.atomic
def _end(pk: int) -> int:
    wave = waves_over().select_for_update().filter(pk=pk).first()
    if wave is None:
        return 0
    wave.bounced, wave.unanswered, wave.ended_at = bounced(wave), wave.waiting, timezone.now()
    invitations = NetworkInvitation.objects.filter(row__wave=wave)
    remove_mails(keys=mail_keys(invitations.values_list("public_id", flat=True)))
    gone = list(invitations.values_list("pk", flat=True))
    wave.rows.all().delete()
    NetworkInvitation.objects.filter(pk__in=gone).delete()
    wave.save(update_fields=["bounced", "unanswered", "ended_at"])
    record_network("network.end_wave", wave.network, None, wave=wave.public_id, unanswered=wave.unanswered)
    return wave.unanswered
