from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.rooms.views import answers, feeds, following, meetings, members, minutes, polls, systems, topics

app_name = "rooms"

urlpatterns = [
    path(_("my/networks/<slug:slug>/room/"), topics.topic_list, name="topic_list"),
    path(_("my/networks/<slug:slug>/room/topics/new/"), topics.topic_ask, name="topic_ask"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/"), topics.topic_detail, name="topic_detail"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/edit/"), topics.topic_edit, name="topic_edit"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/take-away/"), topics.topic_drop, name="topic_drop"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/answer/"), topics.answer_give, name="answer_give"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/helped/"), topics.topic_helped, name="topic_helped"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/follow/"), following.topic_follow, name="topic_follow"),
    path(
        _("my/networks/<slug:slug>/room/topics/<str:public_id>/unfollow/"),
        following.topic_unfollow,
        name="topic_unfollow",
    ),
    path(_("my/networks/<slug:slug>/room/mail/"), following.room_mail, name="mail"),
    path(_("room-mail/stop/<str:token>/"), following.mail_stop, name="mail_stop"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/poll/new/"), polls.poll_open, name="poll_open"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/poll/vote/"), polls.poll_vote, name="poll_vote"),
    path(_("my/networks/<slug:slug>/room/topics/<str:public_id>/poll/close/"), polls.poll_close, name="poll_close"),
    path(_("my/networks/<slug:slug>/room/answers/<str:public_id>/edit/"), answers.answer_edit, name="answer_edit"),
    path(_("my/networks/<slug:slug>/room/answers/<str:public_id>/take-away/"), answers.answer_drop, name="answer_drop"),
    path(_("my/networks/<slug:slug>/room/files/<str:public_id>/"), topics.file_get, name="file_get"),
    path(_("my/networks/<slug:slug>/room/files/<str:public_id>/take-away/"), topics.file_drop, name="file_drop"),
    path(_("my/networks/<slug:slug>/room/meetings/"), meetings.meeting_list, name="meeting_list"),
    path(_("my/networks/<slug:slug>/room/meetings/plan/"), meetings.meeting_plan, name="meeting_plan"),
    path(_("my/networks/<slug:slug>/room/meetings/<str:public_id>/"), meetings.meeting_detail, name="meeting_detail"),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/change/"),
        meetings.meeting_change,
        name="meeting_change",
    ),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/cancel/"),
        meetings.meeting_cancel,
        name="meeting_cancel",
    ),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/answer/"),
        meetings.meeting_answer,
        name="meeting_answer",
    ),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/minutes/"),
        minutes.minutes_write,
        name="minutes_write",
    ),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/minutes/publish/"),
        minutes.minutes_publish,
        name="minutes_publish",
    ),
    path(
        _("my/networks/<slug:slug>/room/meetings/<str:public_id>/minutes/<int:number>/"),
        minutes.minutes_read,
        name="minutes_read",
    ),
    path(_("my/networks/<slug:slug>/room/calendar/"), feeds.calendar, name="calendar"),
    path(_("my/networks/<slug:slug>/room/calendar/renew/"), feeds.calendar_renew, name="calendar_renew"),
    path(_("rooms/feed/<str:token>.ics"), feeds.feed, name="feed"),
    path(_("my/networks/<slug:slug>/room/members/"), members.member_list, name="member_list"),
    path(_("my/networks/<slug:slug>/room/members/my-card/"), members.card_edit, name="card_edit"),
    path(_("my/networks/<slug:slug>/room/systems/"), systems.system_list, name="system_list"),
    path(_("my/networks/<slug:slug>/room/systems/mine/"), systems.system_mine, name="system_mine"),
    path(_("my/networks/<slug:slug>/room/systems/<str:public_id>/"), systems.system_detail, name="system_detail"),
    path(_("my/networks/<slug:slug>/room/systems/<str:public_id>/mine/"), systems.system_change, name="system_change"),
    path(_("my/networks/<slug:slug>/room/systems/<str:public_id>/drop/"), systems.system_drop, name="system_drop"),
]
