from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.governance import views

app_name = "governance"

urlpatterns = in_region_and_clusters(
    [
        path(_("bodies/"), views.body_list, name="body_list"),
        path(_("bodies/<slug:slug>/"), views.body_detail, name="body_detail"),
        path(_("resolutions/"), views.resolution_list, name="resolution_list"),
        path(_("resolutions/feed.atom"), views.resolution_feed_atom, name="resolution_feed"),
        path(_("resolutions/<str:public_id>/"), views.resolution_detail, name="resolution_detail"),
    ]
)
urlpatterns += [
    path(_("my/bodies/"), views.my_body_list, name="my_body_list"),
    path(_("my/bodies/<slug:slug>/"), views.body_room, name="body_room"),
    path(_("my/bodies/<slug:slug>/ballots/new/"), views.ballot_new, name="ballot_new"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/"), views.ballot_detail, name="ballot_detail"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/edit/"), views.ballot_edit, name="ballot_edit"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/start/"), views.ballot_start, name="ballot_start"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/drop/"), views.ballot_drop, name="ballot_drop"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/call-off/"), views.ballot_call_off, name="ballot_call_off"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/again/"), views.ballot_repeat, name="ballot_repeat"),
    path(_("my/bodies/<slug:slug>/ballots/<str:public_id>/result.json"), views.ballot_file, name="ballot_file"),
    path(
        _("my/bodies/<slug:slug>/ballots/<str:public_id>/vote/<str:organisation_id>/"),
        views.vote_cast,
        name="vote_cast",
    ),
    path(
        _("my/bodies/<slug:slug>/ballots/<str:public_id>/vote/<str:organisation_id>/take-back/"),
        views.vote_withdraw,
        name="vote_withdraw",
    ),
    path(_("vote/<str:token>/"), views.vote_link, name="vote_link"),
]
