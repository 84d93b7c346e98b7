from django.urls import path
from django.utils.translation import gettext_lazy as _

from mitwerk.core.addresses import in_region_and_clusters
from mitwerk.portal import views

app_name = "portal"

urlpatterns = in_region_and_clusters(
    [
        path(_("organisations/"), views.organisation_list, name="organisation_list"),
        path(_("organisations.csv"), views.organisation_csv, name="organisation_csv"),
        path(_("organisations.geojson"), views.organisation_geojson, name="organisation_geojson"),
        path(_("organisations/<slug:slug>/"), views.organisation, name="organisation"),
        path(_("competences/"), views.competence_list, name="competence_list"),
        path(_("competences/<slug:slug>/"), views.competence, name="competence"),
        path(_("charter/"), views.charter, name="charter"),
    ]
)
urlpatterns.append(path(_("districts.geojson"), views.district_geojson, name="district_geojson"))
urlpatterns.append(path(_("my-desk/"), views.desk, name="desk"))
