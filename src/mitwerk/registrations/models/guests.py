"""Who comes. A booking is what somebody sent at once: for themselves, or for a group of an organisation."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import registrations as way
from mitwerk.core.ids import new_public_id
from mitwerk.registrations.models.admissions import AccessCode, Admission, TicketKind
from mitwerk.registrations.models.invoices import Invoice

COUNTRIES = (
    ("DE", pgettext_lazy("country", "Germany")), ("AT", pgettext_lazy("country", "Austria")),
    ("BE", pgettext_lazy("country", "Belgium")), ("CH", pgettext_lazy("country", "Switzerland")),
    ("CZ", pgettext_lazy("country", "Czechia")), ("DK", pgettext_lazy("country", "Denmark")),
    ("ES", pgettext_lazy("country", "Spain")), ("FI", pgettext_lazy("country", "Finland")),
    ("FR", pgettext_lazy("country", "France")), ("GB", pgettext_lazy("country", "United Kingdom")),
    ("HU", pgettext_lazy("country", "Hungary")), ("IE", pgettext_lazy("country", "Ireland")),
    ("IT", pgettext_lazy("country", "Italy")), ("LU", pgettext_lazy("country", "Luxembourg")),
    ("NL", pgettext_lazy("country", "Netherlands")), ("NO", pgettext_lazy("country", "Norway")),
    ("PL", pgettext_lazy("country", "Poland")), ("PT", pgettext_lazy("country", "Portugal")),
    ("SE", pgettext_lazy("country", "Sweden")), ("SK", pgettext_lazy("country", "Slovakia")),
    ("US", pgettext_lazy("country", "United States")),
)  # fmt: skip
"""Where invoices go to; an address elsewhere is written by the office."""


class Booking(models.Model):
    """What was sent at once, with whom the invoice goes to. Its people are its registrations."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    admission = models.ForeignKey(Admission, models.PROTECT, related_name="bookings")
    kind = models.ForeignKey(TicketKind, models.PROTECT, related_name="bookings", verbose_name=_("kind of ticket"))
    key = models.CharField(max_length=64, editable=False)
    """Of the form: sent twice it is one booking."""
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    organisation_name = models.CharField(_("organisation as typed"), max_length=250, blank=True)
    guest_of = models.CharField(_("guest of"), max_length=200, blank=True)
    code = models.ForeignKey(AccessCode, models.PROTECT, null=True, blank=True, related_name="bookings")
    bill_name = models.CharField(_("invoice to"), max_length=250, blank=True)
    bill_street = models.CharField(_("street and number"), max_length=200, blank=True)
    bill_postcode = models.CharField(_("postal code"), max_length=20, blank=True)
    bill_city = models.CharField(_("town"), max_length=120, blank=True)
    bill_country = models.CharField(_("country"), max_length=2, choices=COUNTRIES, default="DE")
    bill_vat_id = models.CharField(_("VAT id"), max_length=20, blank=True)
    bill_reference = models.CharField(_("your reference"), max_length=100, blank=True)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["admission", "key"], name="registrations_form_counts_once"),
        ]

    def __str__(self) -> str:
        return f"{self.admission} · {self.public_id}"

    @property
    def organisation_label(self) -> str:
        return str(self.organisation) if self.organisation else self.organisation_name


class Registration(models.Model):
    """A person who wants to come. `seat` is a number within the quota of the kind of ticket; nobody else has it."""

    class State(models.TextChoices):
        ASKED = way.ASKED, pgettext_lazy("state of a registration", "waits for the office")
        WAITING = way.WAITING, pgettext_lazy("state of a registration", "on the waiting list")
        OFFERED = way.OFFERED, pgettext_lazy("state of a registration", "seat is held")
        BOOKED = way.BOOKED, pgettext_lazy("state of a registration", "registered")
        CANCELLED = way.CANCELLED, pgettext_lazy("state of a registration", "cancelled")
        REFUSED = way.REFUSED, pgettext_lazy("state of a registration", "refused")
        LAPSED = way.LAPSED, pgettext_lazy("state of a registration", "seat was not taken")
        DOUBLE = way.DOUBLE, pgettext_lazy("state of a registration", "was registered already")

    public_id = models.CharField(_("ticket"), max_length=16, unique=True, default=new_public_id, editable=False)
    booking = models.ForeignKey(Booking, models.CASCADE, related_name="registrations", verbose_name=_("booking"))
    admission = models.ForeignKey(Admission, models.PROTECT, related_name="registrations", verbose_name=_("congress"))
    kind = models.ForeignKey(TicketKind, models.PROTECT, related_name="registrations", verbose_name=_("kind of ticket"))
    leads = models.BooleanField(_("has registered the others"), default=False)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), blank=True)
    """Empty for who came without registering and left none."""
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="de")
    state = models.CharField(
        pgettext_lazy("how far something is", "state"), max_length=10, choices=State, default=State.WAITING
    )
    seat = models.PositiveIntegerField(_("seat"), null=True, blank=True, editable=False)
    queued_at = models.DateTimeField(_("in line since"), default=timezone.now)
    held_until = models.DateTimeField(_("seat is held until"), null=True, blank=True)
    diet = models.CharField(_("dietary needs"), max_length=500, blank=True)
    access_needs = models.CharField(_("access needs"), max_length=500, blank=True)
    answers: Any = models.JSONField(_("answers"), default=dict, blank=True)
    """Public id of the question to the answer in words."""
    invoice = models.ForeignKey(
        Invoice, models.SET_NULL, null=True, blank=True, related_name="registrations", verbose_name=_("invoice")
    )
    credit = models.ForeignKey(
        Invoice, models.SET_NULL, null=True, blank=True, related_name="credited", verbose_name=_("taken back by")
    )
    is_free_of_charge = models.BooleanField(_("the invoice is taken back"), default=False)
    created_at = models.DateTimeField(_("registered"), default=timezone.now)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "admission",
                Lower("email"),
                condition=Q(state__in=sorted(way.OPEN)) & ~Q(email=""),
                name="registrations_person_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "seat"], condition=Q(seat__isnull=False), name="registrations_seat_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(way.SEATED), seat__isnull=False, seat__gte=1)
                | (~Q(state__in=sorted(way.SEATED)) & Q(seat=None)),
                name="registrations_seat_fits_the_state",
            ),
            models.CheckConstraint(
                condition=Q(state="offered", held_until__isnull=False) | (~Q(state="offered") & Q(held_until=None)),
                name="registrations_held_until_a_time",
            ),
        ]
        indexes = [models.Index(fields=["kind", "state", "queued_at"], name="registrations_line")]

    def __str__(self) -> str:
        """Without the name, because this stands in the log."""
        return f"{self.kind} · {self.public_id}"

    @property
    def is_open(self) -> bool:
        return self.state in way.OPEN

    @property
    def organisation_label(self) -> str:
        return self.booking.organisation_label

    @property
    def guest_of(self) -> str:
        return self.booking.guest_of

    @property
    def answers_in_words(self) -> str:
        """For lists: each question with its answer."""
        asked = {one.public_id: str(one) for one in self.admission.questions.all()}
        return "\n".join(f"{asked[key]}: {text}" for key, text in self.answers.items() if key in asked)
