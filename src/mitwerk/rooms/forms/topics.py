"""What is typed into a room: topics, answers, polls."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.algorithms.plain_words import normal
from mitwerk.core.public_forms import one_line
from mitwerk.governance.forms.ballots import LocalTimeField
from mitwerk.pictures.forms import UploadField
from mitwerk.rooms.models import Answer, Poll, PollOption, Topic

MOST_OPTIONS = 20
MOMENTS = ("%d.%m.%Y %H:%M", "%Y-%m-%d %H:%M")


class TextField(forms.CharField):
    """Plain text with line ends of one kind."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=10000, widget=forms.Textarea({"rows": 6}), **kwargs)

    def to_python(self, value: Any) -> Any:
        return normal(super().to_python(value) or "")


def _file() -> UploadField:
    return UploadField(
        label=gettext_lazy("File"), required=False,
        help_text=gettext_lazy(
            "A document (PDF, Office, text) or a picture, up to 15 megabytes. Where a picture was taken is removed; a "
            "document may name its author inside."
        ),
    )  # fmt: skip


CALLS = gettext_lazy("Plain text. @ and the name of a member sends them a mail that leads here.")


class TopicForm(forms.Form):
    """A question, or something to talk about."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, validators=[one_line])
    text = TextField(label=gettext_lazy("Text"), help_text=CALLS)
    is_unnamed = forms.BooleanField(
        label=gettext_lazy("Ask without my name"), required=False,
        help_text=gettext_lazy(
            "“A member” stands there, for coordinators as well. You alone see that it is yours, and get a mail when "
            "somebody answers. It stays as you choose it now."
        ),
    )  # fmt: skip
    is_chatham = forms.BooleanField(
        label=gettext_lazy("Chatham House Rule"), required=False,
        help_text=gettext_lazy("What is said here may be used outside; who said it may not be told. No name leaves the "
                               "room with it."),
    )  # fmt: skip
    file = _file()


class TopicChangeForm(forms.Form):
    """Other words; with a name or without stays as it was asked."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=150, validators=[one_line])
    text = TextField(label=gettext_lazy("Text"))
    file = _file()

    def __init__(self, *args: Any, topic: Topic, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": topic.title, "text": topic.text}
        super().__init__(*args, **kwargs)


class AnswerForm(forms.Form):
    text = TextField(label=gettext_lazy("Your answer"), help_text=CALLS)
    file = _file()

    def __init__(self, *args: Any, answer: Answer | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"text": answer.text} if answer else {}
        super().__init__(*args, **kwargs)


class PollForm(forms.Form):
    """A question with its options, one in each line."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you want to know?"), widget=forms.RadioSelect, initial=Poll.Kind.OPINION,
        choices=[
            (Poll.Kind.OPINION, gettext_lazy("What they think: counts are shown when it is closed, never names")),
            (Poll.Kind.DATES, gettext_lazy("When they can: everybody in the room sees who can when")),
        ],
    )  # fmt: skip
    question = forms.CharField(label=gettext_lazy("Question"), max_length=200, validators=[one_line])
    options = forms.CharField(
        label=gettext_lazy("Options, one in each line"), max_length=4000, widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("For dates the day and the time, such as 2026-12-03 14:00."),
    )  # fmt: skip
    is_multiple = forms.BooleanField(label=gettext_lazy("Several options can be chosen"), required=False)
    closes_at = LocalTimeField(
        label=gettext_lazy("Open until"), required=False,
        help_text=gettext_lazy("The time in Germany. Left empty it is open until you close it."),
    )  # fmt: skip

    def clean_closes_at(self) -> datetime | None:
        moment: datetime | None = self.cleaned_data["closes_at"]
        if moment and moment <= timezone.now():
            raise ValidationError(_("Give a moment that is still to come."))
        return moment

    def clean_options(self) -> list[str]:
        lines = dict.fromkeys(" ".join(line.split()) for line in self.cleaned_data["options"].splitlines())
        found = [line for line in lines if line]
        if not 2 <= len(found) <= MOST_OPTIONS:
            raise ValidationError(_("Give 2 to %(number)s options.") % {"number": MOST_OPTIONS})
        if too_long := next((line for line in found if len(line) > 150), ""):
            raise ValidationError(_("At most 150 signs in a line: %(line)s …") % {"line": too_long[:40]})
        return found

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("kind") == Poll.Kind.DATES and "options" in data:
            moments = [_moment(line) for line in data["options"]]
            if wrong := next((line for line, at in zip(data["options"], moments, strict=True) if at is None), ""):
                told = _("This is no day with a time: %(line)s. Write it like 2026-12-03 14:00.")
                self.add_error("options", told % {"line": wrong[:40]})
            data["options"] = list(dict.fromkeys(moments))
        return data


def _moment(line: str) -> datetime | None:
    try:
        found: datetime | None = forms.DateTimeField(input_formats=MOMENTS).clean(line)
    except ValidationError:
        return None
    return found


class VoteForm(forms.Form):
    """Which options somebody chooses; none takes the vote back. How many may be chosen is asked by the verb."""

    option: Any = forms.ModelMultipleChoiceField(PollOption.objects.none(), required=False, to_field_name="public_id")

    def __init__(self, *args: Any, poll: Poll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["option"]
        field.queryset = PollOption.objects.filter(poll=poll)
