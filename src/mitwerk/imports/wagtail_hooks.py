"""Imports in the office's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mitwerk.clusters.rules import is_editor
from mitwerk.imports.urls import office_addresses


class ImportsItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[Any]:
    return [path("imports/", include((office_addresses, "office_imports")))]


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return ImportsItem(_("Import, export"), reverse("office_imports:import_list"), icon_name="upload", order=203)
