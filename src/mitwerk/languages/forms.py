"""Input: what the table shows, what a translator gets, and the file a translator sent back."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mitwerk.algorithms.text_units import Bundle, Unreadable
from mitwerk.algorithms.unit_tables import read_workbook
from mitwerk.algorithms.xliff import read_xliff
from mitwerk.clusters.queries import edited_clusters
from mitwerk.core.models import Standing
from mitwerk.core.wording import codes
from mitwerk.languages.queries.kinds import ORDER, kind_label

MOST_BYTES = 10 * 1024 * 1024
SAID = {
    "empty": _("The file is empty."),
    "big": _("The file is too big. Ten megabytes are possible."),
    "kind": _("This is neither an XLIFF file nor a workbook (xlsx) that was exported here."),
    "broken": _("The file is damaged or incomplete. Ask for it again."),
    "bomb": _("The file holds things that a translation has no need of, so it was not opened."),
    "languages": _("The file does not say which two languages it is between, or they are not ours."),
    "many": _("The file has too many texts."),
    "nothing": _("The file holds no texts."),
}
"""What the office is told of a file that cannot be used."""


def read_translation(content: bytes) -> Bundle:
    """What a file holds, told by its first bytes and not by its name. Raises `Unreadable`."""
    if not content.strip():
        raise Unreadable("empty")
    if content.startswith(b"PK"):
        bundle = read_workbook(content)
    elif b"<" in content[:200]:
        bundle = read_xliff(content)
    else:
        raise Unreadable("kind")
    languages = {bundle.source_language, bundle.target_language}
    if len(languages) != 2 or not languages <= set(codes()):
        raise Unreadable("languages")
    if not bundle.units:
        raise Unreadable("nothing")
    return bundle


class UploadForm(forms.Form):
    """A translation as a file."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        help_text=_("XLIFF 1.2 or 2, or the workbook (xlsx) that was exported here."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.xlsx"}),
    )

    def clean_file(self) -> Any:
        """The file, with what it holds as `bundle`."""
        file = self.cleaned_data["file"]
        try:
            if file.size > MOST_BYTES:
                raise Unreadable("big")
            self.cleaned_data["bundle"] = read_translation(file.read())
        except Unreadable as unreadable:
            raise ValidationError(SAID[str(unreadable)], code=str(unreadable)) from unreadable
        return file


def _kinds() -> list[tuple[str, str]]:
    return [(name, kind_label(name)) for name in ORDER]


class _ForUser(forms.Form):
    """The clusters to choose from are the user's."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["cluster"]
        field.choices = [("", _("All")), *((one.slug, one.menu_name) for one in edited_clusters(user))]


class TableForm(_ForUser):
    """Filters of the table."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    state = forms.ChoiceField(label=pgettext_lazy("state of a translation", "State"), required=False)
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: dict[str, list[Any]] = {
            "kind": _kinds(),
            "language": list(settings.LANGUAGES),
            "state": list(Standing.choices),
        }
        for name, given in choices.items():
            field: Any = self.fields[name]
            field.choices = [("", _("All")), *given]


class ExportForm(_ForUser):
    """What a translator gets."""

    source = forms.ChoiceField(label=_("Source language"))
    target = forms.ChoiceField(label=_("Target language"))
    kinds = forms.MultipleChoiceField(label=_("Kinds"), widget=forms.CheckboxSelectMultiple)
    cluster = forms.ChoiceField(label=_("Cluster"), required=False)
    only_lacking = forms.BooleanField(label=_("Only what is missing or behind"), required=False)
    form = forms.ChoiceField(
        label=_("Format"),
        choices=[("xliff", _("XLIFF 2.0, for translators' programs")), ("xlsx", _("Workbook (xlsx)"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("source", "target"):
            field: Any = self.fields[name]
            field.choices = settings.LANGUAGES
        kinds: Any = self.fields["kinds"]
        kinds.choices = _kinds()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("source") and data.get("source") == data.get("target"):
            raise ValidationError(_("Choose two different languages."))
        return data
