"""What each congress offers its guests: times, kinds of tickets, access codes, questions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.widgets.button import HeaderButton

from mitwerk.clusters.office import STILL_RIGHT
from mitwerk.core.office import IndexView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowForm, RowsPanel, both
from mitwerk.core.office_lists import text_column
from mitwerk.registrations.actions.offering import change_admission
from mitwerk.registrations.models import AccessCode, Admission, FeedbackBox, Seller, TicketKind
from mitwerk.registrations.office.policies import editors_policy
from mitwerk.registrations.queries import counted_admissions, run_sellers

MOST_CENTS = 100_000_00
QUESTIONS = ("first_question", "second_question", "third_question")


class EurosField(forms.DecimalField):
    """An amount in euros for a column of whole cents."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=9, decimal_places=2, min_value=0, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        euros = super().clean(value)
        return int(euros * 100) if euros is not None else 0

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(super().has_changed(self.prepare_value(initial), data))


class TicketKindForm(RowForm):
    """A price that fits for whom the ticket is."""

    price = EurosField(label=_("net price in euros"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        price, price_class = data.get("price") or 0, data.get("price_class")
        if price_class == TicketKind.Price.FREE and price:
            self.add_error("price", _("A free ticket costs nothing."))
        if price_class == TicketKind.Price.INVOICE and not price and "price" not in self.errors:
            self.add_error("price", _("Say what it costs, or choose another class."))
        if price > MOST_CENTS:
            self.add_error("price", _("No ticket is that dear."))
        if price and data.get("vat") == TicketKind.Rate.NONE and not data.get("vat_reason"):
            self.add_error("vat_reason", _("The invoice has to say why no VAT is charged."))
        return data


class AccessCodeForm(RowForm):
    """A code for a kind of ticket of this congress."""

    def clean_code(self) -> str:
        code = str(self.cleaned_data["code"])
        if not AccessCode.plain_of(code):
            raise forms.ValidationError(_("A code has letters or digits."))
        return code

    def clean_kind(self) -> TicketKind:
        kind: TicketKind = self.cleaned_data["kind"]
        if kind.admission_id != self.instance.admission_id:
            raise forms.ValidationError(_("This kind of ticket is another congress's."))
        return kind

    def values(self) -> dict[str, Any]:
        values = super().values()
        return {**values, "plain": AccessCode.plain_of(values["code"])} if "code" in values else values


class AdmissionForm(RecordForm):
    """What a congress offers. What somebody has booked by stays."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["seller"]
        field.queryset = Seller.objects.filter(
            Q(pk__in=run_sellers(self.for_user).values("pk")) | Q(pk=self.instance.seller_id)
        )
        for row in self.formsets["codes"].forms:
            row.fields["kind"].queryset = self.instance.kinds.all()
        self.formsets["codes"].empty_form.fields["kind"].queryset = self.instance.kinds.all()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("Registration closes after it opens."))
        if (data.get("pay_within") or 0) > 90:
            self.add_error("pay_within", _("90 days at most."))
        if FeedbackBox.objects.filter(admission=self.instance, count__gt=0).exists():
            for name in [one for one in QUESTIONS if one in self.changed_data]:
                self.add_error(name, _("Guests have answered this question already, so it stays."))
        return data

    def is_valid(self) -> bool:
        """Also looks at the rows that are to go, and at codes that are there twice."""
        if not super().is_valid():
            return False
        for name in ("kinds", "codes"):
            gone = [row.instance for row in self.formsets[name].deleted_forms if row.instance.pk]
            for record in gone:
                if record.bookings.exists():
                    self.add_error(None, _("Somebody has booked by it, so it stays: %(name)s") % {"name": record})
        for form in _second_ones(self.formsets["codes"]):
            form.add_error("code", _("This code is there already."))
        return not self.errors and not any(row.errors for row in self.formsets["codes"].forms)


def _second_ones(formset: Any) -> list[Any]:
    kept = [row for row in formset.forms if row not in formset.deleted_forms and row.cleaned_data.get("code")]
    codes = [AccessCode.plain_of(row.cleaned_data["code"]) for row in kept]
    return [row for place, row in enumerate(kept) if codes[place] in codes[:place]]


class AdmissionIndex(IndexView):
    """Registration is opened on a page of its own."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("registrations:admission_add")
        return [HeaderButton(_("Open registration"), url=url, icon_name="plus")]


KIND_PANELS: Sequence[Any] = (
    both("name"),
    both("description", rows=2),
    FieldRowPanel([FieldPanel("quota"), FieldPanel("price_class")]),
    FieldRowPanel([FieldPanel("price"), FieldPanel("vat")]),
    FieldPanel("vat_reason"),
    FieldRowPanel([FieldPanel("needs_approval"), FieldPanel("needs_code")]),
)


class AdmissionOffice(OfficeViewSet):
    """What each congress offers its guests."""

    model = Admission
    name = "admissions"
    menu_label = _("Registration")
    icon = "form"
    menu_order = 222
    index_view_class = AdmissionIndex
    hidden_views = frozenset({"usage", "add", "delete"})
    save_verb = change_admission
    acts = STILL_RIGHT
    policy = editors_policy(Admission, counted_admissions)
    form_class = AdmissionForm
    list_display = (
        "__str__",
        text_column("booked", _("Guests")),
        DateColumn("opens_at", label=_("Opens"), sort_key="opens_at"),
        DateColumn("closes_at", label=_("Closes"), sort_key="closes_at"),
    )
    list_export = ("public_id", "congress", "opens_at", "closes_at")
    list_prefetch = ("congress__event",)
    search_fields = ("congress__event__title",)
    tabs = (
        (
            _("Registration"),
            (
                HelpPanel(template="registrations/_office_help.html"),
                MultiFieldPanel(
                    [FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")])],
                    heading=_("From when until when"),
                ),
                both("text", rows=4),
            ),
        ),
        (
            _("Tickets"),
            (
                RowsPanel(
                    "kinds", list(KIND_PANELS), form=TicketKindForm, label=_("kind of ticket"),
                    heading=_("Kinds of tickets"),
                ),
                RowsPanel(
                    "codes",
                    [
                        FieldRowPanel([FieldPanel("code"), FieldPanel("kind")]),
                        FieldRowPanel([FieldPanel("most"), FieldPanel("note")]),
                    ],
                    form=AccessCodeForm, label=_("access code"), heading=_("Access codes"),
                    help_text=_("Save a new kind of ticket before you make codes for it."),
                ),
            ),
        ),
        (
            _("Questions"),
            (
                RowsPanel(
                    "questions",
                    [
                        both("wording"), FieldRowPanel([FieldPanel("kind"), FieldPanel("is_needed")]),
                        both("options", rows=3),
                    ],
                    label=_("question"), heading=_("Questions"),
                    help_text=_("What guests eat and need is asked anyway, and deleted a week after the congress."),
                ),
            ),
        ),
        (
            _("Afterwards"),
            (
                HelpPanel(template="registrations/_results_help.html"),
                MultiFieldPanel(
                    [both("first_question"), both("second_question"), both("third_question")],
                    heading=_("Three questions to the guests"),
                    help_text=_("Empty: ours. They can be changed until the first guest has answered."),
                ),
                FieldPanel("shows_feedback"),
                FieldPanel("shows_figures"),
            ),
        ),
        (_("Invoices"), (FieldPanel("seller"), FieldPanel("pay_within"), FieldPanel("refund_until"))),
    )  # fmt: skip
