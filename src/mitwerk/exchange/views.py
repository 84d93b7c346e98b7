"""What machines read: robots, security contact, manifest and icon."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import get_language_from_request, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mitwerk.algorithms.emblem import colours_for, emblem_svg


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Everything public may be read; the back room and forms are no food for crawlers."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _closed()), ""]
    lines.append(f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _closed() -> Iterator[str]:
    yield reverse("wagtailadmin_home")
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield reverse("account_login").removesuffix("login/")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """RFC 9116. It expires at the end of the year after this one, so it is never stale while the server runs."""
    expires = datetime(datetime.now(UTC).year + 1, 12, 31, tzinfo=UTC)
    lines = [
        f"Contact: mailto:{settings.SECURITY_EMAIL}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: de, en",
        f"Canonical: {settings.BASE_URL}{reverse('security_txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """Lets a phone keep the site among its apps."""
    region = request.region
    language = get_language_from_request(request)
    name = region.name.best(language).text if region else settings.WAGTAIL_SITE_NAME
    short = (region.short_name.best(language).text if region else "") or name
    content = {
        "name": name,
        "short_name": short[:30],
        "lang": language,
        "start_url": "/",
        "display": "browser",
        "background_color": "#f7f2e8",
        "theme_color": region.accent if region else "#1d4e9e",
        "icons": [{"src": reverse("icon"), "sizes": "any", "type": "image/svg+xml"}],
    }
    return JsonResponse(content, content_type="application/manifest+json")


@require_safe
@cache_control(public=True, max_age=60 * 60 * 24)
def icon(request: HttpRequest) -> HttpResponse:
    """The region's emblem as the icon of the site."""
    region = request.region
    key, accent = (region.public_id, region.accent) if region else ("mitwerk", "#1d4e9e")
    return HttpResponse(emblem_svg(key, 512, colours_for(accent)), content_type="image/svg+xml")
