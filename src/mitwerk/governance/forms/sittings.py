"""What is asked when a sitting is planned, held and written down."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.tally import Choice
from mitwerk.core.forms import TranslatedFormField
from mitwerk.governance.forms.ballots import LocalTimeField
from mitwerk.governance.models import AgendaItem, Body, Minutes, Motion, PollAnswer, Sitting
from mitwerk.governance.models.ballots import CHOICES
from mitwerk.governance.queries import entitled_organisations

MOST_DATES = 6


class SittingForm(forms.Form):
    """When and where. The date may be left open, to be asked for."""

    title = TranslatedFormField(
        label=_("Title"), max_length=200, required=False, help_text=_("Empty: it is simply called sitting.")
    )
    starts_at = LocalTimeField(
        label=_("Begins"), required=False, help_text=_("The time in Germany. Leave it empty to ask for dates.")
    )
    length = forms.IntegerField(label=_("How many minutes it takes"), min_value=5, max_value=1440, initial=120)
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=_("Address for taking part from elsewhere"), required=False, assume_scheme="https",
        help_text=_("The address of the video conference. It stands in the invitation only."),
    )  # fmt: skip

    def __init__(self, *args: Any, sitting: Sitting | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(sitting, name) for name in self.base_fields} if sitting else {}
        super().__init__(*args, initial=initial, **kwargs)


class DatesForm(forms.Form):
    """Dates to ask about."""

    def __init__(self, *args: Any, has_dates: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least = 1 if has_dates else 2
        for number in range(1, MOST_DATES + 1):
            self.fields[f"date{number}"] = LocalTimeField(
                label=_("Date %(number)d") % {"number": number}, required=number <= self.least
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        now = timezone.now()
        for name in [name for name, date in data.items() if date and date <= now]:
            self.add_error(name, _("Give a date that is still to come."))
        return data

    @property
    def dates(self) -> list[Any]:
        return [date for date in self.cleaned_data.values() if date]


class AnswerForm(forms.Form):
    """Whether an organisation could come on each date."""

    def __init__(self, *args: Any, sitting: Sitting, given: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for date in sitting.dates.all():
            day = date_format(timezone.localtime(date.starts_at), "DATETIME_FORMAT")
            self.fields[f"date{date.pk}"] = forms.ChoiceField(
                label=day, choices=PollAnswer.Answer.choices, widget=forms.RadioSelect, initial=given.get(date.pk),
                error_messages={"required": _("Say for each date whether it suits you.")},
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, str]:
        return {int(name.removeprefix("date")): answer for name, answer in self.cleaned_data.items()}


class ItemForm(forms.Form):
    """A free topic, or the words and the time of an item."""

    title = TranslatedFormField(label=_("Title"), max_length=200)
    text = TranslatedFormField(label=_("What it is about"), rows=3, max_length=4000, required=False)
    length = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=600, initial=10)
    is_public = forms.BooleanField(
        label=_("In the public version of the minutes"), required=False, initial=True
    )

    def __init__(self, *args: Any, item: AgendaItem | None = None, **kwargs: Any) -> None:
        initial = {name: getattr(item, name) for name in self.base_fields} if item else {}
        super().__init__(*args, initial=initial, **kwargs)


class MotionForm(forms.Form):
    """What is voted on. It can be amended until the vote begins."""

    title = TranslatedFormField(label=_("Title"), max_length=200)
    wording = TranslatedFormField(
        label=_("Wording to be decided"), rows=4, max_length=5000,
        help_text=_("As it will stand in the minutes and in the register."),
    )  # fmt: skip

    def __init__(self, *args: Any, motion: Motion | None = None, item: AgendaItem | None = None, **kwargs: Any) -> None:
        found = {name: getattr(motion, name) for name in self.base_fields} if motion else {}
        super().__init__(*args, initial=found or ({"title": item.title} if item else {}), **kwargs)


class HandsForm(forms.Form):
    """What the chair counted."""

    yes = forms.IntegerField(label=CHOICES[Choice.YES], min_value=0, max_value=10000)
    no = forms.IntegerField(label=CHOICES[Choice.NO], min_value=0, max_value=10000)
    abstain = forms.IntegerField(label=CHOICES[Choice.ABSTAIN], min_value=0, max_value=10000, initial=0)
    chair = forms.ChoiceField(
        label=_("How the chair voted"), required=False, help_text=_("Counts only in a tie."),
        choices=[("", "–"), *((one.value, CHOICES[one]) for one in (Choice.YES, Choice.NO, Choice.ABSTAIN))],
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not body.casting_vote:
            del self.fields["chair"]


class RecordForm(forms.Form):
    """The words of an item in the minutes."""

    summary = TranslatedFormField(
        label=_("In short, for everybody"), rows=2, max_length=2000, required=False,
        help_text=_("Votes and tasks stand in the minutes by themselves."),
    )  # fmt: skip
    record = TranslatedFormField(
        label=_("What was said, for the body's own people"), rows=6, max_length=20000, required=False
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, initial={"summary": item.summary, "record": item.record}, **kwargs)


class TaskForm(forms.Form):
    """Who does what by when."""

    text = forms.CharField(label=_("What is to be done"), max_length=300)
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Who"), required=False, empty_label=_("the office"),
        to_field_name="public_id",
    )
    due_on = forms.DateField(
        label=_("By when"), required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = entitled_organisations(body)  # type: ignore[attr-defined]


class MinutesForm(forms.Form):
    """What stands before the items, and who reads the minutes."""

    preface = TranslatedFormField(label=_("Before the items"), rows=3, max_length=4000, required=False)
    is_public = forms.BooleanField(
        label=_("A short version for everybody"), required=False,
        help_text=_("It names no organisations, and leaves out what was said and what is to be done."),
    )  # fmt: skip

    def __init__(self, *args: Any, minutes: Minutes, **kwargs: Any) -> None:
        super().__init__(*args, initial={"preface": minutes.preface, "is_public": minutes.is_public}, **kwargs)
