"""A congress that is on today, with six guests, one in line, and two devices at its door. Printed: what the test needs
to find its way."""

import datetime as dt
import json

from django.utils import timezone, translation
from django_scopes import scope

from mitwerk.actors.tests.cast import make_cast
from mitwerk.congress.models import Room
from mitwerk.congress.tests.cast import make_congress
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event
from mitwerk.registrations.actions.arriving import open_check_in, revoke_check_in
from mitwerk.registrations.models import Admission, Arrival
from mitwerk.registrations.queries import token_of
from mitwerk.registrations.queries.day import pass_by_token, pass_token
from mitwerk.registrations.tests.cast import come, make_admission, one
from tests.browser.busy_office import session

GUESTS = ("Ada", "Bo", "Cy", "Di", "Flo", "Gus")


def build() -> None:
    with scope(cluster=None), translation.override("de"):
        cast = make_cast()
        today = timezone.localdate()
        congress = make_congress(cast, starts_on=today + dt.timedelta(days=1), ends_on=today + dt.timedelta(days=2))
        Room.objects.create(congress=congress, name=Translated({"de": "Saal", "en": "Hall"}), seats=80)
        admission = make_admission(congress, seats=6)
        come(admission, *(name.lower() for name in GUESTS), organisation_name="Muster GmbH")
        come(admission, "eve")
        Event.objects.filter(pk=congress.event_id).update(starts_on=today)
        admission = Admission.objects.get(pk=admission.pk)
        doors = [open_check_in(admission=admission, device=name, actor=cast.it_editor) for name in ("Left", "Right")]
        told = {
            "congress": congress.public_id, "codes": {name: one(name).public_id for name in (*GUESTS, "Eve")},
            "tickets": {name: token_of(one(name)) for name in GUESTS}, "doors": [pass_token(door) for door in doors],
            "sessions": {language: session(cast.it_editor, language) for language in ("de", "en")},
        }  # fmt: skip
    print(json.dumps(told))  # noqa: T201 (read by the test)


def arrived() -> None:
    """Names, days and devices of all arrivals."""
    rows = Arrival.objects.order_by("registration__name", "day")
    print(json.dumps([[row.registration.name, row.device, row.at.isoformat()] for row in rows]))  # noqa: T201 (as above)


def revoke(token: str) -> None:
    """The link of a device leads nowhere any more."""
    check_in = pass_by_token(token)
    assert check_in is not None
    with scope(cluster=None):
        revoke_check_in(check_in=check_in, actor=check_in.by)
