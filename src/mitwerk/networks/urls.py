from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.networks.views import affiliations, joining, leaving, lists, pages, people, public, waves

app_name = "networks"

urlpatterns = in_region_and_clusters(
    [
        path(_("networks/"), public.network_list, name="network_list"),
        path(_("networks/<slug:slug>/"), public.network_detail, name="network_detail"),
    ]
)
urlpatterns += [
    path(_("invitation/network/<str:token>/"), joining.invitation, name="invitation"),
    path(_("my/network-invitations/<str:public_id>/"), joining.my_invitation, name="my_invitation"),
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
urlpatterns += [
    path(_("my/networks/<slug:slug>/list/"), lists.list_home, name="list_home"),
    path(_("my/networks/<slug:slug>/list/row/<str:public_id>/"), lists.row_change, name="row_change"),
    path(_("my/networks/<slug:slug>/list/row/<str:public_id>/remove/"), lists.row_remove, name="row_remove"),
    path(_("my/networks/<slug:slug>/list/<str:public_id>/"), lists.list_detail, name="list_detail"),
    path(_("my/networks/<slug:slug>/list/<str:public_id>/columns/"), lists.list_columns, name="list_columns"),
    path(_("my/networks/<slug:slug>/list/<str:public_id>/keep/"), lists.list_keep, name="list_keep"),
    path(_("my/networks/<slug:slug>/list/<str:public_id>/discard/"), lists.list_discard, name="list_discard"),
]
urlpatterns += [
    path(_("invitation/network/<str:token>/no/"), joining.invitation_decline, name="invitation_decline"),
    path(_("my/network-invitations/<str:public_id>/no/"), joining.my_invitation_decline, name="my_invitation_decline"),
    path(_("my/networks/<slug:slug>/me/"), joining.me, name="me"),
    path(_("my/network-consents/<str:public_id>/"), joining.my_consents, name="my_consents"),
    path(_("my/networks/<slug:slug>/waves/"), waves.wave_list, name="wave_list"),
    path(_("my/networks/<slug:slug>/waves/<str:public_id>/"), waves.wave_detail, name="wave_detail"),
    path(_("my/networks/<slug:slug>/leave/"), leaving.leaving, name="leaving"),
    path(_("my/networks/<slug:slug>/leave/stop/"), leaving.leaving_cancel, name="leaving_cancel"),
    path(_("my/networks/<slug:slug>/leave/file/"), leaving.network_file, name="network_file"),
]
