"""What is typed into the workshop: contributions, suggestions, answers."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.manuscripts import plain
from mitwerk.charter.models import LONGEST, Charter, Contribution, Question, Section, Suggestion, Theme
from mitwerk.core.forms import TranslatedFormField
from mitwerk.governance.models import Body

Kind = Suggestion.Kind
LANGUAGE_LABEL = gettext_lazy("Language of your text")


class PlainText(forms.CharField):
    """A text for a charter: signs that nobody sees are taken out, and pasted layout is left behind."""

    def __init__(self, *, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST)
        super().__init__(widget=forms.Textarea({"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return plain(str(value or ""))


class PlainTexts(TranslatedFormField):
    """The same in both languages."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONGEST if rows else 200)
        super().__init__(rows=rows, **kwargs)

    def compress(self, data_list: list[str]) -> Any:
        return super().compress([plain(text or "") for text in data_list or []])


class ForOrganisation(forms.Form):
    """Something brought in for an organisation, in a language. Who acts for one is not asked."""

    organisation = forms.ChoiceField(label=gettext_lazy("For which organisation?"))
    language = forms.ChoiceField(label=LANGUAGE_LABEL, choices=settings.LANGUAGES)

    def __init__(self, *args: Any, organisations: list[Organisation], language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._organisations = {one.slug: one for one in organisations}
        field: Any = self.fields["organisation"]
        field.choices = [(slug, one.name) for slug, one in self._organisations.items()]
        self.fields["language"].initial = language
        if len(organisations) == 1:
            field.widget, field.initial = forms.HiddenInput(), organisations[0].slug

    @property
    def acts_for(self) -> Organisation:
        return self._organisations[self.cleaned_data["organisation"]]


class QuestionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.text)


class ContributionForm(ForOrganisation):
    """An answer to one of the questions, or something free."""

    question = QuestionChoice(
        Question.objects.none(), label=gettext_lazy("Question"), required=False, to_field_name="public_id",
        empty_label=gettext_lazy("none of them: something else"),
    )  # fmt: skip
    text = PlainText(label=gettext_lazy("What do you want to say?"))
    field_order = ["organisation", "question", "text", "language"]

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["question"]
        field.queryset = charter.questions.all()
        if not field.queryset.exists():
            del self.fields["question"]

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {"question": data.get("question"), "language": data["language"], "text": data["text"]}


class SuggestionForm(ForOrganisation):
    """A change of a paragraph. Which fields there are depends on its kind. `version` is the one that was read."""

    text = PlainText(label=gettext_lazy("New wording"), rows=8)
    place = forms.ChoiceField(label=gettext_lazy("Where should it stand?"), required=False)
    reason = PlainText(label=gettext_lazy("Why?"), rows=3, required=False, max_length=2000)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=1_000_000)
    field_order = ["organisation", "language", "text", "place", "reason", "version"]

    def __init__(self, *args: Any, kind: str, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind in {Kind.DELETE, Kind.MOVE}:
            del self.fields["text"]
        else:
            self.fields["text"].label = LABELS.get(kind, self.fields["text"].label)
        if kind == Kind.MOVE:
            field: Any = self.fields["place"]
            field.choices = places
        else:
            del self.fields["place"]
        if kind in {Kind.REPLACE, Kind.TRANSLATE, Kind.DELETE, Kind.MOVE}:
            self.fields["language"].widget = forms.HiddenInput()

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": self.kind, "language": data["language"], "text": data.get("text", ""),
            "reason": data["reason"], "place": data.get("place", ""), "version": data["version"],
        }  # fmt: skip


LABELS = {
    Kind.COMMENT: gettext_lazy("Your comment"),
    Kind.BEFORE: gettext_lazy("The new paragraph"),
    Kind.AFTER: gettext_lazy("The new paragraph"),
    Kind.TRANSLATE: gettext_lazy("The translation"),
}


class ChangeForm(ForOrganisation):
    """A change of somebody's suggestion. `seen` is what it said when it was read."""

    text = PlainText(label=gettext_lazy("The suggestion in your words"), rows=8)
    reason = PlainText(label=gettext_lazy("Why?"), rows=3, required=False, max_length=2000)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, strip=False)
    field_order = ["organisation", "text", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["language"]


class OwnForm(forms.Form):
    """An own suggestion in other words."""

    text = PlainText(label=gettext_lazy("New wording"), rows=8)
    reason = PlainText(label=gettext_lazy("Why?"), rows=3, required=False, max_length=2000)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST, required=False, strip=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in {Kind.DELETE, Kind.MOVE}:
            del self.fields["text"]


class AnswerForm(forms.Form):
    """What becomes of a suggestion. The wording counts only where it is accepted in other words."""

    decision = forms.ChoiceField(
        label=gettext_lazy("What becomes of it?"), widget=forms.RadioSelect,
        choices=[
            ("accept", gettext_lazy("Accept as it is")),
            ("change", gettext_lazy("Accept in these words")),
            ("decline", gettext_lazy("Decline")),
        ],
    )  # fmt: skip
    text = PlainText(label=gettext_lazy("These words"), rows=8, required=False)
    answer = PlainText(
        label=gettext_lazy("Your reason"), rows=3, required=False, max_length=2000,
        help_text=gettext_lazy("Who made the suggestion reads it. Needed where you decline."),
    )  # fmt: skip

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind in {Kind.DELETE, Kind.MOVE}:
            field: Any = self.fields["decision"]
            field.choices = [one for one in field.choices if one[0] != "change"]
            del self.fields["text"]
        elif kind == Kind.COMMENT:
            labels = {"accept": _("Thank you, noted"), "change": _("Change the paragraph to these words")}
            field = self.fields["decision"]
            field.choices = [(value, labels.get(value, label)) for value, label in field.choices]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("decision") == "change" and "text" in self.fields and not data.get("text"):
            self.add_error("text", _("Write the words that you accept."))
        if data.get("decision") == "decline" and not data.get("answer"):
            self.add_error("answer", _("Say why, in a sentence: who made the suggestion reads it."))
        return data


def until_field() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=gettext_lazy("Until"), widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M"],
    )  # fmt: skip


def in_two_weeks() -> datetime:
    return timezone.localtime(timezone.now() + timedelta(days=14)).replace(hour=18, minute=0, second=0, microsecond=0)


class BodyChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class VoteForm(forms.Form):
    """Which body decides about a suggestion, and until when."""

    body = BodyChoice(Body.objects.none(), label=gettext_lazy("Body"), to_field_name="slug")
    closes_at = until_field()

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = bodies
        self.fields["closes_at"].initial = in_two_weeks()


class SubmitForm(VoteForm):
    """The newest version goes to a body."""

    how = forms.ChoiceField(
        label=gettext_lazy("How does it decide?"), widget=forms.RadioSelect, initial="ballot",
        choices=[
            ("ballot", gettext_lazy("In writing: every organisation votes on its own device or by the link of a mail")),
            ("sitting", gettext_lazy("At its next sitting: it is put on the agenda")),
        ],
    )  # fmt: skip
    by_section = forms.BooleanField(
        label=gettext_lazy("Each section for itself"), required=False,
        help_text=gettext_lazy("The charter is adopted when every section is carried."),
    )  # fmt: skip
    field_order = ["body", "how", "closes_at", "by_section"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closes_at"].required = False

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("how") == "ballot" and not data.get("closes_at") and "closes_at" not in self.errors:
            self.add_error("closes_at", _("Say until when votes are taken."))
        return data


class QuestionForm(forms.Form):
    text = TranslatedFormField(label=gettext_lazy("Question"), max_length=300)


class SectionChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class ThemeForm(forms.Form):
    title = TranslatedFormField(label=gettext_lazy("Theme"), max_length=200)
    section = SectionChoice(
        Section.objects.none(), label=gettext_lazy("For which section?"), required=False, to_field_name="public_id",
        empty_label=gettext_lazy("not said yet"),
    )  # fmt: skip

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.queryset = charter.sections.filter(is_gone=False)


class GroupForm(forms.Form):
    """Contributions that were ticked, and the theme they belong to."""

    theme = forms.ModelChoiceField(
        Theme.objects.none(), label=gettext_lazy("Theme"), required=False, to_field_name="public_id",
        empty_label=gettext_lazy("no theme"),
    )  # fmt: skip
    chosen = forms.MultipleChoiceField(required=True)

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["theme"].queryset = charter.themes.all()
        ids = Contribution.objects.filter(charter=charter).values_list("public_id", flat=True)
        fields["chosen"].choices = [(one, one) for one in ids]
        fields["chosen"].error_messages["required"] = _("Tick the contributions first.")
