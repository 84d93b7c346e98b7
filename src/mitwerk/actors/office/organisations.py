"""Organisations and memberships in the office."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from mitwerk.actors.actions import change_organisation, remove_organisation
from mitwerk.actors.models import Organisation
from mitwerk.actors.office.twins import TwinsMixin, twins_warning
from mitwerk.actors.queries import (
    choosable_organisations,
    editable_organisations,
    likely_duplicates,
    removable_organisations,
)
from mitwerk.clusters.office import STILL_RIGHT, cluster_policy
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.core.forms import SpokenLanguagesField
from mitwerk.core.office import EditView, OfficeViewSet
from mitwerk.core.office_choosers import RecordChooser
from mitwerk.core.office_forms import LinesField, RecordForm, RowForm, RowsPanel, SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.vocabularies.models import SECTORS
from mitwerk.vocabularies.office import ConceptsField


class OrganisationChooser(RecordChooser):
    """Partners, organisers, members: whoever everybody sees, and one's own hidden entries."""

    model = Organisation
    choosable = staticmethod(choosable_organisations)
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    edit_item_text = _("Edit this organisation")


COMPARED = ("name", "alternative_names", "website", "register_number", "postal_code", "town", "kind")
"""What a form says of an organisation that others can be known by."""


organisation_chooser = OrganisationChooser("organisation_chooser", url_prefix="choose/organisations")


class OrganisationRowForm(RowForm):
    """A row that names an organisation: of the directory, or only by its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = choosable_organisations(self.for_user)
        if "name" in self.fields:
            self.fields["name"].required = False
            self.fields["name"].help_text = _("Only where it is not in the directory, or was called otherwise.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "name" in self.fields and not data.get("name"):
            if not data.get("organisation"):
                raise forms.ValidationError(_("Choose an organisation or write a name."))
            data["name"] = self.instance.name = data["organisation"].name
        return data


class MembershipForm(RowForm):
    """An editor enters memberships of their own clusters; the umbrella body's own has no cluster."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(self.for_user)
        if is_umbrella_editor(self.for_user):
            field.empty_label = _("the umbrella body")
            return
        field.required = True
        field.empty_label = None


class OrganisationForm(RecordForm):
    """The profile. Memberships of other editors' clusters are neither shown nor touched.

    A new one that is likely there already is saved at the second press of the button: the first one tells.
    """

    twins_seen = forms.BooleanField(required=False, widget=forms.HiddenInput)
    alternative_names = LinesField(label=_("also called"), required=False)
    sectors = ConceptsField(SECTORS, label=_("sectors"), required=False)
    languages = SpokenLanguagesField(label=_("languages"), required=False)
    sources = SourcesField(label=_("sources"), required=False)

    def rows_of(self, relation: str, rows: Any) -> Any:
        if relation != "memberships" or is_umbrella_editor(self.for_user):
            return rows
        return rows.filter(cluster__in=edited_clusters(self.for_user))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not is_umbrella_editor(self.for_user) and not self._stays_with_editor():
            raise forms.ValidationError(
                _("Enter a membership in your cluster, or you would not see this organisation again."), code="lost"
            )
        if self.instance.pk is None and not self.errors and not data.get("twins_seen"):
            self._warn_of_twins(data)
        return data

    def _warn_of_twins(self, data: dict[str, Any]) -> None:
        told = {name: data[name] for name in COMPARED if data.get(name)}
        twins = likely_duplicates(Organisation(**told), self.for_user)
        if twins:
            self.data = self.data.copy()
            self.data[self.add_prefix("twins_seen")] = "on"
            raise forms.ValidationError(twins_warning(twins), code="twins")

    def _stays_with_editor(self) -> bool:
        memberships = self.formsets["memberships"]
        return not memberships.is_valid() or any(
            form.cleaned_data.get("cluster") and not form.cleaned_data.get("DELETE") for form in memberships.forms
        )


class OrganisationEdit(TwinsMixin, EditView):
    """Tells on top which other entries may be the same."""

    template_name = "actors/organisation_edit.html"


class OrganisationOffice(OfficeViewSet):
    """Organisations; `competences.office` adds what they can do."""

    model = Organisation
    name = "organisations"
    icon = "group"
    menu_order = 200
    edit_view_class = OrganisationEdit
    save_verb = change_organisation
    remove_verb = remove_organisation
    acts = STILL_RIGHT
    policy = cluster_policy(Organisation, editable_organisations, removable_organisations)
    form_class = OrganisationForm
    list_display = (
        "name",
        text_column("get_kind_display", _("Type")),
        "town",
        text_column("get_visibility_display", _("Visibility")),
        changed_column(_("Changed")),
    )
    list_filter = ("kind", "size", "visibility", "state", "memberships__cluster")
    list_export = (
        "public_id", "name", "legal_form", "kind", "town", "postal_code", "state", "district", "size", "employees",
        "website", "description.de", "description.en", "visibility", "claimed_at", "as_of", "updated_at",
    )  # fmt: skip
    list_prefetch = ("state", "district")
    search_fields = ("name", "town", "description")
    ordering = "sort_name"
    tabs: ClassVar[tuple[Any, ...]] = (
        (
            _("Profile"),
            (
                FieldPanel("name"),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("legal_form")]),
                FieldPanel("register_number"),
                both("description", rows=6),
                FieldRowPanel([FieldPanel("website"), FieldPanel("founded")]),
                FieldPanel("size"),
                FieldRowPanel([FieldPanel("employees"), FieldPanel("employees_year")]),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town")]),
                        FieldRowPanel([FieldPanel("state"), FieldPanel("district")]),
                        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                    ],
                    heading=_("Place"),
                ),
                RowsPanel(
                    "locations",
                    [FieldRowPanel([FieldPanel("postal_code"), FieldPanel("town")]), both("purpose")],
                    label=_("further place"),
                    heading=_("Further places"),
                ),
                FieldPanel("sectors"),
                FieldPanel("languages"),
                FieldPanel("logo"),
                FieldPanel("visibility"),
                FieldPanel("is_trusted"),
            ),
        ),
        (
            _("Contacts"),
            (
                RowsPanel(
                    "contacts",
                    [
                        FieldRowPanel([FieldPanel("name"), FieldPanel("name_visibility")]),
                        both("function"),
                        FieldRowPanel([FieldPanel("email"), FieldPanel("email_visibility")]),
                        FieldRowPanel([FieldPanel("phone"), FieldPanel("phone_visibility")]),
                    ],
                    label=_("contact"),
                    heading=_("Contacts"),
                ),
                RowsPanel(
                    "certificates",
                    [FieldPanel("name"), FieldRowPanel([FieldPanel("issuer"), FieldPanel("valid_until")])],
                    label=_("certificate"),
                    heading=_("Certificates"),
                ),
            ),
        ),
        (
            _("Memberships"),
            (
                RowsPanel(
                    "memberships",
                    [
                        FieldRowPanel([FieldPanel("cluster"), FieldPanel("kind")]),
                        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                    ],
                    form=MembershipForm,
                    label=_("membership"),
                    heading=_("Memberships"),
                ),
            ),
        ),
        (_("Sources"), (FieldPanel("alternative_names"), FieldPanel("sources"), FieldPanel("as_of"))),
    )
