"""The language desk in the office's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mitwerk.clusters.rules import is_editor


class LanguagesItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[Any]:
    return [path("languages/", include("mitwerk.languages.urls"))]


@hooks.register("register_admin_menu_item")
def register_item() -> MenuItem:
    return LanguagesItem(_("Languages"), reverse("languages:language_list"), icon_name="openquote", order=250)
