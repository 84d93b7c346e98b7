"""Forms of the office: both languages side by side, rows below a record, and what goes to the verb."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.validators import EMPTY_VALUES
from django.db.models import Q
from django.forms.models import inlineformset_factory
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from mitwerk.core.changes import Row
from mitwerk.core.forms import TranslatedWidget, notes_on
from mitwerk.core.models import Worded
from mitwerk.core.wording import lacks_of


class BothLanguages(TranslatedWidget):
    """Each language in a column of its own, named above it, with what it lacks below it."""

    template_name = "core/office/both_languages.html"


def tell_what_is_lacking(form: Any) -> None:
    """Put a note below each language of a saved record that is missing or behind."""
    if not isinstance(form.instance, Worded) or form.instance.pk is None or form.is_bound:
        return
    for name, field in form.fields.items():
        if isinstance(field.widget, BothLanguages):
            field.widget.notes = notes_on(lacks_of(form.instance, name))


class LinesField(forms.CharField):
    """A list of short texts, one a line."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        kwargs.setdefault("help_text", _("One per line."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(str(line) for line in value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (super().to_python(value) or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


SOURCE = re.compile(r"https?://[^\s\"<>\\]+|[\w.-]+/[\w.-]+:[\w./-]+", re.IGNORECASE)
"""A page of the web, or a file of a public repository as `owner/name:path`."""


class SourcesField(LinesField):
    """Where a record comes from: an address a line, and after it the date of the source if it has one."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("One address per line, then its date if it has one: https://… 2012-05"))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, list):
            return value
        return "\n".join(f"{source.get('url', '')} {source.get('date') or ''}".strip() for source in value)

    def to_python(self, value: Any) -> Any:
        lines = [line.split(maxsplit=1) for line in super().to_python(value)]
        return [{"url": parts[0], "date": parts[1] if len(parts) > 1 else None} for parts in lines]

    def validate(self, value: Any) -> None:
        """Each becomes a link on a public page, so it must not be one that runs something."""
        super().validate(value)
        for source in value:
            if not SOURCE.fullmatch(source["url"]):
                raise forms.ValidationError(_("“%(text)s” is no address of a source."), params={"text": source["url"]})


def name_fields(form: forms.BaseForm) -> None:
    """Labels begin with a capital, those of declared fields too; the models write them small, for use in sentences."""
    for field in form.fields.values():
        field.label = capfirst(field.label) if field.label else field.label


def take_only_keys(form: forms.BaseForm) -> None:
    """What can be no key is read as one that nothing has: Django asks the database for it, Wagtail's pickers even
    before they say what is wrong, and both fail on letters or on a number that is too long."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField) and field.to_field_name in (None, "id"):
            read = partial(_read_keys, field.widget.value_from_datadict)
            field.widget.value_from_datadict = read


def _read_keys(read: Callable[..., Any], *sent: Any) -> Any:
    value = read(*sent)
    return [_key(one) for one in value] if isinstance(value, list) else _key(value)


def _key(value: Any) -> Any:
    return value if value in EMPTY_VALUES or (str(value).isdecimal() and len(str(value)) < 18) else "-1"


def _model(field: Any) -> Any:
    """What a choice field chooses from. The queryset itself is not asked: that would read it."""
    return field.queryset.model if field.queryset is not None else None


class RecordForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A form whose result a verb takes: `values` of what changed, and `rows`. It never saves by itself.

    `limit()` is for subclasses: it narrows choices and rows to what `for_user` may touch.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        prefix = f"{self.prefix}-" if self.prefix else ""
        files = self.files if self.is_bound else None
        data = self.data if self.is_bound else None
        for name, formset_class in getattr(self.Meta, "rows", {}).items():
            self.formsets[name] = formset_class(
                data,
                files,
                instance=self.instance,
                prefix=f"{prefix}{name}",
                queryset=self.rows_of(name, formset_class.model._default_manager.all()),
                form_kwargs={"for_user": self.for_user},
            )
        name_fields(self)
        take_only_keys(self)
        tell_what_is_lacking(self)
        self.limit()

    def rows_of(self, relation: str, rows: Any) -> Any:
        """The rows of a relation that `for_user` sees and may change; all by default."""
        return rows

    def limit(self) -> None:
        """Narrow the choices of the fields; by default a picture is one the user may choose, or the one it has."""
        pictures = get_image_model()
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and _model(field) is pictures:
                policy = policy_registry.get_by_type(pictures)
                chosen = policy.instances_user_has_permission_for(self.for_user, "choose")
                there = getattr(self.instance, f"{name}_id")
                field.queryset = pictures.objects.filter(Q(pk__in=chosen.values("pk")) | Q(pk=there))

    def values(self) -> dict[str, Any]:
        """What changed, ready for a verb; everything where the record is new."""
        is_new = self.instance.pk is None
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if self._is_sent(name, is_new)}

    def _is_sent(self, name: str, is_new: bool) -> bool:
        return name in self.cleaned_data and (is_new or name in self.changed_data)

    def changed_rows(self) -> dict[str, list[Row]]:
        """The rows of each relation in which something changed."""
        return {name: rows_from(formset) for name, formset in self.formsets.items() if formset.has_changed()}

    def changed_names(self) -> list[str]:
        """Fields and relations that changed, for history and log."""
        return [*self.values(), *self.changed_rows()]


class RowForm(WagtailAdminModelForm):  # type: ignore[misc]
    """A row below a record."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_fields(self)
        take_only_keys(self)
        tell_what_is_lacking(self)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}


def rows_from(formset: Any) -> list[Row]:
    """The rows of a valid formset in the order the editor gave them; an untouched empty one is left out.

    So is a row that claims to be saved but is not among the editor's: somebody else's, or deleted meanwhile.
    """
    saved = formset.initial_form_count()
    numbered = enumerate(formset.forms)
    rows = [form for number, form in numbered if form.instance.pk or (number >= saved and form.has_changed())]
    if formset.can_order:
        rows.sort(key=lambda form: form.cleaned_data.get("ORDER") or 0)
    return [Row(form.instance, form.values(), bool(form.cleaned_data.get("DELETE"))) for form in rows]


class RowsPanel(InlinePanel):  # type: ignore[misc]
    """Wagtail's inline panel over Django's own inline forms, so that subjects keep plain foreign keys."""

    def __init__(self, relation_name: str, panels: Any = None, *, form: type[RowForm] = RowForm, **kwargs: Any) -> None:
        super().__init__(relation_name, panels, **kwargs)
        self.form = form

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "form": self.form}

    def get_form_options(self) -> dict[str, Any]:
        child = self.child_edit_handler.get_form_options()
        factory = inlineformset_factory(
            self.model,
            self.db_field.related_model,
            form=self.form,
            fk_name=self.db_field.field.name,
            fields=child.get("fields", []),
            widgets=child.get("widgets"),
            extra=0,
            max_num=self.max_num,
            can_delete=True,
            can_order=any(f.name == "position" for f in self.db_field.related_model._meta.fields),
        )
        return {"rows": {self.relation_name: factory}}


def both(name: str, rows: int = 0, **kwargs: Any) -> FieldPanel:
    """Panel of a translated field; with `rows`, for long texts."""
    return FieldPanel(name, widget=BothLanguages(rows=rows), **kwargs)
