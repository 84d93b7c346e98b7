"""What coordinators say of a meeting, and what was written down of it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.core.models import WEB
from mitwerk.core.public_forms import one_line
from mitwerk.governance.forms.ballots import LocalTimeField
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Attendance, Meeting, Minutes

MOST_SEATS = 2000


class MeetingForm(forms.ModelForm):
    """A date with its place. Times are those of Germany."""

    starts_at = LocalTimeField(label=gettext_lazy("Begins"), help_text=gettext_lazy("The time in Germany."))
    ends_at = LocalTimeField(label=gettext_lazy("Ends"))
    link = forms.URLField(
        label=gettext_lazy("Address of the video call"), required=False, max_length=500, assume_scheme="https",
        validators=[WEB],
        help_text=gettext_lazy("Read in the room alone. It stands in no mail and in no calendar."),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=gettext_lazy("Seats"), required=False, min_value=1, max_value=MOST_SEATS,
        help_text=gettext_lazy("Empty: everybody finds a seat. With a number, whoever comes later waits."),
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields = ("title", "starts_at", "ends_at", "place", "link", "seats", "text", "is_chatham")
        help_texts = {
            "is_chatham": gettext_lazy(
                "What is said may be used, but not who said it. The room never shows who was there."
            ),
        }
        widgets = {"text": forms.Textarea({"rows": 6})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "place"):
            self.fields[name].validators.append(one_line)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        begins, ends = data.get("starts_at"), data.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", forms.ValidationError(_("It ends after it has begun."), code="order"))
        if not data.get("place") and not data.get("link") and not {"place", "link"} & set(self.errors):
            self.add_error("place", forms.ValidationError(_("Say where it is, or give a video call."), code="where"))
        return data


class AttendForm(forms.Form):
    """One of the three buttons."""

    answer = forms.ChoiceField(
        choices=[
            (one, one.label) for one in (Attendance.Answer.COMES, Attendance.Answer.PERHAPS, Attendance.Answer.DECLINES)
        ]
    )


class _People(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person.name)


class MinutesForm(forms.Form):
    """The text all agreed on, and who was there, unless nobody is told."""

    text = forms.CharField(
        label=gettext_lazy("Minutes"), max_length=Minutes._meta.get_field("text").max_length,
        widget=forms.Textarea({"rows": 16}),
        help_text=gettext_lazy("Plain text. Members read it when you publish it; until then coordinators alone do."),
    )  # fmt: skip
    present = _People(
        NetworkPerson.objects.none(), label=gettext_lazy("Who was there"), required=False,
        to_field_name="public_id", widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Members read the names of those who wish to be seen, and how many there were."),
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, people: QuerySet[NetworkPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["present"]
        if meeting.is_chatham:
            del self.fields["present"]
            return
        field.queryset = people
        there = meeting.attendances.filter(was_there=True)
        came = there if there.exists() else meeting.attendances.filter(answer=Attendance.Answer.COMES)
        field.initial = list(came.values_list("person__public_id", flat=True))
