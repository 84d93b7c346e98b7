"""Pickers for records: every step of one asks what the user may choose, the last one too."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet


class WordsForm(BaseFilterForm):  # type: ignore[misc]
    """Finds by part of a name."""

    q = forms.CharField(label=_("Search"), required=False)
    columns: ClassVar[tuple[str, ...]] = ("name",)

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        found = super().filter(objects)
        words = self.cleaned_data.get("q", "").replace("\0", "").strip()
        if not words:
            return found  # type: ignore[no-any-return]
        self.is_searching, self.search_query = True, words
        wanted = Q()
        for column in self.columns:
            wanted |= Q(**{f"{column}__icontains": words})
        return found.filter(wanted)  # type: ignore[no-any-return]


class Choosable:
    """Every record a step touches comes from `choosable(user)`; anything else is missing."""

    choosable: Callable[[Any], QuerySet[Any]] | None = None
    request: Any

    def records(self) -> QuerySet[Any]:
        assert self.choosable is not None  # noqa: S101
        return self.choosable(self.request.user)

    def get_object_list(self) -> QuerySet[Any]:
        return self.records()

    def get_object(self, pk: str) -> Any:
        return self.records().get(pk=int(pk) if pk.isdecimal() and len(pk) < 18 else -1)

    def get_objects(self, pks: list[str]) -> QuerySet[Any]:
        return self.records().filter(pk__in=[int(pk) for pk in pks if pk.isdecimal() and len(pk) < 18])

    def can_create(self) -> bool:
        return False


class Choose(Choosable, chooser.ChooseView):  # type: ignore[misc]
    filter_form_class = WordsForm


class Results(Choosable, chooser.ChooseResultsView):  # type: ignore[misc]
    filter_form_class = WordsForm


class Chosen(Choosable, chooser.ChosenView):  # type: ignore[misc]
    pass


class ChosenMultiple(Choosable, chooser.ChosenMultipleView):  # type: ignore[misc]
    pass


class RecordChooser(ChooserViewSet):  # type: ignore[misc]
    """Base of the subjects' pickers: set `model`, `choosable`, and the texts."""

    choose_view_class = Choose
    choose_results_view_class = Results
    chosen_view_class = Chosen
    chosen_multiple_view_class = ChosenMultiple
    per_page = 20
    choosable: Callable[[Any], QuerySet[Any]]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        common: dict[str, Any] = super().get_common_view_kwargs(**{"choosable": type(self).choosable, **kwargs})
        return common

    def get_urlpatterns(self) -> list[Any]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
