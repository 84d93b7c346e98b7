from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.charter import views
from mitwerk.core.addresses import in_region_and_clusters

app_name = "charter"

urlpatterns = in_region_and_clusters(
    [
        path(_("charter/history/"), views.history, name="history"),
        path(_("charter/versions/<int:number>/"), views.version, name="version"),
        path(_("charter/compare/"), views.compare, name="compare"),
        path(_("charter/draft/"), views.draft, name="draft"),
        path(_("charter/file/<slug:kind>/"), views.charter_file, name="file"),
    ]
)
urlpatterns += [
    path(_("my/charters/"), views.charter_mine, name="charter_mine"),
    path(_("my/charters/<str:public_id>/"), views.workshop, name="workshop"),
    path(_("my/charters/<str:public_id>/contributions/"), views.contribution_list, name="contribution_list"),
    path(_("my/charters/<str:public_id>/contributions/group/"), views.contribution_group, name="contribution_group"),
    path(
        _("my/charters/<str:public_id>/contributions/<str:contribution_id>/drop/"), views.contribution_drop,
        name="contribution_drop",
    ),
    path(_("my/charters/<str:public_id>/questions/add/"), views.question_edit, name="question_add"),
    path(_("my/charters/<str:public_id>/questions/<str:question_id>/"), views.question_edit, name="question_edit"),
    path(
        _("my/charters/<str:public_id>/questions/<str:question_id>/drop/"), views.question_drop, name="question_drop"
    ),
    path(_("my/charters/<str:public_id>/themes/add/"), views.theme_edit, name="theme_add"),
    path(_("my/charters/<str:public_id>/themes/<str:theme_id>/"), views.theme_edit, name="theme_edit"),
    path(_("my/charters/<str:public_id>/themes/<str:theme_id>/drop/"), views.theme_drop, name="theme_drop"),
    path(_("my/charters/<str:public_id>/paragraphs/<str:anchor>/"), views.paragraph, name="paragraph"),
    path(
        _("my/charters/<str:public_id>/paragraphs/<str:anchor>/suggest/<slug:kind>/<slug:language>/"),
        views.suggestion_add, name="suggestion_add",
    ),
    path(_("my/charters/<str:public_id>/suggestions/"), views.suggestion_list, name="suggestion_list"),
    path(_("my/charters/<str:public_id>/suggestions/preview/"), views.merge_preview, name="merge_preview"),
    path(_("my/charters/<str:public_id>/suggestions/accept/"), views.merge_accept, name="merge_accept"),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/"), views.suggestion_detail, name="suggestion_detail"
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/edit/"), views.suggestion_edit, name="suggestion_edit"
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/renew/"), views.suggestion_renew,
        name="suggestion_renew",
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/change/"), views.suggestion_change,
        name="suggestion_change",
    ),
    path(_("my/charters/<str:public_id>/suggestions/<int:number>/take/"), views.change_take, name="change_take"),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/withdraw/"), views.suggestion_withdraw,
        name="suggestion_withdraw",
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/support/<slug:slug>/"), views.support_add,
        name="support_add",
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/support/<slug:slug>/end/"), views.support_end,
        name="support_end",
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/answer/"), views.suggestion_answer,
        name="suggestion_answer",
    ),
    path(
        _("my/charters/<str:public_id>/suggestions/<int:number>/vote/"), views.suggestion_vote, name="suggestion_vote"
    ),
    path(_("my/charters/<str:public_id>/text/"), views.text_edit, name="text_edit"),
    path(_("my/charters/<str:public_id>/text/<str:anchor>/"), views.paragraph_edit, name="paragraph_edit"),
    path(_("my/charters/<str:public_id>/text/<str:anchor>/drop/"), views.paragraph_drop, name="paragraph_drop"),
    path(
        _("my/charters/<str:public_id>/text/<str:anchor>/restore/"), views.paragraph_restore, name="paragraph_restore"
    ),
    path(
        _("my/charters/<str:public_id>/text/<str:anchor>/history/"), views.paragraph_history, name="paragraph_history"
    ),
    path(_("my/charters/<str:public_id>/text/<str:anchor>/figure/"), views.figure_edit, name="figure_edit"),
    path(
        _("my/charters/<str:public_id>/text/<str:anchor>/move/<slug:way>/"), views.paragraph_move, name="paragraph_move"
    ),
    path(
        _("my/charters/<str:public_id>/text/<str:anchor>/still-right/<slug:language>/"), views.translation_confirm,
        name="translation_confirm",
    ),
    path(_("my/charters/<str:public_id>/not-saved/<str:attempt_id>/"), views.attempt_open, name="attempt_open"),
    path(_("my/charters/<str:public_id>/not-saved/<str:attempt_id>/drop/"), views.attempt_drop, name="attempt_drop"),
    path(_("my/charters/<str:public_id>/sections/add/"), views.section_edit, name="section_add"),
    path(_("my/charters/<str:public_id>/sections/<str:section_id>/"), views.section_edit, name="section_edit"),
    path(_("my/charters/<str:public_id>/sections/<str:section_id>/add/"), views.paragraph_add, name="paragraph_add"),
    path(_("my/charters/<str:public_id>/sections/<str:section_id>/drop/"), views.section_drop, name="section_drop"),
    path(
        _("my/charters/<str:public_id>/sections/<str:section_id>/move/<slug:way>/"), views.section_move,
        name="section_move",
    ),
    path(_("my/charters/<str:public_id>/files/add/"), views.manuscript_add, name="manuscript_add"),
    path(_("my/charters/<str:public_id>/files/<str:manuscript_id>/"), views.manuscript_show, name="manuscript_show"),
    path(
        _("my/charters/<str:public_id>/files/<str:manuscript_id>/take/"), views.manuscript_take, name="manuscript_take"
    ),
    path(
        _("my/charters/<str:public_id>/files/<str:manuscript_id>/drop/"), views.manuscript_drop, name="manuscript_drop"
    ),
    path(_("my/charters/<str:public_id>/versions/publish/"), views.version_publish, name="version_publish"),
    path(_("my/charters/<str:public_id>/versions/<int:number>/"), views.version_read, name="version_read"),
    path(_("my/charters/<str:public_id>/days/"), views.phase_plan, name="phase_plan"),
    path(_("my/charters/<str:public_id>/days/open/<slug:phase>/"), views.phase_open, name="phase_open"),
    path(_("my/charters/<str:public_id>/people/"), views.guest_list, name="guest_list"),
    path(_("my/charters/<str:public_id>/people/editors/"), views.editor_add, name="editor_add"),
    path(_("my/charters/<str:public_id>/people/editors/<str:person_id>/end/"), views.editor_end, name="editor_end"),
    path(_("my/charters/<str:public_id>/people/<str:guest_id>/end/"), views.guest_end, name="guest_end"),
    path(_("my/charters/<str:public_id>/adoption/"), views.adoption, name="adoption"),
    path(_("my/charters/<str:public_id>/adoption/take-back/"), views.adoption_take_back, name="adoption_take_back"),
    path(_("my/charters/<str:public_id>/sign/<slug:slug>/"), views.signature_add, name="signature_add"),
    path(
        _("my/charters/<str:public_id>/sign/<slug:slug>/withdraw/"), views.signature_withdraw, name="signature_withdraw"
    ),
    path(_("take-part/charter/<str:token>/"), views.link_home, name="link_home"),
    path(
        _("take-part/charter/<str:token>/contributions/"), views.link_contribution_list,
        name="link_contribution_list",
    ),
    path(
        _("take-part/charter/<str:token>/contributions/<str:contribution_id>/drop/"), views.link_contribution_drop,
        name="link_contribution_drop",
    ),
    path(_("take-part/charter/<str:token>/paragraphs/<str:anchor>/"), views.link_paragraph, name="link_paragraph"),
    path(
        _("take-part/charter/<str:token>/paragraphs/<str:anchor>/suggest/<slug:kind>/<slug:language>/"),
        views.link_suggestion_add, name="link_suggestion_add",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/"), views.link_suggestion_detail,
        name="link_suggestion_detail",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/edit/"), views.link_suggestion_edit,
        name="link_suggestion_edit",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/renew/"), views.link_suggestion_renew,
        name="link_suggestion_renew",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/change/"), views.link_suggestion_change,
        name="link_suggestion_change",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/take/"), views.link_change_take,
        name="link_change_take",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/withdraw/"), views.link_suggestion_withdraw,
        name="link_suggestion_withdraw",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/support/<slug:slug>/"), views.link_support_add,
        name="link_support_add",
    ),
    path(
        _("take-part/charter/<str:token>/suggestions/<int:number>/support/<slug:slug>/end/"), views.link_support_end,
        name="link_support_end",
    ),
    path(_("take-part/sign/<str:token>/"), views.sign_link, name="sign_link"),
]  # fmt: skip
