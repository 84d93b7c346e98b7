"""The forms that every upload passes, a picture's and a document's: list, upload of many, tab of the picker."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
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
NOT_WHAT_IT_SAYS = _("The content is not what the ending “%(ending)s” says.")


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
            raise ValidationError(NOT_WHAT_IT_SAYS % {"ending": ending})
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


ENDINGS = ("jpg", "jpeg", "png", "webp")
"""Of pictures that are taken as files."""
MOST_BYTES = 15 * 1024 * 1024
LONGEST_NAME = 300


class UploadField(forms.FileField):
    """A document or a picture for people of one room, as the content says and no larger than is told.

    A picture is drawn anew, so that nobody learns from it where and with what it was taken. The size is asked before
    a byte is read.
    """

    def __init__(self, *args: Any, most_bytes: int = MOST_BYTES, **kwargs: Any) -> None:
        super().__init__(*args, max_length=kwargs.pop("max_length", LONGEST_NAME), **kwargs)
        self.most_bytes = most_bytes

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        return self._checked(file) if isinstance(file, UploadedFile) else None

    def _checked(self, file: "UploadedFile[Any]") -> "UploadedFile[Any]":
        ending, allowed = str(file.name).rpartition(".")[2].lower(), (*settings.WAGTAILDOCS_EXTENSIONS, *ENDINGS)
        if (file.size or 0) > self.most_bytes:
            size = filesizeformat(self.most_bytes)
            raise ValidationError(_("The file is too large: at most %(size)s.") % {"size": size})
        if ending not in allowed:
            kinds = {"kinds": ", ".join(allowed)}
            raise ValidationError(_("Files of this kind are not taken. Possible are: %(kinds)s.") % kinds)
        if ending in ENDINGS:
            return _drawn_anew(file)
        file.seek(0)
        if not is_what_it_says(file, ending):
            raise ValidationError(NOT_WHAT_IT_SAYS % {"ending": ending})
        file.seek(0)
        return file


def _drawn_anew(file: "UploadedFile[Any]") -> "UploadedFile[Any]":
    try:
        clean = without_metadata(file.file)  # type: ignore[arg-type]
    except PictureRefused as refused:
        raise ValidationError(REASONS[refused.code], code=refused.code) from refused
    return SimpleUploadedFile(str(file.name), clean)
