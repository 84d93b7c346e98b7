"""Writes of people: claims of entries, invitations, and who acts for whom."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import create_user, record_audit, remove_record
from mitwerk.accounts.models import User
from mitwerk.accounts.queries import user_by_email
from mitwerk.actors.actions import take_over
from mitwerk.actors.models import Claim, Organisation
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Cluster, Role
from mitwerk.core.changes import Refused, Rows, Values
from mitwerk.people.mails import mail_claim, mail_invitation
from mitwerk.people.models import ActLink, Invitation, Offer, Person, Representative
from mitwerk.people.queries import open_invitations, token_hash
from mitwerk.people.rules import proves_itself

AnOffer = TypeVar("AnOffer", bound=Offer)
LASTS = timedelta(days=14)
REPEATS = timedelta(seconds=10)


@transaction.atomic
def claim_organisation(
    *,
    organisation: Organisation,
    cluster: Cluster | None,
    name: str,
    email: str,
    language: str,
    function: str = "",
    text: str = "",
) -> Claim:
    """Store who says that an entry is theirs. An address at the organisation's own domain proves it: a link goes there.

    Otherwise the office is asked, and the visitor gets no mail, because a form must not write to strangers.
    """
    claim = Claim.objects.create(
        organisation=organisation, name=name, email=email, language=language, function=function, text=text
    )
    record_audit(
        verb="claim.send",
        target=claim,
        cluster_slug=cluster.slug if cluster else "",
        details={"organisation": organisation.public_id},
    )
    is_proved = proves_itself(email, organisation)
    if is_proved:
        _invite_claimant(claim, actor=None)
    mail_claim(claim, cluster, is_proved)
    return claim


@transaction.atomic
def accept_claim(*, claim: Claim, actor: User) -> None:
    """The office believes it: the organisation is theirs from now on, and the claimant is invited as its delegate.

    Raises `Refused` where somebody else has it already.
    """
    if not take_over(organisation=claim.organisation, actor=actor):
        raise Refused(_("This entry has been taken over already. Invite this person as a further representative."))
    _set_claim(claim, Claim.State.ACCEPTED, "claim.accept", actor)
    _invite_claimant(claim, actor)


@transaction.atomic
def decline_claim(*, claim: Claim, actor: User) -> None:
    """The claim is not believed; the organisation stays as it is, and a link sent before leads nowhere."""
    _set_claim(claim, Claim.State.DECLINED, "claim.decline", actor)
    Invitation.objects.filter(claim=claim, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now())


def remove_claim(*, claim: Claim, actor: User) -> None:
    """Delete a claim with the personal data in it."""
    remove_record(record=claim, actor=actor, is_kept=False)


def _set_claim(claim: Claim, state: Claim.State, verb: str, actor: User | None) -> None:
    claim.state = state
    claim.save(update_fields=["state", "updated_at"])
    record_audit(verb=verb, target=claim, actor=actor, details={"organisation": claim.organisation.public_id})


def _invite_claimant(claim: Claim, actor: User | None) -> Invitation:
    return send_invitation(
        invitation=Invitation(
            email=claim.email,
            language=claim.language,
            organisation=claim.organisation,
            represents_as=Representative.Role.DELEGATE,
            claim=claim,
        ),
        actor=actor,
    )


@transaction.atomic
def send_invitation(
    *, invitation: Invitation, actor: User | None, values: Values | None = None, rows: Rows | None = None
) -> Invitation:
    """Send a new offer; `values` are those of the office's form.

    Its link is in the mail and nowhere else. An open offer to the same address for the same organisation is taken back;
    the same one sent again within seconds (a double click, a client that tries again) stays, without a second mail.
    """
    for name, value in (values or {}).items():
        setattr(invitation, name, value)
    if invitation.organisation:
        Organisation.objects.select_for_update().get(pk=invitation.organisation.pk)  # one after the other
        earlier = open_invitations(invitation.organisation).filter(email__iexact=invitation.email)
        if repeated := sent_just_now(earlier.filter(represents_as=invitation.represents_as), actor):
            invitation.pk = repeated.pk
            return repeated
        earlier.update(revoked_at=timezone.now())
    token = send_offer(offer=invitation, actor=actor)
    _record("invitation.send", invitation, actor)
    mail_invitation(invitation, token)
    return invitation


def sent_just_now(offers: QuerySet[AnOffer], actor: User | None) -> AnOffer | None:
    """The offer that the same person sent a moment ago; None where nobody of ours sends it."""
    since = timezone.now() - REPEATS
    return offers.filter(invited_by=actor, created_at__gt=since).first() if actor else None


def send_offer(*, offer: Offer, actor: User | None) -> str:
    """Store a new invitation of whatever kind; the token for its link, which is written down nowhere else."""
    token, offer.token_hash = new_token()
    offer.invited_by = actor
    offer.expires_at = timezone.now() + LASTS
    offer.save(force_insert=True)
    return token


def new_token() -> tuple[str, str]:
    """What stands in a link, and what is kept of it."""
    token = secrets.token_urlsafe(32)
    return token, token_hash(token)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, actor: User) -> None:
    """Take an open invitation back; its link leads nowhere from now on."""
    if Invitation.objects.filter(pk=invitation.pk, accepted_at=None, revoked_at=None).update(revoked_at=timezone.now()):
        _record("invitation.revoke", invitation, actor)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User | None, name: str, language: str) -> User:
    """Take an offer: `user` where the invited person is signed in, otherwise the sign-in of that address is made.

    Raises `Refused` where the offer was taken, taken back or has run out, or is somebody else's.
    """
    user = take_offer(offer=invitation, user=user, name=name, language=language)
    if invitation.organisation:
        _represent(invitation, person_behind(user=user, name=name))
    else:
        grant_role(user=user, kind=invitation.role, cluster=invitation.cluster, actor=invitation.invited_by)
    _record("invitation.accept", invitation, user)
    return user


def take_offer(*, offer: Offer, user: User | None, name: str, language: str) -> User:
    """Use an invitation up, of whatever kind; the caller gives what it offers, in the same transaction.

    Who holds the link holds the mailbox, so the address counts as confirmed. Raises `Refused` as `accept_invitation`.
    """
    now, offers = timezone.now(), type(offer)._default_manager
    if user is not None and user.email.lower() != offer.email.lower():
        raise Refused(_("This invitation was sent to another address than the one you are signed in with."))
    still_open = offers.filter(pk=offer.pk, accepted_at=None, revoked_at=None, expires_at__gt=now)
    if not still_open.update(accepted_at=now):
        raise Refused(_("This invitation is no longer open. Ask whoever sent it for a new one."))
    user = user or _sign_in_of(offer.email, name, language)
    offers.filter(pk=offer.pk).update(accepted_by=user)
    return user


def _sign_in_of(email: str, name: str, language: str) -> User:
    known = user_by_email(email)
    if known is None:
        return create_user(email=email, password=None, name=name, language=language)
    if not known.is_active:
        raise Refused(_("This sign-in has been switched off. Please write to the office."))
    return known


def person_behind(*, user: User, name: str = "") -> Person:
    """The person of a sign-in: known by it, by the address, or new."""
    person = Person.objects.filter(user=user).first() or Person.objects.filter(email__iexact=user.email).first()
    if person is None:
        return Person.objects.create(user=user, name=name or str(user), email=user.email)
    if person.user_id is None:
        person.user = user
        person.save(update_fields=["user", "updated_at"])
    return person


def _represent(invitation: Invitation, person: Person) -> None:
    organisation, role = invitation.organisation, invitation.represents_as
    assert organisation is not None  # noqa: S101 (the caller looked; this tells the type checker)
    if invitation.claim and invitation.claim.state == Claim.State.OPEN:
        if not take_over(organisation=organisation, actor=person.user):
            raise Refused(_("A colleague has taken over this entry meanwhile. Ask them, or the office, to invite you."))
        _set_claim(invitation.claim, Claim.State.ACCEPTED, "claim.accept", person.user)
    take_over(organisation=organisation, actor=person.user)
    if role == Representative.Role.DELEGATE:
        others = Representative.objects.filter(organisation=organisation, role=role, until=None).exclude(person=person)
        others.update(role=Representative.Role.SUBSTITUTE)
    Representative.objects.update_or_create(
        organisation=organisation, person=person, until=None, defaults={"role": role}
    )


@transaction.atomic
def give_role(*, role: Role, values: Values, rows: Rows, actor: User) -> Role:
    """What the office enters: a role for an account it knows. One that is held already stays as it is."""
    given = grant_role(user=role.user, kind=values["kind"], cluster=values.get("cluster"), actor=actor)
    role.pk = given.pk
    return given


@transaction.atomic
def end_representation(*, representative: Representative, actor: User) -> None:
    """The person no longer acts for the organisation, from this moment on. What they did stays."""
    if Representative.objects.filter(pk=representative.pk, until=None).update(until=timezone.now()):
        record_audit(
            verb="representative.end",
            target=representative.organisation,
            actor=actor,
            details={"representative": representative.public_id},
        )


@transaction.atomic
def make_act_link(*, person: Person, act: str, target: str, lasts: timedelta) -> str:
    """The token of a link by which this person does this one thing (`views.act_page`); it is in the mail, and nowhere
    else."""
    token = secrets.token_urlsafe(32)
    ActLink.objects.create(
        token_hash=token_hash(token), person=person, act=act, target=target, expires_at=timezone.now() + lasts
    )
    return token


@transaction.atomic
def use_act_link(*, link: ActLink, do: Callable[[], None]) -> None:
    """Do what the link is for, once: of two clicks at the same moment one does it.

    Raises `Refused` where it was used, taken back or has run out; then nothing is done.
    """
    still_open = ActLink.objects.filter(pk=link.pk, used_at=None, revoked_at=None, expires_at__gt=timezone.now())
    if not still_open.update(used_at=timezone.now()):
        raise Refused(_("This link has been used already, or is no longer good."))
    do()


@transaction.atomic
def revoke_act_links(*, act: str, target: str, person: Person | None = None) -> int:
    """Take back what is still open: all links for one act on one thing, or those of one person."""
    links = ActLink.objects.filter(act=act, target=target, used_at=None, revoked_at=None)
    if person:
        links = links.filter(person=person)
    return links.update(revoked_at=timezone.now())


def _record(verb: str, invitation: Invitation, actor: User | None) -> None:
    """In the log an invitation goes by its offer, never by the address."""
    target = invitation.organisation or invitation.cluster or invitation
    details = {"invitation": invitation.public_id, "as": invitation.represents_as or invitation.role}
    cluster = invitation.cluster
    record_audit(verb=verb, target=target, actor=actor, cluster_slug=cluster.slug if cluster else "", details=details)
