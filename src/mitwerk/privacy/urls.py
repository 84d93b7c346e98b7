"""Below one's own account."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.privacy import views

app_name = "privacy"

urlpatterns = [
    path(_("my-data/"), views.my_data, name="my_data"),
    path(_("my-data/file/"), views.my_data_file, name="my_data_file"),
    path(_("delete/"), views.account_delete, name="account_delete"),
]
