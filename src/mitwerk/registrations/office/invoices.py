"""Who writes invoices, and the invoices."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import DateColumn
from wagtail.admin.widgets.button import HeaderButton

from mitwerk.algorithms.invoices import is_iban
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_editor, is_umbrella_editor
from mitwerk.core.office import InspectView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm
from mitwerk.core.office_lists import text_column
from mitwerk.registrations.actions.offering import save_seller
from mitwerk.registrations.models import Invoice, Seller
from mitwerk.registrations.office.policies import editors_policy
from mitwerk.registrations.queries import run_invoices, run_sellers


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

    def clean_iban(self) -> str:
        iban = "".join(str(self.cleaned_data["iban"]).upper().split())
        if not is_iban(iban):
            raise forms.ValidationError(_("This is no IBAN. Please compare it with your bank's."))
        return iban

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
    policy = editors_policy(Seller, run_sellers, add=is_editor)
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


class InvoiceFilter(WagtailFilterSet):  # type: ignore[misc]
    """Only what the user runs is offered."""

    seller = ModelChoiceFilter(label=_("Who writes invoices"), queryset=lambda request: run_sellers(request.user))

    class Meta:
        model = Invoice
        fields = ("seller", "kind", "year")


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
    policy = editors_policy(Invoice, run_invoices)
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
