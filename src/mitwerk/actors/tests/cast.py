"""The fixed cast of the tests: one region, two clusters, organisations of every kind, and their editors.

Nobody in it is real. A test of a higher floor takes the cast and adds its own records. Every member that a
visibility rule tells apart is there: a member, one only of the sector, one of both clusters, one of none, a
hidden one, a former member.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.actors.models import Membership, Organisation
from mitwerk.algorithms.collation import sort_key
from mitwerk.clusters.models import Cluster, Region, Role
from mitwerk.places.models import District, State
from mitwerk.vocabularies.models import COMPETENCES, SECTORS, Concept, Label, Vocabulary


@dataclass(frozen=True)
class Cast:
    """Everybody, by name."""

    region: Region
    it: Cluster
    food: Cluster
    saxony: State
    thuringia: State
    leipzig: District
    jena: District
    sector_it: Concept
    sector_food: Concept
    software_group: Concept
    erp: Concept
    analytics: Concept
    plant_group: Concept
    control: Concept
    firm: Organisation
    bakery: Organisation
    university: Organisation
    institute: Organisation
    town_hall: Organisation
    umbrella: Organisation
    hidden: Organisation
    former: Organisation
    it_editor: User
    food_editor: User
    umbrella_editor: User
    administrator: User


def make_cast() -> Cast:
    """Write the whole cast to the database; about 60 queries."""
    concepts, places = _concepts(), _places()
    clusters = _clusters(concepts)
    organisations = _organisations(concepts, places)
    _memberships(organisations, clusters)
    region = Region.objects.create(
        name={"de": "Musterregion", "en": "Sample Region"}, office_email="region@example.org"
    )
    return Cast(region=region, **clusters, **places, **concepts, **organisations, **_users(clusters))


def make_concept(vocabulary: Vocabulary, slug: str, de: str, en: str, broader: Concept | None = None) -> Concept:
    """A concept with its two labels."""
    concept = Concept.objects.create(vocabulary=vocabulary, notation=slug, slug=slug, broader=broader)
    Label.objects.bulk_create(
        Label(concept=concept, language=code, text=text) for code, text in (("de", de), ("en", en))
    )
    return concept


def make_organisation(name: str, slug: str, **values: object) -> Organisation:
    """An organisation with the columns filled that the loader fills."""
    sectors = values.pop("sectors", [])
    found = Organisation.objects.create(
        name=name, slug=slug, sort_name=sort_key(name), normalised_name=sort_key(name), **values
    )
    found.sectors.set(sectors)
    return found


def _concepts() -> dict[str, Concept]:
    sectors = Vocabulary.objects.create(slug=SECTORS, name={"de": "Branchen", "en": "Sectors"})
    skills = Vocabulary.objects.create(slug=COMPETENCES, name={"de": "Kompetenzen", "en": "Competences"})
    software = make_concept(skills, "software", "Software", "Software")
    plant = make_concept(skills, "anlagen", "Anlagen", "Plants")
    return {
        "sector_it": make_concept(sectors, "it", "Informationstechnik", "Information technology"),
        "sector_food": make_concept(sectors, "food", "Ernährung", "Food"),
        "software_group": software,
        "plant_group": plant,
        "erp": make_concept(skills, "erp", "ERP-Einführung", "ERP projects", software),
        "analytics": make_concept(skills, "datenanalyse", "Datenanalyse", "Data analysis", software),
        "control": make_concept(skills, "leittechnik", "Leittechnik", "Process control", plant),
    }


def _places() -> dict[str, State | District]:
    saxony = State.objects.create(code="SN", slug="sachsen", name={"de": "Sachsen", "en": "Saxony"})
    thuringia = State.objects.create(code="TH", slug="thueringen", name={"de": "Thüringen", "en": "Thuringia"})
    leipzig = _district("14713", "Leipzig", "DED51", saxony, west=12.2)
    jena = _district("16053", "Jena", "DEG03", thuringia, west=11.4)
    return {"saxony": saxony, "thuringia": thuringia, "leipzig": leipzig, "jena": jena}


def _district(ags: str, name: str, nuts: str, state: State, west: float) -> District:
    ring = [[west, 51.0], [west + 0.4, 51.0], [west + 0.4, 51.4], [west, 51.4], [west, 51.0]]
    outline = {"type": "Polygon", "coordinates": [ring]}
    return District.objects.create(
        ags=ags, slug=name.lower(), name=name, kind="Stadt", nuts=nuts, state=state, outline=outline
    )


def _clusters(concepts: dict[str, Concept]) -> dict[str, Cluster]:
    return {
        "it": Cluster.objects.create(
            slug="it", name={"de": "IT-Cluster", "en": "IT cluster"}, sector=concepts["sector_it"], position=1
        ),
        "food": Cluster.objects.create(
            slug="ernaehrung",
            name={"de": "Ernährungscluster", "en": "Food cluster"},
            sector=concepts["sector_food"],
            office_email="food@example.org",
            position=2,
        ),
    }


def _organisations(concepts: dict[str, Concept], places: dict[str, State | District]) -> dict[str, Organisation]:
    kinds, sizes = Organisation.Kind, Organisation.Size
    in_leipzig = {"town": "Leipzig", "state": places["saxony"], "district": places["leipzig"]}
    in_jena = {"town": "Jena", "state": places["thuringia"], "district": places["jena"]}
    it, food = [concepts["sector_it"]], [concepts["sector_food"]]
    return {
        "firm": make_organisation(
            "Ährenwerk Software GmbH",
            "aehrenwerk",
            legal_form="GmbH",
            founded=1998,
            size=sizes.MEDIUM,
            employees=83,
            employees_year=2012,
            website="https://aehrenwerk.example",
            sectors=it,
            description={"de": "Baut Software für Mühlen.", "en": "Builds software for mills."},
            latitude=51.34,
            longitude=12.37,
            claimed_at=timezone.now(),
            **in_leipzig,
        ),
        "bakery": make_organisation(
            "Backhaus Muldental AG",
            "backhaus",
            size=sizes.LARGE,
            sectors=food,
            founded=1921,
            description={"de": "Backt Brot."},
            latitude=51.34,
            longitude=12.37,
            as_of=2012,
            sources=[{"url": "https://zeitung.example/backhaus", "date": "2012-05"}],
            **in_leipzig,
        ),
        "university": make_organisation(
            "Hochschule Saaletal",
            "hochschule",
            kind=kinds.UNIVERSITY,
            sectors=it,
            latitude=51.03,
            longitude=11.59,
            ror_id="https://ror.org/00example",
            **in_jena,
        ),
        "institute": make_organisation(
            "Institut für Messtechnik", "institut", kind=kinds.RESEARCH, size=sizes.SMALL, **in_jena
        ),
        "town_hall": make_organisation("Stadtverwaltung", "stadtverwaltung", kind=kinds.PUBLIC_BODY),
        "umbrella": make_organisation("Verbund der Cluster", "verbund", kind=kinds.ASSOCIATION, founded=2000),
        "hidden": make_organisation(
            "Verborgene GmbH", "verborgen", visibility=Organisation.Visibility.HIDDEN, sectors=it
        ),
        "former": make_organisation("Vormals GmbH", "vormals", size=sizes.MICRO),
    }


def _memberships(organisations: dict[str, Organisation], clusters: dict[str, Cluster]) -> None:
    kinds = Membership.Kind
    rows = [
        ("firm", "it", kinds.FOUNDER, None),
        ("bakery", "food", kinds.MEMBER, None),
        ("institute", "it", kinds.PARTNER, None),
        ("institute", "food", kinds.MEMBER, None),
        ("umbrella", None, kinds.MEMBER, None),
        ("hidden", "it", kinds.MEMBER, None),
        ("former", "it", kinds.MEMBER, date(2010, 12, 31)),
    ]
    Membership.objects.bulk_create(
        Membership(organisation=organisations[who], cluster=clusters[where] if where else None, kind=kind,
                   since=date(2006, 7, 14), until=until)
        for who, where, kind, until in rows
    )  # fmt: skip


def _users(clusters: dict[str, Cluster]) -> dict[str, User]:
    people = {
        "it_editor": (Role.Kind.EDITOR, clusters["it"]),
        "food_editor": (Role.Kind.EDITOR, clusters["food"]),
        "umbrella_editor": (Role.Kind.UMBRELLA_EDITOR, None),
    }
    users = {}
    for name, (kind, cluster) in people.items():
        users[name] = User.objects.create_user(f"{name}@example.org", "muster-passwort-1", name=name)
        Role.objects.create(user=users[name], cluster=cluster, kind=kind)
    users["administrator"] = User.objects.create_superuser("administrator@example.org", "muster-passwort-1")
    for user in users.values():
        give_app(user)
    return users
