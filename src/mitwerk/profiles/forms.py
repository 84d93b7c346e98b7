"""What an organisation's people type into the sections of their profile; values go in and out plain."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, RegexValidator
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation, Seen
from mitwerk.core.forms import SpokenLanguagesField, TranslatedFormField, TranslatedWidget, notes_on
from mitwerk.core.models import WEB, Worded
from mitwerk.core.public_forms import one_line
from mitwerk.core.wording import lacks
from mitwerk.pictures.forms import PictureFileField
from mitwerk.profiles.queries.content import ROWS, SECTIONS, Content
from mitwerk.vocabularies.models import COMPETENCES, SECTORS, Concept
from mitwerk.vocabularies.office import ConceptField, ConceptsField

MOST_ROWS = 60
OLDEST = 1200
POSTAL_CODE = RegexValidator(r"^\d{5}\Z", _("A postal code has five digits."), code="postal_code")
PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()/.-]{3,38}\Z", _("Write the number with digits, for example +49 341 1234567."), code="phone"
)


def _text(label: Any, length: int, required: bool = False, **kwargs: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=length, required=required, validators=[one_line], **kwargs)


def _number(label: Any, least: int, most: int | None = None, **kwargs: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=least, max_value=most, widget=forms.TextInput({"inputmode": "numeric"}),
        **kwargs,
    )  # fmt: skip


def plain(value: Any) -> Any:
    """A cleaned value as JSON holds it."""
    if isinstance(value, Concept):
        return value.pk
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, date):
        return value.isoformat()
    if hasattr(value, "values_list"):
        return sorted(value.values_list("pk", flat=True))
    return value


class SectionForm(forms.Form):
    """One section. `seen` says which state of it was shown, so that a colleague's writing is not lost unnoticed."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def plain_values(self) -> Content:
        return {name: plain(value) for name, value in self.cleaned_data.items() if name != "seen"}


class AboutForm(SectionForm):
    name = _text(_("Name"), 250, required=True, widget=forms.TextInput({"autocomplete": "organization"}))
    legal_form = _text(_("Legal form"), 60)
    description = TranslatedFormField(label=_("What you do"), required=False, rows=7, max_length=2000)
    website = forms.URLField(
        label=_("Website"), required=False, max_length=200, assume_scheme="https", widget=forms.URLInput,
        validators=[WEB],
    )  # fmt: skip
    founded = _number(_("Founded in the year"), OLDEST)
    size = forms.ChoiceField(label=_("Size"), required=False)
    employees = _number(_("Employees"), 0, 1_000_000, help_text=_("The exact number, if you like to give it."))
    employees_year = _number(_("In the year"), 1950)
    register_number = _text(_("Register number"), 80, help_text=_("With its court: HRB 12345 Leipzig."))
    sectors = ConceptsField(
        SECTORS, label=_("Sectors you work for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    languages = SpokenLanguagesField(
        label=_("Languages you work in"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        size: Any = self.fields["size"]
        size.choices = [("", "–"), *Organisation.Size.choices]
        for name in ("founded", "employees_year"):
            self.fields[name].validators.append(MaxValueValidator(timezone.localdate().year))


class PlacesForm(SectionForm):
    postal_code = _text(_("Postal code"), 5, widget=forms.TextInput({"inputmode": "numeric"}))
    town = _text(_("Town"), 120)

    def clean_postal_code(self) -> str:
        code = str(self.cleaned_data["postal_code"])
        if code:
            POSTAL_CODE(code)
        return code


class LogoForm(SectionForm):
    logo = PictureFileField(
        label=_("New logo"), required=False, widget=forms.FileInput,
        help_text=_("JPEG, PNG or WebP. Best square, or wide on a light ground."),
    )  # fmt: skip
    remove = forms.BooleanField(label=_("No logo: show the drawing instead"), required=False)


class RowForm(forms.Form):
    """One row; `id` is its key in the database, empty for a new one."""

    id = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def plain_values(self) -> Content:
        skipped = {"DELETE", "ORDER"}
        return {name: plain(value) for name, value in self.cleaned_data.items() if name not in skipped}


class LocationForm(RowForm):
    postal_code = _text(_("Postal code"), 5, widget=forms.TextInput({"inputmode": "numeric"}))
    town = _text(_("Town"), 120, required=True)
    purpose = TranslatedFormField(label=_("What is there"), required=False, max_length=200)
    clean_postal_code = PlacesForm.clean_postal_code


Choices = Sequence[tuple[Any, Any]]


class CompetenceForm(RowForm):
    concept = forms.TypedChoiceField(coerce=int, label=_("Competence"))
    wording = TranslatedFormField(label=_("In your own words"), required=False, rows=3, max_length=600)

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concept"].choices = choices  # type: ignore[attr-defined]


class ReferenceForm(RowForm):
    wording = TranslatedFormField(label=_("Reference"), rows=4, max_length=1000)
    concepts = forms.TypedMultipleChoiceField(
        coerce=int, label=_("What it proves"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Of the competences that stand in your profile."),
    )  # fmt: skip

    def __init__(self, *args: Any, choices: Choices = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["concepts"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["concepts"]

    def plain_values(self) -> Content:
        return {"concepts": [], **super().plain_values()}


class CertificateForm(RowForm):
    name = _text(_("Certificate"), 150, required=True, help_text=_("For example ISO/IEC 27001."))
    issuer = _text(_("Issued by"), 150)
    valid_until = forms.DateField(
        label=_("Valid until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )


class ContactForm(RowForm):
    name = _text(_("Name"), 150, required=True)
    name_visibility = forms.ChoiceField(label=_("Who sees the name"), choices=Seen, initial=Seen.OFFICE)
    function = TranslatedFormField(label=_("Function"), required=False, max_length=150)
    email = forms.EmailField(label=_("E-mail address"), required=False, max_length=254)
    email_visibility = forms.ChoiceField(label=_("Who sees the address"), choices=Seen, initial=Seen.OFFICE)
    phone = forms.CharField(label=_("Telephone"), required=False, max_length=40, validators=[PHONE])
    phone_visibility = forms.ChoiceField(label=_("Who sees the number"), choices=Seen, initial=Seen.OFFICE)


class RowsFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The rows of a relation, with a place for one more."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "ORDER" in form.fields:
            form.fields["ORDER"].label = capfirst(str(_("position")))
            form.fields["ORDER"].widget = forms.TextInput({"inputmode": "numeric", "size": 3})
        if "DELETE" in form.fields:
            form.fields["DELETE"].label = _("Take out")

    def plain_rows(self) -> list[Content]:
        """In the order asked for, without those that go and those left empty; a row that was not shown is a new one."""
        shown = {row["id"] for row in self.initial or []}
        filled = [form for form in self.forms if form.cleaned_data and form not in self.deleted_forms]
        kept = [form for form in filled if form.has_changed() or form.cleaned_data.get("id")]
        places = {id(form): n for n, form in enumerate(kept)}
        kept.sort(key=lambda form: (form.cleaned_data.get("ORDER") or MOST_ROWS + 1, places[id(form)]))
        rows = [form.plain_values() for form in kept]
        return [{**row, "id": row["id"] if row["id"] in shown else None} for row in rows]


PLAIN_FORMS: dict[str, type[SectionForm]] = {"about": AboutForm, "places": PlacesForm, "logo": LogoForm}
ROW_FORMS: dict[str, type[RowForm]] = {
    "locations": LocationForm,
    "competences": CompetenceForm,
    "references": ReferenceForm,
    "certificates": CertificateForm,
    "contacts": ContactForm,
}


def _tell_lacks(form: forms.Form, texts: Mapping[str, Any], noted: Mapping[str, Any]) -> None:
    """Say below each language that it is missing, or what the other one says since; `noted` is a record's `behind`."""
    for name, field in form.fields.items():
        if isinstance(field.widget, TranslatedWidget):
            field.widget.notes = notes_on(lacks(texts.get(name) or {}, noted.get(name, {})))


def rows_formset(section: str, organisation: Organisation, content: Content, data: Any = None) -> RowsFormSet:
    """The rows of a section, filled from the draft or from what was sent."""
    factory = forms.formset_factory(
        ROW_FORMS[section], formset=RowsFormSet, extra=1, can_delete=True, can_order=True, can_delete_extra=False,
        max_num=MOST_ROWS, absolute_max=MOST_ROWS + 10, validate_max=True,
    )  # fmt: skip
    choices = _CHOICES[section](content) if section in _CHOICES else None
    kwargs = {} if choices is None else {"choices": choices}
    formset: RowsFormSet = factory(data, initial=content[section], prefix=section, form_kwargs=kwargs)
    if data is None:
        noted = _behind_of(section, organisation)
        for form in formset.initial_forms:
            _tell_lacks(form, form.initial, noted.get(form.initial["id"], {}))
    return formset


def _behind_of(section: str, organisation: Organisation) -> dict[int, Any]:
    """Key of a row to what it notes of languages that are behind."""
    model = ROWS[section][0]
    if not issubclass(model, Worded):
        return {}
    return dict(getattr(organisation, section).exclude(behind={}).values_list("pk", "behind"))


def _all_concepts(content: Content) -> Choices:
    """Every competence under its group, asked once for all rows."""
    found: list[tuple[Any, Any]] = []
    for value, label in ConceptField(COMPETENCES, empty_label="–").__deepcopy__({}).choices:
        is_group = isinstance(label, list)
        found.append((value, [(pk.value, str(text)) for pk, text in label]) if is_group else (str(value), str(label)))
    return found


def _own_concepts(content: Content) -> Choices:
    """The competences that stand in the profile."""
    pks = {row["concept"] for row in content["competences"]}
    return [(one.pk, str(one)) for one in Concept.objects.filter(pk__in=pks).prefetch_related("labels")]


_CHOICES = {"competences": _all_concepts, "references": _own_concepts}


def section_form(
    section: str, organisation: Organisation, content: Content, data: Any = None, files: Any = None
) -> SectionForm:
    """The form of a section without rows."""
    initial = {name: content.get(name) for name in SECTIONS[section].fields if name != "logo"}
    form = PLAIN_FORMS[section](data, files, initial=initial)
    if data is None:
        _tell_lacks(form, initial, organisation.behind)
    return form


