"""The page that shows every component, and the pictures of shared pages."""

from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mitwerk.ui import samples
from mitwerk.ui.opengraph import draw_card, read_card

ONE_DAY = 60 * 60 * 24


def components(request: HttpRequest) -> HttpResponse:
    """All components in both themes; `?lang=` chooses the language."""
    known = dict(settings.LANGUAGES)
    active = (get_language() or settings.LANGUAGE_CODE).split("-")[0]
    asked = request.GET.get("lang", "")
    language = asked if asked in known else active
    request.twin_urls = {code: f"{request.path}?lang={code}" for code in known}  # type: ignore[attr-defined]
    with override(language):
        return render(request, "ui/components.html", samples.context(language))


@require_safe
@cache_control(public=True, max_age=30 * ONE_DAY, immutable=True)
def opengraph(request: HttpRequest, token: str) -> HttpResponse:
    """The picture of one page, drawn once a day at most. A token that was not made here is a 404."""
    card = read_card(token)
    if card is None:
        raise Http404("no such picture")
    key = f"opengraph:{token.rpartition(':')[2]}"
    drawn = caches["pictures"]
    picture = drawn.get(key)
    if picture is None:
        picture = draw_card(card)
        drawn.set(key, picture, ONE_DAY)
    return HttpResponse(picture, content_type="image/png")
