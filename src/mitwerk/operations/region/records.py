"""From a checked row to the action that saves it, one function per file."""

from collections.abc import Callable
from typing import Any

from mitwerk.actors.actions import save_memberships, save_organisation
from mitwerk.actors.models import Organisation
from mitwerk.clusters.actions import save_cluster, save_region
from mitwerk.competences.actions import Claim, save_competences, save_references
from mitwerk.core.saving import Change, Saved, together
from mitwerk.events.actions import save_event
from mitwerk.matching.actions import save_need
from mitwerk.networks.actions import save_network
from mitwerk.operations.region.fields import Day, translated
from mitwerk.operations.region.shelf import Shelf
from mitwerk.projects.actions import save_project

Values = dict[str, Any]
Note = Callable[[str], None]
KINDS = {"public body": "public-body"}
ORIGINS = {"company statement", "survey", "centre report"}


def _facts(row: Values) -> dict[str, Any]:
    return {"sources": row["sources"], "as_of": row["as_of"]}


def told(saved: Saved[Any], source_id: str, note: Note) -> Change:
    """What saving did; a record that is the office's is named, because nothing was written."""
    if saved.record.is_the_offices:
        note(f"“{source_id}”: changed by the office since, left as it is")
    return saved.change


def cluster(row: Values, shelf: Shelf, note: Note) -> Change:
    face = next((f.values for f in shelf.folder["cluster_slugs.json"].rows if f.values["id"] == row["id"]), None)
    fields: dict[str, Any] = {
        "name": translated(row, "name"),
        "description": translated(row, "description"),
        "members_note": translated(row, "members_note"),
        "website": row["website"],
        "since": row["since"],
        **_facts(row),
    }
    if face:
        fields |= {
            "short_name": translated(face, "short"),
            "claim": translated(face, "claim"),
            "accent": face["accent"],
        }
    else:
        note(f"“{row['id']}” has no short name, claim and colour")
    if row["kind"] == "umbrella":
        return told(save_region(source_id=row["id"], **fields), row["id"], note)
    position = [r.values["id"] for r in shelf.folder["clusters.json"].rows].index(row["id"])
    saved = save_cluster(
        source_id=row["id"],
        slug=face["slug"] if face else "",
        region_text=row["region"],
        sector=shelf.sectors.get(row["sector"]),
        position=position,
        **fields,
    )
    return told(saved, row["id"], note)


def organisation(row: Values, shelf: Shelf, note: Note) -> Change:
    known = shelf.states.get(row["state"])
    spot = shelf.gazetteer.locate(row["town"], row["postal_code"], known.code if known else "")
    if not spot.is_found:
        note(f"“{row['id']}” has no place on the map: {spot.reason}")
    employees = row["employees"] or {"count": None, "year": None}
    clusters = shelf.clusters(row["clusters"])
    fields: dict[str, Any] = {
        "name": row["name"],
        "legal_form": row["legal_form"],
        "kind": KINDS.get(row["type"], row["type"]),
        "description": translated(row, "description"),
        "town": row["town"],
        "postal_code": row["postal_code"],
        "state": known,
        "district": shelf.districts.get(spot.district),
        "latitude": spot.latitude,
        "longitude": spot.longitude,
        "founded": row["founded"],
        "size": row["size_class"],
        "employees": employees["count"],
        "employees_year": employees["year"],
        "website": row["website"],
        **_facts(row),
    }
    there = shelf.organisations.get(row["id"])
    if there and there.merged_into:
        note(f"“{row['id']}” was merged into “{there.merged_into}” by the office, left out")
        return Change.UNCHANGED
    if there and there.ror_id:
        fields = keep_second_source(fields, there.sources, there.ror_id)
    saved = save_organisation(
        source_id=row["id"],
        sectors=[shelf.sectors[s] for s in row["sectors"] if s in shelf.sectors],
        **fields,
    )
    if saved.record.is_claimed:
        note(f"“{row['id']}” is claimed by its owner and was left as it is")
        return saved.change
    if saved.record.is_the_offices:
        return told(saved, row["id"], note)
    in_region = shelf.region_id in row["clusters"]
    members: list[Any] = [*clusters, *([None] if in_region else [])]
    return together(
        saved.change,
        save_memberships(organisation=saved.record, clusters=members, **_facts(row)),
        save_competences(organisation=saved.record, claims=_claims(row, shelf, note), **_facts(row)),
        save_references(organisation=saved.record, wordings=row["references"], **_facts(row)),
    )


def keep_second_source(fields: dict[str, Any], sources: list[dict[str, Any]], ror_id: str) -> dict[str, Any]:
    """What a second register filled in stays where this file knows nothing, and that register's address stays too."""
    said = {name: value for name, value in fields.items() if value not in (None, "", [], {})}
    return {**said, "sources": [*fields["sources"], *(s for s in sources if s.get("url") == ror_id)]}


def _claims(row: Values, shelf: Shelf, note: Note) -> list[Claim]:
    meant = {
        claim.values["de"]: claim.values["concept"]
        for claim in shelf.folder["competence_claims.json"].rows
        if claim.values["organisation"] == row["id"]
    }
    claims: list[Claim] = []
    for wording in row["competences"]:
        concept = shelf.competences.get(meant.get(wording["de"], ""))
        if concept:
            claims.append({"concept": concept, "wording": wording})
        else:
            note(f"“{row['id']}”: no concept stands for “{wording['de']}”")
    return claims


def project(row: Values, shelf: Shelf, note: Note) -> Change:
    start, end = row["start"] or Day(0), row["end"] or Day(0)
    proved = _concepts("project_competences.json", "project", row["id"], shelf)
    saved = save_project(
        source_id=row["id"],
        title=translated(row, "title"),
        summary=translated(row, "summary"),
        result=translated(row, "result"),
        start_year=start.year or None,
        start_month=start.month,
        end_year=end.year or None,
        end_month=end.month,
        status=row["status"],
        clusters=shelf.clusters(row["clusters"]),
        partners=_partners(row, shelf),
        proved=proved,
        **_facts(row),
    )
    return told(saved, row["id"], note)


def _partners(row: Values, shelf: Shelf) -> list[Any]:
    """The partners in order; two that the office has merged, and that go by one name, are one."""
    found = [{"organisation": _partner(p, shelf), "name": p["name"]} for p in row["partners"]]
    merged = {shelf.organisations[p["organisation"]].standing for p in row["partners"] if _is_merged(p, shelf)}
    return [one for at, one in enumerate(found) if one["organisation"] not in merged or one not in found[:at]]


def _is_merged(partner: Values, shelf: Shelf) -> bool:
    found = shelf.organisations.get(partner["organisation"] or "")
    return bool(found and found.merged_into_id)


def _partner(partner: Values, shelf: Shelf) -> Organisation | None:
    """The organisation the file names, or the one whose name is the partner's."""
    if partner["organisation"]:
        found = shelf.organisations.get(partner["organisation"])
        return found.standing if found else None
    return shelf.organisation_named(partner["name"])


def _concepts(file: str, kind: str, source_id: str, shelf: Shelf) -> list[Any]:
    return [
        shelf.competences[notation]
        for row in shelf.folder[file].rows
        if row.values[kind] == source_id
        for notation in row.values["concepts"]
        if notation in shelf.competences
    ]


def event(row: Values, shelf: Shelf, note: Note) -> Change:
    start, end = row["start"], row["end"]
    organisers: list[Any] = []
    for name in row["organisers"]:
        found = shelf.organisation_named(name)
        organisers.append({"organisation": found, "name": name})
        if not found:
            note(f"“{row['id']}”: the organiser “{name}” is not among the organisations")
    titles = f"{row['title_de']} {row['title_en']}".lower()
    saved = save_event(
        source_id=row["id"],
        title=translated(row, "title"),
        description=translated(row, "description"),
        starts_on=start.first,
        ends_on=end.last if end else None,
        is_month_only=not start.day,
        place=row["place"],
        is_congress="kongress" in titles or "congress" in titles,
        clusters=shelf.clusters(row["clusters"]),
        organisers=organisers,
        topics=row["topics"],
        **_facts(row),
    )
    return told(saved, row["id"], note)


def network(row: Values, shelf: Shelf, note: Note) -> Change:
    saved = save_network(
        source_id=row["id"],
        name=translated(row, "name"),
        purpose=translated(row, "purpose"),
        member_kinds=translated(row, "member_kinds"),
        note=translated(row, "note"),
        since=row["since"],
        region_text=row["region"],
        website=row["website"],
        clusters=shelf.clusters(row["clusters"]),
        **_facts(row),
    )
    return told(saved, row["id"], note)


def need(row: Values, shelf: Shelf, note: Note) -> Change:
    if row["sector"] not in shelf.sectors:
        note(f"“{row['id']}” belongs to no sector of the list (“{row['sector']}”)")
    origin = row["kind"] if row["kind"] in ORIGINS else "other"
    saved = save_need(
        source_id=row["id"],
        title=translated(row, "title"),
        text=translated(row, "text"),
        sector=shelf.sectors.get(row["sector"]),
        origin=origin,
        concepts=_concepts("need_competences.json", "need", row["id"], shelf),
        clusters=shelf.clusters_of_sector(row["sector"]),
        **_facts(row),
    )
    return told(saved, row["id"], note)
