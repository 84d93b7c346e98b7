from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.clusters import views
from mitwerk.core.addresses import in_region_and_clusters

app_name = "clusters"

urlpatterns = in_region_and_clusters(
    [
        path(_("contact/"), views.contact, name="contact"),
        path(_("membership/"), views.membership, name="membership"),
        path(_("contact/thanks/"), views.message_sent, name="message_sent"),
    ]
)

urlpatterns += [
    path("", views.home, name="region_home"),
    path("<cluster:cluster>/", views.home, name="home"),
]
