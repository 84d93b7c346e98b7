from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.networks.views import affiliations, pages, people, public

app_name = "networks"

urlpatterns = in_region_and_clusters(
    [
        path(_("networks/"), public.network_list, name="network_list"),
        path(_("networks/<slug:slug>/"), public.network_detail, name="network_detail"),
    ]
)
urlpatterns += [
    path(_("invitation/network/<str:token>/"), people.invitation, name="invitation"),
    path(_("my/network-invitations/<str:public_id>/"), people.my_invitation, name="my_invitation"),
    path(_("my/networks/<slug:slug>/people/"), people.people_list, name="people_list"),
    path(_("my/networks/<slug:slug>/people/<str:public_id>/end/"), people.person_end, name="person_end"),
    path(
        _("my/networks/<slug:slug>/invitations/<str:public_id>/take-back/"),
        people.invitation_revoke,
        name="invitation_revoke",
    ),
    path(_("my/networks/<slug:slug>/page/"), pages.own_page, name="own_page"),
    path(_("my/networks/<slug:slug>/join/"), pages.join_ask, name="join_ask"),
    path(_("my/network-requests/<str:public_id>/take-back/"), pages.join_take_back, name="join_take_back"),
    path(_("my/networks/<slug:slug>/requests/"), pages.join_list, name="join_list"),
    path(_("my/networks/<slug:slug>/requests/<str:public_id>/accept/"), pages.join_accept, name="join_accept"),
    path(_("my/networks/<slug:slug>/requests/<str:public_id>/decline/"), pages.join_decline, name="join_decline"),
    path(_("my/networks/<slug:slug>/affiliation/"), affiliations.affiliation_list, name="affiliation_list"),
    path(
        _("my/networks/<slug:slug>/affiliation/with/<slug:partner>/"),
        affiliations.affiliation_new,
        name="affiliation_new",
    ),
    path(
        _("my/networks/<slug:slug>/affiliation/<str:public_id>/"),
        affiliations.affiliation_detail,
        name="affiliation_detail",
    ),
    path(
        _("my/networks/<slug:slug>/affiliation/<str:public_id>/agree/"),
        affiliations.affiliation_agree,
        name="affiliation_agree",
    ),
    path(
        _("my/networks/<slug:slug>/affiliation/<str:public_id>/decline/"),
        affiliations.affiliation_decline,
        name="affiliation_decline",
    ),
    path(
        _("my/networks/<slug:slug>/affiliation/<str:public_id>/end/"),
        affiliations.affiliation_end,
        name="affiliation_end",
    ),
]
