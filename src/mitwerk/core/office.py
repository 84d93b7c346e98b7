"""The office's lists and forms: what every subject's viewset in the Wagtail admin builds on.

Wagtail checks model permissions once per view and trusts the address for the record. Here every view, the secondary
ones too, looks its record up among those the user may work on; a foreign one is missing (404). Saving and deleting
go to verbs of the subject's `actions.py`, and the history says which fields changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.admin.utils import quote
from django.core.exceptions import FieldDoesNotExist
from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import Promise, cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.panels import ObjectList, TabbedInterface
from wagtail.admin.views import generic
from wagtail.admin.views.generic import history
from wagtail.admin.views.generic.base import BaseOperationView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Page

from mitwerk.core.changes import Refused
from mitwerk.core.office_forms import RecordForm
from mitwerk.core.office_lists import RecordListMixin
from mitwerk.core.permission_policy import OfficePolicy

Verb = Callable[..., Any]


@dataclass(frozen=True)
class Act:
    """A button on a record's page: what it says, the verb behind it, and when it is offered."""

    label: str | Promise
    verb: Verb
    done: str | Promise
    is_offered: Callable[[Any], bool] = lambda record: True
    icon: str = "check"
    tell: Callable[[Any], str] | None = None
    """What the verb's answer means, where there is more to say than that it is done."""
    takes: Callable[[QueryDict], dict[str, Any]] = lambda sent: {}
    """What the verb takes from the button's form besides the record; may raise `Refused`."""


class Guarded:
    """Looks the record up among those the user may work on."""

    needs: ClassVar[tuple[str, ...]] = ("change",)
    request: HttpRequest
    permission_policy: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        record = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not self.permission_policy.user_has_any_permission_for_instance(self.request.user, self.needs, record):
            raise Http404
        return record


def write_history(record: Model, action: str, user: Any, names: list[str] | None = None) -> None:
    """One line in the history that the office reads on the record's page."""
    log(instance=record, action=action, user=user, content_changed=True, data={"names": names or []})


class IndexView(RecordListMixin, generic.IndexView):  # type: ignore[misc]
    """A list of the records the user may see, with search, filters and safe exports."""

    def get_delete_url(self, instance: Model) -> None:
        """Deleting is offered on the record's own page, where its right is checked."""


class SavingMixin:
    """Hands the form's result to the verb instead of saving it."""

    save_verb: Verb | None = None
    verb_name = ""
    history_action = ""

    def save_instance(self) -> Any:
        form, user = self.form, self.request.user  # type: ignore[attr-defined]
        names = form.changed_names()
        self.save_verb(**{self.verb_name: form.instance}, values=form.values(), rows=form.changed_rows(), actor=user)  # type: ignore[misc]
        write_history(form.instance, self.history_action, user, names)
        return form.instance

    def get_success_url(self) -> str:
        """Back to the record: who saves mostly goes on reading it. To the list where nothing is edited."""
        view: Any = self
        return str(view.get_edit_url()) if view.edit_url_name else reverse(view.index_url_name)

    def get_success_buttons(self) -> list[Any]:
        address = getattr(self.object, "get_absolute_url", None)  # type: ignore[attr-defined]
        return [messages.button(address(), _("View on the website"))] if address else []


class CreateView(SavingMixin, generic.CreateView):  # type: ignore[misc]
    history_action = "office.add"


class ActsMixin:
    """Offers the buttons that fit the record's state."""

    acts: Mapping[str, Act] = {}
    act_url_name = ""
    object: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        if self.user_has_permission_for_instance("change", self.object):  # type: ignore[attr-defined]
            context["acts"] = [
                {"act": act, "url": reverse(self.act_url_name, args=[quote(self.object.pk), name])}
                for name, act in self.acts.items()
                if act.is_offered(self.object)
            ]
        return context


class EditView(ActsMixin, SavingMixin, Guarded, generic.EditView):  # type: ignore[misc]
    template_name = "core/office/edit.html"
    history_action = "office.change"


class DeleteView(Guarded, generic.DeleteView):  # type: ignore[misc]
    needs = ("delete",)
    http_method_names = ("get", "head", "post", "options")
    """Django's own DELETE would delete the row past the verb and the log."""
    remove_verb: Verb | None = None
    verb_name = ""
    _told: str = ""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[no-any-return]
        except ProtectedError as still_used:
            used_by = ", ".join(sorted({str(record) for record in still_used.protected_objects})[:5])
            messages.error(self.request, _("It is still used, so it stays: %(records)s") % {"records": used_by})
        except Refused as refused:
            messages.error(self.request, str(refused))
        return redirect(self.request.path)

    def get_success_message(self) -> str:
        return self._told

    def delete_action(self) -> None:
        self._told = str(super().get_success_message())  # afterwards the record may no longer know its name
        write_history(self.object, "wagtail.delete", self.request.user)
        self.remove_verb(**{self.verb_name: self.object}, actor=self.request.user)  # type: ignore[misc]


class HistoryView(Guarded, history.HistoryView):  # type: ignore[misc]
    needs = ("change", "view")


class InspectView(ActsMixin, Guarded, generic.InspectView):  # type: ignore[misc]
    needs = ("change", "view")
    template_name = "core/office/inspect.html"

    def get_field_display_value(self, field_name: str, field: Any) -> Any:
        """Nothing is a dash, not the word None; times are the region's."""
        value = super().get_field_display_value(field_name, field)
        if isinstance(value, datetime):
            return timezone.localtime(value)
        return "–" if value is None or value == "" else value

    def get_edit_url(self) -> str | None:
        allowed = self.user_has_permission_for_instance("change", self.object)
        return super().get_edit_url() if allowed else None

    def get_delete_url(self) -> str | None:
        allowed = self.user_has_permission_for_instance("delete", self.object)
        return super().get_delete_url() if allowed else None


class ActView(Guarded, PermissionCheckedMixin, BaseOperationView):  # type: ignore[misc]
    """One of the buttons. POST only; an act that is not offered in the record's state is missing."""

    http_method_names = ("post",)
    permission_required = "change"
    acts: Mapping[str, Act] = {}
    verb_name = ""

    @cached_property
    def act(self) -> Act:
        act = self.acts.get(self.kwargs["act"])
        if act is None or not act.is_offered(self.object):
            raise Http404
        return act

    def perform_operation(self) -> None:
        self.success_message = self.act.done
        try:
            taken = self.act.takes(self.request.POST)
            answer = self.act.verb(**{self.verb_name: self.object}, **taken, actor=self.request.user)
        except Refused as refused:
            self.success_message = ""
            messages.error(self.request, str(refused))
            return
        if self.act.tell and (told := self.act.tell(answer)):
            messages.warning(self.request, told)
        write_history(self.object, "office.act", self.request.user, [self.kwargs["act"]])


class OfficeViewSet(ModelViewSet):  # type: ignore[misc]
    """Base of the subjects' viewsets. Set `model`, `panels`, `policy`, the verbs, and the list's columns.

    No copy and no usage view: each would be one more door to guard.
    """

    index_view_class = IndexView
    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    history_view_class = HistoryView
    inspect_view_class = InspectView
    copy_view_enabled = False
    add_to_admin_menu = True
    search_backend_name: str | None = None
    list_per_page = 30
    policy: OfficePolicy
    save_verb: Verb | None = None
    remove_verb: Verb | None = None
    export_verb: Verb | None = None
    """Notes that somebody took the list out of the house."""
    acts: ClassVar[Mapping[str, Act]] = {}
    list_prefetch: ClassVar[tuple[str, ...]] = ()
    title_field = ""
    hidden_views: ClassVar[frozenset[str]] = frozenset({"usage"})
    form_class: ClassVar[type[RecordForm]] = RecordForm
    tabs: ClassVar[tuple[Any, ...]] = ()
    """Heading and panels of each tab of the form."""

    @property
    def add_to_reference_index(self) -> bool:
        """Only what may hold something that has a page about its uses: of the rest nobody would ever read the entry,
        and each line of the log would be work in the background."""
        shown = (Page, get_image_model(), get_document_model())
        return any(field.many_to_one and field.related_model in shown for field in self.model._meta.get_fields())

    def get_edit_handler(self) -> Any:
        if not self.tabs:
            return None
        lists = [ObjectList(list(panels), heading=heading) for heading, panels in self.tabs]
        if len(lists) == 1:
            lists[0].base_form_class = self.form_class
            return lists[0].bind_to_model(self.model)
        return TabbedInterface(lists, base_form_class=self.form_class).bind_to_model(self.model)

    @cached_property
    def url_namespace(self) -> str:
        """Apart from the public pages, which have the plain names."""
        return f"office_{self.name}"

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        own = {
            "save_verb": type(self).save_verb,
            "remove_verb": type(self).remove_verb,
            "verb_name": self.model_name,
            "acts": self.acts,
            "act_url_name": self.get_url_name("act"),
            "success_url_name": self.get_url_name("inspect" if self.inspect_view_enabled else "edit"),
            "list_prefetch": self.list_prefetch,
            "export_verb": type(self).export_verb,
            "title_field": self.title_field,
        }
        common: dict[str, Any] = super().get_common_view_kwargs(**{**own, **kwargs})
        for view in self.hidden_views:
            common[f"{view}_url_name"] = None
        return common

    def get_permissions_to_register(self) -> QuerySet[Any]:
        return super().get_permissions_to_register().none()  # type: ignore[no-any-return]

    def get_urlpatterns(self) -> list[Any]:
        patterns = [p for p in super().get_urlpatterns() if p.name not in self.hidden_views]
        if self.acts:
            act_view = self.construct_view(ActView)
            patterns.append(path(f"act/<{self.pk_path_converter}:pk>/<slug:act>/", act_view, name="act"))
        return patterns


def field_labels(model: type[Model] | None, names: list[str]) -> str:
    """What the fields are called in the reader's language: "Name, Town"."""
    labels = []
    for name in names:
        try:
            field = model._meta.get_field(name) if model else None
        except FieldDoesNotExist:
            field = None
        label = getattr(field, "verbose_name", None) or getattr(getattr(field, "related_model", None), "_meta", None)
        labels.append(str(capfirst(getattr(label, "verbose_name_plural", label) or name)))
    return ", ".join(labels)
