"""Reads of people: who acts for whom, and what waits for somebody."""

import hashlib
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.queries import editable_claims, editable_organisations
from mitwerk.clusters.queries import MOST_ROWS, seen_roles
from mitwerk.clusters.rules import edited_cluster_ids, is_administrator, is_editor, is_umbrella_editor
from mitwerk.core.desk import DeskRow
from mitwerk.people.models import ActLink, Invitation, Person, Representative


def token_hash(token: str) -> str:
    """What is kept of a token: enough to find it, too little to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def person_of(user: Any) -> Person | None:
    """The person who signs in as this user."""
    return Person.objects.filter(user=user.pk).first() if user.pk and user.is_active else None


def current_representatives() -> QuerySet[Representative]:
    """Those that have not ended, delegates first."""
    return Representative.objects.filter(until=None).select_related("person", "organisation")


def representations_of(user: Any) -> QuerySet[Representative]:
    """Whom the user acts for now; nobody where the account is switched off."""
    if not user.is_active or user.pk is None:
        return Representative.objects.none()
    return current_representatives().filter(person__user=user.pk).order_by("organisation__sort_name", "pk")


def represented_organisations(user: Any) -> QuerySet[Organisation]:
    """The organisations the user acts for, hidden ones too."""
    mine = representations_of(user).order_by().filter(organisation=OuterRef("pk"))
    return Organisation.objects.filter(Exists(mine))


def organisation_of(person: Person, public_id: str) -> Organisation | None:
    """The organisation of this id, where the person acts for it now and their sign-in is not switched off."""
    found = current_representatives().filter(person=person, organisation__public_id=public_id)
    one = found.filter(person__user__is_active=True).first()
    return one.organisation if one else None


def representatives_of(organisation: Organisation) -> QuerySet[Representative]:
    """Who acts for an organisation now. For its own people and its office; nothing of it is public."""
    return current_representatives().filter(organisation=organisation).order_by("role", "person__name", "pk")


def open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations to act for it that nobody has answered yet, those that have run out included."""
    return Invitation.objects.filter(organisation=organisation, accepted_at=None, revoked_at=None)


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation this link was made for, whatever became of it."""
    found = Invitation.objects.select_related("organisation", "cluster", "claim", "invited_by")
    return found.filter(token_hash=token_hash(token)).first()


def act_link_by_token(token: str, act: str) -> ActLink | None:
    """The link in a mail that this token opens, whatever became of it; only for the act it was made for."""
    return ActLink.objects.select_related("person__user").filter(token_hash=token_hash(token), act=act).first()


def waiting_invitations(user: Any) -> QuerySet[Invitation]:
    """Open invitations to the user's own address."""
    opened = Invitation.objects.filter(accepted_at=None, revoked_at=None, expires_at__gt=timezone.now())
    return opened.filter(email__iexact=user.email).select_related("organisation", "cluster")


def editable_invitations(user: Any) -> QuerySet[Invitation]:
    """What the office sees: invitations to organisations it edits and, for managers, to work in their clusters."""
    invitations = Invitation.objects.select_related("organisation", "cluster")
    if is_umbrella_editor(user):
        return invitations
    of_organisations = Q(organisation__in=editable_organisations(user).values("pk"))
    return invitations.filter(of_organisations | Q(cluster__in=edited_cluster_ids(user)))


def editable_representatives(user: Any) -> QuerySet[Representative]:
    """Who acts now for the organisations that the office edits."""
    found = current_representatives()
    return found if is_umbrella_editor(user) else found.filter(organisation__in=editable_organisations(user))


def deserted_organisations(user: Any) -> QuerySet[Organisation]:
    """Claimed organisations of the user's office for which nobody who can sign in acts any more, with the day on which
    the last one went (`left_at`; None where only the sign-ins are switched off)."""
    acting = current_representatives().filter(organisation=OuterRef("pk"), person__user__is_active=True)
    claimed = editable_organisations(user).filter(claimed_at__isnull=False)
    return claimed.exclude(Exists(acting)).annotate(left_at=Max("representatives__until")).order_by("left_at", "pk")


def known_account(user: Any, email: str) -> User | None:
    """The account with this address among those the office meets in its own lists; administrators know all.

    So giving a role tells nobody whether a stranger has an account.
    """
    accounts = User.objects.filter(is_active=True)
    if not is_administrator(user):
        in_roles = seen_roles(user).order_by().values("user")
        in_firms = editable_representatives(user).order_by().values("person__user")
        accounts = accounts.filter(Q(pk__in=in_roles) | Q(pk__in=in_firms))
    return accounts.filter(email__iexact=email).first()


def desk_rows(user: Any) -> list[DeskRow]:
    """Invitations to the user, and for the office the claims that wait for an answer and whom nobody acts for."""
    rows = [
        DeskRow(
            title=_("Invitation"),
            text=invitation.offer,
            url=reverse("people:my_invitation", args=[invitation.public_id]),
            action=_("See the invitation"),
            due=timezone.localdate(invitation.expires_at),
        )
        for invitation in waiting_invitations(user)
    ]
    return [*rows, *_office_rows(user)] if is_editor(user) else rows


def _office_rows(user: Any) -> list[DeskRow]:
    claims = editable_claims(user).filter(state=Claim.State.OPEN).order_by("created_at")
    rows = [
        DeskRow(
            title=_("Claim of an entry"),
            text=claim.organisation.name,
            url=reverse("office_claims:inspect", args=[claim.pk]),
            action=_("Answer"),
            due=timezone.localdate(claim.created_at),
        )
        for claim in claims[:MOST_ROWS]
    ]
    deserted: Any = deserted_organisations(user)[:MOST_ROWS]
    for one in deserted:
        url = f"{reverse('office_invitations:add')}?organisation={one.public_id}"
        since = timezone.localdate(one.left_at) if one.left_at else None
        title, action = _("Nobody acts for this organisation any more"), _("Invite somebody")
        rows.append(DeskRow(title, one.name, url, action, since))
    return rows
