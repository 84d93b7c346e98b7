"""What a firm gives after its time on stage."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.congress.models import Proceeding
from mitwerk.congress.models.after import MOST_BYTES
from mitwerk.pictures.forms import is_what_it_says


class ProceedingForm(forms.Form):
    """Slides that are a PDF, by their content, and a link to a recording that lies elsewhere."""

    slides = forms.FileField(
        label=gettext_lazy("Slides"), required=False, max_length=150,
        widget=forms.FileInput({"accept": ".pdf,application/pdf"}),
        help_text=gettext_lazy(
            "A PDF of up to 30 megabytes. Everybody can download it, so give what you may publish."
        ),
    )  # fmt: skip
    drops_slides = forms.BooleanField(label=gettext_lazy("Take the slides away"), required=False)
    recording = forms.URLField(
        label=gettext_lazy("Address of the recording"), required=False, max_length=500, assume_scheme="https",
        help_text=gettext_lazy("It begins with https:// and leads to where it can be seen."),
    )  # fmt: skip

    def __init__(self, *args: Any, proceeding: Proceeding | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if proceeding is None or not proceeding.slides:
            del self.fields["drops_slides"]

    def clean_slides(self) -> Any:
        file = self.cleaned_data["slides"]
        if not file:
            return None
        if file.size > MOST_BYTES:
            raise ValidationError(_("The file is too large: at most %(size)s.") % {"size": filesizeformat(MOST_BYTES)})
        file.seek(0)
        if not file.name.lower().endswith(".pdf") or not is_what_it_says(file, "pdf"):
            raise ValidationError(_("This is no PDF. Most programs save slides as one."))
        file.seek(0)
        return file

    def clean_recording(self) -> str:
        found = str(self.cleaned_data["recording"])
        if found and not found.lower().startswith(("http://", "https://")):
            raise ValidationError(_("An address begins with https://."))
        return found

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "slides": data["slides"], "drops_slides": bool(data.get("drops_slides")), "recording": data["recording"],
        }  # fmt: skip
