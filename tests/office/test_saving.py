"""Saving in the office goes through verbs: the record, the rows below it, the log and the history."""

from collections.abc import Callable
from typing import Any

from django.test import Client
from django.utils import translation
from tests.office.browser import form_data
from wagtail.models import ModelLogEntry

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.projects.models import Project

As = Callable[[User | None], Client]


def page_form(client: Client, url: str) -> dict[str, Any]:
    return form_data(client.get(url).context["form"])


def test_change_one_field(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    data = page_form(browser, url)
    answer = browser.post(url, {**data, "description_en": "Mills run on it."})
    assert answer.status_code == 302
    firm = Organisation.objects.get(pk=cast.firm.pk)
    assert firm.description == {"de": "Baut Software für Mühlen.", "en": "Mills run on it."}
    entry = AuditEntry.objects.get(target_id=firm.public_id)
    assert (entry.verb, entry.actor, entry.details) == (
        "organisation.change",
        cast.it_editor,
        {"fields": ["description"]},
    )
    line = ModelLogEntry.objects.get(object_id=str(firm.pk))
    with translation.override("en"):
        said = str(line.message)
    assert (line.action, line.user, said) == ("office.change", cast.it_editor, "Changed: What they do")


def test_save_untouched_changes_nothing(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    before = Organisation.objects.filter(pk=cast.firm.pk).values().get()
    browser.post(url, page_form(browser, url))
    after = Organisation.objects.filter(pk=cast.firm.pk).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"updated_at"} | ({"normalised_name"} & changed)
    assert AuditEntry.objects.get(verb="organisation.change").details == {"fields": []}


def test_rows_are_added_changed_and_removed(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    first = cast.firm.competences.create(concept=cast.erp, wording={"de": "ERP"}, position=0)
    second = cast.firm.competences.create(concept=cast.analytics, wording={"de": "Zahlen"}, position=1)
    data = page_form(browser, url)
    data |= {
        "competences-TOTAL_FORMS": "3",
        "competences-0-DELETE": "on",
        "competences-1-wording_en": "Numbers",
        "competences-2-concept": str(cast.control.pk),
        "competences-2-wording_de": "Leittechnik für Mühlen",
        "competences-2-ORDER": "3",
        "competences-2-id": "",
    }
    assert browser.post(url, data).status_code == 302
    rows = [(c.concept, dict(c.wording), c.position) for c in cast.firm.competences.all()]
    assert rows == [
        (cast.analytics, {"de": "Zahlen", "en": "Numbers"}, 0),
        (cast.control, {"de": "Leittechnik für Mühlen"}, 1),
    ]
    assert second.pk == cast.firm.competences.first().pk
    assert not cast.firm.competences.filter(pk=first.pk).exists()
    assert AuditEntry.objects.get(verb="organisation.change").details == {"fields": ["competences"]}


def test_rows_change_places(cast: Cast, as_user: As) -> None:
    """The same concept twice: the unique constraint on the position must not stand in the way."""
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    for position, text in enumerate(["eins", "zwei"]):
        cast.firm.competences.create(concept=cast.erp, wording={"de": text}, position=position)
    data = page_form(browser, url) | {"competences-0-ORDER": "2", "competences-1-ORDER": "1"}
    assert browser.post(url, data).status_code == 302
    assert [str(c.wording) for c in cast.firm.competences.all()] == ["zwei", "eins"]


def test_new_organisation_gets_address_and_names(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), "/office/organisations/new/"
    data = page_form(browser, url) | {
        "name": "Müller & Söhne GmbH",
        "memberships-TOTAL_FORMS": "1",
        "memberships-0-cluster": str(cast.it.pk),
        "memberships-0-kind": "member",
    }
    assert browser.post(url, data).status_code == 302
    made = Organisation.objects.get(name="Müller & Söhne GmbH")
    assert (made.slug, made.sort_name, made.normalised_name) == (
        "mueller-und-soehne-gmbh",
        "muller & sohne gmbh",
        "mueller und soehne",
    )
    assert [m.cluster for m in made.memberships.all()] == [cast.it]
    assert AuditEntry.objects.get(target_id=made.public_id).verb == "organisation.add"


def test_new_organisation_without_own_membership_is_refused(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), "/office/organisations/new/"
    answer = browser.post(url, page_form(browser, url) | {"name": "Ohne GmbH"})
    assert answer.status_code == 200
    assert [e.code for e in answer.context["form"].non_field_errors().as_data()] == ["lost"]
    assert not Organisation.objects.filter(name="Ohne GmbH").exists()
    control = as_user(cast.umbrella_editor)
    assert control.post(url, page_form(control, url) | {"name": "Ohne GmbH"}).status_code == 302


def test_partner_is_named_after_the_organisation(cast: Cast, as_user: As) -> None:
    browser, url = as_user(cast.it_editor), "/office/projects/new/"
    data = page_form(browser, url) | {
        "title_de": "Mühle 4.0",
        "summary_de": "Ein Versuch",
        "partners-TOTAL_FORMS": "1",
        "partners-0-organisation": str(cast.bakery.pk),
        "partners-0-role": "carrier",
    }
    assert browser.post(url, data).status_code == 302
    project = Project.objects.get(slug="muehle-4-0")
    assert [(p.organisation, p.name, p.role) for p in project.partners.all()] == [
        (cast.bakery, "Backhaus Muldental AG", "carrier")
    ]
    assert list(project.clusters.all()) == [cast.it]


def test_delete_leaves_a_line_in_the_log(cast: Cast, as_user: As) -> None:
    public_id = cast.firm.public_id
    assert as_user(cast.it_editor).post(f"/office/organisations/delete/{cast.firm.pk}/").status_code == 302
    assert not Organisation.objects.filter(public_id=public_id).exists()
    entry = AuditEntry.objects.get(target_id=public_id)
    assert (entry.verb, entry.target_name) == ("organisation.remove", "Ährenwerk Software GmbH")
