"""What a network says of itself, written by its coordinators, and what somebody says who asks to join."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.core.forms import TranslatedFormField
from mitwerk.networks.models import Network
from mitwerk.pictures.forms import PictureFileField

WORDS = ("purpose", "member_kinds", "note", "website", "admission", "admission_note", "admission_kinds")


def _both(label: Any, rows: int, **kwargs: Any) -> TranslatedFormField:
    return TranslatedFormField(label=label, rows=rows, max_length=3000, required=False, **kwargs)


class OwnPageForm(forms.Form):
    """All that stands on the public page but the name, which is the network's identity and the office's to change."""

    purpose = _both(gettext_lazy("What it is for"), 4)
    member_kinds = _both(gettext_lazy("Who belongs to it"), 2)
    note = _both(gettext_lazy("Note"), 2)
    website = forms.URLField(label=gettext_lazy("Website"), max_length=200, required=False, assume_scheme="https")
    picture = PictureFileField(label=gettext_lazy("Picture"), required=False, widget=forms.FileInput)
    alt = _both(gettext_lazy("What the picture shows"), 0)
    credit = forms.CharField(label=gettext_lazy("Who made the picture"), required=False, max_length=200)
    admission = forms.ChoiceField(
        label=gettext_lazy("Who is admitted"), widget=forms.RadioSelect, choices=Network.Admission.choices
    )
    admission_note = _both(
        gettext_lazy("Whom you admit"), 2, help_text=gettext_lazy("It stands where people ask to join.")
    )
    admission_kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of organisations whose people may ask"), required=False,
        widget=forms.CheckboxSelectMultiple, choices=Organisation.Kind.choices,
    )  # fmt: skip

    def __init__(self, *args: Any, network: Network, **kwargs: Any) -> None:
        kwargs["initial"] = {name: getattr(network, name) for name in WORDS}
        super().__init__(*args, **kwargs)
        self.fields["picture"].help_text = _("JPEG, PNG or WebP. Only one you may publish.")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("picture") and not data.get("alt"):
            self.add_error("alt", _("Say what the picture shows, for those who cannot see it."))
        if data.get("picture") and not data.get("credit"):
            self.add_error("credit", _("Say who made the picture."))
        if data.get("admission") == Network.Admission.KINDS and not data.get("admission_kinds"):
            self.add_error("admission_kinds", _("Choose at least one kind."))
        return data

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in WORDS}


class JoinForm(forms.Form):
    """For which organisation, and why."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("You ask for"), to_field_name="public_id", empty_label=None
    )
    words = forms.CharField(
        label=gettext_lazy("What brings you here?"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("The coordinators read it, with your name and your address."),
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
