"""What stands around every page: name, menu, languages, footer."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.encoding import escape_uri_path, iri_to_uri
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitwerk.clusters.rules import is_editor
from mitwerk.core.addresses import address_of
from mitwerk.core.visitors import has_session

MENU = [
    ("portal:organisation_list", _("Actors")),
    ("portal:competence_list", _("Competences")),
    ("projects:project_list", _("Projects")),
    ("pages:news_list", _("News")),
    ("events:event_list", _("Events")),
    ("networks:network_list", _("Networks")),
    ("matching:need_list", _("Needs")),
]
FOOTER = [
    ("pages:about", _("About")),
    ("governance:body_list", _("Bodies")),
    ("pages:how_we_work", _("How we work")),
    ("pages:imprint", _("Imprint")),
    ("pages:privacy", _("Privacy")),
    ("pages:accessibility", _("Accessibility")),
]
DEMO = [("outbox:mail_list", _("Mailbox of the demo"))]


@dataclass(frozen=True)
class Link:
    """One entry of a menu."""

    label: str
    url: str
    is_current: bool = False
    language: str = ""


def site(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `site` in every template (see the README of `ui`)."""
    cluster = getattr(request, "cluster", None)
    region = getattr(request, "region", None)
    home = cluster or region
    slug = cluster.slug if cluster else None
    return {
        "site": {
            "name": home.menu_name if home else settings.WAGTAIL_SITE_NAME,
            "emblem_key": home.public_id if home else "mitwerk",
            "base_url": settings.BASE_URL,
            "accent": home.accent if home else "#1d4e9e",
            "home_url": cluster.get_absolute_url() if cluster else address_of("clusters:region_home"),
            "region_name": region.menu_name if region else "",
            "region_url": address_of("clusters:region_home"),
            "is_cluster": cluster is not None,
            "navigation": menu(request, slug),
            "footer": [Link(str(label), address_of(name)) for name, label in FOOTER + DEMO * settings.IS_DEMO],
            "languages": languages(request),
            "search_url": address_of("search:search", cluster=slug),
            "newsletter_url": address_of("consents:subscribe", cluster=slug),
            "contact_url": address_of("clusters:contact", cluster=slug),
            "login_url": address_of("account_login"),
            **viewer(request),
        }
    }


def viewer(request: HttpRequest) -> dict[str, Any]:
    """Where somebody signed in finds their own things. Without a session's cookie nobody looks for a user."""
    if not has_session(request) or not request.user.is_authenticated:
        return {"is_signed_in": False}
    return {
        "is_signed_in": True,
        "desk_url": address_of("portal:desk"),
        "account_url": address_of("accounts:account_show"),
        "consents_url": address_of("consents:my_consents"),
        "my_data_url": address_of("privacy:my_data"),
        "account_delete_url": address_of("privacy:account_delete"),
        "logout_url": address_of("account_logout"),
        "office_url": address_of("wagtailadmin_home") if is_editor(request.user) else "",
    }


def menu(request: HttpRequest, slug: str | None) -> list[Link]:
    """The main menu of the region or of the cluster."""
    links = ((label, address_of(name, cluster=slug)) for name, label in MENU)
    return [Link(str(label), url, request.path.startswith(url)) for label, url in links]


def languages(request: HttpRequest) -> list[Link]:
    """The same page in each language, with the same filters."""
    active, twins = get_language(), getattr(request, "twin_urls", {})
    path, query = escape_uri_path(request.path), iri_to_uri(request.META.get("QUERY_STRING", ""))
    asked = f"?{query}" if query else ""
    return [
        Link(name, _with(twins.get(code), asked) or _in_language(path, code, active) + asked, code == active, code)
        for code, name in settings.LANGUAGES
    ]


def _with(own: str | None, asked: str) -> str:
    """A page of the editors says itself where its twin is, but not the filters."""
    return f"{own}{asked}" if own and "?" not in own else own or ""


@lru_cache(maxsize=4096)
def _in_language(path: str, language: str, active: str | None) -> str:
    """The address in another language, remembered: the addresses of the house alone decide it."""
    return path if language == active else translate_url(path, language)
