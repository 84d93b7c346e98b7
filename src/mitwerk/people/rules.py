"""Who may act for an organisation, and who may bring others in."""

from typing import Any
from urllib.parse import urlsplit

from mitwerk.actors.models import Organisation
from mitwerk.actors.rules import can_edit_organisation
from mitwerk.clusters.models import Cluster, Role
from mitwerk.clusters.rules import GIVEN_BY_MANAGERS, is_administrator, is_umbrella_editor, managed_cluster_ids
from mitwerk.people.models import Representative
from mitwerk.people.queries import representations_of

Acts = Representative.Role
MANY_PEOPLES = frozenset(
    "gmx.de gmx.net web.de t-online.de freenet.de gmail.com googlemail.com outlook.com outlook.de hotmail.com "
    "hotmail.de live.de yahoo.com yahoo.de icloud.com me.com aol.com arcor.de posteo.de mailbox.org proton.me "
    "protonmail.com facebook.com instagram.com xing.com linkedin.com twitter.com youtube.com google.com github.io "
    "jimdo.com jimdofree.com wixsite.com wordpress.com blogspot.com".split()
)
"""Domains where everybody can have an address or a page, so that they prove nothing."""


def acts_as(user: Any, organisation: Organisation) -> str:
    """The user's role in the organisation; empty where there is none."""
    return representations_of(user).filter(organisation=organisation).values_list("role", flat=True).first() or ""


def can_represent(user: Any, organisation: Organisation) -> bool:
    return bool(acts_as(user, organisation))


GIVES: dict[str, frozenset[str]] = {
    Acts.DELEGATE: frozenset(Acts),
    Acts.SUBSTITUTE: frozenset({Acts.SUBSTITUTE, Acts.EDITOR}),
    Acts.EDITOR: frozenset({Acts.EDITOR}),
}
"""Which roles each role gives and takes: nobody more than their own."""


def given_roles(user: Any, organisation: Organisation) -> frozenset[str]:
    """The roles in which the user may invite others to act for an organisation; the office in all."""
    if can_edit_organisation(user, organisation):
        return GIVES[Acts.DELEGATE]
    return GIVES.get(acts_as(user, organisation), frozenset())


def can_end(user: Any, representative: Representative, given: frozenset[str]) -> bool:
    """Everybody may step down; the others are ended by who could invite them (`given_roles`, asked once a page)."""
    is_own = representative.person.user_id is not None and representative.person.user_id == user.pk
    return is_own or representative.role in given


def can_grant_role(user: Any, kind: str, cluster: Cluster | None) -> bool:
    """Nobody gives more than they have: managers make editors and board members of their own cluster.

    The umbrella body's editors make managers as well, administrators everything. The region has one role, the clusters
    have the others.
    """
    if (kind == Role.Kind.UMBRELLA_EDITOR) != (cluster is None):
        return False
    if is_administrator(user):
        return True
    if cluster is None:
        return False
    if is_umbrella_editor(user):
        return True
    return cluster.pk in managed_cluster_ids(user) and kind in GIVEN_BY_MANAGERS


def may_grant_roles(user: Any) -> bool:
    """Has any role to give."""
    return is_umbrella_editor(user) or bool(managed_cluster_ids(user))


def proves_itself(email: str, organisation: Organisation) -> bool:
    """Whether a mailbox at this address shows that somebody belongs to the organisation: its website's own domain.

    Not for universities, whose students have such addresses too.
    """
    host = (urlsplit(organisation.website).hostname or "").removeprefix("www.")
    domain = email.rpartition("@")[2].lower()
    is_own = bool(host) and domain == host and domain not in MANY_PEOPLES
    return is_own and organisation.kind != Organisation.Kind.UNIVERSITY
