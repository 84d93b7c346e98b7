from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.networks import views

app_name = "networks"

urlpatterns = in_region_and_clusters(
    [
        path(_("networks/"), views.network_list, name="network_list"),
        path(_("networks/<slug:slug>/"), views.network_detail, name="network_detail"),
    ]
)
urlpatterns += [
    path(_("invitation/network/<str:token>/"), views.invitation, name="invitation"),
    path(_("my/network-invitations/<str:public_id>/"), views.my_invitation, name="my_invitation"),
    path(_("my/networks/<slug:slug>/people/"), views.people_list, name="people_list"),
    path(_("my/networks/<slug:slug>/people/<str:public_id>/end/"), views.person_end, name="person_end"),
    path(
        _("my/networks/<slug:slug>/invitations/<str:public_id>/take-back/"),
        views.invitation_revoke,
        name="invitation_revoke",
    ),
]
