"""What a guest says of a congress."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from mitwerk.registrations.models import Admission

LONG = 2000


class FeedbackForm(forms.Form):
    """The three questions, each with a mark from 1 to 5, and words for whoever has some."""

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        marks = [
            (1, _("1, not at all")), (2, "2"), (3, "3"), (4, "4"), (5, _("5, very")),
        ]  # fmt: skip
        for number, question in enumerate(admission.asked_afterwards, 1):
            self.fields[f"mark_{number}"] = forms.TypedChoiceField(
                label=question, choices=marks, coerce=int, widget=forms.RadioSelect
            )
        self.fields["words"] = forms.CharField(
            label=_("What should we do differently next time?"), required=False, max_length=LONG,
            widget=forms.Textarea({"rows": 4}),
            help_text=_("The office reads it, without your name. Do not write it here either."),
        )  # fmt: skip

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"marks": [data[f"mark_{number}"] for number in (1, 2, 3)], "words": data["words"]}
