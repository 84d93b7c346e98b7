"""Pages that join subjects."""

from mitwerk.portal.views.charters import charter
from mitwerk.portal.views.directory import (
    competence,
    competence_list,
    desk,
    district_geojson,
    organisation,
    organisation_csv,
    organisation_geojson,
    organisation_list,
)

__all__ = [
    "charter",
    "competence",
    "competence_list",
    "desk",
    "district_geojson",
    "organisation",
    "organisation_csv",
    "organisation_geojson",
    "organisation_list",
]
