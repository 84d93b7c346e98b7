from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.profiles import views

app_name = "profiles"


def _section(address: object, code: str) -> object:
    return path(address, views.profile_edit, {"section": code}, name=f"profile_{code}")  # type: ignore[call-overload]


urlpatterns = [
    path(_("my/organisations/<slug:slug>/profile/"), views.profile_detail, name="profile_detail"),
    _section(_("my/organisations/<slug:slug>/profile/about-us/"), "about"),
    _section(_("my/organisations/<slug:slug>/profile/place/"), "places"),
    _section(_("my/organisations/<slug:slug>/profile/further-places/"), "locations"),
    _section(_("my/organisations/<slug:slug>/profile/competences/"), "competences"),
    _section(_("my/organisations/<slug:slug>/profile/references/"), "references"),
    _section(_("my/organisations/<slug:slug>/profile/certificates/"), "certificates"),
    _section(_("my/organisations/<slug:slug>/profile/contacts/"), "contacts"),
    _section(_("my/organisations/<slug:slug>/profile/logo/"), "logo"),
    path(_("my/organisations/<slug:slug>/profile/hand-in/"), views.profile_hand_in, name="profile_hand_in"),
    path(_("my/organisations/<slug:slug>/profile/drop/"), views.profile_drop, name="profile_drop"),
    path(_("my/organisations/<slug:slug>/profile/confirm/"), views.profile_confirm, name="profile_confirm"),
    path(_("still-right/<str:token>/"), views.profile_confirm_link, name="profile_confirm_link"),
]
