from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.search import views

app_name = "search"

urlpatterns = in_region_and_clusters(
    [
        path(_("search/"), views.search, name="search"),
    ]
)
