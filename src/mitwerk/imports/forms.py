"""Input: a file, and what its columns hold."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Contact, Membership
from mitwerk.algorithms.sheets import MOST_BYTES, kind_of
from mitwerk.algorithms.sheets.columns import letters
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.imports.models import Import, Row
from mitwerk.imports.queries.words import PROBLEMS, TARGETS

BASES = {
    Contact.Basis.CONTRACT: _("Membership or contract: they act for a member, or we have a contract"),
    Contact.Basis.INTEREST: _("Legitimate interest: we weighed it up, the note says where that is written down"),
    Contact.Basis.CONSENT: _("Consent: they agreed, the note says when and in which words"),
    Contact.Basis.PUBLIC: _("Published by themselves, for example in the imprint of their website"),
}


class UploadForm(forms.Form):
    """A file, and for whom. What it is told by is its content."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("A table as XLSX, ODS or CSV, or an address book as vCard. Up to 60,000 rows and 25 megabytes."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods,.vcf,.vcard"}),
    )
    cluster = forms.ModelChoiceField(
        queryset=None,
        label=_("For"),
        help_text=_("What the file names becomes a member there, unless the file or you say otherwise."),
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(user)
        if is_umbrella_editor(user):
            field.required, field.empty_label = False, _("the whole region")
        else:
            field.empty_label = None

    def clean_file(self) -> Any:
        """The file, with its `kind` and `content`."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Unreadable("big")
            self.cleaned_data["content"] = file.read()
            self.cleaned_data["kind"] = kind_of(self.cleaned_data["content"])
        except Unreadable as unreadable:
            raise ValidationError(PROBLEMS[str(unreadable)], code=str(unreadable)) from unreadable
        return file


class ColumnsForm(forms.Form):
    """What each column holds; and, where persons are among it, why they may be kept."""

    legal_basis = forms.ChoiceField(
        label=_("Why these persons may be kept here"), choices=[("", "–"), *BASES.items()], required=False
    )
    legal_note = forms.CharField(
        label=_("Note on that"),
        required=False,
        max_length=300,
        help_text=_("Date of the consent, address of the source, where the weighing up is filed."),
    )
    membership = forms.ChoiceField(
        label=_("Membership where the file does not say"),
        choices=[("", _("none")), *Membership.Kind.choices],
        required=False,
    )

    def __init__(self, *args: Any, job: Import, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.job = job
        membership: Any = self.fields["membership"]
        if job.cluster_id is None:
            del self.fields["membership"]
        elif not is_umbrella_editor(user):
            membership.choices = Membership.Kind.choices
        choices = [("", _("leave out")), *TARGETS.items()]
        for at, head in enumerate(job.heads):
            label = head or _("Column %(letter)s") % {"letter": letters(at)}
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=job.columns[at]
            )
        for name in ("legal_basis", "legal_note", "membership"):
            if name in self.fields:
                self.fields[name].initial = getattr(job, name)

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{at}", "") for at in range(len(self.job.heads))]

    @property
    def lines(self) -> list[tuple[Any, list[str]]]:
        """Each column's field with samples of what stands in it."""
        return [(self[f"column_{at}"], samples) for at, samples in enumerate(self.job.samples)]

    @property
    def more(self) -> list[Any]:
        return [self[name] for name in ("membership", "legal_basis", "legal_note") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        chosen = [column for column in self.columns if column]
        twice = sorted({str(TARGETS[column]) for column in chosen if chosen.count(column) > 1})
        if twice:
            raise ValidationError(_("Only one column can hold each: %(names)s") % {"names": ", ".join(twice)})
        if not {"name", "own_id", "public_id"} & set(chosen):
            raise ValidationError(_("Say which column holds the name of the organisation."), code="name")
        if any(column.startswith("contact_") for column in chosen):
            self._clean_basis(data)
        return data

    def _clean_basis(self, data: dict[str, Any]) -> None:
        basis = data.get("legal_basis")
        if not basis:
            self.add_error("legal_basis", _("Names and addresses of persons need a reason. Choose one, or leave "
                                            "their columns out."))  # fmt: skip
        elif basis != Contact.Basis.CONTRACT and not data.get("legal_note"):
            self.add_error("legal_note", _("Write down what the reason rests on."))


class RowsForm(forms.Form):
    """Which rows of the preview are shown."""

    outcome = forms.ChoiceField(label=_("What becomes of it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["outcome"]
        field.choices = [("", _("All")), *Row.Outcome.choices]
