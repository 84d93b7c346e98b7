"""Which page fell behind its twin, and what the editor of a page says of it."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel
from wagtail.models import Page


class PageBehind(models.Model):
    """The twin of `page` was published with other texts after this one; `was` is what it said before.

    A row of its own, because what a page holds itself goes into its revisions and comes back with them.
    """

    page = models.OneToOneField(Page, models.CASCADE, related_name="+")
    was: Any = models.JSONField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("page that is behind")
        verbose_name_plural = _("pages that are behind")

    def __str__(self) -> str:
        return str(self.page)


class TwinPanel(HelpPanel):  # type: ignore[misc]
    """What the other language lacks, or this one; nothing on a page that is not saved yet."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("template", "pages/office/_twin_panel.html")
        kwargs.setdefault("heading", _("The other language"))
        super().__init__(**kwargs)

    class BoundPanel(HelpPanel.BoundPanel):  # type: ignore[misc]
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk)
