"""The forms that every upload passes, a picture's and a document's: list, upload of many, tab of the picker."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from mitwerk.algorithms.pictures import PictureRefused, check_picture, without_metadata
from mitwerk.core.ids import new_public_id
from mitwerk.core.office_forms import BothLanguages

REASONS = {
    "format": _("This is not a picture we can read. Use JPEG, PNG or WebP."),
    "pixels": _("The picture is too large. At most 24 million pixels, for example 6000 by 4000."),
    "frames": _("The picture moves. Use one with a single frame."),
}


def generated_name(kind: str) -> str:
    """No name that somebody typed reaches the disk; the ending is that of the content."""
    return f"{new_public_id()}.{'jpg' if kind in {'jpeg', 'mpo'} else kind}"


class PictureFileField(WagtailImageField):  # type: ignore[misc]
    """Refuses what is no plain picture, and rewrites the rest in place.

    In place, because Wagtail keeps the very file of the request where a text of the form is still missing.
    """

    def to_python(self, data: Any) -> Any:
        if not data:
            return super().to_python(data)
        try:
            check_picture(data.file)
            checked = super().to_python(data)
            clean = without_metadata(data.file)
        except PictureRefused as refused:
            raise ValidationError(REASONS[refused.code], code=refused.code) from refused
        data.file.seek(0)
        data.file.truncate()
        data.file.write(clean)
        data.file.flush()
        data.file.seek(0)
        data.size = len(clean)
        data.name = checked.name = generated_name(checked.image.format_name)
        return checked


class PictureForm(BaseImageForm):  # type: ignore[misc]
    """Text and credit are asked for everywhere; the fields themselves are required in the model."""

    file = PictureFileField(label=_("File"), widget=BaseImageForm.Meta.widgets["file"])

    class Meta(BaseImageForm.Meta):  # type: ignore[misc]
        widgets = {**BaseImageForm.Meta.widgets, "alt": BothLanguages()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields, exclude = self._meta.fields, self._meta.exclude or ()
        if "file" in exclude or (fields is not None and "file" not in fields):
            del self.fields["file"]  # a declared field is there even where Wagtail leaves it out


SIGNATURES = {
    "pdf": b"%PDF-",
    **dict.fromkeys(("docx", "xlsx", "pptx", "odt", "ods", "odp"), b"PK\x03\x04"),
}
"""How a file of each kind begins; plain text has none and must be text all through."""


class DocumentForm(BaseDocumentForm):  # type: ignore[misc]
    """A document is what its ending says, and is stored under a name of ours. It is handed out to be saved only."""

    def clean_file(self) -> Any:
        data = self.cleaned_data["file"]
        if not isinstance(data, UploadedFile):
            return data  # a change of the title alone
        ending = data.name.rpartition(".")[2].lower()
        data.seek(0)
        if not is_what_it_says(data, ending):
            raise ValidationError(_("The content is not what the ending “%(ending)s” says.") % {"ending": ending})
        data.seek(0)
        data.name = f"{new_public_id()}.{ending}"
        return data


def is_what_it_says(data: UploadedFile, ending: str) -> bool:
    """Whether a document begins like what its ending says, or is text all through."""
    if ending in SIGNATURES:
        return bool(data.read(5).startswith(SIGNATURES[ending]))
    try:
        text = data.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        data.seek(0)
        text = data.read().decode("cp1252", "replace")
    return "\0" not in text and not text.lstrip().startswith("<")
