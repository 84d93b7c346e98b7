from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.matching import views

app_name = "matching"

urlpatterns = in_region_and_clusters(
    [
        path(_("needs/"), views.need_list, name="need_list"),
        path(_("report-a-need/"), views.need_report, name="need_report"),
        path(_("report-a-need/thanks/"), views.need_reported, name="need_reported"),
        path(_("needs/<slug:slug>/"), views.need_detail, name="need_detail"),
    ]
)
