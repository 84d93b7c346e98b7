from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.projects import views

app_name = "projects"

urlpatterns = in_region_and_clusters(
    [
        path(_("projects/"), views.project_list, name="project_list"),
        path(_("projects/<slug:slug>/"), views.project_detail, name="project_detail"),
    ]
)
urlpatterns += [
    path(_("my/projects/"), views.project_mine, name="project_mine"),
    path(_("my/project-board/"), views.project_board, name="project_board"),
    path(_("my/project-board/file/<slug:kind>/"), views.project_board_export, name="project_board_export"),
    path(_("my/organisations/<slug:slug>/ideas/add/"), views.idea_add, name="idea_add"),
    path(_("my/projects/<slug:slug>/"), views.project_room, name="project_room"),
    path(_("my/projects/<slug:slug>/idea/"), views.idea_edit, name="idea_edit"),
    path(_("my/projects/<slug:slug>/idea/drop/"), views.idea_drop, name="idea_drop"),
    path(_("my/projects/<slug:slug>/step/<slug:verb>/"), views.project_step, name="project_step"),
    path(_("my/projects/<slug:slug>/decide/"), views.project_decide, name="project_decide"),
    path(_("my/projects/<slug:slug>/decide/<str:item_id>/"), views.decision_word, name="decision_word"),
    path(_("my/projects/<slug:slug>/invite/"), views.project_invite, name="project_invite"),
    path(_("my/projects/<slug:slug>/join/"), views.project_join, name="project_join"),
    path(_("my/projects/<slug:slug>/milestones/add/"), views.milestone_add, name="milestone_add"),
    path(_("my/milestones/<str:public_id>/reached/"), views.milestone_reach, name="milestone_reach"),
    path(_("my/milestones/<str:public_id>/drop/"), views.milestone_drop, name="milestone_drop"),
    path(_("my/projects/<slug:slug>/end/"), views.project_end, name="project_end"),
    path(_("my/projects/<slug:slug>/story/"), views.story_write, name="story_write"),
    path(_("my/projects/<slug:slug>/story/ask/"), views.story_ask, name="story_ask"),
    path(_("my/projects/<slug:slug>/story/publish/"), views.story_publish, name="story_publish"),
    path(_("my/organisations/<slug:slug>/proved/<slug:project>/"), views.proof_answer, name="proof_answer"),
    path(_("my/releases/<str:public_id>/"), views.release_answer, name="release_answer"),
    path(_("my/releases/<str:public_id>/accept/"), views.release_accept, name="release_accept"),
    path(_("my/releases/<str:public_id>/refuse/"), views.release_refuse, name="release_refuse"),
    path(_("my/releases/<str:public_id>/omit/"), views.release_omit, name="release_omit"),
    path(_("take-part/proved/<str:token>/"), views.proof_link, name="proof_link"),
    path(_("take-part/story/<str:token>/"), views.release_link, name="release_link"),
    path(_("my/groups/"), views.group_mine, name="group_mine"),
    path(_("my/projects/<slug:slug>/groups/add/"), views.group_add, name="group_add"),
    path(_("my/groups/<str:public_id>/"), views.group_room, name="group_room"),
    path(_("my/groups/<str:public_id>/edit/"), views.group_edit, name="group_edit"),
    path(_("my/groups/<str:public_id>/plan/"), views.group_plan, name="group_plan"),
    path(_("my/groups/<str:public_id>/ask/"), views.group_ask, name="group_ask"),
    path(_("my/groups/<str:public_id>/volunteer/"), views.group_volunteer, name="group_volunteer"),
    path(_("my/groups/<str:public_id>/report/"), views.report_write, name="report_write"),
    path(_("my/groups/<str:public_id>/notes/add/"), views.note_add, name="note_add"),
    path(_("my/groups/<str:public_id>/files/add/"), views.file_add, name="file_add"),
    path(_("my/group-members/<str:public_id>/end/"), views.member_end, name="member_end"),
    path(_("my/group-notes/<str:public_id>/drop/"), views.note_drop, name="note_drop"),
    path(_("my/group-files/<str:public_id>/"), views.file_get, name="file_get"),
    path(_("my/group-files/<str:public_id>/drop/"), views.file_drop, name="file_drop"),
    path(_("take-part/group/<str:token>/"), views.volunteer_link, name="volunteer_link"),
    path(_("my/joinings/<str:public_id>/"), views.joining_answer, name="joining_answer"),
    path(_("my/joinings/<str:public_id>/accept/"), views.joining_accept, name="joining_accept"),
    path(_("my/joinings/<str:public_id>/decline/"), views.joining_decline, name="joining_decline"),
    path(_("take-part/<str:token>/"), views.joining_link, name="joining_link"),
]
