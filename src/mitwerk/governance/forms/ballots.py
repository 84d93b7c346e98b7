"""What is written into a ballot, and the paper it is answered on."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mitwerk.algorithms.tally import Choice, Majority
from mitwerk.core.forms import TranslatedFormField
from mitwerk.governance.models import Ballot, Body
from mitwerk.governance.models.ballots import CHOICES

USUAL = timedelta(days=14)
LONGEST_REASON = 4000


class BallotForm(forms.Form):
    """A draft: what is to be decided, in both languages where there are both."""

    title = TranslatedFormField(label=_("Title"), max_length=200)
    motion = TranslatedFormField(
        label=_("Wording to be decided"), rows=5, max_length=5000,
        help_text=_("As it will stand in the register. It is frozen when the ballot starts."),
    )  # fmt: skip
    reason = TranslatedFormField(label=_("Why"), rows=4, max_length=10000, required=False)
    is_secret = forms.BooleanField(
        label=_("Secret ballot"), required=False,
        help_text=_(
            "Nobody learns how an organisation voted, not even the office. A secret vote cannot be taken back."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, ballot: Ballot | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(ballot, name) for name in self.base_fields} if ballot else {}
        super().__init__(*args, initial=initial, **kwargs)
        if body.majority == Majority.CONSENT.value:  # an objection needs its reasons
            del self.fields["is_secret"]


class LocalTimeField(forms.DateTimeField):
    """A day and an hour in Germany, as the browser's own picker or a person writes them."""

    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        formats = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M"]
        super().__init__(input_formats=formats, **kwargs)


class StartForm(forms.Form):
    """Until when votes are taken."""

    closes_at = LocalTimeField(
        label=_("Votes are taken until"), help_text=_("The time in Germany. The day and the hour stand in every mail.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = timezone.localtime() + USUAL
        self.fields["closes_at"].initial = day.replace(hour=18, minute=0, second=0, microsecond=0)


class PaperForm(forms.Form):
    """The ballot paper. A browser that remembers what was chosen would tell the next one at the screen."""

    choice = forms.ChoiceField(
        label=_("Your vote"), widget=forms.RadioSelect({"autocomplete": "off"}),
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reasons of the objection"), required=False, max_length=LONGEST_REASON,
        widget=forms.Textarea({"rows": 5, "autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, *args: Any, ballot: Ballot, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_consent = ballot.paper["rule"]["majority"] == Majority.CONSENT.value
        explained: dict[Choice, Any] = {**CHOICES, **EXPLAINED, **(CONSENT if self.is_consent else {})}
        self.fields["choice"].choices = [(key.value, label) for key, label in explained.items()]  # type: ignore[attr-defined]
        if not self.is_consent:
            del self.fields["reason"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        is_objection = self.is_consent and data.get("choice") == Choice.NO.value
        if is_objection and "reason" in data and not data["reason"].strip():
            self.add_error("reason", _("Under consent an objection needs its reasons."))
        return data


EXPLAINED = {
    Choice.BLANK: _("Blank: take part, and choose nothing"),
    Choice.INVALID: _("Invalid: spoil the ballot paper"),
}
CONSENT = {Choice.YES: _("No objection"), Choice.NO: _("Objection, with reasons")}
