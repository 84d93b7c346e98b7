"""Home pages: editors arrange blocks, the blocks read live records."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from mitwerk.clusters.models import Cluster
from mitwerk.pages.models.base import BilingualPage, home_address
from mitwerk.pages.models.blocks import CLUSTER_BLOCKS, REGION_BLOCKS

ADDRESS_IS_FIXED: list[Any] = [FieldPanel("seo_title"), FieldPanel("search_description")]
"""Panels of pages whose address the house gives; editors must not change it."""


class RegionHomePage(BilingualPage):
    """The umbrella body's home page. One per language."""

    body = StreamField(REGION_BLOCKS, verbose_name=_("what the page shows"), blank=True)

    has_own_address = False
    template = "pages/region_home.html"
    max_count = 2
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["pages.ClusterHomePage", "pages.NewsIndexPage", "pages.StandardPage"]
    content_panels = [*BilingualPage.content_panels, FieldPanel("body")]
    promote_panels = ADDRESS_IS_FIXED

    class Meta:
        verbose_name = _("home page of the region")
        verbose_name_plural = _("home pages of the region")

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """As Wagtail does; the home of the cluster that is being read is asked for once, and not first as any page."""
        cluster = getattr(request, "cluster", None)
        if cluster and path_components[:1] == [cluster.slug]:
            homes = ClusterHomePage.objects.child_of(self).filter(slug=cluster.slug)
            if home := homes.select_related("locale").first():
                return home.route(request, path_components[1:])
        return super().route(request, path_components)

    def address(self, cluster_slug: str | None = None) -> str:
        return home_address(None)


class ClusterHomePage(BilingualPage):
    """A cluster's home page. One per cluster and language."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("cluster"))
    body = StreamField(CLUSTER_BLOCKS, verbose_name=_("what the page shows"), blank=True)

    has_own_address = False
    template = "pages/cluster_home.html"
    parent_page_types = ["pages.RegionHomePage"]
    subpage_types = ["pages.NewsIndexPage", "pages.StandardPage"]
    content_panels = [*BilingualPage.content_panels, FieldPanel("body")]
    promote_panels = ADDRESS_IS_FIXED

    class Meta:
        verbose_name = _("home page of a cluster")
        verbose_name_plural = _("home pages of the clusters")

    @property
    def home_slug(self) -> str:
        return str(self.slug)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        read = getattr(request, "cluster", None)
        if read and read.pk == self.cluster_id:
            self.cluster = read  # the middleware has it already
        return super().serve(request, *args, **kwargs)

    def address(self, cluster_slug: str | None = None) -> str:
        return home_address(str(self.slug))
