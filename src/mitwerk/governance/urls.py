from django.urls import include, path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.governance import views

app_name = "governance"

urlpatterns = in_region_and_clusters(
    [
        path(_("bodies/"), views.body_list, name="body_list"),
        path(_("bodies/<slug:slug>/"), views.body_detail, name="body_detail"),
        path(_("bodies/<slug:slug>/minutes/<str:public_id>/"), views.public_minutes_detail, name="public_minutes"),
        path(
            _("bodies/<slug:slug>/minutes/<str:public_id>/minutes.pdf"),
            views.public_minutes_document,
            name="public_minutes_document",
        ),
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

sitting_patterns = [
    path("", views.sitting_detail, name="sitting_detail"),
    path(_("edit/"), views.sitting_edit, name="sitting_edit"),
    path(_("dates/"), views.sitting_dates, name="sitting_dates"),
    path(_("dates/<str:organisation_id>/"), views.dates_answer, name="dates_answer"),
    path(_("invite/"), views.sitting_invite, name="sitting_invite"),
    path(_("tell/"), views.sitting_tell, name="sitting_tell"),
    path(_("cancel/"), views.sitting_cancel, name="sitting_cancel"),
    path(_("calendar.ics"), views.sitting_calendar, name="sitting_calendar"),
    path(_("begin/"), views.sitting_begin, name="sitting_begin"),
    path(_("end/"), views.sitting_end, name="sitting_end"),
    path(_("there/<str:organisation_id>/"), views.attendance, name="attendance"),
    path(_("items/new/"), views.item_new, name="item_new"),
    path(_("items/<str:item_id>/edit/"), views.item_edit, name="item_edit"),
    path(_("items/<str:item_id>/up/"), views.item_up, name="item_up"),
    path(_("items/<str:item_id>/down/"), views.item_down, name="item_down"),
    path(_("items/<str:item_id>/drop/"), views.item_drop, name="item_drop"),
    path(_("items/<str:item_id>/open/"), views.item_open, name="item_open"),
    path(_("items/<str:item_id>/close/"), views.item_close, name="item_close"),
    path(_("items/<str:item_id>/postpone/"), views.item_postpone, name="item_postpone"),
    path(_("items/<str:item_id>/record/"), views.item_record, name="item_record"),
    path(_("items/<str:item_id>/motions/new/"), views.motion_new, name="motion_new"),
    path(_("items/<str:item_id>/tasks/new/"), views.task_new, name="task_new"),
    path(_("motions/<str:motion_id>/edit/"), views.motion_edit, name="motion_edit"),
    path(_("motions/<str:motion_id>/withdraw/"), views.motion_withdraw, name="motion_withdraw"),
    path(_("motions/<str:motion_id>/hands/"), views.motion_hands, name="motion_hands"),
    path(_("motions/<str:motion_id>/vote/"), views.motion_device, name="motion_device"),
    path(_("motions/<str:motion_id>/vote-in-secret/"), views.motion_secret, name="motion_secret"),
    path(_("motions/<str:motion_id>/count/"), views.motion_count, name="motion_count"),
    path(_("motions/<str:motion_id>/stop/"), views.motion_stop, name="motion_stop"),
    path(_("tasks/<str:task_id>/done/"), views.task_done, name="task_done"),
    path(_("tasks/<str:task_id>/undone/"), views.task_undone, name="task_undone"),
    path(_("tasks/<str:task_id>/drop/"), views.task_drop, name="task_drop"),
    path(_("minutes/"), views.minutes_detail, name="minutes_detail"),
    path(_("minutes/publish/"), views.minutes_publish, name="minutes_publish"),
    path(_("minutes/minutes.pdf"), views.minutes_document, name="minutes_document"),
]
urlpatterns += [
    path(_("my/bodies/<slug:slug>/sittings/"), views.sitting_list, name="sitting_list"),
    path(_("my/bodies/<slug:slug>/sittings/new/"), views.sitting_new, name="sitting_new"),
    path(_("my/bodies/<slug:slug>/sittings/<str:public_id>/"), include(sitting_patterns)),
    path(_("dates/<str:token>/"), views.dates_link, name="dates_link"),
]
