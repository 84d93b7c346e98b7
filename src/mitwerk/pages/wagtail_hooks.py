"""What the pages add to Wagtail: pickers, the operator's form, and what each page shows."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from draftjs_exporter.dom import DOM
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import type_to_delete_confirmation
from wagtail.models import Page, Revision
from wagtail.rich_text.feature_registry import FeatureRegistry

from mitwerk.pages.actions import lay_aside, note_publishing
from mitwerk.pages.models.base import CONTEXT_HOOK, PUBLISH_HOOK
from mitwerk.pages.models.choosers import organisation_choosers, project_choosers
from mitwerk.pages.office import operator_viewset, page_confirm, page_twin
from mitwerk.pages.views import page_context


@hooks.register("register_admin_viewset")
def register_viewsets() -> list[Any]:
    return [organisation_choosers, project_choosers, operator_viewset]


SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)[^\x00-\x20\x7f-\xa0\\]*", re.IGNORECASE)
"""Where a link in a text may lead. Wagtail names what it knows to be bad; here what is good is named."""


@hooks.register("register_rich_text_features", order=100)
def keep_links_harmless(features: FeatureRegistry) -> None:
    """Put our own way of storing links in the place of Wagtail's, whatever an editor's browser sends."""
    known = features.converter_rules_by_converter["contentstate"]  # asking for a rule would start the scan anew
    for feature, decorators in (("link", {"LINK": _link}), ("document-link", {"DOCUMENT": _document_link})):
        known[feature] = {**known[feature], "to_database_format": {"entity_decorators": decorators}}


def _link(props: dict[str, Any]) -> Any:
    """A page by its number, or an address; the words alone where it is neither."""
    number, address = props.get("id"), str(props.get("url") or "").strip()
    if number is not None:
        return _numbered("page", number, props)
    if not SAFE_ADDRESS.fullmatch(address):
        return props["children"]
    return DOM.create_element("a", {"href": address}, props["children"])


def _document_link(props: dict[str, Any]) -> Any:
    return _numbered("document", props.get("id"), props)


def _numbered(kind: str, number: Any, props: dict[str, Any]) -> Any:
    """Anything but a number would be asked of the database each time somebody opens the page."""
    if not re.fullmatch(r"[0-9]{1,18}", str(number)):
        return props["children"]
    return DOM.create_element("a", {"linktype": kind, "id": str(number)}, props["children"])


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
