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
