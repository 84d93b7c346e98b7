from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.events import views

app_name = "events"

urlpatterns = in_region_and_clusters(
    [
        path(_("events/"), views.event_list, name="event_list"),
        path(_("events/calendar.ics"), views.calendar_ics, name="calendar_ics"),
        path(_("events/<slug:slug>/"), views.event_detail, name="event_detail"),
        path(_("events/<slug:slug>/calendar.ics"), views.event_ics, name="event_ics"),
    ]
)
