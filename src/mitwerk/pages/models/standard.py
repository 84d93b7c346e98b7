"""Pages of text: about, imprint, privacy and whatever a cluster has to say."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from mitwerk.pages.models.base import BilingualPage, home_address
from mitwerk.pages.models.blocks import TEXT_BLOCKS


class StandardPage(BilingualPage):
    """A page of text. Some have a job, and the house makes sure they are there."""

    class Kind(models.TextChoices):
        TEXT = "", _("a page of text")
        ABOUT = "about", _("about the platform")
        HOW_WE_WORK = "how_we_work", _("how we work")
        IMPRINT = "imprint", _("imprint")
        PRIVACY = "privacy", _("privacy")
        ACCESSIBILITY = "accessibility", _("accessibility")

    level = 1

    kind = models.CharField(_("job"), max_length=20, choices=Kind, blank=True, editable=False)
    lead = models.TextField(
        _("in short"), max_length=400, blank=True, help_text=_("One or two sentences below the heading.")
    )
    body = StreamField(TEXT_BLOCKS, verbose_name=_("text"), blank=True)

    template = "pages/standard_page.html"
    parent_page_types = ["pages.RegionHomePage", "pages.ClusterHomePage"]
    subpage_types: list[str] = []
    content_panels = [*BilingualPage.content_panels, FieldPanel("lead"), FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def address(self, cluster_slug: str | None = None) -> str:
        return f"{home_address(self.home_slug)}{self.slug}/"
