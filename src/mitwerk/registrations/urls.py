from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.registrations import views
from mitwerk.registrations.views import after, check_in, day, meeting

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
    path(_("registrations/<str:token>/meet/"), meeting.lead_list, name="lead_list"),
    path(_("registrations/<str:token>/meet/<str:public_id>/agree/"), meeting.lead_agree, name="lead_agree"),
    path(_("registrations/<str:token>/meet/<str:public_id>/end/"), meeting.lead_end, name="lead_end"),
    path(_("check-in/<str:token>/"), check_in.check_in, name="check_in"),
    path(_("check-in/<str:token>/send/"), check_in.check_in_send, name="check_in_send"),
    path(_("check-in/<str:token>/guests.json"), check_in.check_in_guests, name="check_in_guests"),
    path(_("check-in/<str:token>/worker.js"), check_in.check_in_worker, name="check_in_worker"),
    path(_("check-in/<str:token>/rooms/"), check_in.check_in_rooms, name="check_in_rooms"),
    path(_("my/congresses/<str:public_id>/day/"), day.day, name="day"),
    path(_("my/congresses/<str:public_id>/day/devices/"), day.pass_list, name="pass_list"),
    path(_("my/congresses/<str:public_id>/day/devices/<str:pass_id>/"), day.pass_detail, name="pass_detail"),
    path(_("my/congresses/<str:public_id>/day/devices/<str:pass_id>/code.svg"), day.pass_code, name="pass_code"),
    path(_("my/congresses/<str:public_id>/day/devices/<str:pass_id>/revoke/"), day.pass_revoke, name="pass_revoke"),
    path(_("my/congresses/<str:public_id>/day/walk-in/"), day.walk_in_add, name="walk_in_add"),
    path(_("my/congresses/<str:public_id>/day/message/"), day.bulletin_add, name="bulletin_add"),
    path(_("my/congresses/<str:public_id>/day/badges/"), day.badge_list, name="badge_list"),
    path(_("my/congresses/<str:public_id>/day/badges/<slug:paper>.pdf"), day.badge_file, name="badge_file"),
]
