"""All addresses: what machines read, the office, the subjects, and last the pages of the editors."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from mitwerk.accounts.office import closed, own_account
from mitwerk.accounts.views import moved
from mitwerk.pictures.views import document

handler400 = "mitwerk.config.errors.bad_request"
handler403 = "mitwerk.config.errors.forbidden"
handler404 = "mitwerk.config.errors.not_found"
handler429 = "mitwerk.config.errors.too_many"  # allauth looks for it
handler500 = "mitwerk.config.errors.server_error"

urlpatterns = [
    path("", include("mitwerk.exchange.urls")),
    path("office/login/", RedirectView.as_view(pattern_name=settings.LOGIN_URL, query_string=True)),
    path("office/account/", own_account),
    re_path(r"^office/(?:users|groups|bulk/(?:accounts/user|auth/group)|operator/(?:new|delete)|failwhale)/", closed),
    path("office/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", document, name="wagtaildocs_serve"),
    path("documents/", include(wagtaildocs_urls)),
    path("account/<path:rest>", moved),
    path("", include("mitwerk.outbox.urls")),
    path("", include("mitwerk.ui.urls")),
]

urlpatterns += i18n_patterns(
    path(_("account/"), include("mitwerk.accounts.urls")),
    path(_("account/"), include("mitwerk.privacy.urls")),
    path(_("account/"), include("allauth.urls")),
    path("", include("mitwerk.consents.urls")),
    path("", include("mitwerk.people.urls")),
    path("", include("mitwerk.profiles.urls")),
    path("", include("mitwerk.clusters.urls")),
    path("", include("mitwerk.events.urls")),
    path("", include("mitwerk.matching.urls")),
    path("", include("mitwerk.charter.urls")),
    path("", include("mitwerk.congress.urls")),
    path("", include("mitwerk.registrations.urls")),
    path("", include("mitwerk.projects.urls")),
    path("", include("mitwerk.networks.urls")),
    path("", include("mitwerk.rooms.urls")),
    path("", include("mitwerk.governance.urls")),
    path("", include("mitwerk.pages.urls")),
    path("", include("mitwerk.portal.urls")),
    path("", include("mitwerk.search.urls")),
    path("", include("mitwerk.imports.urls")),
    path("", include(wagtail_urls)),
)
