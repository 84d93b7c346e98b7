"""Who writes invoices, the numbers they have used, and the invoices. An invoice is never changed."""

from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.algorithms.invoices import Party
from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated


class Seller(Dated):
    """An association that writes invoices: a cluster's, or the umbrella body's where `cluster` is empty."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("cluster")
    )
    name = models.CharField(_("name"), max_length=200, help_text=_("With its legal form, as it is registered."))
    street = models.CharField(_("street and number"), max_length=200)
    postcode = models.CharField(_("postal code"), max_length=20)
    city = models.CharField(_("town"), max_length=120)
    country = models.CharField(_("country"), max_length=2, default="DE", help_text=_("Two letters: DE."))
    contact = models.CharField(_("who answers questions"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    vat_id = models.CharField(_("VAT id"), max_length=20, blank=True)
    tax_number = models.CharField(_("tax number"), max_length=40, blank=True)
    iban = models.CharField(_("IBAN"), max_length=42)
    bic = models.CharField(_("BIC"), max_length=11, blank=True)

    class Meta:
        verbose_name = _("who writes invoices")
        verbose_name_plural = _("who writes invoices")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(vat_id="") | ~Q(tax_number=""), name="registrations_seller_has_a_tax_number"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def party(self) -> Party:
        return Party(
            self.name, self.street, self.postcode, self.city, self.country, contact=self.contact, email=self.email,
            vat_id=self.vat_id, tax_number=self.tax_number,
        )  # fmt: skip


class Counter(models.Model):
    """The last number a seller has used in a year. Who writes an invoice locks this row until it stands."""

    seller = models.ForeignKey(Seller, models.PROTECT, related_name="counters")
    year = models.PositiveSmallIntegerField(_("year"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("number range")
        verbose_name_plural = _("number ranges")
        ordering = ["-year", "pk"]
        constraints = [models.UniqueConstraint(fields=["seller", "year"], name="registrations_counts_once_a_year")]

    def __str__(self) -> str:
        return f"{self.seller} {self.year}"


class Invoice(models.Model):
    """A document as it went out: its number and its data. The database refuses to change it (append only).

    It outlives the registrations it is about, so it names their booking by its public id.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", pgettext_lazy("kind of document", "invoice")
        CANCELLATION = "cancellation", pgettext_lazy("kind of document", "cancellation")
        CREDIT_NOTE = "credit-note", pgettext_lazy("kind of document", "credit note")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    seller = models.ForeignKey(Seller, models.PROTECT, related_name="invoices", verbose_name=_("who writes invoices"))
    year = models.PositiveSmallIntegerField(_("year"))
    count = models.PositiveIntegerField(_("number in the year"))
    number = models.CharField(_("number"), max_length=20)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections", verbose_name=_("takes back")
    )
    booking_id_text = models.CharField(_("booking"), max_length=16)
    congress_name = models.CharField(_("congress"), max_length=250)
    buyer_name = models.CharField(_("invoice to"), max_length=250)
    issued_at = models.DateTimeField(_("issued"), default=timezone.now)
    net = models.IntegerField(_("net, in cents"))
    gross = models.IntegerField(_("total, in cents"))
    data: Any = models.JSONField(_("data"))

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        ordering = ["-year", "-count", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["seller", "year", "count"], name="registrations_invoice_number_once"),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects=None) | (~Q(kind="invoice") & Q(corrects__isnull=False)),
                name="registrations_correction_names_its_invoice",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=Q(kind="cancellation"), name="registrations_cancelled_once"
            ),
        ]
        indexes = [models.Index(fields=["booking_id_text"], name="registrations_of_booking")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def net_euros(self) -> Decimal:
        return Decimal(self.net) / 100

    @property
    def gross_euros(self) -> Decimal:
        return Decimal(self.gross) / 100


class Document(models.Model):
    """The file of an invoice, made once from its data and kept as it is."""

    invoice = models.OneToOneField(Invoice, models.CASCADE, related_name="document", verbose_name=_("invoice"))
    file = models.BinaryField(_("file"))

    class Meta:
        verbose_name = _("file of an invoice")
        verbose_name_plural = _("files of invoices")

    def __str__(self) -> str:
        return str(self.invoice)
