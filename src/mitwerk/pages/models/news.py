"""News: dated, of one or several clusters, with topics and the actors and projects they are about."""

import re
from html import unescape
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import strip_tags
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.models.pages import RouteResult

from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.core.addresses import address_of
from mitwerk.pages.forms import NewsForm
from mitwerk.pages.models.base import BilingualPage
from mitwerk.pages.models.blocks import FEATURES
from mitwerk.pages.models.choosers import OrganisationChooser, ProjectChooser, ProjectKey
from mitwerk.pages.models.homes import ADDRESS_IS_FIXED, ClusterHomePage
from mitwerk.pictures.models import Picture
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import TOPICS, Concept


class NewsIndexPage(BilingualPage):
    """The news of the region or of a cluster."""

    level = 1

    template = "pages/news_list.html"
    parent_page_types = ["pages.RegionHomePage", "pages.ClusterHomePage"]
    subpage_types = ["pages.NewsPage"]
    promote_panels = ADDRESS_IS_FIXED

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def address(self, cluster_slug: str | None = None) -> str:
        return news_address(self.home_slug)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """News is shown wherever it belongs, not only where it lies; its slug is unique per language."""
        if len(path_components) != 1:
            return super().route(request, path_components)
        found = self._piece(path_components[0])
        if found is None:
            raise Http404
        return RouteResult(self, kwargs={"piece": found})

    def _piece(self, slug: str) -> "NewsPage | None":
        """The live piece of news with this slug, in this language if it is there, else in the other one."""
        pieces = NewsPage.objects.live().public().select_related("locale", "organisation", "picture").filter(slug=slug)
        return min(pieces, key=lambda page: (page.locale_id != self.locale_id, page.pk), default=None)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        piece: NewsPage | None = kwargs.pop("piece", None)
        if piece is None:
            return super().serve(request, *args, **kwargs)
        better = piece.better_address(request, self)
        return HttpResponseRedirect(better) if better else piece.serve(request)


def news_address(cluster_slug: str | None) -> str:
    """Path of the list of news in the active language."""
    return address_of("pages:news_list", cluster=cluster_slug)


def plain(rich: str) -> str:
    """Rich text without its marks; the end of a paragraph or a list item becomes a space."""
    return " ".join(unescape(strip_tags(re.sub(r"</(p|li|h\d)>|<br/?>", " ", rich))).split())


class NewsPage(BilingualPage):
    """One piece of news."""

    level = 2

    date = models.DateField(_("date"), db_index=True)
    date_is_month = models.BooleanField(
        _("only the month is known"), default=False, help_text=_("Then the day is not shown.")
    )
    intro = models.TextField(
        _("in short"), max_length=400, blank=True, help_text=_("One or two sentences, shown in lists and feeds.")
    )
    body = RichTextField(_("text"), features=FEATURES, blank=True)
    picture = models.ForeignKey(
        Picture, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("picture")
    )
    caption = models.CharField(_("caption"), max_length=250, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("written by"),
        help_text=_("The organisation that tells this. Empty: the office."),
    )
    clusters: Any = ParentalManyToManyField(
        Cluster,
        blank=True,
        related_name="+",
        verbose_name=_("also shown by"),
        help_text=_("Clusters whose news this is, besides the one it lies in."),
    )
    topics: Any = ParentalManyToManyField(
        Concept,
        blank=True,
        related_name="+",
        limit_choices_to={"vocabulary__slug": TOPICS},
        verbose_name=_("topics"),
    )
    sources: Any = models.JSONField(_("sources"), default=list, blank=True)
    as_of = models.PositiveSmallIntegerField(_("as of year"), null=True, blank=True)
    source_id = models.CharField(max_length=200, blank=True, db_index=True, editable=False)
    source_hash = models.CharField(max_length=64, blank=True, editable=False)

    template = "pages/news_page.html"
    base_form_class = NewsForm
    parent_page_types = ["pages.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *BilingualPage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("date_is_month")]),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("picture"), FieldPanel("caption")], heading=_("Picture")),
        MultiFieldPanel(
            [FieldPanel("organisation", widget=OrganisationChooser), FieldPanel("topics"), FieldPanel("clusters")],
            heading=_("Where it belongs"),
        ),
        MultipleChooserPanel("actors", chooser_field_name="organisation", label=_("actors it is about")),
        MultipleChooserPanel("projects", chooser_field_name="project", label=_("projects it is about")),
        FieldPanel("as_of"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        indexes = [models.Index(fields=["-date", "page_ptr"], name="pages_news_latest")]

    def address(self, cluster_slug: str | None = None) -> str:
        """Path in the cluster that is being read: news belongs to several, the region shows all."""
        return f"{news_address(cluster_slug)}{self.slug}/"

    def canonical_address(self) -> str:
        """The one address search engines should keep: in the cluster it lies in."""
        return self.address(self.home_slug)

    def better_address(self, request: HttpRequest, index: NewsIndexPage) -> str:
        """Where the reader should be instead: with the twin in their language, or outside a cluster it is not of."""
        cluster = getattr(request, "cluster", None)
        if cluster and cluster.slug != self.home_slug and not self.clusters.filter(pk=cluster.pk).exists():
            return self.address()
        if self.locale_id != index.locale_id and (twin := self.twins().get(index.language)):
            return twin.address(cluster.slug if cluster else None)
        return ""

    @property
    def short(self) -> str:
        """What lists and feeds say about it, as plain text."""
        return self.intro or Truncator(plain(self.body)).chars(280, truncate=" …")

    def open_clusters(self, user: Any) -> Any:
        """Clusters whose lists this user may put it into: those they may write for, and those already chosen."""
        kept = {cluster.pk for cluster in self.clusters.all()} if self.pk else set()
        homes = ClusterHomePage.objects.all()
        own = {home.cluster_id for home in homes if home.permissions_for_user(user).can_add_subpage()}
        return Cluster.objects.filter(pk__in=kept | own)

    def clean(self) -> None:
        """One slug per language, because a piece of news is shown under several lists."""
        super().clean()
        twins = NewsPage.objects.filter(slug=self.slug, locale_id=self.locale_id).exclude(pk=self.pk)
        if self.slug and twins.exists():
            raise ValidationError({"slug": _("Another piece of news has this address. Choose a different one.")})


class NewsActor(Orderable):
    """An organisation a piece of news is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="actors")
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="news_mentions", verbose_name=_("organisation")
    )

    panels = [FieldPanel("organisation", widget=OrganisationChooser)]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "organisation"], name="pages_news_actor_once")]

    def __str__(self) -> str:
        return str(self.organisation)


class NewsProject(Orderable):
    """A project a piece of news is about."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="projects")
    project = ProjectKey(Project, models.CASCADE, related_name="news_mentions", verbose_name=_("project"))

    panels = [FieldPanel("project", widget=ProjectChooser)]

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["page", "project"], name="pages_news_project_once")]

    def __str__(self) -> str:
        return str(self.project)
