"""A network's list: the file, what its columns hold, and one row set right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.sheets import kind_of
from mitwerk.algorithms.sheets.columns import letters
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.core.sheets import FILE_PROBLEMS
from mitwerk.networks.models import ListRow, PeopleList
from mitwerk.networks.queries.lists import MOST_BYTES

TARGETS = {
    "": _("leave out"),
    "contact_name": _("name of the person"),
    "contact_first": _("first name"),
    "contact_last": _("last name"),
    "contact_email": _("e-mail address"),
    "name": _("organisation"),
    "contact_function": _("position"),
}
TOO_BIG = _("The file is too big. 5 megabytes are possible; take pictures and further sheets out, or divide it.")


class ListForm(forms.Form):
    """A table of people. What kind it is is told by its content."""

    file = forms.FileField(
        label=_("Your list"),
        allow_empty_file=True,
        help_text=_("A table as XLSX, ODS or CSV, or an address book as vCard, as it is. Up to 5,000 rows and 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods,.vcf,.vcard"}),
    )

    def clean_file(self) -> Any:
        """The file, with its `kind` and `content`."""
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(TOO_BIG, code="big")
        try:
            self.cleaned_data["content"] = file.read()
            self.cleaned_data["kind"] = kind_of(self.cleaned_data["content"])
        except Unreadable as unreadable:
            raise ValidationError(FILE_PROBLEMS.get(str(unreadable), TOO_BIG), code=str(unreadable)) from unreadable
        return file


class ListColumnsForm(forms.Form):
    """What each column of a list holds."""

    def __init__(self, *args: Any, people_list: PeopleList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.width = len(people_list.heads)
        for at, head in enumerate(people_list.heads):
            label = head or _("Column %(letter)s") % {"letter": letters(at)}
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=label, choices=list(TARGETS.items()), required=False, initial=people_list.columns[at]
            )

    @property
    def columns(self) -> list[str]:
        return [self.cleaned_data.get(f"column_{at}", "") for at in range(self.width)]

    def clean(self) -> dict[str, Any]:
        chosen = [column for column in self.columns if column]
        twice = sorted({str(TARGETS[column]) for column in chosen if chosen.count(column) > 1})
        if twice:
            raise ValidationError(_("Only one column can hold each: %(names)s") % {"names": ", ".join(twice)})
        return self.cleaned_data


class ListRowForm(forms.ModelForm[ListRow]):
    """One person of a list."""

    class Meta:
        model = ListRow
        fields = ("name", "email", "firm", "position")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = self.fields["email"].required = True
        self.fields["email"].widget.attrs["autocomplete"] = "off"

    def _post_clean(self) -> None:
        """The verb writes; a form must not change the row before it does."""
