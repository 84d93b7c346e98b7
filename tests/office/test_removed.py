"""TRUST D10: what the office removed by mistake comes back through the office, within 30 days and for nobody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from mitwerk.accounts.models import AuditEntry, Removed, User
from mitwerk.accounts.queries import removed_sources
from mitwerk.actors.models import Claim, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Cluster, Message
from mitwerk.competences.models import Competence
from mitwerk.events.models import Event, Organiser
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.pages.actions import ensure_page_tree, grant_page_rights
from mitwerk.people.models import Person, Representative
from mitwerk.privacy.actions import erase_user, forget_removed
from mitwerk.privacy.tests.canaries import plant
from mitwerk.projects.models import Partner, Project

As = Callable[[User | None], Client]


def rows_of(*models: type[Model]) -> list[Any]:
    moving = {"updated_at"}
    return [
        sorted(sorted((k, str(v)) for k, v in row.items() if k not in moving) for row in model._base_manager.values())
        for model in models
    ]


def press(browser: Client, record: Model, office: str) -> int:
    return browser.post(reverse(f"office_{office}:delete", args=[record.pk])).status_code


def restore(browser: Client, removed: Removed) -> int:
    return browser.post(reverse("office_removed:act", args=[removed.pk, "restore"])).status_code


def make(cast: Cast) -> dict[str, tuple[Model, list[type[Model]]]]:
    event = Event.objects.create(slug="kongress", title={"de": "Fachmesse"}, starts_on=date(2007, 3, 1))
    Organiser.objects.create(event=event, organisation=cast.firm, position=0)
    project = Project.objects.create(slug="muehle", title={"de": "Mühle"}, summary={"de": "Kurz"})
    Partner.objects.create(project=project, organisation=cast.firm, position=0)
    project.proved.set([cast.erp])
    network = Network.objects.create(slug="netz", name={"de": "Netz"})
    NetworkMember.objects.create(network=network, organisation=cast.firm)
    need = Need.objects.create(slug="bedarf", title={"de": "Bedarf"}, text={"de": "Text"})
    need.concepts.set([cast.erp])
    for record in (event, project, network, need):
        record.clusters.set([cast.it])
    return {
        "events": (event, [Event, Event.clusters.through, Organiser]),
        "projects": (project, [Project, Project.clusters.through, Project.proved.through, Partner]),
        "networks": (network, [Network, Network.clusters.through, NetworkMember]),
        "needs": (need, [Need, Need.clusters.through, Need.concepts.through]),
    }


@pytest.mark.parametrize("office", ["events", "projects", "networks", "needs"])
def test_a_record_comes_back_as_it_was(cast: Cast, as_user: As, office: str) -> None:
    record, tables = make(cast)[office]
    before, others = rows_of(*tables), rows_of(Organisation, Cluster)
    it, food, umbrella = (as_user(getattr(cast, who)) for who in ("it_editor", "food_editor", "umbrella_editor"))
    assert press(it, record, office) == 302
    [removed] = Removed.objects.all()
    assert (type(record)._default_manager.filter(pk=record.pk).exists(), removed.by) == (False, cast.it_editor)
    listed = [removed in browser.get("/office/removed/").context["object_list"] for browser in (it, food, umbrella)]
    assert listed == [True, False, True]
    assert restore(food, removed) == 404
    assert [restore(it, removed), restore(it, removed)] == [302, 404]
    assert (rows_of(*tables), rows_of(Organisation, Cluster)) == (before, others)
    lines = AuditEntry.objects.filter(target_kind=record._meta.label_lower).order_by("pk")
    assert [line.verb for line in lines] == [f"{record._meta.model_name}.remove", f"{record._meta.model_name}.restore"]


def test_an_organisation_comes_back_with_everything_and_is_loaded_again(cast: Cast, as_user: As) -> None:
    firm = cast.firm
    Organisation.objects.filter(pk=firm.pk).update(source_id="firm")
    Competence.objects.get_or_create(organisation=firm, concept=cast.erp, defaults={"position": 5})
    Representative.objects.create(
        organisation=firm, role="editor", person=Person.objects.create(name="P", email="p@example.org")
    )
    tables = [Organisation, firm.memberships.model, Competence, Representative, Organisation.sectors.through]
    before, browser = rows_of(*tables), as_user(cast.umbrella_editor)
    assert press(browser, firm, "organisations") == 302
    assert removed_sources(Organisation) == {"firm"}
    assert restore(browser, Removed.objects.get()) == 302
    assert (rows_of(*tables), removed_sources(Organisation)) == (before, set())


def test_after_30_days_it_is_gone(cast: Cast, as_user: As) -> None:
    record, _tables = make(cast)["networks"]
    browser = as_user(cast.it_editor)
    press(browser, record, "networks")
    Removed.objects.update(at=timezone.now() - timedelta(days=31))
    assert restore(browser, Removed.objects.get()) == 404
    assert (forget_removed(), Removed.objects.count(), Network.objects.count()) == (1, 0, 0)


def test_where_something_else_stands_there_now_it_is_said(cast: Cast, as_user: As) -> None:
    record, _tables = make(cast)["networks"]
    browser = as_user(cast.it_editor)
    press(browser, record, "networks")
    Network.objects.create(slug="netz", name={"de": "Neu"})
    assert restore(browser, Removed.objects.get()) == 302
    assert [network.name.get("de") for network in Network.objects.all()] == ["Neu"]
    assert Removed.objects.get().can_be_restored


@pytest.mark.parametrize("office", ["messages", "claims"])
def test_what_is_deleted_for_privacy_is_not_kept(cast: Cast, as_user: As, office: str) -> None:
    record: Model = (
        Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="Hallo")
        if office == "messages"
        else Claim.objects.create(organisation=cast.firm, name="C", email="c@example.org")
    )
    assert press(as_user(cast.it_editor), record, office) == 302
    assert Removed.objects.count() == 0


def test_who_goes_is_taken_out_of_what_is_kept(cast: Cast, as_user: As, settings: Any, tmp_path: Any) -> None:
    settings.MITWERK_DATA = tmp_path
    ada = plant("canaryada", cast.firm, cast.it)
    press(as_user(cast.umbrella_editor), cast.firm, "organisations")
    assert "canaryada" in str(Removed.objects.get().packed).lower()
    erase_user(user=ada)
    assert "canaryada" not in str(Removed.objects.get().packed).lower()
    assert restore(as_user(cast.umbrella_editor), Removed.objects.get()) == 302
    assert Organisation.objects.filter(pk=cast.firm.pk).exists()


@pytest.fixture
def page(cast: Cast) -> Page:
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    for cluster in (cast.it, cast.food):
        grant_page_rights(cluster=cluster)
    for user, cluster in ((cast.it_editor, cast.it), (cast.food_editor, cast.food)):
        grant_role(user=user, kind="editor", cluster=cluster)
    from mitwerk.pages.models import ClusterHomePage, StandardPage

    home = ClusterHomePage.objects.filter(cluster=cast.it, locale__language_code="de").get()
    made = home.add_child(instance=StandardPage(title="Wir", slug="wir", locale=home.locale))
    made.save_revision().publish()
    return Page.objects.get(pk=made.pk)


def test_a_page_comes_back_where_it_was(cast: Cast, page: Page, as_user: As) -> None:
    it, food, address = as_user(cast.it_editor), as_user(cast.food_editor), page.get_url()
    parent, others = page.get_parent().pk, Page.objects.exclude(pk=page.pk).filter(live=True).count()
    assert as_user(None).get(address).status_code == 200
    delete = reverse("wagtailadmin_pages:delete", args=[page.pk])
    assert (food.post(delete).status_code, Removed.objects.count()) == (302, 0)
    assert (it.get(delete).status_code, Removed.objects.count()) == (200, 0)
    answer = it.post(delete)
    assert answer.status_code == 302
    [removed] = Removed.objects.all()
    assert as_user(None).get(address).status_code == 404
    assert restore(food, removed) == 404
    assert restore(it, removed) == 302
    page.refresh_from_db()
    back = Page.objects.get(pk=page.pk)
    assert (back.get_parent().pk, back.live, as_user(None).get(address).status_code) == (parent, True, 200)
    assert Page.objects.exclude(pk=page.pk).filter(live=True).count() == others
    verbs = set(AuditEntry.objects.filter(verb__startswith="page.re").values_list("verb", flat=True))
    assert {"page.remove", "page.restore"} <= verbs


def test_pages_removed_together_are_laid_aside_and_forgotten_after_30_days(cast: Cast, page: Page, as_user: As) -> None:
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"])
    assert as_user(cast.it_editor).post(f"{url}?id={page.pk}").status_code == 302
    assert (Removed.objects.count(), Page.objects.filter(pk=page.pk, live=False).exists()) == (1, True)
    Removed.objects.update(at=timezone.now() - timedelta(days=31))
    assert (forget_removed(), Page.objects.filter(pk=page.pk).exists()) == (1, False)
