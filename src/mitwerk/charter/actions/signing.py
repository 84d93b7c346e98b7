"""Organisations sign the charter in force: asked by mail, with a link that signs. A signature can be withdrawn."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.actors.models import Organisation
from mitwerk.charter.actions.charters import lock, record
from mitwerk.charter.mails import mail_sign, sign_key
from mitwerk.charter.models import Adoption, Signature
from mitwerk.charter.queries.adoption import signers_to_ask, signs_for, unasked_adoptions
from mitwerk.charter.queries.charters import charter_in_force
from mitwerk.core.changes import Refused
from mitwerk.outbox.queries import is_queued
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.people.models import Person

SIGN = "charter.sign"
"""The act of the links; their target is the adoption's public id and the organisation's."""
LASTS = timedelta(days=180)


def signing_target(adoption: Adoption, organisation: Organisation) -> str:
    return f"{adoption.public_id}:{organisation.public_id}"


@transaction.atomic
def sign(*, adoption: Adoption, organisation: Organisation, person: Person) -> Signature:
    """The organisation stands behind the charter in force. Twice changes nothing. Raises `Refused` where another
    version is in force by now, or the person may no longer sign for it."""
    charter = lock(adoption.charter)
    if charter_in_force(charter) != adoption:
        raise Refused(_("Another version is in force by now. Please sign that one."))
    if signs_for(person, charter, organisation.public_id) is None:
        raise Refused(_("You can no longer sign for %(name)s.") % {"name": organisation.name})
    found = adoption.signatures.filter(organisation=organisation, withdrawn_at=None).first()
    if found:
        return found
    try:
        with transaction.atomic():
            made = Signature.objects.create(
                adoption=adoption, organisation=organisation, name=organisation.name, person=person
            )
    except IntegrityError:  # a colleague in the same moment
        return adoption.signatures.get(organisation=organisation, withdrawn_at=None)
    revoke_act_links(act=SIGN, target=signing_target(adoption, organisation))
    record("charter.sign", charter, person.user, organisation=organisation.public_id)
    return made


@transaction.atomic
def withdraw_signature(*, signature: Signature, person: Person) -> None:
    """It stays below the charter as withdrawn, with the day. Twice changes nothing."""
    open_one = Signature.objects.filter(pk=signature.pk, withdrawn_at=None)
    if open_one.update(withdrawn_at=timezone.now()):
        charter = signature.adoption.charter
        record("charter.withdraw-signature", charter, person.user, organisation=signature.name)


def ask_for_signatures() -> int:
    """Mail everybody who may sign for a member, once for each adoption; of how many. A part of the timed work: killed
    half-way the next run goes on."""
    with scope(cluster=None):
        return sum(_ask(adoption) for adoption in unasked_adoptions())


def _ask(adoption: Adoption) -> int:
    for organisation, person in signers_to_ask(adoption.charter, adoption):
        _ask_one(adoption, organisation, person)
    return Adoption.objects.filter(pk=adoption.pk, asked_at=None).update(asked_at=timezone.now())


@transaction.atomic
def _ask_one(adoption: Adoption, organisation: Organisation, person: Person) -> None:
    key = sign_key(adoption, organisation, person)
    if not is_queued(key):
        target = signing_target(adoption, organisation)
        token = make_act_link(person=person, act=SIGN, target=target, lasts=LASTS)
        mail_sign(adoption, organisation, person, token)
