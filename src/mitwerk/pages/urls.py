from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.pages import views

app_name = "pages"

urlpatterns = [
    path(_("about/"), views.page, name="about"),
    path(_("how-we-work/"), views.page, name="how_we_work"),
    path(_("imprint/"), views.page, name="imprint"),
    path(_("privacy/"), views.page, name="privacy"),
    path(_("accessibility/"), views.page, name="accessibility"),
    *in_region_and_clusters(
        [
            path(_("news/"), views.page, name="news_list"),
            path(_("news/feed.atom"), views.news_feed, name="news_feed"),
        ]
    ),
]
