"""Pickers for records in page forms and blocks: only what the public may see can be picked."""

from typing import Any

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_scopes import scope
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.blocks import ChooserBlock

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.core.office_choosers import Choose, RecordChooser, Results
from mitwerk.projects.models import Project
from mitwerk.projects.queries import published_projects


class NameFilterForm(BaseFilterForm):
    """Finds by part of a name or title; these records are not in Wagtail's own index."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"placeholder": _("Search")}))

    def filter(self, objects: QuerySet[Any]) -> QuerySet[Any]:
        objects = super().filter(objects)
        words = self.cleaned_data.get("q", "").strip()
        if not words:
            return objects
        self.is_searching, self.search_query = True, words
        if objects.model is Project:
            return objects.filter(Q(title__de__icontains=words) | Q(title__en__icontains=words))
        return objects.filter(name__icontains=words)


class _Choose(Choose):
    filter_form_class = NameFilterForm


class _Results(Results):
    filter_form_class = NameFilterForm


class PublishedProjectField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Asks for the projects when a form is filled in: at import time no cluster is in scope to ask for."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        super().__init__(queryset.none(), **kwargs)

    def to_python(self, value: Any) -> Any:
        self.queryset = published_projects()
        return super().to_python(value)


class RecordBlock(ChooserBlock):
    """A block's chosen record, whoever asks: commands and previews read pages where no cluster is in scope."""

    @cached_property
    def field(self) -> forms.Field:
        with scope(cluster=None):
            made: forms.Field = super().field
        return made

    def to_python(self, value: Any) -> Any:
        with scope(cluster=None):
            return super().to_python(value)

    def bulk_to_python(self, values: Any) -> Any:
        with scope(cluster=None):
            return super().bulk_to_python(values)

    def value_from_form(self, value: Any) -> Any:
        with scope(cluster=None):
            return super().value_from_form(value)


class _ByName(RecordChooser):
    choose_view_class = _Choose
    choose_results_view_class = _Results
    base_block_class = RecordBlock
    register_widget = False


class _OrganisationChooserViewSet(_ByName):
    model = Organisation
    icon = "group"
    choose_one_text = _("Choose an organisation")
    choose_another_text = _("Choose another organisation")
    choosable = staticmethod(lambda user: visible_organisations(None))


class _ProjectChooserViewSet(_ByName):
    model = Project
    icon = "pick"
    choose_one_text = _("Choose a project")
    choose_another_text = _("Choose another project")
    choosable = staticmethod(lambda user: published_projects())


organisation_choosers = _OrganisationChooserViewSet("pages_organisations", url_prefix="pages-organisations")
project_choosers = _ProjectChooserViewSet("pages_projects", url_prefix="pages-projects")
OrganisationChooser = organisation_choosers.widget_class
ProjectChooser = project_choosers.widget_class
OrganisationChooserBlock = organisation_choosers.get_block_class(
    name="OrganisationChooserBlock", module_path="mitwerk.pages.models.choosers"
)
ProjectChooserBlock = project_choosers.get_block_class(
    name="ProjectChooserBlock", module_path="mitwerk.pages.models.choosers"
)


class ProjectKey(models.ForeignKey):  # type: ignore[type-arg]
    """A foreign key to a project whose form field can be made outside a request."""

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": PublishedProjectField, **kwargs})

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.ForeignKey", args, kwargs
