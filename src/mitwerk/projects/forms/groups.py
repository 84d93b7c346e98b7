"""What is typed into working groups: the task, the next date, who is asked, notes, files and reports."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.core.forms import TranslatedFormField
from mitwerk.pictures.forms import UploadField
from mitwerk.projects.models import GroupMember, GroupReport, WorkingGroup

MOST_ASKED = 30


def _day(label: Any, **kwargs: Any) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        **kwargs,
    )  # fmt: skip


class GroupForm(forms.Form):
    """A task and a day. Whether the partners' people are asked is a question only at the beginning."""

    task = TranslatedFormField(label=gettext_lazy("What is the group to do?"), max_length=200)
    report_due = _day(gettext_lazy("By which day does it report back?"))
    asks_partners = forms.BooleanField(
        label=gettext_lazy("Ask the people of all partners by e-mail whether they volunteer"), required=False,
        initial=True,
    )  # fmt: skip

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["asks_partners"]


class _MemberField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person)


class PlanForm(forms.Form):
    """When and where the group meets next, and who speaks for it."""

    next_day = _day(gettext_lazy("Next date, day"), required=False)
    next_time = forms.TimeField(
        label=gettext_lazy("Next date, time"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    next_place = forms.CharField(
        label=gettext_lazy("Place"), required=False, max_length=200,
        help_text=gettext_lazy("A room with its address, or the link of a video call."),
    )  # fmt: skip
    speaker = _MemberField(
        GroupMember.objects.none(), label=gettext_lazy("Speaker"), required=False, to_field_name="public_id",
        empty_label=gettext_lazy("nobody yet"),
    )  # fmt: skip
    substitute = _MemberField(
        GroupMember.objects.none(), label=gettext_lazy("Substitute speaker"), required=False,
        to_field_name="public_id", empty_label=gettext_lazy("nobody yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, group: WorkingGroup, members: QuerySet[GroupMember], **kwargs: Any) -> None:
        local = timezone.localtime(group.next_at) if group.next_at else None
        functions = {one.function: one.public_id for one in members if one.function}
        kwargs["initial"] = {
            "next_day": local.date() if local else None, "next_time": local.time() if local else None,
            "next_place": group.next_place, "speaker": functions.get("speaker"),
            "substitute": functions.get("substitute"),
        }  # fmt: skip
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["speaker"].queryset = fields["substitute"].queryset = members

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("next_time") and not data.get("next_day") and "next_day" not in self.errors:
            self.add_error("next_day", _("Give the day as well."))
        if data.get("next_day") and not data.get("next_time") and "next_time" not in self.errors:
            self.add_error("next_time", _("Give the time as well."))
        return data

    def values(self) -> dict[str, Any]:
        """As the model has it: one moment."""
        day, time = self.cleaned_data["next_day"], self.cleaned_data["next_time"]
        moment = timezone.make_aware(datetime.combine(day, time)) if day and time else None
        return {"next_at": moment, "next_place": self.cleaned_data["next_place"]}


class AskForm(forms.Form):
    """Organisations whose people are asked whether they volunteer."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisations"), to_field_name="slug",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisations"]
        field.queryset = organisations

    def clean_organisations(self) -> list[Organisation]:
        chosen = list(self.cleaned_data["organisations"])
        if len(chosen) > MOST_ASKED:
            raise ValidationError(_("At most %(number)s at once. Take some away.") % {"number": MOST_ASKED})
        return chosen


class NoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Your note"), max_length=5000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("Only those who see this room read it."),
    )  # fmt: skip


class GroupFileForm(forms.Form):
    """A document or a picture that is what its ending says."""

    file = UploadField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy(
            "A document (PDF, Office, text) or a picture, up to 15 megabytes. Only those who see this room get it."
        ),
    )  # fmt: skip


class ReportForm(forms.Form):
    """Three lines, a status, and the day of the next report; none with the last one (`actions.give_report` asks)."""

    was_due = forms.DateField(widget=forms.HiddenInput)
    status = forms.ChoiceField(
        label=gettext_lazy("How does it stand?"), widget=forms.RadioSelect,
        choices=[(value, capfirst(label)) for value, label in GroupReport.Status.choices],
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("In three lines"), max_length=600, widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("What is done, what is next, what you need. Those who take part, the board and the "
                               "office read it; the public sees the day and the status alone."),
    )  # fmt: skip
    next_due = _day(
        gettext_lazy("Next report by"), required=False,
        help_text=gettext_lazy("Not needed when the task is done: then the group is closed."),
    )  # fmt: skip
