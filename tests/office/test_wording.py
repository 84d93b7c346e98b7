"""Which language fell behind: what the verbs of the office note, and what its forms say of it."""

from collections.abc import Callable

from django.test import Client

from mitwerk.accounts.actions import confirm_language
from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation
from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.competences.models import Competence
from mitwerk.core.changes import Row
from mitwerk.core.models import Standing
from mitwerk.core.wording import is_behind, lacks_of, rows_below

As = Callable[[User | None], Client]


def change(cast: Cast, de: str, en: str) -> Organisation:
    firm = Organisation.objects.get(pk=cast.firm.pk)
    values = {"description": {"de": de, "en": en}}
    change_organisation(organisation=firm, values=values, rows={}, actor=cast.it_editor)
    return Organisation.objects.get(pk=firm.pk)


def test_saving_one_language_leaves_the_other_behind_until_it_follows(cast: Cast) -> None:
    old = cast.firm.description
    firm = change(cast, "Baut Software für Mühlen und Bäcker.", old["en"])
    [lack] = lacks_of(firm, "description")
    assert (lack.language, lack.standing, lack.was) == ("en", Standing.BEHIND, old["de"])
    firm = change(cast, firm.description["de"], "Builds software for mills and bakers.")
    assert (firm.behind, lacks_of(firm, "description")) == ({}, [])


def test_saying_that_it_is_still_right_settles_the_record_and_its_rows(cast: Cast) -> None:
    assert rows_below(Organisation) == ["locations", "contacts", "competences", "references"]
    claim = Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"de": "ERP", "en": "ERP"})
    claim.wording = {"de": "ERP und mehr", "en": "ERP"}
    rows = {"competences": [Row(claim, {"wording": claim.wording})]}
    change_organisation(organisation=cast.firm, values={}, rows=rows, actor=cast.it_editor)
    assert (is_behind(cast.firm, "en"), is_behind(cast.firm, "de")) == (True, False)
    assert confirm_language(record=cast.firm, language="en", actor=cast.it_editor) == ["wording"]
    assert is_behind(cast.firm, "en") is False
    assert confirm_language(record=cast.firm, language="en", actor=cast.it_editor) == []


def test_control_a_record_changed_past_the_verbs_is_not_noted(cast: Cast) -> None:
    """What is tested above is the verb: the model alone notes nothing."""
    cast.firm.description = {"de": "Anders.", "en": cast.firm.description["en"]}
    cast.firm.save()
    assert lacks_of(cast.firm, "description") == []


def test_the_editor_tells_what_is_missing_and_what_changed(cast: Cast, as_user: As) -> None:
    change(cast, "Baut Software für Bäcker.", cast.firm.description["en"])
    page = as_user(cast.it_editor).get(f"/office/organisations/edit/{cast.firm.pk}/").content.decode()
    assert page.count('<div class="office-lack">') == 1
    assert [word in page for word in ("<del><span", "Mühlen</del>", "Bäcker</ins>")] == [True] * 3
    assert f"/office/organisations/act/{cast.firm.pk}/en-is-right/" in page
    assert f"/office/organisations/act/{cast.firm.pk}/de-is-right/" not in page
    page = as_user(cast.food_editor).get(f"/office/organisations/edit/{cast.bakery.pk}/").content.decode()
    assert (page.count('<div class="office-lack">'), page.count("<del>")) == (1, 0)


def test_control_a_record_that_lacks_nothing_has_no_note(cast: Cast, as_user: As) -> None:
    page = as_user(cast.it_editor).get(f"/office/organisations/edit/{cast.firm.pk}/").content.decode()
    assert ("office-lack" in page, "-is-right/" in page) == (False, False)


def test_the_button_settles_it_and_leads_back(cast: Cast, as_user: As) -> None:
    change(cast, "Baut Software für Bäcker.", cast.firm.description["en"])
    url = f"/office/organisations/act/{cast.firm.pk}/en-is-right/"
    assert as_user(cast.food_editor).post(url).status_code == 404
    answer = as_user(cast.it_editor).post(url)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/office/organisations/edit/{cast.firm.pk}/")
    assert Organisation.objects.get(pk=cast.firm.pk).behind == {}
    assert as_user(cast.it_editor).post(url).status_code == 404
