"""A congress of the IT cluster that takes registrations, with one free ticket for three guests."""

from itertools import count
from typing import Any

from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.models import Congress
from mitwerk.core.translated import Translated
from mitwerk.registrations.actions.offering import set_up
from mitwerk.registrations.actions.registering import Bill, Guest, Order, register
from mitwerk.registrations.models import Admission, Booking, Registration, Seller, TicketKind

BILL = Bill("Muster & Söhne GmbH", "Ring 1", "09111", "Chemnitz", bill_reference="Best. 7")
_keys = count(1)


def make_admission(congress: Congress, seats: int = 3) -> Admission:
    admission = set_up(congress=congress, actor=None)
    admission.kinds.update(quota=seats)
    return Admission.objects.get(pk=admission.pk)


def make_kind(admission: Admission, quota: int = 10, **more: Any) -> TicketKind:
    said = {"name": Translated({"de": "Karte", "en": "Card"}), **more}
    return TicketKind.objects.create(admission=admission, quota=quota, **said)


def make_seller(cast: Cast, admission: Admission | None = None) -> Seller:
    seller = Seller.objects.create(
        cluster=cast.it, name="Cluster IT e. V.", street="Markt 1", postcode="04109", city="Leipzig",
        vat_id="DE123456789", iban="DE02 1203 0000 0000 2020 51", email="kasse@example.org",
    )  # fmt: skip
    if admission is not None:
        admission.seller = seller
        admission.save()
    return seller


def guest(name: str, **more: Any) -> Guest:
    return Guest(name.capitalize(), f"{name.lower()}@example.org", **more)


def come(admission: Admission, *names: str, kind: TicketKind | None = None, **more: Any) -> Booking:
    """They register at once, by a form of their own."""
    chosen = kind or admission.kinds.order_by("pk")[0]
    more.setdefault("key", f"a-key-that-is-long-enough-{next(_keys)}")
    order = Order(kind=chosen, language=more.pop("language", "en"), **more)
    return register(admission=admission, order=order, guests=[guest(name) for name in names])


def states(admission: Admission) -> dict[str, str]:
    """Name to state, in the order in which they came; of several rows of one name the last."""
    return dict(admission.registrations.order_by("pk").values_list("name", "state"))


def seats(admission: Admission) -> dict[str, int]:
    return dict(admission.registrations.exclude(seat=None).order_by("seat").values_list("name", "seat"))


def one(name: str) -> Registration:
    """The last one of this name, as it stands now."""
    found = Registration.objects.select_related("booking", "kind", "admission__congress__event")
    return found.filter(name=name).order_by("-pk")[0]
