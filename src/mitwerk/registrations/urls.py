from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.registrations import views
from mitwerk.registrations.views import after

app_name = "registrations"

urlpatterns = in_region_and_clusters(
    [
        path(_("congresses/<slug:slug>/register/"), views.registration_add, name="registration_add"),
        path(_("congresses/<slug:slug>/results/"), after.results_public, name="results_public"),
        path(_("congresses/<slug:slug>/registered/"), views.registration_sent, name="registration_sent"),
    ]
)
urlpatterns += [
    path(_("registrations/<str:token>/"), views.registration_detail, name="registration_detail"),
    path(_("registrations/<str:token>/change/"), views.registration_change, name="registration_change"),
    path(_("registrations/<str:token>/cancel/"), views.registration_cancel, name="registration_cancel"),
    path(_("registrations/<str:token>/take/"), views.registration_take, name="registration_take"),
    path(_("registrations/<str:token>/queue/"), views.registration_queue, name="registration_queue"),
    path(_("registrations/<str:token>/cancel-all/"), views.group_cancel, name="group_cancel"),
    path(_("registrations/<str:token>/feedback/"), after.feedback_give, name="feedback_give"),
    path(_("registrations/<str:token>/code.svg"), views.registration_code, name="registration_code"),
    path(_("registrations/<str:token>/invoices/<str:public_id>/"), views.invoice_file, name="invoice_file"),
    path(_("my/congresses/<str:public_id>/results/"), after.results_office, name="results_office"),
    path(_("my/congresses/<str:public_id>/results/guests.<slug:kind>"), after.figures_file, name="figures_file"),
    path(_("my/congresses/registration/add/"), views.admission_add, name="admission_add"),
    path(_("my/invoices/<str:public_id>/"), views.invoice_office, name="invoice_office"),
]
