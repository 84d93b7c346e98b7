"""What becomes of a row: every field, and what a second load may and may not change."""

from pathlib import Path

import pytest
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.actions import save_organisation
from mitwerk.actors.models import Membership, Organisation
from mitwerk.clusters.models import Cluster, Region
from mitwerk.competences.models import Competence, Reference
from mitwerk.core.ids import public_id_from
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.operations.tests.small_region import SOURCES, Load, organisation, write_small_region
from mitwerk.pages.models import NewsPage
from mitwerk.places.models import District
from mitwerk.places.queries import district_at, districts, locate, states
from mitwerk.projects.models import Partner, Project
from mitwerk.search.models import Document
from mitwerk.vocabularies.models import Concept, Label

pytestmark = pytest.mark.django_db


def changed(folder: Path, stem: str, source_id: str, **values: object) -> None:
    """Write the folder again with one row altered."""

    def change(rows: list[dict[str, object]]) -> None:
        next(row for row in rows if row["id"] == source_id).update(values)

    write_small_region(folder.parent.parent, **{stem: change})  # type: ignore[arg-type]


def test_an_organisation_has_all_that_its_row_says(small: Path, load: Load) -> None:
    load(small)
    alpha = Organisation.objects.select_related("state", "district").get(source_id="alpha")
    assert (alpha.slug, alpha.public_id) == ("alpha-gmbh", public_id_from("alpha"))
    assert (alpha.kind, alpha.size, alpha.employees, alpha.employees_year) == ("company", "10-49", 20, 2006)
    assert (alpha.state.code, alpha.district.ags, alpha.latitude) == ("SN", "14713", 51.3)
    assert (alpha.normalised_name, alpha.sort_name) == ("alpha", "alpha gmbh")
    assert (alpha.sources, alpha.as_of, alpha.is_claimed) == (SOURCES, 2006, False)
    assert [str(sector) for sector in alpha.sectors.all()] == ["IT"]
    assert Competence.objects.get().concept.notation == "sap"
    assert Competence.objects.get().wording["en"] == "SAP consulting"
    assert str(Reference.objects.get()) == "Stadt Leipzig"


def test_the_umbrella_body_is_the_region(small: Path, load: Load) -> None:
    load(small)
    assert Region.objects.get().source_id == "umbrella"
    assert [c.slug for c in Cluster.objects.all()] == ["it", "food"]
    members = Membership.objects.values_list("organisation__source_id", "cluster__slug").order_by("pk")
    assert list(members) == [("alpha", "it"), ("beta", "food"), ("beta", None)]
    assert [c.slug for c in Event.objects.get().clusters.all()] == ["it"]


def test_a_project_has_partners_and_dates(small: Path, load: Load) -> None:
    load(small)
    project = Project.objects.get()
    assert (project.slug, project.start_year, project.start_month, project.end_year, project.end_month) == (
        "mueller",
        2006,
        7,
        2007,
        0,
    )
    partners = Partner.objects.values_list("name", "organisation__source_id")
    assert list(partners) == [("Alpha", "alpha"), ("ESC", None)]
    assert [concept.notation for concept in project.proved.all()] == ["sap"]


def test_an_event_of_a_month_says_so(small: Path, load: Load) -> None:
    report = load(small)
    event = Event.objects.get()
    assert (event.starts_on.isoformat(), event.is_month_only, event.is_congress) == ("2007-03-01", True, True)
    assert [o.organisation_id is not None for o in event.organisers.all()] == [True, False]
    notes = [note for file in report["files"] for note in file["notes"]]
    assert notes == ["“congress”: the organiser “Nobody” is not among the organisations"]


def test_needs_and_networks_are_public(small: Path, load: Load) -> None:
    load(small)
    need = Need.objects.get()
    assert (need.state, need.origin, str(need.sector)) == ("published", "survey", "Essen")
    assert [c.slug for c in need.clusters.all()] == ["food"]
    assert [c.notation for c in need.concepts.all()] == ["sap"]
    assert str(Network.objects.get().member_kinds) == "IT-Leitungen"


def test_a_need_of_a_sector_that_the_list_lacks_is_told(small: Path, load: Load) -> None:
    changed(small, "needs", "need", sector="trade")
    told = next(file["notes"] for file in load(small)["files"] if file["file"] == "needs.json")
    assert (told, Need.objects.get().sector) == (["“need” belongs to no sector of the list (“trade”)"], None)


def test_news_are_pages_in_two_languages(small: Path, load: Load) -> None:
    load(small)
    german, english = NewsPage.objects.filter(source_id="n1").order_by("locale__language_code")
    assert (german.title, english.title, german.date.isoformat()) == ("Start", "Start (en)", "2006-07-14")
    assert german.translation_key == english.translation_key
    assert [c.slug for c in german.clusters.all()] == ["it"]
    assert [str(topic) for topic in german.topics.all()] == ["Arbeit"]
    assert [actor.organisation.source_id for actor in german.actors.all()] == ["alpha"]
    assert [about.project.source_id for about in german.projects.all()] == ["homepage"]


def test_vocabularies_hold_together(small: Path, load: Load) -> None:
    load(small)
    sap = Concept.objects.get(notation="sap")
    assert (sap.broader.notation, sap.slug) == ("erp", "sap")
    assert [c.notation for c in sap.related.all()] == ["erp"]
    assert sorted(Label.objects.filter(concept=sap, kind="alternative").values_list("text", flat=True)) == [
        "SAP roll-out",
        "SAP-Einführung",
    ]
    sector = Concept.objects.get(vocabulary__slug="sectors", notation="it")
    assert [c.notation for c in sector.related.all()] == ["62"]
    assert Concept.objects.get(notation="62").broader.notation == "J"


def test_places_are_told_apart(small: Path, load: Load) -> None:
    load(small)
    assert sorted(District.objects.values_list("ags", "slug")) == [("14713", "leipzig"), ("14729", "landkreis-leipzig")]
    found = [district_at(lon, 51.5) for lon in (12.5, 13.5, 15)]
    assert [district.ags if district else None for district in found] == ["14713", "14729", None]
    assert locate("Leipzig").district == "14713"
    assert [state.code for state in states()] == ["SN"]
    assert [district.ags for district in districts().filter(slug="leipzig")] == ["14713"]


def test_the_index_is_made(small: Path, load: Load) -> None:
    load(small)
    assert Document.objects.filter(kind="organisation", language="de").count() == 2


def test_a_changed_row_changes_its_record_and_no_address(small: Path, load: Load) -> None:
    load(small)
    changed(small, "organisations", "alpha", name="Omega GmbH", clusters=["food"], references=[])
    report = load(small)
    assert report["total"] == {"new": 0, "changed": 1, "unchanged": report["total"]["unchanged"], "refused": 0}
    omega = Organisation.objects.get(source_id="alpha")
    assert (omega.name, omega.slug, omega.sort_name) == ("Omega GmbH", "alpha-gmbh", "omega gmbh")
    assert [m.cluster.slug for m in omega.memberships.all()] == ["food"]
    assert Reference.objects.count() == 0


def test_a_claimed_organisation_is_left_as_it_is(small: Path, load: Load) -> None:
    load(small)
    Organisation.objects.filter(source_id="alpha").update(claimed_at=timezone.now(), name="Our own words")
    load(small)
    assert Organisation.objects.get(source_id="alpha").name == "Our own words"


def test_what_the_office_hid_stays_hidden(small: Path, load: Load) -> None:
    load(small)
    Organisation.objects.filter(source_id="alpha").update(visibility="hidden")
    Event.objects.update(state="draft")
    Need.objects.update(state="closed")
    changed(small, "organisations", "alpha", name="Omega GmbH")
    load(small)
    assert Organisation.objects.get(source_id="alpha").visibility == "hidden"
    assert (Event.objects.get().state, Need.objects.get().state) == ("draft", "closed")


def test_a_membership_the_office_entered_stays(small: Path, load: Load) -> None:
    load(small)
    alpha, food = Organisation.objects.get(source_id="alpha"), Cluster.objects.get(slug="food")
    Membership.objects.create(organisation=alpha, cluster=food)
    report = load(small)
    assert report["total"]["changed"] == 0
    assert alpha.memberships.count() == 2


def test_what_the_office_wrote_in_a_vocabulary_stays_while_its_file_does(small: Path, load: Load) -> None:
    load(small)
    Label.objects.filter(text="SAP-Einführung").update(text="SAP einführen")
    load(small)
    assert Label.objects.filter(text="SAP einführen").count() == 1


def test_a_new_edition_of_a_vocabulary_changes_it(small: Path, load: Load) -> None:
    load(small)
    file = small.parent / "vocabularies" / "competences.json"
    edition = file.read_text().replace("SAP-Einf\\u00fchrung", "SAP-Start").replace('["erp"]', "[]")
    file.write_text(edition)
    load(small)
    sap = Concept.objects.get(notation="sap")
    assert Label.objects.filter(concept=sap, language="de", kind="alternative").get().text == "SAP-Start"
    assert (sap.related.count(), sap.slug, sap.broader.notation) == (0, "sap", "erp")


def test_every_write_is_in_the_log(small: Path, load: Load) -> None:
    load(small)
    verbs = set(AuditEntry.objects.values_list("verb", flat=True))
    assert verbs >= {"organisation.save", "project.save", "event.save", "network.save", "need.save", "cluster.save"}
    before = AuditEntry.objects.count()
    load(small)
    assert AuditEntry.objects.count() == before


def test_two_organisations_of_one_name_get_two_addresses(small: Path, load: Load) -> None:
    write_small_region(small.parent.parent, organisations=lambda rows: rows.append(organisation("gamma", "Alpha GmbH")))
    load(small)
    slugs = Organisation.objects.order_by("slug").values_list("slug", flat=True)
    assert list(slugs) == ["alpha-gmbh", "alpha-gmbh-2", "beta-ag"]


def test_saving_says_only_what_it_is_told(small: Path, load: Load) -> None:
    load(small)
    save_organisation(source_id="alpha", town="Halle")
    alpha = Organisation.objects.get(source_id="alpha")
    assert (alpha.town, alpha.name, alpha.sectors.count()) == ("Halle", "Alpha GmbH", 1)
