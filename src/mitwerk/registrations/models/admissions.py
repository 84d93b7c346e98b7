"""What a congress offers its guests: kinds of tickets, questions, access codes, and from when until when."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.registrations import plain_code
from mitwerk.congress.models import Congress
from mitwerk.core.addresses import address_of
from mitwerk.core.ids import new_public_id
from mitwerk.core.models import Dated, Worded
from mitwerk.core.translated import TranslatedField
from mitwerk.registrations.models.invoices import Seller

FEEDBACK_FOR = dt.timedelta(days=60)
"""So long after the congress guests may say how it was."""
ASKED_AFTERWARDS = (
    gettext_lazy("How much did the congress help you in your work?"),
    gettext_lazy("How well could you meet people whom you want to work with?"),
    gettext_lazy("How gladly would you come again?"),
)
"""Where the office asks nothing else."""


@dataclass(frozen=True)
class Results:
    """The page that tells everybody how many came and what they say."""

    slug: str

    def address(self, cluster_slug: str | None = None) -> str:
        return address_of("registrations:results_public", slug=self.slug, cluster=cluster_slug)


class Admission(Worded, Dated):
    """How a congress takes registrations. Whoever changes who has a seat locks this row first."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    congress = models.OneToOneField(
        Congress, models.CASCADE, related_name="admission", verbose_name=_("congress"), editable=False
    )
    opens_at = models.DateTimeField(_("registration opens"), default=timezone.now)
    closes_at = models.DateTimeField(
        _("registration closes"), null=True, blank=True, help_text=_("Empty: when the congress begins.")
    )
    text = TranslatedField(
        _("what guests should know"), blank=True, help_text=_("What is included, how to get there, whom to ask.")
    )
    seller = models.ForeignKey(
        Seller, models.PROTECT, null=True, blank=True, related_name="admissions", verbose_name=_("who writes invoices"),
        help_text=_("Tickets that cost something are only offered where this is said."),
    )  # fmt: skip
    pay_within = models.PositiveSmallIntegerField(_("days to pay an invoice"), default=14)
    refund_until = models.DateField(
        _("cancelled free of charge until"), null=True, blank=True,
        help_text=_("Empty: always. After this day the invoice stands, unless the office cancels for the guest."),
    )  # fmt: skip
    first_question = TranslatedField(_("first question"), blank=True)
    second_question = TranslatedField(_("second question"), blank=True)
    third_question = TranslatedField(_("third question"), blank=True)
    shows_feedback = models.BooleanField(
        _("everybody sees the marks"), default=False,
        help_text=_("From five answers on. The words stay with the office."),
    )  # fmt: skip
    shows_figures = models.BooleanField(
        _("everybody sees how many guests came from where"), default=False,
        help_text=_("Groups of fewer than five people are put together."),
    )  # fmt: skip
    thanked_at = models.DateTimeField(_("guests thanked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("registration for a congress")
        verbose_name_plural = _("registrations for congresses")
        ordering = ["-congress__event__starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at=None) | Q(closes_at__gt=F("opens_at")), name="registrations_close_after_they_open"
            ),
            models.CheckConstraint(condition=Q(pay_within__lte=90), name="registrations_days_to_pay_are_sensible"),
        ]

    def __str__(self) -> str:
        return str(self.congress.event)

    def address(self, cluster_slug: str | None = None) -> str:
        """The page on which guests register."""
        return address_of("registrations:registration_add", slug=self.congress.event.slug, cluster=cluster_slug)

    def get_absolute_url(self) -> str:
        return self.address()

    @property
    def begins_at(self) -> dt.datetime:
        """When the congress begins; on the first of its month while no day is known."""
        congress = self.congress
        return timezone.make_aware(dt.datetime.combine(congress.event.first_day, congress.opens_at))

    @property
    def over_at(self) -> dt.datetime:
        """When the congress closes on its last day."""
        congress = self.congress
        return timezone.make_aware(dt.datetime.combine(congress.event.last_day, congress.closes_at))

    @property
    def ends_at(self) -> dt.datetime:
        """When registration closes."""
        return self.closes_at or self.begins_at

    @property
    def is_open(self) -> bool:
        """Whether guests can register now."""
        return self.opens_at <= timezone.now() < self.ends_at

    @property
    def is_over(self) -> bool:
        """No seat is given any more."""
        return self.begins_at <= timezone.now()

    @property
    def asked_afterwards(self) -> list[str]:
        """The three questions, in the reader's language: the office's, or ours."""
        own = (self.first_question, self.second_question, self.third_question)
        return [str(one) or str(ours) for one, ours in zip(own, ASKED_AFTERWARDS, strict=True)]

    @property
    def takes_feedback(self) -> bool:
        """Guests may say how it was."""
        return self.over_at <= timezone.now() < self.over_at + FEEDBACK_FOR

    @property
    def thanked_from(self) -> dt.datetime:
        """The morning after the last day."""
        day = self.congress.event.last_day + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(day, dt.time(9, 0)))

    @property
    def public_results(self) -> Results | None:
        """What the office wants everybody to read when it is over."""
        is_told = self.shows_feedback or self.shows_figures
        return Results(self.congress.event.slug) if is_told and self.over_at <= timezone.now() else None


class TicketKind(Worded):
    """A kind of ticket with its number of seats. `price` in cents, net; only a free one never costs anything."""

    class Price(models.TextChoices):
        FREE = "free", pgettext_lazy("class of prices", "free")
        MEMBER = "member", pgettext_lazy("class of prices", "for members of the cluster")
        PARTNER = "partner", pgettext_lazy("class of prices", "for guests of a partner cluster")
        INVOICE = "invoice", pgettext_lazy("class of prices", "paid by invoice")

    class Rate(models.IntegerChoices):
        FULL = 19, "19 %"
        REDUCED = 7, "7 %"
        NONE = 0, _("no VAT")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    admission = models.ForeignKey(Admission, models.CASCADE, related_name="kinds")
    name = TranslatedField(_("name"))
    description = TranslatedField(_("description"), blank=True)
    quota = models.PositiveIntegerField(_("seats"))
    price_class = models.CharField(_("for whom"), max_length=10, choices=Price, default=Price.FREE)
    price = models.PositiveIntegerField(_("net price in cents"), default=0)
    vat = models.PositiveSmallIntegerField(_("VAT"), choices=Rate, default=Rate.FULL)
    vat_reason = models.CharField(
        _("why no VAT is charged"), max_length=200, blank=True, help_text=_("As it has to stand on the invoice.")
    )
    needs_approval = models.BooleanField(_("the office decides who comes"), default=False)
    needs_code = models.BooleanField(_("only with an access code"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("kind of ticket")
        verbose_name_plural = _("kinds of tickets")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(price_class="free", price=0)
                | Q(price_class="invoice", price__gt=0)
                | Q(price_class__in=["member", "partner"]),
                name="registrations_price_fits_its_class",
            ),
            models.CheckConstraint(
                condition=Q(price=0) | Q(vat__gt=0) | ~Q(vat_reason=""), name="registrations_no_vat_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(price__lte=100_000_00), name="registrations_price_is_sensible"),
        ]

    def __str__(self) -> str:
        return str(self.name)


class Question(Worded):
    """What the office asks besides. A choice has its options in each language, one a line, in the same order."""

    class Kind(models.TextChoices):
        LINE = "line", pgettext_lazy("kind of question", "a short answer")
        TEXT = "text", pgettext_lazy("kind of question", "a long answer")
        TICK = "tick", pgettext_lazy("kind of question", "yes or no")
        CHOICE = "choice", pgettext_lazy("kind of question", "one of several")

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    admission = models.ForeignKey(Admission, models.CASCADE, related_name="questions")
    wording = TranslatedField(_("question"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LINE)
    options = TranslatedField(_("options"), blank=True, help_text=_("One per line, for “one of several” only."))
    is_needed = models.BooleanField(_("must be answered"), default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.wording)

    @property
    def choices(self) -> list[str]:
        """The options in the reader's language."""
        return [line.strip() for line in str(self.options).splitlines() if line.strip()]


class AccessCode(models.Model):
    """A word that opens one kind of ticket, so many times."""

    admission = models.ForeignKey(Admission, models.CASCADE, related_name="codes")
    kind = models.ForeignKey(TicketKind, models.CASCADE, related_name="codes", verbose_name=_("kind of ticket"))
    code: Any = models.CharField(_("code"), max_length=40)
    plain = models.CharField(max_length=40, editable=False)
    """As it is compared."""
    most = models.PositiveIntegerField(_("how often it can be used"), default=1)
    note = models.CharField(_("for whom"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("access code")
        verbose_name_plural = _("access codes")
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["admission", "plain"], name="registrations_code_once")]

    def __str__(self) -> str:
        return str(self.code)

    @staticmethod
    def plain_of(text: str) -> str:
        return plain_code(text)[:40]
