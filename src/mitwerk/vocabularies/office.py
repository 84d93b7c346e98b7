"""Concepts in the office: their list, and choices for other subjects' forms. Who may do what is said in `clusters`."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowsPanel, both
from mitwerk.core.office_lists import text_column
from mitwerk.vocabularies.actions import change_concept, remove_concept
from mitwerk.vocabularies.models import WZ2008, Concept, Label, Vocabulary

LONGEST_KEY = 18
"""Digits; a key of the database has no more."""


def concepts_of(vocabulary: str) -> QuerySet[Concept]:
    """Concepts with their labels, those of a group together."""
    concepts = Concept.objects.filter(vocabulary__slug=vocabulary)
    return concepts.select_related("broader").prefetch_related("labels", "broader__labels")


class _Grouped(ModelChoiceIterator):  # type: ignore[type-arg]
    """Choices under the heading of their group; a concept without a group stands for itself."""

    def __iter__(self) -> Iterator[Any]:
        if self.field.empty_label is not None:
            yield ("", self.field.empty_label)
        inner = [c for c in self.queryset.all() if c.broader_id]
        groups = {c.broader_id: c.broader for c in inner}
        inner.sort(key=lambda c: (groups[c.broader_id].position, c.broader_id, c.position))
        for group, concepts in groupby(inner, key=lambda c: c.broader_id):
            yield (str(groups[group]), [self.choice(concept) for concept in concepts])
        for concept in self.queryset.all():
            if not concept.broader_id and concept.pk not in groups:
                yield self.choice(concept)


class _NoNumberTooLarge:
    """A key with more digits than the database holds is no choice; Django would fail on it."""

    def to_python(self, value: Any) -> Any:
        self._refuse(value)
        return super().to_python(value)  # type: ignore[misc]

    def _check_values(self, value: Any) -> Any:
        for one in value if isinstance(value, list | tuple) else ():
            self._refuse(one)
        return super()._check_values(value)  # type: ignore[misc]

    def _refuse(self, value: Any) -> None:
        if isinstance(value, str) and len(value) > LONGEST_KEY:
            raise forms.ValidationError(
                self.error_messages["invalid_choice"],  # type: ignore[attr-defined]
                code="invalid_choice",
                params={"value": value[:LONGEST_KEY]},
            )


class ConceptField(_NoNumberTooLarge, forms.ModelChoiceField):  # type: ignore[type-arg]
    """One concept of a vocabulary."""

    iterator = _Grouped

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(Concept.objects.none(), **kwargs)

    def __deepcopy__(self, memo: Any) -> Any:
        """Each form asks afresh, so that a new concept is there at once."""
        copy: Any = super().__deepcopy__(memo)
        copy.queryset = concepts_of(self.vocabulary)
        return copy


class ConceptsField(_NoNumberTooLarge, forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any number of concepts of a vocabulary, to tick."""

    iterator = _Grouped
    widget = forms.CheckboxSelectMultiple(attrs={"class": "office-ticks"})

    def __init__(self, vocabulary: str, **kwargs: Any) -> None:
        self.vocabulary = vocabulary
        super().__init__(Concept.objects.none(), **kwargs)

    def __deepcopy__(self, memo: Any) -> Any:
        copy: Any = super().__deepcopy__(memo)
        copy.queryset = concepts_of(self.vocabulary)
        return copy


class ConceptForm(RecordForm):
    """A concept has a name in each language, or one language would show the other's."""

    def limit(self) -> None:
        super().limit()
        curated = Vocabulary.objects.exclude(slug=WZ2008)
        groups: Any = self.fields["broader"]
        groups.queryset = Concept.objects.filter(broader=None, vocabulary__in=curated).prefetch_related("labels")
        groups.empty_label = _("none: this is a group itself")
        if self.instance.pk:
            del self.fields["vocabulary"]
            groups.queryset = groups.queryset.filter(vocabulary=self.instance.vocabulary).exclude(pk=self.instance.pk)
        else:
            vocabularies: Any = self.fields["vocabulary"]
            vocabularies.queryset = curated

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        labels = self.formsets["labels"]
        if labels.is_valid():
            kept = [form.cleaned_data for form in labels.forms if not form.cleaned_data.get("DELETE")]
            named = [label.get("language") for label in kept if label.get("kind") == Label.Kind.PREFERRED]
            if sorted(str(code) for code in named) != sorted(code for code, _name in settings.LANGUAGES):
                raise forms.ValidationError(_("Give it exactly one preferred label in each language."), code="labels")
        return data


class ConceptOffice(OfficeViewSet):
    """The concepts of the region's own vocabularies. Who may change them is said where roles are known."""

    model = Concept
    name = "concepts"
    icon = "tag"
    menu_order = 320
    menu_label = _("Vocabularies")
    save_verb = change_concept
    remove_verb = remove_concept
    form_class = ConceptForm
    inspect_view_enabled = True
    inspect_view_fields = ("vocabulary", "labels", "broader", "definition", "notation")
    list_display = (
        "__str__",
        text_column("broader", _("Group")),
        text_column("vocabulary", _("Vocabulary")),
    )
    list_filter = ("vocabulary",)
    list_export = ("public_id", "notation", "vocabulary", "broader", "labels", "definition.de", "definition.en")
    search_fields = ("labels__text", "notation")
    tabs = (
        (
            _("Concept"),
            (
                FieldRowPanel([FieldPanel("vocabulary"), FieldPanel("broader")]),
                RowsPanel(
                    "labels",
                    [FieldPanel("text"), FieldRowPanel([FieldPanel("language"), FieldPanel("kind")])],
                    label=_("label"),
                    heading=_("Labels"),
                    help_text=_("The preferred label is shown; the others are found by searching."),
                ),
                both("definition", rows=3),
            ),
        ),
    )
