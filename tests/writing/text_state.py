"""Makes and looks at what the tests of this folder write on, in an installation of its own. Not a test.

`make NUMBER` makes a charter with a paragraph and so many editors, and prints its ids and their sessions. `look
CHARTER` prints what the tables hold of it. `sign` makes a charter in force and sessions of two who may sign for one
organisation.
"""

import json
import sys
from datetime import date

import django

django.setup()

from django.conf import settings  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import User  # noqa: E402
from mitwerk.actors.models import Membership, Organisation  # noqa: E402
from mitwerk.charter.actions import add_paragraph, change_charter, publish_version  # noqa: E402
from mitwerk.charter.models import Adoption, Attempt, Charter, Editor, Signature, Wording  # noqa: E402
from mitwerk.clusters.models import Cluster  # noqa: E402
from mitwerk.governance.models import Body  # noqa: E402
from mitwerk.people.models import Person, Representative  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402

TEXT = {"de": "Wir sind die Firmen.", "en": "We are the firms."}


def _charter() -> Charter:
    place = Charter.objects.count()
    cluster = Cluster.objects.create(slug=f"c{place}", name={"de": f"C{place}"})
    values = {"title": {"de": "Leitbild"}, "cluster": cluster}
    return change_charter(charter=Charter(), values=values, rows={}, actor=None)


def _person(name: str) -> Person:
    user = User.objects.create_user(f"{name}@example.org", None, name=name)
    return Person.objects.create(user=user, name=name, email=user.email)


def _cookie(person: Person) -> tuple[str, str]:
    return settings.SESSION_COOKIE_NAME, session(person.user, "de")


def make(number: str) -> None:
    charter = _charter()
    paragraph = add_paragraph(section=charter.sections.all()[0], values={"text": TEXT}, actor=None)
    people = [_person(f"editor-{charter.pk}-{place}") for place in range(int(number))]
    for person in people:
        Editor.objects.create(charter=charter, person=person)
    told = {"charter": charter.public_id, "paragraph": paragraph.public_id, "cookies": [_cookie(one) for one in people]}
    sys.stdout.write(json.dumps(told))


def look(public_id: str) -> None:
    charter = Charter.objects.get(public_id=public_id)
    said = Wording.objects.filter(charter=charter).order_by("revision", "pk")
    kept = Attempt.objects.filter(charter=charter)
    told = {
        "wordings": [(one.revision, one.text["text"]["de"]) for one in said],
        "attempts": sorted(one.text["text"]["de"] for one in kept),
        "signatures": Signature.objects.filter(adoption__charter=charter, withdrawn_at=None).count(),
    }
    sys.stdout.write(json.dumps(told))


def sign() -> None:
    """In force without a body that would have to vote; that is tested elsewhere."""
    charter = _charter()
    add_paragraph(section=charter.sections.all()[0], values={"text": TEXT}, actor=None)
    Charter.objects.filter(pk=charter.pk).update(phase="review")
    version = publish_version(charter=charter, note={}, actor=None)
    body = Body.objects.create(slug=f"b{charter.pk}", name={"de": "B"}, cluster=charter.cluster)
    Adoption.objects.create(
        charter=charter, version=version, body=body, state="adopted", number=1, adopted_on=date(2006, 9, 1)
    )
    firm = Organisation.objects.create(slug=f"f{charter.pk}", name="Firm", sort_name="firm", normalised_name="firm")
    Membership.objects.create(organisation=firm, cluster=charter.cluster)
    people = [_person(f"signer-{charter.pk}-{role}") for role in ("delegate", "substitute")]
    for person, role in zip(people, ("delegate", "substitute"), strict=True):
        Representative.objects.create(organisation=firm, person=person, role=role)
    told = {"charter": charter.public_id, "firm": firm.slug, "cookies": [_cookie(one) for one in people]}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    with scope(cluster=None):
        {"make": make, "look": look, "sign": sign}[verb](*words)
