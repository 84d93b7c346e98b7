"""The office's side: what is offered, who comes, who writes invoices, and the invoices."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, MultiFieldPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.widgets.button import HeaderButton

from mitwerk.algorithms import registrations as way
from mitwerk.clusters.office import STILL_RIGHT
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_editor, is_umbrella_editor
from mitwerk.core.office import Act, IndexView, InspectView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowForm, RowsPanel, both
from mitwerk.core.office_lists import text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.registrations.actions.changing import approve_registration, cancel_registration, refuse_registration
from mitwerk.registrations.actions.offering import change_admission, save_seller
from mitwerk.registrations.models import AccessCode, Admission, Invoice, Registration, Seller, TicketKind
from mitwerk.registrations.queries import run_admissions, run_invoices, run_kinds, run_registrations, run_sellers

MOST_CENTS = 100_000_00


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
        field.queryset = run_sellers(self.for_user)
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


def _policy(model: Any, records: Any, **more: Any) -> OfficePolicy:
    may = {"view": is_editor, "change": is_editor, **more}
    return OfficePolicy(model, may=may, records={"view": records, "change": records})


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
    policy = _policy(Admission, run_admissions)
    form_class = AdmissionForm
    list_display = (
        "__str__",
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
        (_("Invoices"), (FieldPanel("seller"), FieldPanel("pay_within"), FieldPanel("refund_until"))),
    )  # fmt: skip


class GuestFilter(WagtailFilterSet):  # type: ignore[misc]
    """Only what the user runs is offered: the names of other clusters' drafts are nobody's business."""

    admission = ModelChoiceFilter(label=_("Congress"), queryset=lambda request: run_admissions(request.user))
    kind = ModelChoiceFilter(label=_("Ticket"), queryset=lambda request: run_kinds(request.user))

    class Meta:
        model = Registration
        fields = ("admission", "kind", "state")


class InvoiceFilter(WagtailFilterSet):  # type: ignore[misc]
    """Likewise."""

    seller = ModelChoiceFilter(label=_("Who writes invoices"), queryset=lambda request: run_sellers(request.user))

    class Meta:
        model = Invoice
        fields = ("seller", "kind", "year")


def _may(verb: str) -> Any:
    return lambda registration: verb in way.verbs_from(registration.state, way.OFFICE)


class RegistrationOffice(OfficeViewSet):
    """Who comes. Registrations are decided and cancelled here, and changed by the guests."""

    model = Registration
    name = "registrations"
    menu_label = _("Guests")
    icon = "group"
    menu_order = 223
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_fields = (
        "public_id", "admission", "kind", "name", "email", "organisation_label", "state", "held_until", "diet",
        "access_needs", "answers_in_words", "created_at", "updated_at",
    )  # fmt: skip
    form_fields = ()
    policy = _policy(Registration, run_registrations)
    list_display = (
        "name",
        text_column("organisation_label", _("Organisation")),
        text_column("kind", _("Ticket")),
        text_column("get_state_display", _("State")),
        text_column("admission", _("Congress")),
        DateColumn("created_at", label=_("Registered"), sort_key="created_at"),
    )
    filterset_class = GuestFilter
    list_export = (
        "public_id", "admission", "kind", "name", "email", "organisation_label", "guest_of", "state", "held_until",
        "diet", "access_needs", "answers_in_words", "invoice", "created_at",
    )  # fmt: skip
    list_prefetch = ("admission__questions",)
    search_fields = ("public_id", "name", "email", "booking__organisation_name", "booking__organisation__name")
    acts = {
        "approve": Act(_("Approve"), approve_registration, _("Approved. A mail says so."), _may("approve")),
        "refuse": Act(_("Refuse"), refuse_registration, _("Refused. A mail says so."), _may("refuse"), "cross"),
        "cancel": Act(
            _("Cancel for the guest"), cancel_registration, _("Cancelled. The seat goes to the next in line."),
            _may("cancel"), "bin",
        ),
    }  # fmt: skip


class SellerForm(RecordForm):
    """Of one of the editor's clusters; the umbrella body's has none."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(self.for_user)
        field.required = not is_umbrella_editor(self.for_user)
        field.empty_label = _("The region itself")

    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).upper()
        if len(country) != 2 or not country.isascii() or not country.isalpha():
            raise forms.ValidationError(_("Two letters: DE."))
        return country

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("vat_id") and not data.get("tax_number"):
            self.add_error("tax_number", _("An invoice needs the VAT id or the tax number."))
        if data.get("vat_id") and not data["vat_id"][:2].isalpha():
            self.add_error("vat_id", _("A VAT id begins with the letters of its country."))
        return data


class SellerOffice(OfficeViewSet):
    """Who writes invoices. None is deleted: its numbers stay used."""

    model = Seller
    name = "sellers"
    menu_label = _("Who writes invoices")
    icon = "home"
    menu_order = 225
    hidden_views = frozenset({"usage", "delete"})
    save_verb = save_seller
    policy = _policy(Seller, run_sellers, add=is_editor)
    form_class = SellerForm
    list_display = ("name", text_column("cluster", _("Cluster")), text_column("city", _("Town")))
    list_export = ("name", "cluster", "street", "postcode", "city", "vat_id", "tax_number", "iban")
    list_prefetch = ("cluster",)
    search_fields = ("name", "city")
    tabs = (
        (
            _("Who writes invoices"),
            (
                FieldPanel("cluster"),
                FieldPanel("name"),
                FieldPanel("street"),
                FieldRowPanel([FieldPanel("postcode"), FieldPanel("city"), FieldPanel("country")]),
                FieldRowPanel([FieldPanel("contact"), FieldPanel("email")]),
                FieldRowPanel([FieldPanel("vat_id"), FieldPanel("tax_number")]),
                FieldRowPanel([FieldPanel("iban"), FieldPanel("bic")]),
            ),
        ),
    )


class InvoiceInspect(InspectView):
    """With the file as it went out."""

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("registrations:invoice_office", args=[self.object.public_id])
        return [HeaderButton(_("Fetch the PDF"), url=url, icon_name="download")]


class InvoiceOffice(OfficeViewSet):
    """Invoices are read; nobody changes one."""

    model = Invoice
    name = "invoices"
    menu_label = _("Invoices")
    icon = "doc-full"
    menu_order = 224
    hidden_views = frozenset({"usage", "add", "edit", "delete"})
    inspect_view_enabled = True
    inspect_view_class = InvoiceInspect
    inspect_view_fields = (
        "number", "kind", "corrects", "seller", "buyer_name", "congress_name", "issued_at", "net_euros", "gross_euros",
    )  # fmt: skip
    form_fields = ()
    policy = _policy(Invoice, run_invoices)
    list_display = (
        "number",
        text_column("get_kind_display", _("Kind")),
        text_column("buyer_name", _("Invoice to")),
        text_column("gross_euros", _("Total")),
        DateColumn("issued_at", label=_("Issued"), sort_key="issued_at"),
    )
    filterset_class = InvoiceFilter
    list_export = (
        "number", "kind", "corrects", "seller", "buyer_name", "congress_name", "issued_at", "net_euros", "gross_euros",
    )  # fmt: skip
    list_prefetch = ("corrects",)
    search_fields = ("number", "buyer_name", "congress_name")
