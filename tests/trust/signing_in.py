"""People at the door: what they type, and what the server remembers of them."""

from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role

PASSWORD = "muster-passwort-1"


@dataclass(frozen=True)
class People:
    """`member` has nothing but a password, `editor` an app as well, `mailbox` neither."""

    cast: Cast
    member: User
    editor: User
    mailbox: User


def make_people(cast: Cast) -> People:
    member = User.objects.create_user("member@example.org", PASSWORD, name="Member")
    mailbox = User.objects.create_user("mailbox@example.org", None, name="Mailbox", language="en")
    for user in (member, cast.it_editor, mailbox):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    return People(cast=cast, member=member, editor=cast.it_editor, mailbox=mailbox)


def sign_in(email: str, password: str = PASSWORD, client: Client | None = None, **more: Any) -> tuple[Client, Any]:
    """A browser that has sent the sign-in form, and the answer."""
    client = client or Client()
    return client, client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_in(client: Client) -> bool:
    return bool(client.get(reverse("accounts:account_show")).status_code == 200)


def ask_for_code(email: str, client: Client | None = None, **more: Any) -> tuple[Client, Any]:
    client = client or Client()
    return client, client.post(reverse("account_request_login_code"), {"email": email}, **more)


def mailed_code() -> str:
    """The code of the newest mail: its subject ends with it."""
    return mail.outbox[-1].subject.rpartition(" ")[2]


def messages_of(answer: Any) -> list[str]:
    """What the form of the page says is wrong."""
    form = answer.context.get("form") if answer.status_code == 200 and answer.context else None
    return [str(error) for errors in form.errors.values() for error in errors] if form else []
