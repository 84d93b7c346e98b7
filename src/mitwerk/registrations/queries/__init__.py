"""Reads of registrations: what is offered, what a link opens, who waits, what is due; and what whose office sees."""

from datetime import timedelta
from typing import Any

from django.core import signing
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scope

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships, visible_organisations
from mitwerk.algorithms import registrations as way
from mitwerk.algorithms.text import normalise_name
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import edited_cluster_ids, is_editor, is_umbrella_editor
from mitwerk.congress.models import Congress
from mitwerk.congress.queries import run_congresses
from mitwerk.core.desk import DeskRow
from mitwerk.events.queries import published_events
from mitwerk.registrations.models import (
    AccessCode,
    Admission,
    Arrival,
    Booking,
    Invoice,
    Registration,
    Seller,
    TicketKind,
)

SALT = "mitwerk.registrations"
NEEDS_KEPT, REGISTRATIONS_KEPT, INVOICES_KEPT = timedelta(days=7), timedelta(days=365), timedelta(days=3288)
MOST_NAMES = 500
"""So many members are offered while somebody types; the others can be typed."""


def admission_of(slug: str) -> Admission | None:
    """Of the published congress of this address, in the cluster (or region) that is in scope."""
    found = Admission.objects.select_related("congress__event", "congress__cluster", "seller")
    return found.filter(congress__event__slug=slug, congress__event__in=published_events()).first()


def offered_kinds(admission: Admission) -> list[Any]:
    """Kinds of tickets with `taken` seats and how many wait, so that a page says which are full.

    What costs something is not offered while nobody is named who writes the invoice.
    """
    kinds = admission.kinds.annotate(
        taken=Count("registrations", filter=Q(registrations__state__in=way.SEATED)),
        waiting=Count("registrations", filter=Q(registrations__state=way.WAITING)),
    ).order_by("position", "pk")
    return list(kinds if admission.seller_id else kinds.filter(price=0))


def is_full(kind: Any) -> bool:
    """Whether the next one gets on the waiting list; `kind` is one of `offered_kinds`."""
    return bool(kind.taken >= kind.quota or kind.waiting)


def token_of(registration: Registration) -> str:
    """What the link in the mail holds: signed, so that nobody makes one, and the same each time it is sent."""
    return signing.Signer(salt=SALT, sep=".").sign(registration.public_id)


def registration_by_token(token: str) -> Registration | None:
    try:
        public_id = signing.Signer(salt=SALT, sep=".").unsign(token)
    except signing.BadSignature:
        return None
    found = Registration.objects.select_related(
        "booking__organisation", "kind", "admission__congress__event", "admission__congress__cluster"
    )
    return found.filter(public_id=public_id).first()


def group_of(registration: Registration) -> list[Registration]:
    """Whom somebody has registered besides themselves; nobody's for those who were registered by somebody else.

    How it stands with each is told to them alone.
    """
    if not registration.leads:
        return []
    return list(registration.booking.registrations.exclude(pk=registration.pk).order_by("pk"))


def invoices_of(booking: Booking) -> QuerySet[Invoice]:
    """The documents of a booking, the first one first."""
    return Invoice.objects.filter(booking_id_text=booking.public_id).defer("data").order_by("pk")


def open_registration(admission: Admission, email: str) -> Registration | None:
    """Whoever has this address and may come."""
    return admission.registrations.filter(email__iexact=email, state__in=way.OPEN).first()


def code_of(admission: Admission, kind: TicketKind | None, text: str) -> AccessCode | None:
    plain = AccessCode.plain_of(text)
    return admission.codes.filter(kind=kind, plain=plain).first() if plain and kind else None


def uses_of(code: AccessCode) -> int:
    """How many come by it; who was registered already counts as well, so that nobody learns it by counting."""
    return Registration.objects.filter(booking__code=code, state__in=[*way.OPEN, way.DOUBLE]).count()


def taken_seats(kind: TicketKind) -> list[int]:
    found = kind.registrations.filter(seat__isnull=False).values_list("seat", flat=True)
    return [seat for seat in found if seat]


def first_in_line(kind: TicketKind) -> Registration | None:
    line = kind.registrations.filter(state=way.WAITING).select_related("booking", "kind", "admission__congress__event")
    return line.order_by("queued_at", "pk").first()


def place_in_line(registration: Registration) -> int:
    """1 is the next; 0 for who does not wait."""
    if registration.state != way.WAITING:
        return 0
    before = Q(queued_at__lt=registration.queued_at) | Q(queued_at=registration.queued_at, pk__lte=registration.pk)
    return registration.kind.registrations.filter(before, state=way.WAITING).count()


def ended_offers(admission: Admission) -> QuerySet[Registration]:
    over = admission.registrations.filter(state=way.OFFERED, held_until__lte=timezone.now())
    return over.select_related("booking", "kind", "admission__congress__event").order_by("held_until", "pk")


def moving_admissions() -> QuerySet[Admission]:
    """Those in which somebody waits, or holds a seat that was not taken in time."""
    found = Registration.objects.filter(admission=OuterRef("pk"))
    ended = Q(state=way.OFFERED, held_until__lte=timezone.now())
    return Admission.objects.filter(Exists(found.filter(Q(state=way.WAITING) | ended))).order_by("pk")


def due_bookings() -> QuerySet[Booking]:
    """Those with a seat that costs something and stands on no invoice, or one that is to be taken back."""
    booked = Q(state=way.BOOKED, kind__price__gt=0, invoice=None, admission__seller__isnull=False)
    returned = Q(is_free_of_charge=True, invoice__isnull=False, credit=None)
    rows = Registration.objects.filter(booked | returned, booking=OuterRef("pk"))
    return Booking.objects.filter(Exists(rows)).order_by("pk")


def organisation_named(name: str) -> Organisation | None:
    """The organisation of the directory that is called so."""
    key = normalise_name(name)
    is_it = Q(normalised_name=key) | Q(name__iexact=name.strip())
    return visible_organisations(None).filter(is_it).order_by("pk").first() if key else None


def clusters_of(admission: Admission) -> list[Cluster]:
    return list(admission.congress.event.clusters.all())


def _members(admission: Admission) -> QuerySet[Organisation]:
    """Members of the congress's clusters; of any cluster where the region itself runs it."""
    memberships = current_memberships()
    if clusters := clusters_of(admission):
        memberships = memberships.filter(cluster__in=clusters)
    return visible_organisations(None).filter(Exists(memberships.filter(organisation=OuterRef("pk"))))


def is_member(organisation: Organisation | None, admission: Admission) -> bool:
    with scope(cluster=None):
        return organisation is not None and _members(admission).filter(pk=organisation.pk).exists()


def member_names(admission: Admission) -> list[str]:
    with scope(cluster=None):
        return list(_members(admission).order_by("sort_name", "pk").values_list("name", flat=True)[:MOST_NAMES])


# What the office sees


def run_admissions(user: Any) -> QuerySet[Admission]:
    return Admission.objects.select_related("congress__event").filter(congress__in=run_congresses(user))


def counted_admissions(user: Any) -> QuerySet[Admission]:
    """With `booked`: how many have a seat."""
    booked = Count("registrations", filter=Q(registrations__state=way.BOOKED))
    return run_admissions(user).annotate(booked=booked)


def run_kinds(user: Any) -> QuerySet[TicketKind]:
    return TicketKind.objects.filter(admission__in=run_admissions(user)).order_by("admission", "position", "pk")


def run_registrations(user: Any) -> QuerySet[Registration]:
    """Those for the user's congresses, with when they first `arrived`; doubles, which are nobody's, are left out."""
    found = Registration.objects.filter(admission__congress__in=run_congresses(user)).exclude(state=way.DOUBLE)
    arrivals = Arrival.objects.filter(registration=OuterRef("pk")).order_by("at")
    found = found.annotate(arrived=Subquery(arrivals.values("at")[:1]))
    return found.select_related("booking__organisation", "kind", "admission__congress__event", "invoice")


def run_sellers(user: Any) -> QuerySet[Seller]:
    sellers = Seller.objects.select_related("cluster")
    return sellers if is_umbrella_editor(user) else sellers.filter(cluster__in=edited_cluster_ids(user))


def run_invoices(user: Any) -> QuerySet[Invoice]:
    return Invoice.objects.defer("data").select_related("seller").filter(seller__in=run_sellers(user))


def congresses_without(user: Any) -> QuerySet[Congress]:
    """The user's congresses that take no registrations yet and are not over."""
    today = timezone.localdate()
    coming = Q(event__ends_on__gte=today) | Q(event__ends_on=None, event__starts_on__gte=today)
    return run_congresses(user).filter(coming, admission=None)


def desk_rows(user: Any) -> list[DeskRow]:
    """For the office: congresses for which somebody waits for its decision, and those that are today or tomorrow."""
    if not is_editor(user):
        return []
    today = timezone.localdate()
    last = Coalesce("congress__event__ends_on", "congress__event__starts_on")
    waits = Count("registrations", filter=Q(registrations__state=way.ASKED))
    is_near = Q(congress__event__starts_on__lte=today + timedelta(days=1), last__gte=today)
    found = run_admissions(user).annotate(asked=waits, last=last).filter(is_near | Q(asked__gt=0)).order_by("pk")
    index = reverse("office_registrations:index")
    rows = []
    for one in found[:MOST_ROWS]:
        if one.asked:
            url = f"{index}?admission={one.pk}&state={way.ASKED}"
            title = _("Guests who wait for your decision")
            rows.append(DeskRow(title=title, text=f"{one} ({one.asked})", url=url, action=_("Decide")))
        if one.congress.event.starts_on <= today + timedelta(days=1) and one.last >= today:
            url = reverse("registrations:day", args=[one.congress.public_id])
            rows.append(DeskRow(title=_("Check-in and badges"), text=str(one), url=url, action=_("On the day")))
    return rows


# What is forgotten


def admissions_over(kept: timedelta) -> list[int]:
    """Admissions to congresses that have been over for so long."""
    last = timezone.now() - kept
    found = Admission.objects.select_related("congress__event").filter(congress__event__starts_on__lte=last.date())
    return [one.pk for one in found if one.over_at < last]


def old_needs(kept: timedelta = NEEDS_KEPT) -> QuerySet[Registration]:
    found = Registration.objects.filter(admission__in=admissions_over(kept))
    return found.exclude(diet="", access_needs="")


def old_bookings(kept: timedelta = REGISTRATIONS_KEPT) -> QuerySet[Booking]:
    return Booking.objects.filter(admission__in=admissions_over(kept))


def old_invoices(kept: timedelta = INVOICES_KEPT) -> QuerySet[Invoice]:
    return Invoice.objects.filter(issued_at__lt=timezone.now() - kept)
