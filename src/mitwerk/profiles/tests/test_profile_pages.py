"""The pages of the editor: what they say, whom they let in, and what they do with bad input."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation
from mitwerk.actors.models import Contact, Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Role
from mitwerk.competences.models import Competence
from mitwerk.people.tests.cast import People
from mitwerk.profiles.actions import hand_in_draft, write_draft
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import SECTIONS, content_of, open_draft

pytestmark = pytest.mark.django_db
SignIn = Callable[[User | None], Client]
URLS = [f"profiles:profile_{code}" for code in SECTIONS] + ["profiles:profile_detail"]


def url(name: str, cast: Cast) -> str:
    return reverse(f"profiles:{name}", args=[cast.firm.slug])


def about(cast: Cast, **values: Any) -> dict[str, Any]:
    return {"name": cast.firm.name, "description_de": "Neu.", "description_en": "New.", **values}


def rows(section: str, *sent: dict[str, Any], known: int = 0) -> dict[str, Any]:
    flat = {f"{section}-{n}-{name}": value for n, row in enumerate(sent) for name, value in row.items()}
    return {f"{section}-TOTAL_FORMS": len(sent), f"{section}-INITIAL_FORMS": known, **flat}


@pytest.mark.parametrize("name", URLS)
def test_only_its_own_people_come_in(cast: Cast, people: People, as_user: SignIn, name: str) -> None:
    address = reverse(name, args=[cast.firm.slug])
    assert as_user(None).get(address).status_code == 302
    answers = {who: as_user(user).get(address).status_code for who, user in vars(people).items()}
    assert answers == {
        "delegate": 200, "substitute": 200, "editor": 200, "former": 404, "stranger": 404, "manager": 404,
    }  # fmt: skip


def test_saving_a_section_writes_the_draft_alone(cast: Cast, people: People, as_user: SignIn) -> None:
    sent = about(cast, founded="1998", languages=["de", "pl"])
    answer = as_user(people.editor).post(url("profile_about", cast), sent)
    assert (answer.status_code, answer["Location"]) == (302, url("profile_detail", cast))
    draft = open_draft(cast.firm)
    assert draft is not None
    assert draft.content["description"] == {"de": "Neu.", "en": "New."}
    assert (draft.content["founded"], draft.content["languages"]) == (1998, ["de", "pl"])
    assert draft.content["town"] == cast.firm.town
    assert Organisation.objects.get(pk=cast.firm.pk).founded == cast.firm.founded


def test_wrong_input_is_named_and_kept(cast: Cast, people: People, as_user: SignIn) -> None:
    answer = as_user(people.editor).post(
        url("profile_about", cast),
        about(cast, name="", founded="3000", website="ftp://x", employees="-1", description_de="Bleibt stehen"),
    )
    assert answer.status_code == 200
    errors = answer.context["form"].errors
    assert set(errors) == {"name", "founded", "website", "employees"}
    assert "Bleibt stehen" in answer.content.decode()
    assert open_draft(cast.firm) is None


def test_rows_are_added_ordered_and_taken_out(cast: Cast, people: People, as_user: SignIn) -> None:
    one = Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"de": "ERP"}, position=0)
    two = Competence.objects.create(organisation=cast.firm, concept=cast.analytics, wording={}, position=1)
    sent = rows(
        "competences",
        {"id": one.pk, "concept": cast.erp.pk, "wording_de": "Unser ERP", "ORDER": 2},
        {"id": two.pk, "concept": cast.analytics.pk, "DELETE": "on", "ORDER": 2},
        {"id": "", "concept": cast.control.pk, "wording_en": "Controls", "ORDER": 1},
        known=2,
    )
    answer = as_user(people.editor).post(url("profile_competences", cast), {**sent, "more": "1"})
    assert answer["Location"] == url("profile_competences", cast)
    draft = open_draft(cast.firm)
    assert draft is not None
    assert draft.content["competences"] == [
        {"id": None, "concept": cast.control.pk, "wording": {"en": "Controls"}},
        {"id": one.pk, "concept": cast.erp.pk, "wording": {"de": "Unser ERP"}},
    ]


def test_a_foreign_row_stays_foreign(cast: Cast, people: People, as_user: SignIn) -> None:
    """A2: the id of another organisation's contact under one's own profile makes a new row, never a change of it."""
    foreign = Contact.objects.create(organisation=cast.bakery, name="Backstube")
    sent = rows("contacts", {"id": foreign.pk, "name": "Gekapert", **SEEN}, known=1)
    as_user(people.editor).post(url("profile_contacts", cast), sent)
    draft = open_draft(cast.firm)
    assert draft is not None
    assert [row["id"] for row in draft.content["contacts"]] == [None]


SEEN = {"name_visibility": "office", "email_visibility": "office", "phone_visibility": "office"}


def test_bad_rows_are_named_and_nothing_is_saved(cast: Cast, people: People, as_user: SignIn) -> None:
    sent = rows("contacts", {"name": "", "email": "keine", "phone": "ruf an", **SEEN, "name_visibility": "world"})
    answer = as_user(people.editor).post(url("profile_contacts", cast), sent)
    assert answer.status_code == 200
    [errors] = answer.context["rows"].errors
    assert set(errors) == {"name", "email", "phone", "name_visibility"}
    assert open_draft(cast.firm) is None


@pytest.mark.parametrize("broken", [{}, {"contacts-TOTAL_FORMS": "x"}, {"contacts-TOTAL_FORMS": "9999999"}])
def test_a_broken_management_form_is_no_error_of_ours(
    cast: Cast, people: People, as_user: SignIn, broken: dict[str, str]
) -> None:
    assert as_user(people.editor).post(url("profile_contacts", cast), broken).status_code == 200


def test_a_colleagues_writing_is_not_lost_unnoticed(cast: Cast, people: People, as_user: SignIn) -> None:
    mine = as_user(people.editor)
    seen = mine.get(url("profile_places", cast)).context["seen"]
    write_draft(organisation=cast.firm, values={"town": "Halle"}, actor=people.delegate)
    answer = mine.post(url("profile_places", cast), {"town": "Jena", "seen": seen})
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors()
    assert 'value="Jena"' in answer.content.decode()
    again = mine.post(url("profile_places", cast), {"town": "Jena", "seen": answer.context["seen"]})
    assert again.status_code == 302
    draft = open_draft(cast.firm)
    assert draft is not None
    assert draft.content["town"] == "Jena"


def test_the_overview_tells_what_waits(cast: Cast, people: People, as_user: SignIn) -> None:
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    page = as_user(people.delegate).get(url("profile_detail", cast))
    assert [(one.before, one.after) for one in page.context["differences"]] == [(cast.firm.legal_form, "eG")]
    assert page.context["can_hand_in"] is True
    answer = as_user(people.delegate).post(url("profile_hand_in", cast), {"note": "Bitte"})
    assert answer.status_code == 302
    assert Draft.objects.get(pk=draft.pk).state == Draft.State.WAITING
    page = as_user(people.delegate).get(url("profile_detail", cast))
    assert page.context["can_hand_in"] is False
    as_user(people.delegate).post(url("profile_drop", cast))
    assert open_draft(cast.firm) is None
    assert as_user(people.delegate).post(url("profile_hand_in", cast), follow=True).status_code == 200


def test_next_steps_go_as_they_are_done(cast: Cast, people: People, as_user: SignIn) -> None:
    def sections() -> list[str]:
        return [step.section for step in as_user(people.editor).get(url("profile_detail", cast)).context["steps"]]

    assert "places" not in sections()
    write_draft(organisation=cast.firm, values={"town": ""}, actor=people.editor)
    assert "places" in sections()
    full = content_of(cast.firm) | {
        "description": {"de": "a", "en": "b"}, "website": "https://x.example", "founded": 1990, "size": "1-9",
        "sectors": [cast.sector_it.pk], "logo": 1, "town": "Jena",
        "competences": [{"id": None, "concept": cast.erp.pk, "wording": {}}],
        "references": [{"id": None, "wording": {"de": "x"}, "concepts": [cast.erp.pk]}],
        "contacts": [{"id": None, "name": "x", "function": {}, "email": "", "phone": "", **SEEN,
                      "name_visibility": "public"}],
    }  # fmt: skip
    write_draft(organisation=cast.firm, values=full, actor=people.editor)
    assert sections() == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_editor_asks_no_question_per_row(
    cast: Cast, people: People, as_user: SignIn, count: int, django_assert_num_queries: Any
) -> None:
    row = {"id": None, "concept": cast.erp.pk, "wording": {"de": "x"}}
    write_draft(organisation=cast.firm, values={"competences": [row] * count}, actor=people.editor)
    own = as_user(people.editor)
    with django_assert_num_queries(22):
        own.get(url("profile_competences", cast))


def test_clearing_in_the_office(cast: Cast, people: People, as_user: SignIn) -> None:
    draft = write_draft(organisation=cast.firm, values={"legal_form": "eG"}, actor=people.editor)
    draft = hand_in_draft(draft=draft, note="", actor=people.editor)
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    office = as_user(cast.it_editor)
    page = office.get(reverse("office_profile-changes:inspect", args=[draft.pk]))
    assert page.status_code == 200
    assert set(page.context["offered"]) == {"clear", "send_back"}
    send_back = page.context["offered"]["send_back"]
    office.post(send_back, {"version": draft.version, "reason": " "})
    assert Draft.objects.get(pk=draft.pk).state == Draft.State.WAITING
    office.post(page.context["offered"]["clear"], {"version": "x"})
    assert Draft.objects.get(pk=draft.pk).state == Draft.State.WAITING
    assert as_user(cast.food_editor).post(page.context["offered"]["clear"], {"version": 1}).status_code == 404
    office.post(page.context["offered"]["clear"], {"version": draft.version})
    assert Draft.objects.get(pk=draft.pk).state == Draft.State.CLEARED
    assert Organisation.objects.get(pk=cast.firm.pk).legal_form == "eG"
    assert office.post(send_back, {"version": draft.version, "reason": "x"}).status_code == 404


def test_the_editor_shows_what_the_other_language_lacks(cast: Cast, people: People, as_user: SignIn) -> None:
    Organisation.objects.filter(pk=cast.firm.pk).update(description={"de": "Alt.", "en": "Old."})
    firm = Organisation.objects.get(pk=cast.firm.pk)
    change_organisation(organisation=firm, values={"description": {"de": "Neu.", "en": "Old."}}, rows={}, actor=None)
    one = Competence.objects.create(organisation=cast.firm, concept=cast.erp, wording={"de": "ERP"}, position=0)
    own = as_user(people.editor)
    notes = own.get(url("profile_about", cast)).context["form"].fields["description"].widget.notes
    told = {code: [part.text.strip() for part in note.parts] for code, note in notes.items()}
    assert told == {"en": ["Alt", "Neu", "."]}
    rows = own.get(url("profile_competences", cast)).context["rows"]
    notes = rows.initial_forms[0].fields["wording"].widget.notes
    assert (one.pk, {code: note.parts for code, note in notes.items()}) == (rows.initial[0]["id"], {"en": []})
