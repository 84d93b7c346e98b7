"""Places and vocabularies: what every region of the country shares."""

import hashlib
import json
from typing import Any

from mitwerk.algorithms.slugs import free_slug, slugify
from mitwerk.core.saving import Tally
from mitwerk.operations.region.classification import Classification
from mitwerk.operations.region.fields import translated
from mitwerk.operations.region.reading import Row, Rows
from mitwerk.operations.region.tables import ISO
from mitwerk.places.actions import save_districts, save_postal_codes, save_states
from mitwerk.places.models import District, State
from mitwerk.vocabularies.actions import ConceptRow, save_vocabulary
from mitwerk.vocabularies.models import COMPETENCES, SECTORS, SYSTEMS, WZ2008
from mitwerk.vocabularies.queries import notations

WZ_CREDIT = "Klassifikation der Wirtschaftszweige 2008 (WZ 2008), © Statistisches Bundesamt, Wiesbaden 2008"


def load_states(rows: Rows) -> Tally:
    return save_states(
        states=[
            {
                "code": ISO[row.values["AGS"]][0],
                "slug": slugify(row.values["GEN"]),
                "name": {"de": row.values["GEN"], "en": ISO[row.values["AGS"]][1]},
            }
            for row in rows.rows
        ]
    )


def load_districts(rows: Rows) -> Tally:
    """A district around a city of the same name comes second in the file, and its address says that it is one."""
    states = {state.code: state for state in State.objects.all()}
    slugs = dict(District.objects.values_list("ags", "slug"))
    taken = set(slugs.values())
    for row in sorted(rows.rows, key=lambda row: "Stadt" not in row.values["BEZ"]):
        if row.values["AGS"] not in slugs:
            name, kind = row.values["GEN"], row.values["BEZ"]
            text = f"{kind} {name}" if slugify(name) in taken else name
            slugs[row.values["AGS"]] = free_slug(text, taken.__contains__, fallback=row.values["AGS"])
            taken.add(slugs[row.values["AGS"]])
    return save_districts(
        districts=[
            {
                "ags": v["AGS"],
                "slug": slugs[v["AGS"]],
                "name": v["GEN"],
                "kind": v["BEZ"],
                "nuts": v["NUTS"],
                "state": states[ISO[v["AGS"][:2]][0]],
                "outline": v["outline"],
            }
            for v in (row.values for row in rows.rows)
        ]
    )


def load_postal_codes(rows: Rows) -> Tally:
    districts = {district.ags: district for district in District.objects.defer("outline")}
    return save_postal_codes(
        postal_codes=[
            {
                "code": v["zipcode"],
                "place": v["place"],
                "district": districts[v["community_code"]],
                "latitude": v["latitude"],
                "longitude": v["longitude"],
            }
            for v in (row.values for row in rows.rows)
        ]
    )


def load_competences(rows: Rows) -> Tally:
    return save_vocabulary(
        slug=COMPETENCES,
        name={"de": "Kompetenzen", "en": "Competences"},
        credit="",
        content_hash=_hash(rows.rows),
        concepts=[_concept(row.values) for row in rows.rows],
    )


def load_systems(rows: Rows) -> Tally:
    """Systems that firms use, by kind; products have the names their makers give them."""
    return save_vocabulary(
        slug=SYSTEMS,
        name={"de": "Eingesetzte Systeme", "en": "Systems in use"},
        credit="",
        content_hash=_hash(rows.rows),
        concepts=[_concept(row.values, address=f"system {row.values['id']}") for row in rows.rows],
    )


def _concept(values: dict[str, Any], address: str = "") -> ConceptRow:
    return ConceptRow(
        notation=values["id"],
        preferred=translated(values, "label"),
        alternative={"de": values["alt_de"], "en": values["alt_en"]},
        definition=translated(values, "definition"),
        broader=values["broader"],
        related=values["related"],
        address=address,
    )


def load_sectors(rows: Rows) -> Tally:
    """Sectors point at the economic activities they cover; numbers the classification does not have are left out."""
    numbers = notations(WZ2008)
    return save_vocabulary(
        slug=SECTORS,
        name={"de": "Branchen", "en": "Sectors"},
        credit="",
        content_hash=_hash(rows.rows),
        concepts=[
            ConceptRow(
                notation=row.values["id"],
                preferred=translated(row.values, "label"),
                related=[f"{WZ2008}:{number}" for number in row.values["wz"] if number in numbers],
                address=f"branche {row.values['label_de']}",
            )
            for row in rows.rows
        ],
    )


def _hash(rows: list[Row]) -> str:
    text = json.dumps([row.values for row in rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def load_wz(wz: Classification) -> Tally:
    if wz.stored is not None:
        return Tally(unchanged=wz.stored)
    return save_vocabulary(
        slug=WZ2008,
        name={"de": "Wirtschaftszweige (WZ 2008)", "en": "Economic activities (WZ 2008)"},
        credit=WZ_CREDIT,
        content_hash=wz.content_hash,
        concepts=wz.concepts,
    )
