"""What the pages add to Wagtail: pickers, the operator's form, and what each page shows."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page, Revision

from mitwerk.pages.actions import lay_aside, note_publishing
from mitwerk.pages.models.base import CONTEXT_HOOK, PUBLISH_HOOK
from mitwerk.pages.models.choosers import organisation_choosers, project_choosers
from mitwerk.pages.office import operator_viewset, page_confirm, page_twin
from mitwerk.pages.views import page_context


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [organisation_choosers, project_choosers, operator_viewset]


@hooks.register(CONTEXT_HOOK)
def what_a_page_shows(page: Page, request: HttpRequest) -> dict[str, Any]:
    return page_context(page, request)


@hooks.register(PUBLISH_HOOK)
def what_publishing_does_to_twins(page: Page, revision: Revision) -> None:
    note_publishing(page=page, revision=revision)


@hooks.register("before_delete_page")
def lay_a_page_aside(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Instead of deleting it; Wagtail has asked for the right and for a confirmation before."""
    if request.method != "POST" or not type_to_delete_confirmation(request):
        return None
    parent = page.get_parent()
    lay_aside(page=page, actor=request.user)
    _say_laid_aside(request)
    return redirect("wagtailadmin_explore", parent.pk)


@hooks.register("before_bulk_action")
def lay_pages_aside(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    if action_type != "delete" or not objects or not isinstance(objects[0], Page):
        return None
    parent = objects[0].get_parent()
    for page in objects:
        lay_aside(page=page, actor=request.user)
    _say_laid_aside(request)
    return redirect("wagtailadmin_explore", parent.pk)


def _say_laid_aside(request: HttpRequest) -> None:
    messages.success(request, _("Removed. For 30 days it can be restored under “Removed”."))


@hooks.register("register_admin_urls")
def register_twins() -> list[Any]:
    return [
        path("twins/<int:pk>/", page_twin, name="page_twin"),
        path("twins/<int:pk>/confirm/", page_confirm, name="page_confirm"),
    ]
