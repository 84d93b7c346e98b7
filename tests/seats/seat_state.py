"""Makes and looks at the congress for which the tests of this folder register, in an installation of its own. Not a
test.

`make SEATS [WAITING]` opens registration for a congress with so many seats, lets so many wait beside full seats, and
prints its slug, its ticket and the tokens of who has a seat. `look SLUG` prints what the tables hold. `tick` does the
timed work.
"""

import json
import sys

import django

django.setup()

from collections import Counter  # noqa: E402
from datetime import date, timedelta  # noqa: E402

from django.core.cache import cache  # noqa: E402
from django.utils import timezone  # noqa: E402
from django_scopes import scope  # noqa: E402

from mitwerk.congress.actions import announce_congress  # noqa: E402
from mitwerk.congress.models import Congress  # noqa: E402
from mitwerk.core.translated import Translated  # noqa: E402
from mitwerk.outbox.models import Mail  # noqa: E402
from mitwerk.registrations.actions.offering import set_up  # noqa: E402
from mitwerk.registrations.actions.registering import Guest, Order, register  # noqa: E402
from mitwerk.registrations.actions.seats import turn_lists  # noqa: E402
from mitwerk.registrations.models import Admission, Registration  # noqa: E402
from mitwerk.registrations.queries import token_of  # noqa: E402


def make(seats: str, waiting: str = "0") -> None:
    mark = f"Kongress {Congress.objects.count()}"
    day: date = timezone.localdate() + timedelta(days=200)
    values = {"title": Translated({"de": mark}), "starts_on": day, "ends_on": None, "place": "", "cluster": None}
    congress = announce_congress(values={**values, "is_public": True}, actor=None)
    admission = set_up(congress=congress, actor=None)
    admission.kinds.update(quota=int(seats))
    kind = admission.kinds.get()
    for number in range(int(seats) + int(waiting) if int(waiting) else 0):
        order = Order(key=f"made-before-the-others-came-{number}", kind=kind, language="de")
        register(admission=admission, order=order, guests=[Guest(f"G{number}", f"g{number}@example.org")])
    booked = Registration.objects.filter(admission=admission, state="booked").order_by("pk")
    told = {"slug": congress.event.slug, "kind": kind.public_id, "tokens": [token_of(one) for one in booked]}
    sys.stdout.write(json.dumps(told))


def look(slug: str) -> None:
    admission = Admission.objects.get(congress__event__slug=slug)
    rows = list(admission.registrations.order_by("queued_at", "pk").values_list("state", "seat"))
    seats = [seat for _state, seat in rows if seat]
    mails = Mail.objects.filter(key__startswith="registration/").values_list("key", flat=True)
    own = set(admission.registrations.values_list("public_id", flat=True))
    told = {
        "states": Counter(state for state, _seat in rows),
        "seats": len(seats),
        "different": len(set(seats)),
        "line": [state for state, _seat in rows if state in ("offered", "waiting")],
        "mails": sum(key.split("/")[1] in own for key in mails),
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    verb, *words = sys.argv[1:]
    if verb == "tick":  # as the timed work does, outside every scope
        sys.stdout.write(json.dumps(turn_lists()))
    else:
        with scope(cluster=None):
            cache.clear()
            {"make": make, "look": look}[verb](*words)
