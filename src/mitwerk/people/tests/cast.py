"""The cast with people: who acts for the firm, and a stranger with a sign-in."""

from dataclasses import dataclass

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
from mitwerk.people.models import Person, Representative


@dataclass(frozen=True)
class People:
    """Users by what they are to the firm (`cast.firm`)."""

    delegate: User
    substitute: User
    editor: User
    former: User
    stranger: User
    manager: User


def make_people(cast: Cast) -> People:
    """Nobody in it is real."""
    users = {name: _user(name) for name in People.__dataclass_fields__}
    for role in ("delegate", "substitute", "editor"):
        represent(users[role], cast.firm, role)
    past = represent(users["former"], cast.firm, "editor")
    past.until = past.since
    past.save()
    grant_role(user=users["manager"], kind=Role.Kind.MANAGER, cluster=cast.it)
    return People(**users)


def _user(name: str) -> User:
    return create_user(email=f"{name}@example.org", password="muster-passwort-1", name=name)


def represent(user: User, organisation: Organisation, role: str) -> Representative:
    """Make somebody act for an organisation without an invitation."""
    person, _is_new = Person.objects.get_or_create(user=user, defaults={"name": str(user), "email": user.email})
    return Representative.objects.create(organisation=organisation, person=person, role=role)
