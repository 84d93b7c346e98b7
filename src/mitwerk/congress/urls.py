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
    ]
)
urlpatterns += [
    path(_("my/congresses/add/"), views.congress_add, name="congress_add"),
    path(_("my/congresses/<str:public_id>/copy/"), views.congress_copy, name="congress_copy"),
    path(_("my/congresses/<str:public_id>/score/"), views.review_list, name="review_list"),
    path(_("my/congresses/<str:public_id>/score/<int:number>/"), views.review_edit, name="review_edit"),
    path(_("my/contributions/"), views.contribution_mine, name="contribution_mine"),
    path(_("my/congresses/<str:public_id>/hand-in/<slug:slug>/"), views.contribution_add, name="contribution_add"),
    path(_("my/contributions/<str:public_id>/"), views.contribution_detail, name="contribution_detail"),
    path(_("my/contributions/<str:public_id>/edit/"), views.contribution_edit, name="contribution_edit"),
    path(_("my/contributions/<str:public_id>/steps/<slug:verb>/"), views.contribution_step, name="contribution_step"),
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
