from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.people import views

app_name = "people"

urlpatterns = in_region_and_clusters(
    [
        path(_("organisations/<slug:slug>/claim/"), views.organisation_claim, name="organisation_claim"),
        path(_("organisations/<slug:slug>/claim/thanks/"), views.organisation_claimed, name="organisation_claimed"),
    ]
)
urlpatterns += [
    path(_("invitation/<str:token>/"), views.invitation, name="invitation"),
    path(_("my/invitations/<str:public_id>/"), views.my_invitation, name="my_invitation"),
    path(_("my/organisations/<slug:slug>/people/"), views.people_list, name="people_list"),
    path(
        _("my/organisations/<slug:slug>/people/<str:public_id>/end/"),
        views.representative_end,
        name="representative_end",
    ),
    path(
        _("my/organisations/<slug:slug>/invitations/<str:public_id>/take-back/"),
        views.invitation_revoke,
        name="invitation_revoke",
    ),
]
