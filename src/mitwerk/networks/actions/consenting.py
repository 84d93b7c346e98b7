"""Somebody answers an invitation for themselves, changes what they agreed to, or says no and is forgotten."""

from django.db import transaction

from mitwerk.accounts.models import User
from mitwerk.actors.actions import save_organisation
from mitwerk.actors.models import Organisation
from mitwerk.clusters.queries import the_region
from mitwerk.consents.actions import ask_for_consent, give_consent, withdraw_consent
from mitwerk.consents.models import Consent
from mitwerk.consents.purposes import BELONGS, NEWSLETTER, SEEN_BY_CLUSTER, SEEN_BY_MEMBERS, Purpose
from mitwerk.networks.actions.people import add_person, address_of, close_row, record_network
from mitwerk.networks.models import Network, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries.waves import likely_firms, mail_keys, row_of
from mitwerk.outbox.actions import remove_mails
from mitwerk.people.actions import person_behind, take_offer

SHOWN: dict[str, Purpose] = {"shown_to_members": SEEN_BY_MEMBERS, "shown_to_cluster": SEEN_BY_CLUSTER}
ANOTHER = "new"
FORM = "networks:invitation"
"""Where it was ticked; the address itself holds the token of a link."""


@transaction.atomic
def accept_network_invitation(
    *,
    invitation: NetworkInvitation,
    user: User | None,
    name: str,
    language: str,
    shown_to_members: bool = False,
    shown_to_cluster: bool = False,
    newsletter: bool = False,
    firm: str = "",
) -> User:
    """Take an offer, as `people.actions.accept_invitation` does, with what else the person ticked.

    `firm` is the public id of one of the organisations they were asked about, or `ANOTHER`: then it is entered,
    unpublished, as their list calls it.
    """
    taken_by = take_offer(offer=invitation, user=user, name=name, language=language)
    network, person = invitation.network, person_behind(user=taken_by, name=name)
    belongs = add_person(network=network, person=person, kind=invitation.kind, actor=taken_by)
    _agree(BELONGS, taken_by.email, network, language, Consent.How.INVITATION)
    shown = {"shown_to_members": shown_to_members, "shown_to_cluster": shown_to_cluster}
    _show(belongs, taken_by.email, shown, language, Consent.How.INVITATION)
    row = row_of(invitation)
    if row:
        belongs.organisation = _organisation(row.firm, firm, belongs, taken_by) or belongs.organisation
        belongs.save(update_fields=["organisation"])
        close_row(row, "agreed")
    if newsletter:
        _ask_for_newsletter(taken_by.email, network, language)
    return taken_by


def _agree(purpose: Purpose, email: str, network: Network, language: str, how: Consent.How) -> None:
    give_consent(
        email=email, purpose=purpose.key, scope=network.public_id, name=str(network), form=FORM, language=language,
        how=how,
    )  # fmt: skip


def _show(person: NetworkPerson, email: str, shown: dict[str, bool], language: str, how: Consent.How) -> None:
    """What is seen is what was agreed to: both are written together."""
    for column, purpose in SHOWN.items():
        if shown[column]:
            _agree(purpose, email, person.network, language, how)
        else:
            withdraw_consent(email=email, purpose=purpose.key, cluster_slug=person.network.public_id, how=how)
        setattr(person, column, shown[column])
    person.save(update_fields=list(SHOWN))


def _organisation(listed: str, answer: str, person: NetworkPerson, actor: User) -> Organisation | None:
    """Only one that they were asked about, or the one their list names."""
    if answer == ANOTHER and listed:
        source, hidden = f"network-person:{person.public_id}", Organisation.Visibility.HIDDEN
        return save_organisation(source_id=source, name=listed, visibility=hidden, actor=actor).record
    return next((one for one in likely_firms(listed) if one.public_id == answer), None)


def _ask_for_newsletter(email: str, network: Network, language: str) -> None:
    """The tick is not enough: a mail asks whether it was really them, as for everybody else."""
    clusters = list(network.clusters.all()[:2])
    cluster, region = clusters[0] if len(clusters) == 1 else None, the_region()
    name = str(cluster.name if cluster else region.name if region else "Mitwerk")
    ask_for_consent(
        email=email, purpose=NEWSLETTER.key, cluster=cluster, name=name, form=FORM, language=language
    )  # fmt: skip


@transaction.atomic
def decline_network_invitation(*, invitation: NetworkInvitation) -> bool:
    """No, thanks: the invitation, the row of the list and the mails about it are gone at once. Only a count stays."""
    held = NetworkInvitation.objects.select_for_update().filter(pk=invitation.pk, accepted_at=None).first()
    if held is None:
        return False
    if row := row_of(held):
        close_row(row, "declined")
    remove_mails(keys=mail_keys([held.public_id]))
    record_network("network.decline_invitation", held.network, None)
    held.delete()
    return True


@transaction.atomic
def change_shown(
    *, person: NetworkPerson, shown_to_members: bool, shown_to_cluster: bool, actor: User
) -> NetworkPerson:
    """Somebody changes who may see them, with effect at once. One who has left stays unseen."""
    shown = {"shown_to_members": shown_to_members, "shown_to_cluster": shown_to_cluster}
    if person.until is not None or all(getattr(person, column) == wish for column, wish in shown.items()):
        return person
    _show(person, address_of(person), shown, actor.language, Consent.How.ACCOUNT)
    record_network("network.change_shown", person.network, actor, person=person.public_id)
    return person
