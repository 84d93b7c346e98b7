"""Makes and looks at what the tests of this folder vote on, in an installation of its own. Not a test.

`make NUMBER open|secret [SECONDS]` starts a ballot with so many organisations on its roll and prints its ids, the links
of its delegates and, for the first one, of a substitute and a session. `look BALLOT` prints what the tables hold.
`hall NUMBER open|secret` does so in a running sitting in which all of them are; `count BALLOT` ends the vote there.
`over BALLOT` lets its time end. `tick` does the timed work of ballots and says how many it counted.
"""

import json
import sys

import django

django.setup()

from datetime import timedelta  # noqa: E402
from typing import Any  # noqa: E402

from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.accounts.models import AuditEntry, User  # noqa: E402
from mitwerk.actors.models import Organisation  # noqa: E402
from mitwerk.governance.actions import (  # noqa: E402
    close_due_ballots,
    count_devices,
    start_ballot,
    vote_by_device,
)
from mitwerk.governance.actions.drafting import ACT, target_of  # noqa: E402
from mitwerk.governance.models import (  # noqa: E402
    AgendaItem,
    Attendance,
    Ballot,
    Body,
    Box,
    Mandate,
    Motion,
    Roll,
    Sitting,
    Vote,
)
from mitwerk.outbox.models import Mail  # noqa: E402
from mitwerk.people.actions import make_act_link  # noqa: E402
from mitwerk.people.models import Person, Representative  # noqa: E402
from tests.browser.busy_office import session  # noqa: E402


def make(number: str, kind: str, seconds: str = "86400") -> None:
    mark = f"{kind}-{Body.objects.count()}"
    body = Body.objects.create(slug=mark, name={"de": mark}, quorum=0)
    seats = [seat(body, f"{mark}-{place}") for place in range(int(number))]
    ballot = Ballot.objects.create(body=body, title={"de": mark}, motion={"de": mark}, is_secret=kind == "secret")
    closes_at = timezone.now() + timedelta(seconds=max(int(seconds), 600))
    start_ballot(ballot=ballot, closes_at=closes_at, actor=None)
    _tell(ballot, seats, seconds)


def hall(number: str, kind: str) -> None:
    mark = f"hall-{kind}-{Body.objects.count()}"
    body = Body.objects.create(slug=mark, name={"de": mark}, quorum=0)
    seats = [seat(body, f"{mark}-{place}") for place in range(int(number))]
    now = timezone.now()
    sitting = Sitting.objects.create(body=body, state=Sitting.State.RUNNING, starts_at=now, opened_at=now)
    for firm, _delegate, _other in seats:
        Attendance.objects.create(sitting=sitting, organisation_id=firm.public_id, name=firm.name)
    item = AgendaItem.objects.create(sitting=sitting, title={"de": mark}, state=AgendaItem.State.OPEN)
    motion = Motion.objects.create(item=item, title={"de": mark}, wording={"de": mark})
    motion = vote_by_device(motion=motion, is_secret=kind == "secret", actor=None)
    _tell(Ballot.objects.get(pk=motion.ballot_id), seats, "86400")


def hall_count(public_id: str) -> None:
    motion = Motion.objects.select_related("item__sitting__body").get(ballot__public_id=public_id)
    count_devices(motion=motion, actor=None)


def _tell(ballot: Ballot, seats: list[tuple[Organisation, Person, Person]], seconds: str) -> None:
    if int(seconds) < 600:  # shorter than a form allows
        Ballot.objects.filter(pk=ballot.pk).update(closes_at=timezone.now() + timedelta(seconds=int(seconds)))
    links = {firm.public_id: _link(ballot, firm, delegate) for firm, delegate, _other in seats}
    firm, delegate, substitute = seats[0]
    assert delegate.user is not None
    told = {
        "ballot": ballot.public_id, "body": ballot.body.slug, "links": links, "first": firm.public_id,
        "substitute": _link(ballot, firm, substitute),
        "cookie": [settings.SESSION_COOKIE_NAME, session(delegate.user, "de")],
        "closes_at": Ballot.objects.get(pk=ballot.pk).closes_at.timestamp(),  # type: ignore[union-attr]
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def seat(body: Body, name: str, language: str = "de") -> tuple[Organisation, Person, Person]:
    """An organisation with a mandate, its delegate and a substitute."""
    firm = Organisation.objects.create(slug=name, name=name, sort_name=name, normalised_name=name)
    Mandate.objects.create(body=body, organisation=firm)
    delegate, substitute = (_person(firm, role, f"{name}-{role}", language) for role in ("delegate", "substitute"))
    return firm, delegate, substitute


def _person(firm: Organisation, role: str, name: str, language: str) -> Person:
    user = User.objects.create_user(f"{name}@example.org", None, name=name, language=language)
    person = Person.objects.create(user=user, name=name, email=user.email)
    Representative.objects.create(organisation=firm, person=person, role=role)
    return person


def _link(ballot: Ballot, firm: Organisation, person: Person) -> str:
    return make_act_link(
        person=person, act=ACT, target=target_of(ballot, firm.public_id), lasts=timedelta(days=1)
    )


def look(public_id: str) -> None:
    ballot = Ballot.objects.get(public_id=public_id)
    roll, box = Roll.objects.get(ballot=ballot), Box.objects.filter(ballot=ballot).first()
    count: dict[str, Any] = (ballot.result or {}).get("count") or {}
    told = {
        "state": ballot.state,
        "voted": len(roll.voted),
        "cast": roll.cast,
        "votes": Vote.objects.filter(ballot=ballot).count(),
        "sealed": len(box.sealed) if box else 0,
        "codes": len(box.codes) if box else 0,
        "opened": len(box.opened or []) if box else 0,
        "yes": count.get("yes"),
        "counted": AuditEntry.objects.filter(verb="ballot.close", target_id=public_id).count(),
        "mails": Mail.objects.filter(key__startswith=f"ballot/{public_id}/result/").count(),
    }
    sys.stdout.write(json.dumps(told))


def over(public_id: str) -> None:
    Ballot.objects.filter(public_id=public_id).update(
        opened_at=timezone.now() - timedelta(days=1), closes_at=timezone.now()
    )


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    if verb == "tick":  # as the timed work does, outside every scope
        sys.stdout.write(json.dumps(close_due_ballots()))
    else:
        with scope(cluster=None):
            cache.clear()
            {"make": make, "hall": hall, "count": hall_count, "look": look, "over": over}[verb](*words)
