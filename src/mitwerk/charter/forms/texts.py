"""What the editors type: paragraphs, sections, days of phases, guests, files."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.algorithms.manuscripts import MOST_BYTES, kind_of, read
from mitwerk.algorithms.manuscripts import Manuscript as Read
from mitwerk.algorithms.text_units import Unreadable
from mitwerk.charter.forms.workshop import PlainTexts
from mitwerk.charter.models import Charter, Paragraph, Period, Section, Suggestion
from mitwerk.charter.queries.suggestions import LIST_STATES
from mitwerk.core.forms import TranslatedFormField
from mitwerk.core.listing import Choice, Filter, options, read_choice
from mitwerk.core.public_forms import one_line


class ParagraphForm(forms.Form):
    """A paragraph in both languages. `revision` is the one that was read."""

    text = PlainTexts(label=gettext_lazy("Text"), rows=8)
    measure = PlainTexts(label=gettext_lazy("How is it measured?"), required=False, max_length=300)
    target_year = forms.IntegerField(
        label=gettext_lazy("To be reached by (year)"), required=False, min_value=1990, max_value=2100
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000_000)

    def __init__(self, *args: Any, is_goal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_goal:
            self.fields["text"].label = _("Goal")
        else:
            del self.fields["measure"], self.fields["target_year"]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


def initial_of(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "text": paragraph.text, "measure": paragraph.measure, "target_year": paragraph.target_year,
        "revision": paragraph.revision,
    }  # fmt: skip


class NewParagraphForm(forms.Form):
    text = PlainTexts(label=gettext_lazy("Text"), rows=8)
    is_goal = forms.BooleanField(label=gettext_lazy("This is a goal with a measure and a year"), required=False)


class SectionForm(forms.Form):
    title = TranslatedFormField(label=gettext_lazy("Heading"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[(value, capfirst(label)) for value, label in Section.Kind.choices]
    )


class FigureForm(forms.Form):
    figure = TranslatedFormField(
        label=gettext_lazy("Where does this goal stand?"), max_length=200, required=False,
        help_text=gettext_lazy("In a few words with a number: “14 of 30 projects”. It is dated today."),
    )  # fmt: skip


def _moment(label: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label, required=False, widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y"],
    )  # fmt: skip


class DaysForm(forms.Form):
    """From when until when each phase runs. The beginning of one that has begun cannot be changed."""

    def __init__(self, *args: Any, periods: dict[str, Period], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for phase in workshop.TIMED:
            label, period = capfirst(Charter.Phase(phase).label), periods.get(phase)
            self.fields[f"{phase}_from"] = _moment(_("%(phase)s from") % {"phase": label})
            self.fields[f"{phase}_until"] = _moment(_("%(phase)s until") % {"phase": label})
            if period:
                self.fields[f"{phase}_from"].initial = timezone.localtime(period.starts_at)
                self.fields[f"{phase}_until"].initial = timezone.localtime(period.ends_at)
                self.fields[f"{phase}_from"].disabled = period.opened_at is not None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for phase in workshop.TIMED:
            begin, end = data.get(f"{phase}_from"), data.get(f"{phase}_until")
            if bool(begin) != bool(end) and not {f"{phase}_from", f"{phase}_until"} & set(self.errors):
                self.add_error(f"{phase}_until" if begin else f"{phase}_from", _("Give both days, or none."))
            elif begin and end and end <= begin:
                self.add_error(f"{phase}_until", _("The end is after the beginning."))
        return data

    def periods(self) -> dict[str, tuple[datetime, datetime] | None]:
        found: dict[str, tuple[datetime, datetime] | None] = {}
        for phase in workshop.TIMED:
            begin, end = self.cleaned_data.get(f"{phase}_from"), self.cleaned_data.get(f"{phase}_until")
            found[phase] = (begin, end) if begin and end else None
        return found


class GuestForm(forms.Form):
    """Somebody who takes part for an organisation that is no member."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), to_field_name="slug"
    )
    name = forms.CharField(label=gettext_lazy("Name of the person"), max_length=150, validators=[one_line])
    email = forms.EmailField(label=gettext_lazy("E-mail address"))

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations


class EditorForm(forms.Form):
    """Somebody with a sign-in who keeps the text as well."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of somebody with a sign-in here"))


class ManuscriptForm(forms.Form):
    """A file or a pasted text, and its language. What was understood of it is `read`."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, max_length=150,
        help_text=gettext_lazy("Word (.docx), OpenDocument (.odt), Markdown or plain text, up to 5 megabytes."),
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Or paste the text"), required=False, widget=forms.Textarea({"rows": 12}),
    )  # fmt: skip
    language = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=settings.LANGUAGES)
    read: Read

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        file, text = data.get("file"), data.get("text") or ""
        if bool(file) == bool(text.strip()):
            raise ValidationError(_("Choose a file or paste a text, one of both."))
        if file and file.size > MOST_BYTES:
            raise ValidationError(unreadable("big"))
        try:
            self.read = _read(file, text)
        except Unreadable as problem:
            raise ValidationError(unreadable(str(problem))) from problem
        return data

    @property
    def name(self) -> str:
        file = self.cleaned_data.get("file")
        return str(file.name) if file else ""


def _read(file: Any, text: str) -> Read:
    if file:
        content = file.read()
        return read(content, kind_of(file.name, content))
    content = text.encode("utf-8", "replace")
    return read(content, kind_of("", content))


def unreadable(code: str) -> str:
    """Why a text cannot be taken over, and what to do."""
    told = {
        "empty": _("There is nothing in it."),
        "nothing": _("We found no text in it."),
        "big": _("It is too large: files may have 5 megabytes, pasted texts 2."),
        "kind": _("We cannot read this kind of file. Save it as .docx, .odt or text, or paste the text."),
        "bomb": _("The file would unpack to more than a text can be. Save it anew, or paste the text."),
        "many": _("It has more than a thousand paragraphs. Take it over in parts."),
    }
    return told.get(code) or _("The file is damaged or locked with a password. Save it anew, or paste the text.")


class VersionForm(forms.Form):
    note = TranslatedFormField(label=gettext_lazy("What is new?"), max_length=300, required=False, rows=2)


def read_list_choice(parameters: QueryDict, suggestions: QuerySet[Suggestion]) -> Choice:
    """What the list of suggestions is narrowed to; unknown values are dropped and told."""
    slugs = suggestions.order_by().values_list("organisation__slug", flat=True).distinct()
    allowed = {
        "state": list(LIST_STATES), "kind": Suggestion.Kind.values, "organisation": list(slugs),
        "language": [code for code, _name in settings.LANGUAGES],
    }  # fmt: skip
    return read_choice(parameters, allowed)


def list_filters(choice: Choice, suggestions: QuerySet[Suggestion]) -> list[Filter]:
    names = dict(suggestions.order_by().values_list("organisation__slug", "organisation__name").distinct())
    states = {"waiting": _("to be answered"), "answered": _("answered"), "unfit": _("no longer fits")}
    offered = {
        "state": (pgettext("how far something is", "State"), states),
        "kind": (_("Kind"), {value: str(label) for value, label in Suggestion.Kind.choices}),
        "organisation": (_("Organisation"), dict(sorted(names.items(), key=lambda one: one[1].casefold()))),
        "language": (_("Language"), {code: _(name) for code, name in settings.LANGUAGES}),
    }
    return [
        Filter(name, label, options(labels, choice.values.get(name, []))) for name, (label, labels) in offered.items()
    ]
