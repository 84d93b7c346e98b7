"""Makes and counts what `test_c10_links.py` asks about, in an installation of its own. Not a test.

`make TOKEN` puts an invitation with that token into the house, and an account; `count` prints what came of it;
`forget` forgets how often somebody tried something. `ask TOKEN …` has people ask for the newsletter; `chain` prints how
many agreed, and which links of the chain are broken.
"""

import json
import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402

from django.core.cache import cache  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402

from mitwerk.accounts.actions import create_user  # noqa: E402
from mitwerk.accounts.models import AuditEntry, User  # noqa: E402
from mitwerk.actors.models import Organisation  # noqa: E402
from mitwerk.consents.actions import ask_for_consent  # noqa: E402
from mitwerk.consents.models import Asked, Consent  # noqa: E402
from mitwerk.consents.queries import broken_links  # noqa: E402
from mitwerk.consents.queries import token_hash as consent_hash  # noqa: E402
from mitwerk.outbox.models import Mail  # noqa: E402
from mitwerk.people.models import Invitation, Person, Representative  # noqa: E402
from mitwerk.people.queries import token_hash  # noqa: E402

PASSWORD = "muster-passwort-1"


def make(token: str) -> None:
    firm, is_new = Organisation.objects.get_or_create(
        slug="muster", defaults={"name": "Muster GmbH", "sort_name": "muster", "normalised_name": "muster"}
    )
    if is_new:
        user = create_user(email="delegate@example.org", password=PASSWORD, name="Delegate")
        person = Person.objects.create(user=user, name="Delegate", email=user.email)
        Representative.objects.create(organisation=firm, person=person, role="delegate")
    Invitation.objects.create(
        organisation=firm,
        represents_as="editor",
        email=f"{token}@example.org",
        token_hash=token_hash(token),
        expires_at=timezone.now() + timedelta(days=1),
    )


def ask(token: str) -> None:
    email = f"{token}@example.org"
    ask_for_consent(email=email, purpose="newsletter", cluster=None, name="Muster", form="/de/", language="de")
    Asked.objects.filter(email=email).update(token_hash=consent_hash(token))


def count(token: str) -> dict[str, int]:
    email = f"{token}@example.org"
    return {
        "accepted": AuditEntry.objects.filter(verb="invitation.accept", actor__email=email).count(),
        "users": User.objects.filter(email=email).count(),
        "representatives": Representative.objects.filter(person__email=email).count(),
        "invitations": Invitation.objects.filter(email=email).count(),
        "mails": Mail.objects.filter(to=email).count(),
    }


with scopes_disabled():
    match sys.argv[1:]:
        case ["make", token]:
            make(token)
        case ["ask", *tokens]:
            for token in tokens:
                ask(token)
        case ["chain"]:
            sys.stdout.write(json.dumps([Consent.objects.count(), broken_links()]))
        case ["forget"]:
            cache.clear()
        case ["count", token]:
            sys.stdout.write(json.dumps(count(token)))
