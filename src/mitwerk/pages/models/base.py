"""What every page of the editors has in common: a twin in the other language, and one address for each."""

from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import translation
from wagtail import hooks
from wagtail.models import Page, Revision
from wagtail.models.pages import RouteResult

from mitwerk.core.addresses import address_of
from mitwerk.pages.models.twins import TwinPanel

CONTEXT_HOOK = "mitwerk_page_context"
"""Wagtail hook `(page, request) -> dict`: what a page shows besides itself. Declared low, filled in by `views`."""
PUBLISH_HOOK = "mitwerk_before_publishing"
"""Wagtail hook `(page, revision) -> None`: what is noted of twins. Declared low, filled in by `actions`."""


class BilingualPage(Page):
    """A page that knows its twin. Shown in the other language where it has none, and the reader is told."""

    translation_key: UUID
    level: ClassVar[int] = 0
    """Steps below its home: 0 for a home, 1 for its index and texts, 2 for a piece of news."""

    has_own_address: ClassVar[bool] = True
    """False for a home: its address is the house's, so its twin need not be looked up to know where it is."""

    show_in_menus_default = False
    content_panels = [TwinPanel(), *Page.content_panels]

    class Meta:
        abstract = True

    @property
    def key(self) -> str:
        """What its picture is drawn from: the same for both twins."""
        return str(self.translation_key)

    @property
    def language(self) -> str:
        return str(self.locale.language_code)

    @property
    def home_slug(self) -> str:
        """The address part of the cluster this page lives in; empty for the region's pages."""
        steps = self.url_path.strip("/").split("/")
        return str(steps[1]) if len(steps) > 1 + self.level else ""

    def address(self, cluster_slug: str | None = None) -> str:
        """Path in the active language. A page that lives in one place stays there, whoever asks."""
        raise NotImplementedError

    def address_in(self, language: str, cluster_slug: str | None = None) -> str:
        """Path in another language, for the language switch."""
        with translation.override(language):
            return self.address(cluster_slug)

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """As Wagtail does; a text that is there only in the other language is found at the same place in this one."""
        try:
            return super().route(request, path_components)
        except Http404:
            if len(path_components) == 1 and (page := self._only_elsewhere(path_components[0])):
                return RouteResult(page)
            raise

    def _only_elsewhere(self, slug: str) -> Page | None:
        """The live child of this page's twins at `slug`, of those that are shown by themselves."""
        twins = self.get_translations().live().values_list("path", flat=True)
        for path in twins:
            page = Page.objects.live().filter(path__startswith=path, depth=self.depth + 1, slug=slug).first()
            if page and isinstance(found := page.specific, BilingualPage) and found.level == 1:
                return found
        return None

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> Any:
        """Wagtail's one way to publish, by hand, by review or by the clock: here a twin may fall behind."""
        with transaction.atomic():
            for note in hooks.get_hooks(PUBLISH_HOOK):
                note(self, revision)
            return super().publish(revision, *args, **kwargs)

    def twins(self) -> dict[str, "BilingualPage"]:
        """Live pages that say the same, by language, this one among them."""
        others = self.get_translations().live().select_related("locale")
        return {self.language: self, **{page.locale.language_code: page for page in others}}

    def twin_urls(self, cluster_slug: str | None) -> dict[str, str]:
        """Where the language switch leads; a missing twin is this page under the other language's address."""
        twins = self.twins() if self.has_own_address else {}
        return {code: twins.get(code, self).address_in(code, cluster_slug) for code, _name in settings.LANGUAGES}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        active = (translation.get_language() or self.language).split("-")[0]
        context["foreign_language"] = self.language if self.language != active else ""
        for fill in hooks.get_hooks(CONTEXT_HOOK):
            context.update(fill(self, request))
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        cluster = getattr(request, "cluster", None)
        request.twin_urls = self.twin_urls(cluster.slug if cluster else None)  # type: ignore[attr-defined]
        response: HttpResponse = super().serve(request, *args, **kwargs)
        return response

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """A draft has no address yet, so its own language decides, not the address."""
        with translation.override(self.language):
            response = super().serve_preview(request, mode_name)
            return response.render() if isinstance(response, TemplateResponse) else response


def home_address(cluster_slug: str | None) -> str:
    """Path of the home page in the active language."""
    return address_of("clusters:home", cluster=cluster_slug) if cluster_slug else address_of("clusters:region_home")
