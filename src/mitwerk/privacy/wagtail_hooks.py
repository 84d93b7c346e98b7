"""The pages of this subject in the office's menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from mitwerk.clusters.rules import is_editor
from mitwerk.privacy import office


class EditorsItem(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return is_editor(request.user)


@hooks.register("register_admin_urls")
def register_addresses() -> list[Any]:
    return [path("retention/", office.retention_list, name="retention_list")]


@hooks.register("register_admin_menu_item")
def register_retention() -> MenuItem:
    return EditorsItem(_("Retention periods"), reverse("retention_list"), icon_name="history", order=920)
