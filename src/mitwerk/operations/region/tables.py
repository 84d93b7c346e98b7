"""The columns of every file of a region folder; regions/README.md tells them to people."""

from typing import Any

from mitwerk.operations.region.fields import (
    Table,
    both,
    choice,
    day,
    day_as_written,
    in_order,
    matching,
    month_or_day,
    number,
    optional,
    outline,
    parts,
    several,
    source,
    text,
    url,
    whole,
)

SECTORS = (
    "it food chemistry automotive energy biotech logistics optics microelectronics engineering health public retail "
    "trade textile agriculture umbrella cross"
).split()
"""`trade` are the skilled trades (wholesale and retail are `retail`); `cross` is what concerns every sector alike."""

ISO = {
    "01": ("SH", "Schleswig-Holstein"),
    "02": ("HH", "Hamburg"),
    "03": ("NI", "Lower Saxony"),
    "04": ("HB", "Bremen"),
    "05": ("NW", "North Rhine-Westphalia"),
    "06": ("HE", "Hesse"),
    "07": ("RP", "Rhineland-Palatinate"),
    "08": ("BW", "Baden-Württemberg"),
    "09": ("BY", "Bavaria"),
    "10": ("SL", "Saarland"),
    "11": ("BE", "Berlin"),
    "12": ("BB", "Brandenburg"),
    "13": ("MV", "Mecklenburg-Western Pomerania"),
    "14": ("SN", "Saxony"),
    "15": ("ST", "Saxony-Anhalt"),
    "16": ("TH", "Thuringia"),
}
"""Endings of ISO 3166-2 and English names by official key."""

identifier = matching(r"[a-z0-9][a-z0-9-]{0,79}", "a short name of small letters, digits and hyphens")
year = whole(1000, 2100)
pair = parts(de=text(500), en=text(500))
FACTS = {
    "sources": several(parts(url=source, date=optional(day_as_written)), least=1, most=50),
    "as_of": optional(year),
}


def _these(value: Any) -> list[str]:
    return list(value)


def _organisations(partners: Any) -> list[str]:
    return [partner["organisation"] for partner in partners if partner["organisation"]]


def _one(value: Any) -> list[str]:
    return [value] if value else []


IN_CLUSTERS = {"clusters": ("clusters", _these)}

CLUSTERS = Table(
    {
        "id": identifier,
        "kind": choice("cluster", "umbrella"),
        **both("name", 200),
        "sector": choice(*SECTORS),
        "since": optional(year),
        "region": optional(text(200), ""),
        "website": optional(url, ""),
        **both("members_note", 1000, is_needed=False),
        **both("description", 5000),
        **FACTS,
    }
)
ORGANISATIONS = Table(
    {
        "id": identifier,
        "name": text(250),
        "legal_form": optional(text(60), ""),
        "type": choice("company", "university", "research", "public body", "association"),
        "town": optional(text(120), ""),
        "postal_code": optional(matching(r"\d{5}", "five digits"), ""),
        "state": optional(text(60), ""),
        "founded": optional(year),
        "size_class": optional(choice("1-9", "10-49", "50-249", "250+"), ""),
        "employees": optional(parts(count=whole(0, 5_000_000), year=optional(year))),
        "website": optional(url, ""),
        "clusters": several(identifier),
        "sectors": several(choice(*SECTORS), most=len(SECTORS)),
        **both("description", 5000),
        "competences": several(pair, most=50),
        "references": several(pair, most=50),
        **FACTS,
    },
    refers={**IN_CLUSTERS, "state": ("states", _one)},
)
PROJECTS = Table(
    {
        "id": identifier,
        **both("title", 250),
        **both("summary", 5000),
        "partners": several(parts(name=text(250), organisation=optional(identifier))),
        "start": optional(day),
        "end": optional(day),
        "status": choice("planned", "running", "finished", "unknown"),
        "clusters": several(identifier),
        **both("result", 5000, is_needed=False),
        **FACTS,
    },
    refers={**IN_CLUSTERS, "partners": ("organisations", _organisations)},
    checks=[in_order("start", "end")],
)
NEWS = Table(
    {
        "id": identifier,
        "date": month_or_day,
        **both("title", 250),
        **both("text", 20_000),
        "clusters": several(identifier),
        **FACTS,
    },
    refers=IN_CLUSTERS,
)
EVENTS = Table(
    {
        "id": identifier,
        "start": month_or_day,
        "end": optional(month_or_day),
        "place": optional(text(200), ""),
        **both("title", 250),
        "topics": several(pair, most=50),
        **both("description", 5000),
        "organisers": several(text(250), most=50),
        "clusters": several(identifier),
        **FACTS,
    },
    refers=IN_CLUSTERS,
    checks=[in_order("start", "end")],
)
NETWORKS = Table(
    {
        "id": identifier,
        **both("name", 200),
        **both("purpose", 5000),
        **both("member_kinds", 500, is_needed=False),
        "since": optional(year),
        "region": optional(text(200), ""),
        "website": optional(url, ""),
        "clusters": several(identifier),
        **both("note", 2000, is_needed=False),
        **FACTS,
    },
    refers=IN_CLUSTERS,
)
NEEDS = Table(
    {
        "id": identifier,
        **both("title", 250),
        **both("text", 5000),
        "sector": choice(*SECTORS),
        "kind": text(40),
        **FACTS,
    }
)
CONCEPTS = Table(
    {
        "id": identifier,
        "broader": optional(identifier),
        **both("label", 250),
        "alt_de": several(text(250)),
        "alt_en": several(text(250)),
        **both("definition", 2000, is_needed=False),
        "related": several(identifier),
    },
    refers={"broader": ("competences", _one), "related": ("competences", _these)},
)
SYSTEMS = Table(CONCEPTS.columns, refers={"broader": ("systems", _one), "related": ("systems", _these)})
WZ_SECTORS = Table(
    {
        "id": choice(*SECTORS),
        **both("label", 250),
        "wz": several(matching(r"[A-U]|\d{2}(\.\d{1,2}(\.\d)?)?", "a WZ number")),
    }
)
CLAIMS = Table(
    {"organisation": identifier, "de": text(500), "concept": identifier},
    key=("organisation", "de"),
    refers={"organisation": ("organisations", _one), "concept": ("competences", _one)},
)
PROVED = Table(
    {"project": identifier, "concepts": several(identifier)},
    key=("project",),
    refers={"project": ("projects", _one), "concepts": ("competences", _these)},
)
ANSWERS = Table(
    {"need": identifier, "concepts": several(identifier)},
    key=("need",),
    refers={"need": ("needs", _one), "concepts": ("competences", _these)},
)
TOPICS = Table({"id": identifier, **both("label", 250)})
ABOUT_NEWS = Table(
    {
        "news": identifier,
        "topics": several(identifier),
        "organisations": several(identifier),
        "projects": several(identifier),
    },
    key=("news",),
    refers={
        "news": ("news", _one),
        "topics": ("topics", _these),
        "organisations": ("organisations", _these),
        "projects": ("projects", _these),
    },
)
CLUSTER_SLUGS = Table(
    {
        "id": identifier,
        "slug": optional(matching(r"[a-z0-9]+(-[a-z0-9]+)*", "an address of small letters and digits"), ""),
        **both("short", 60),
        "accent": matching(r"#[0-9a-f]{6}", "a colour like #1d4e9e"),
        **both("claim", 200, is_needed=False),
    },
    refers={"id": ("clusters", _one)},
)
STATES = Table({"GEN": text(60), "AGS": choice(*ISO)}, key=("AGS",))
DISTRICTS = Table(
    {
        "GEN": text(120),
        "BEZ": text(60),
        "NUTS": matching(r"[A-Z0-9]{3,5}", "a NUTS key"),
        "AGS": matching(r"\d{5}", "five digits"),
        "outline": outline,
    },
    key=("AGS",),
    refers={"AGS": ("state keys", lambda ags: [ags[:2]])},
)
POSTAL_CODES = Table(
    {
        "zipcode": matching(r"\d{5}", "five digits"),
        "place": text(120),
        "state": text(60),
        "community": text(120),
        "community_code": matching(r"\d{5}", "five digits"),
        "latitude": number(-90, 90),
        "longitude": number(-180, 180),
    },
    key=("zipcode", "place", "community_code"),
    refers={"community_code": ("districts", _one)},
)
