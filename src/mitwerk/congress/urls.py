from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.congress import views
from mitwerk.core.addresses import in_region_and_clusters

app_name = "congress"

urlpatterns = in_region_and_clusters(
    [path(_("congresses/<slug:slug>/"), views.congress_detail, name="congress_detail")]
)
urlpatterns += [
    path(_("my/congresses/add/"), views.congress_add, name="congress_add"),
    path(_("my/congresses/<str:public_id>/copy/"), views.congress_copy, name="congress_copy"),
]
