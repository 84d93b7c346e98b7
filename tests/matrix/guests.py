"""A congress of cluster A with a guest, and its day."""

from typing import Any

from django.db.models import Model
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.tests.cast import make_congress
from mitwerk.core.translated import Translated
from mitwerk.registrations.actions.arriving import open_check_in
from mitwerk.registrations.actions.invoicing import write_for
from mitwerk.registrations.models import Admission, Invoice, Lead, Registration
from mitwerk.registrations.queries import token_of
from mitwerk.registrations.queries.day import pass_token
from mitwerk.registrations.tests.cast import BILL, come, make_admission, make_kind, make_seller

DAY_PAGES = (
    "day", "pass_list", "pass_detail", "pass_code", "pass_revoke", "walk_in_add", "bulletin_add", "badge_list",
    "badge_file",
)  # fmt: skip
DOOR_PAGES = ("check_in", "check_in_send", "check_in_guests", "check_in_worker", "check_in_rooms")


def guest_records(cast: Cast) -> dict[str, Model]:
    """A congress of A with a guest, who paid for somebody's ticket."""
    title = Translated({"de": "Kongress mit Gästen"})
    soon = timezone.localdate() + timezone.timedelta(days=90)
    congress = make_congress(cast, title=title, starts_on=soon, ends_on=None)
    admission = make_admission(congress)
    seller = make_seller(cast, admission)
    booking = come(admission, "guest", kind=make_kind(admission, price_class="invoice", price=100), bill=BILL)
    write_for(pk=booking.pk)
    return {
        "admissions": admission, "registrations": booking.registrations.get(), "sellers": seller,
        "invoices": Invoice.objects.get(), **_day(cast, admission, booking.registrations.get()),
    }  # fmt: skip


def _day(cast: Cast, admission: Admission, guest: Registration) -> dict[str, Model]:
    """A device at the door, and somebody who asks the guest for their address."""
    other = come(admission, "other").registrations.get()
    return {
        "device at the door": open_check_in(admission=admission, device="Haupteingang", actor=cast.it_editor),
        "lead": Lead.objects.create(asker=other, asked=guest),
    }


def places_of_guests(records: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """Of the congress with a guest: the ticket, the office's day, a device at the door, and who asks for an address."""
    congress = records["admissions"].congress
    return {
        ("registrations", "slug"): congress.event.slug,
        ("registrations", "token"): token_of(records["registrations"]),
        ("registrations", "public_id"): records["invoices"].public_id,
        **{(f"registrations:{name}", "public_id"): congress.public_id for name in DAY_PAGES},
        ("registrations", "pass_id"): records["device at the door"].public_id,
        ("registrations", "paper"): "badges",
        **{(f"registrations:{name}", "token"): pass_token(records["device at the door"]) for name in DOOR_PAGES},
        **{(f"registrations:lead_{act}", "public_id"): records["lead"].public_id for act in ("agree", "end")},
        ("registrations:results_office", "public_id"): congress.public_id,
        ("registrations:figures_file", "public_id"): congress.public_id,
        ("registrations", "kind"): "csv",
    }
