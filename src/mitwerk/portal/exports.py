"""The directory for other programs: a table for spreadsheets, points for maps, facts for search engines."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.core.jsonld import Thing, absolute, thing
from mitwerk.core.spreadsheets import table_as_csv
from mitwerk.portal.queries.rows import Row

SCHEMA_TYPES = {
    Organisation.Kind.COMPANY: "Corporation",
    Organisation.Kind.UNIVERSITY: "CollegeOrUniversity",
    Organisation.Kind.RESEARCH: "ResearchOrganization",
    Organisation.Kind.PUBLIC_BODY: "GovernmentOrganization",
    Organisation.Kind.ASSOCIATION: "NGO",
}


def organisations_as_csv(organisations: Iterable[Organisation], details: Mapping[int, Mapping[str, str]]) -> bytes:
    """The organisations in the order given; `details` has clusters, sectors and competences by primary key."""
    head = [
        _("Name"), _("Legal form"), _("Type"), _("Postal code"), _("Town"), _("State"), _("District"),
        _("Founded"), _("Size"), _("Employees"), _("Employees in the year"), _("Website"), _("Clusters"),
        _("Sectors"), _("Competences"), _("What they do"), _("As of year"), _("Sources"), _("Address here"),
    ]  # fmt: skip
    return table_as_csv(head, (_csv_row(one, details.get(one.pk, {})) for one in organisations))


def _csv_row(one: Organisation, details: Mapping[str, str]) -> list[Any]:
    return [
        one.name, one.legal_form, one.get_kind_display(), one.postal_code, one.town, one.state or "",
        one.district or "", one.founded, one.size, one.employees, one.employees_year, one.website,
        details.get("cluster", ""), details.get("sector", ""), details.get("competence", ""),
        one.description, one.as_of, " ".join(source_urls(one)), absolute(one.address()),
    ]  # fmt: skip


def source_urls(record: Any) -> list[str]:
    """Addresses of the sources of a record; what is no address (a file of a repository) stays as it is written."""
    sources = record.sources or []
    return [str(source.get("url", "")) if isinstance(source, dict) else str(source) for source in sources]


def points(rows: Iterable[tuple[str, str, str, float, float]]) -> dict[str, Any]:
    """GeoJSON of (name, line below it, address, longitude, latitude); coordinates to about ten metres."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]},
            "properties": {"name": name, "text": text, "url": url},
        }
        for name, text, url, longitude, latitude in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def list_facts(name: str, rows: Sequence[Row]) -> Thing:
    """schema.org facts about a list of organisations, in its order."""
    elements = [
        {"@type": "ListItem", "position": number, "name": row.name, "url": f"{settings.BASE_URL}{row.url}"}
        for number, row in enumerate(rows, 1)
    ]
    return thing("ItemList", name=name, numberOfItems=len(elements), itemListElement=elements)


def organisation_facts(one: Organisation, competences: Iterable[str]) -> Thing:
    """schema.org facts about an organisation."""
    ror = [one.ror_id] if one.ror_id else []
    return thing(
        SCHEMA_TYPES[Organisation.Kind(one.kind)],
        id=absolute(one.address()),
        name=one.name,
        legalName=one.name if one.legal_form else None,
        alternateName=list(one.alternative_names or []),
        description=str(one.description),
        url=one.website or absolute(one.address()),
        sameAs=ror,
        identifier=one.ror_id,
        foundingDate=str(one.founded) if one.founded else None,
        numberOfEmployees=thing("QuantitativeValue", value=one.employees) if one.employees else None,
        address=thing(
            "PostalAddress",
            addressLocality=one.town,
            postalCode=one.postal_code,
            addressRegion=str(one.state or ""),
            addressCountry="DE",
        )
        if one.town
        else None,
        knowsAbout=list(competences),
    )


def term_facts(name: str, definition: str, path: str, vocabulary: str, vocabulary_path: str) -> Thing:
    """schema.org facts about a competence."""
    return thing(
        "DefinedTerm",
        name=name,
        description=definition,
        url=absolute(path),
        inDefinedTermSet=thing("DefinedTermSet", name=vocabulary, url=absolute(vocabulary_path)),
    )
