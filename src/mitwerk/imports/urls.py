"""The page of a person who was brought in, and the addresses below the office's own."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.imports import views

app_name = "imports"
urlpatterns = [path(_("contact-data/<str:token>/"), views.contact_objection, name="contact_objection")]

office_addresses = [
    path("", views.import_list, name="import_list"),
    path("new/", views.import_new, name="import_new"),
    path("contacts/<slug:form>/", views.contact_export, name="contact_export"),
    path("late/", views.late_list, name="late_list"),
    path("<slug:public_id>/", views.import_detail, name="import_detail"),
    path("<slug:public_id>/columns/", views.import_columns, name="import_columns"),
    path("<slug:public_id>/decide/", views.import_decide, name="import_decide"),
    path("<slug:public_id>/run/", views.import_run, name="import_run"),
    path("<slug:public_id>/undo/", views.import_undo, name="import_undo"),
    path("<slug:public_id>/discard/", views.import_discard, name="import_discard"),
    path("<slug:public_id>/inform/", views.import_inform, name="import_inform"),
]
