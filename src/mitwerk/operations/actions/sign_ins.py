"""Writes of a whole installation: the sign-ins of the demo."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Cluster, Role
from mitwerk.clusters.queries import clusters
from mitwerk.networks.models import Network
from mitwerk.operations.actions.congress_tomorrow import demo_congress_tomorrow
from mitwerk.operations.actions.examples import demo_board, demo_charter, demo_congress, demo_firm, demo_institute
from mitwerk.operations.actions.network_room import CIRCLE, NETWORK, demo_room
from mitwerk.people.actions import accept_invitation, send_invitation
from mitwerk.people.models import Invitation, Representative

Acts = Representative.Role

DOMAIN = "mitwerk.example"
"""A domain that can never exist, so that no demo mail reaches anybody."""


@dataclass(frozen=True)
class SignIn:
    """What somebody who tries the demo needs to sign in as one of its roles."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_demo_sign_ins() -> list[SignIn]:
    """One user per role, each with a random password; a user that is there already is left alone and not listed."""
    return [sign_in for sign_in in _all_sign_ins() if sign_in is not None]


def _all_sign_ins() -> Iterator[SignIn | None]:
    yield _sign_in(name="Administrator", mailbox="administrator", is_superuser=True)
    yield _sign_in(name="Office umbrella body", mailbox="umbrella", kind=Role.Kind.UMBRELLA_EDITOR)
    first, other = _two_clusters()
    if first:
        yield _sign_in(name=f"Office {first.menu_name}", mailbox="manager", kind=Role.Kind.MANAGER, cluster=first)
        yield _sign_in(name=f"Editor {first.menu_name}", mailbox="editor", kind=Role.Kind.EDITOR, cluster=first)
        firm = demo_firm(first)
        yield _representative(name=f"Delegate {firm.name}", mailbox="delegate", firm=firm, kind=Acts.DELEGATE)
        yield _representative(name=f"Editor {firm.name}", mailbox="firm-editor", firm=firm, kind=Acts.EDITOR)
        demo_board(first, firm)
        demo_charter(first, firm)
        demo_congress(first, firm)
        manager = User.objects.get(email=f"manager@{DOMAIN}")
        demo_congress_tomorrow(first, (firm, demo_institute(first)), manager)
        if Network.objects.filter(slug=NETWORK).exists():
            yield from [_sign_in(name=role, mailbox=mailbox) for mailbox, role, _shown, _systems in CIRCLE]
            circle = [User.objects.get(email=f"{mailbox}@{DOMAIN}") for mailbox, *_rest in CIRCLE]
            demo_room(circle, manager, first)
    if other:
        yield _sign_in(name=f"Editor {other.menu_name}", mailbox="editor-2", kind=Role.Kind.EDITOR, cluster=other)


def _representative(*, name: str, mailbox: str, firm: Organisation, kind: str) -> SignIn | None:
    sign_in = _sign_in(name=name, mailbox=mailbox)
    if sign_in:
        offer = Invitation(email=sign_in.email, organisation=firm, represents_as=kind)
        offer = send_invitation(invitation=offer, actor=None)
        user = User.objects.get(email=sign_in.email)
        accept_invitation(invitation=offer, user=user, name=name, language=user.language)
    return sign_in


def _two_clusters() -> tuple[Cluster | None, Cluster | None]:
    """The IT cluster where there is one, and the next one."""
    found = sorted(clusters(), key=lambda cluster: cluster.slug != "it")
    first, other, *_rest = [*found, None, None]
    return first, other


def _sign_in(
    *, name: str, mailbox: str, kind: str = "", cluster: Cluster | None = None, is_superuser: bool = False
) -> SignIn | None:
    email = f"{mailbox}@{DOMAIN}"
    if User.objects.filter(email__iexact=email).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = create_user(email=email, password=password, name=name, is_superuser=is_superuser)
    if kind:
        grant_role(user=user, kind=kind, cluster=cluster)
    return SignIn(name, email, password)
