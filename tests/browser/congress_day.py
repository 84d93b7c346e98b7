"""A congress of the cast with a released programme and one contribution that waits for its time. Printed: what the test
needs to find its way."""

import datetime as dt
import json

from django.utils import timezone, translation
from django_scopes import scope

from mitwerk.actors.tests.cast import make_cast
from mitwerk.congress.models import Session
from mitwerk.congress.tests import programme_cast as made
from mitwerk.congress.tests.cast import make_congress
from tests.browser.busy_office import session


def build() -> None:
    with scope(cluster=None), translation.override("de"):
        cast = make_cast()
        first = timezone.localdate() + dt.timedelta(days=400)
        congress = make_congress(cast, starts_on=first, ends_on=None)
        rooms = made.make_rooms(congress, 2)
        for number in range(4):
            one = made.make_contribution(congress, cast.firm, number + 1)
            start = made.at(("09:00", "09:30")[number // 2], first)
            times = {"starts_at": start, "ends_at": start + dt.timedelta(minutes=30)}
            Session.objects.create(congress=congress, contribution=one, room=rooms[number % 2], **times)
        made.release(congress, cast)
        waiting = made.make_contribution(congress, cast.firm, 9)
        told = {
            "congress": congress.public_id, "slug": congress.event.slug, "waiting": waiting.public_id,
            "rooms": [room.public_id for room in rooms],
            "sessions": {language: session(cast.it_editor, language) for language in ("de", "en")},
        }  # fmt: skip
    print(json.dumps(told))  # noqa: T201 (read by the test)
