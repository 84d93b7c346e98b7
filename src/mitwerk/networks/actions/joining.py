"""Asking to join a network, and what its coordinators answer."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.core.changes import Refused
from mitwerk.networks.actions.people import add_person, record_network
from mitwerk.networks.mails import mail_join_answer, mail_join_request
from mitwerk.networks.models import JoinRequest, Network, NetworkPerson
from mitwerk.networks.queries import may_ask_for
from mitwerk.people.models import Person

State = JoinRequest.State


@transaction.atomic
def ask_to_join(
    *, network: Network, person: Person, organisation: Organisation, words: str, actor: User
) -> JoinRequest:
    """Its coordinators are told. One that is still open stays as it is."""
    if not may_ask_for(actor, network).filter(pk=organisation.pk).exists():
        raise Refused(_("The network admits nobody for this organisation on request."))
    found, is_new = JoinRequest.objects.get_or_create(
        network=network, person=person, state=State.OPEN, defaults={"organisation": organisation, "words": words}
    )
    if is_new:
        record_network("network.ask_to_join", network, actor, request=found.public_id)
        mail_join_request(found)
    return found


@transaction.atomic
def accept_join_request(*, request: JoinRequest, actor: User) -> NetworkPerson:
    """They belong to the network from now on, for the organisation they asked for."""
    locked = _lock(request)
    member = NetworkPerson.objects.filter(network=locked.network, person=locked.person, until=None).first()
    if locked.state == State.DECLINED:
        raise Refused(_("This request is declined already."))
    if member is None:
        member = add_person(network=locked.network, person=locked.person, kind=NetworkPerson.Kind.MEMBER, actor=actor)
        member.organisation = locked.organisation
        member.save(update_fields=["organisation"])
    _answer(locked, State.ACCEPTED, actor)
    return member


@transaction.atomic
def decline_join_request(*, request: JoinRequest, actor: User) -> None:
    locked = _lock(request)
    if locked.state == State.ACCEPTED:
        raise Refused(_("This request is accepted already."))
    _answer(locked, State.DECLINED, actor)


@transaction.atomic
def take_back_join_request(*, request: JoinRequest, actor: User) -> None:
    """Whoever asked thinks better of it; nothing stays."""
    details = request.public_id
    if JoinRequest.objects.filter(pk=request.pk, state=State.OPEN).delete()[0]:
        record_network("network.take_back_join_request", request.network, actor, request=details)


def _lock(request: JoinRequest) -> JoinRequest:
    found = JoinRequest.objects.select_for_update(of=("self",)).select_related("network", "person", "organisation")
    return found.get(pk=request.pk)


def _answer(request: JoinRequest, state: str, actor: User) -> None:
    if request.state != State.OPEN:
        return
    request.state, request.answered_at, request.answered_by = state, timezone.now(), actor
    request.save(update_fields=["state", "answered_at", "answered_by"])
    record_network("network.answer_join_request", request.network, actor, request=request.public_id, state=str(state))
    mail_join_answer(request)
