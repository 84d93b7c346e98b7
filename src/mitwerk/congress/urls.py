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
    path(_("take-part/speaker/<str:token>/"), views.speaker_link, name="speaker_link"),
]
