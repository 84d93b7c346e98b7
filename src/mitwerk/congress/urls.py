from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.congress import views
from mitwerk.core.addresses import in_region_and_clusters

app_name = "congress"

urlpatterns = in_region_and_clusters(
    [
        path(_("congresses/<slug:slug>/"), views.congress_detail, name="congress_detail"),
        path(_("congresses/<slug:slug>/stands/"), views.stand_list, name="stand_list"),
        path(_("congresses/<slug:slug>/stands/<str:public_id>/"), views.stand_detail, name="stand_detail"),
        path(_("congresses/<slug:slug>/showcase/"), views.showcase_list, name="showcase_list"),
        path(_("congresses/<slug:slug>/showcase/<slug:concept>/"), views.showcase_detail, name="showcase_detail"),
        path(_("congresses/<slug:slug>/proceedings/"), views.proceeding_list, name="proceeding_list"),
        path(
            _("congresses/<slug:slug>/proceedings/<str:public_id>/slides/"),
            views.proceeding_slides,
            name="proceeding_slides",
        ),
        path(_("congresses/<slug:slug>/programme/"), views.programme, name="programme"),
        path(_("congresses/<slug:slug>/programme/items/<slug:key>/"), views.session_detail, name="session_detail"),
        path(_("congresses/<slug:slug>/programme/now/"), views.programme_now, name="programme_now"),
        path(_("congresses/<slug:slug>/programme/mine/"), views.programme_mine, name="programme_mine"),
        path(_("congresses/<slug:slug>/programme/new/"), views.programme_changes, name="programme_changes"),
        path(_("congresses/<slug:slug>/programme/offline/"), views.programme_offline, name="programme_offline"),
        path(_("congresses/<slug:slug>/programme/worker.js"), views.programme_worker, name="programme_worker"),
        path(
            _("congresses/<slug:slug>/programme/programme.<slug:kind>"),
            views.programme_download,
            name="programme_download",
        ),
    ]
)
urlpatterns += [
    path(_("my/congresses/add/"), views.congress_add, name="congress_add"),
    path(_("my/congresses/<str:public_id>/copy/"), views.congress_copy, name="congress_copy"),
    path(_("my/congresses/<str:public_id>/score/"), views.review_list, name="review_list"),
    path(_("my/congresses/<str:public_id>/score/<int:number>/"), views.review_edit, name="review_edit"),
    path(_("my/congresses/<str:public_id>/programme/"), views.programme_edit, name="programme_edit"),
    path(_("my/congresses/<str:public_id>/programme/add/"), views.session_add, name="session_add"),
    path(_("my/congresses/<str:public_id>/programme/place/<str:key>/"), views.session_place, name="session_place"),
    path(_("my/congresses/<str:public_id>/programme/items/<str:key>/"), views.session_edit, name="session_edit"),
    path(
        _("my/congresses/<str:public_id>/programme/items/<str:key>/take-out/"),
        views.session_unplace,
        name="session_unplace",
    ),
    path(_("my/congresses/<str:public_id>/programme/release/"), views.programme_release, name="programme_release"),
    path(_("my/contributions/"), views.contribution_mine, name="contribution_mine"),
    path(_("my/congresses/<str:public_id>/hand-in/<slug:slug>/"), views.contribution_add, name="contribution_add"),
    path(_("my/contributions/<str:public_id>/"), views.contribution_detail, name="contribution_detail"),
    path(_("my/contributions/<str:public_id>/edit/"), views.contribution_edit, name="contribution_edit"),
    path(_("my/contributions/<str:public_id>/steps/<slug:verb>/"), views.contribution_step, name="contribution_step"),
    path(_("my/contributions/<str:public_id>/slides/"), views.proceeding_edit, name="proceeding_edit"),
    path(_("my/contributions/<str:public_id>/speakers/add/"), views.speaker_add, name="speaker_add"),
    path(
        _("my/contributions/<str:public_id>/speakers/<str:speaker_id>/drop/"),
        views.speaker_drop,
        name="speaker_drop",
    ),
    path(_("my/stands/"), views.stand_mine, name="stand_mine"),
    path(_("my/stands/<str:public_id>/"), views.stand_own, name="stand_own"),
    path(_("my/stands/<str:public_id>/edit/"), views.stand_edit, name="stand_edit"),
    path(_("my/stands/<str:public_id>/talks/add/"), views.stand_talk_add, name="stand_talk_add"),
    path(_("my/stands/<str:public_id>/talks/<str:talk_id>/drop/"), views.stand_talk_drop, name="stand_talk_drop"),
    path(_("take-part/speaker/<str:token>/"), views.speaker_link, name="speaker_link"),
]
