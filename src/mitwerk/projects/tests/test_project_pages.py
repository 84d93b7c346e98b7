"""The pages of those who work on projects: ideas, the room, the decision, the board; who sees which."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.people.tests.cast import People
from mitwerk.portal.queries.desk import desk_of
from mitwerk.projects.actions import bring_in_idea, decide, take_step
from mitwerk.projects.models import Project
from mitwerk.projects.tests.cast import make_project
from mitwerk.projects.tests.way import COMPLETE, Way, lead_to

ADD = "/de/mein/organisationen/aehrenwerk/ideen/neu/"
BOARD = "/de/mein/projekttafel/"


def room(way: Way, rest: str = "") -> str:
    return f"/de/mein/projekte/{way.idea.slug}/{rest}"


def signed_in(client: Client, user: User) -> Client:
    client.force_login(user)
    return client


def typed(**more: str) -> dict[str, str]:
    return {
        "title_de": "Mehl wiegen", "problem_de": "Zu nass.", "audience_de": "Mühlen", "offer_de": "Waagen",
        "wanted_de": "Eine Mühle", **more,
    }  # fmt: skip


def test_a_title_is_enough_for_a_draft(people: People, cast: Cast, client: Client) -> None:
    response = signed_in(client, people.editor).post(ADD, {"title_de": "Nur ein Titel"})
    project = Project.objects.get(slug="nur-ein-titel")
    assert (response.status_code, response["Location"]) == (302, "/de/mein/projekte/nur-ein-titel/")
    assert (project.phase, list(project.clusters.all())) == ("idea", [cast.it])


def test_what_is_wrong_keeps_what_was_typed(people: People, client: Client) -> None:
    response = signed_in(client, people.delegate).post(ADD, typed(title_de="", submit="1"))
    assert (response.status_code, "Zu nass." in response.content.decode()) == (200, True)
    assert Project.objects.count() == 0


def test_save_and_hand_in_is_one_click(people: People, cast: Cast, client: Client) -> None:
    signed_in(client, people.delegate).post(ADD, typed(submit="1", seeks=str(cast.erp.pk), seeks_money="on"))
    project = Project.objects.get(slug="mehl-wiegen")
    assert (project.phase, list(project.seeks.all()), project.seeks_money) == ("submitted", [cast.erp], True)


def test_a_gap_is_told_and_the_draft_is_kept(people: People, client: Client) -> None:
    page = signed_in(client, people.delegate).post(ADD, typed(offer_de="", submit="1"), follow=True)
    assert "fehlt noch: was die Träger einbringen." in page.content.decode()
    assert Project.objects.get(slug="mehl-wiegen").phase == "idea"


def test_an_idea_is_changed_and_dropped_by_its_people(way: Way, client: Client) -> None:
    signed_in(client, way.carrier)
    page = client.get(room(way, "idee/")).content.decode()
    assert "Niemand weiß, wann der Teig reif ist." in page
    client.post(room(way, "idee/"), typed(title_de="Teig wiegen"))
    way.idea.refresh_from_db()
    assert str(way.idea.title) == "Teig wiegen"
    assert client.post(room(way, "idee/verwerfen/")).status_code == 302
    assert not Project.objects.filter(pk=way.idea.pk).exists()


def test_who_enters_the_room(way: Way, cast: Cast, people: People, client: Client) -> None:
    """In turn: an idea, and what was handed in."""
    users = {
        "carrier": way.carrier, "editor of the firm": people.editor, "former": people.former,
        "stranger": people.stranger, "baker": way.baker, "board": way.board, "board of B": way.foreign_board,
        "manager": people.manager, "office of A": cast.it_editor, "office of B": cast.food_editor,
        "umbrella": cast.umbrella_editor, "administrator": cast.administrator,
    }  # fmt: skip
    found = {}
    for phase in ("idea", "submitted"):
        lead_to(way, phase)
        found[phase] = {name for name, user in users.items() if _status(user, room(way)) == 200}
    assert found["idea"] == {"carrier", "editor of the firm"}
    assert found["submitted"] == {
        "carrier", "editor of the firm", "board", "manager", "office of A", "umbrella", "administrator",
    }  # fmt: skip
    deciding = {name for name, user in users.items() if _status(user, room(way, "entscheiden/")) == 200}
    assert deciding == {"board", "manager", "umbrella", "administrator"}
    on_board = {name for name, user in users.items() if _status(user, BOARD) == 200}
    assert on_board == {
        "board", "board of B", "manager", "office of A", "office of B", "umbrella", "administrator",
    }  # fmt: skip


def _status(user: User, address: str) -> int:
    return int(signed_in(Client(), user).get(address).status_code)


def test_the_decision_page_writes_down_what_the_board_decides(way: Way, client: Client) -> None:
    lead_to(way, "submitted")
    signed_in(client, way.board)
    page = client.post(room(way, "entscheiden/"), {"decision": "decline", "text": ""})
    assert (page.status_code, "Schreiben Sie den Wortlaut auf" in page.content.decode()) == (200, True)
    sent = {"decision": "defer", "text": "Nach der Pause.", "until": way.day.isoformat()}
    assert client.post(room(way, "entscheiden/"), sent).status_code == 302
    way.idea.refresh_from_db()
    assert (way.idea.phase, way.idea.due_on) == ("deferred", way.day)
    assert "Nach der Pause." in client.get(room(way)).content.decode()


def test_carriers_go_on_by_buttons(way: Way, client: Client) -> None:
    lead_to(way, "accepted")
    signed_in(client, way.carrier)
    assert client.post(room(way, "schritt/form/")).status_code == 302
    assert client.post(room(way, "schritt/start/")).status_code == 302
    assert client.get(room(way, "beenden/")).status_code == 200
    empty = client.post(room(way, "beenden/"), {"verb": "achieve", "text": " "})
    assert (empty.status_code, Project.objects.get(pk=way.idea.pk).phase) == (200, "running")
    assert client.post(room(way, "schritt/achieve/"), {"text": "Es hat geklappt."}).status_code == 404
    ended = client.post(room(way, "beenden/"), {"verb": "achieve", "text": "Es hat geklappt."})
    assert ended.status_code == 302
    assert Project.objects.get(pk=way.idea.pk).phase == "achieved"
    assert client.get(room(way, "schritt/start/")).status_code == 302
    assert client.post(room(way, "schritt/nichts/")).status_code == 404


def test_the_board_takes_no_step_of_the_carriers(way: Way, client: Client) -> None:
    lead_to(way, "accepted")
    assert signed_in(client, way.board).post(room(way, "schritt/form/")).status_code == 404
    assert Project.objects.get(pk=way.idea.pk).phase == "accepted"


def test_the_public_page_says_what_is_looked_for_while_it_is(way: Way, client: Client, cast: Cast) -> None:
    way.idea.seeks.set([cast.erp])
    lead_to(way, "forming")
    address = f"/de/it/projekte/{way.idea.slug}/"
    page = client.get(address).content.decode()
    assert ("Was wir suchen" in page, "Meine Organisation macht mit" in page, "ERP-Einführung" in page) == (True,) * 3
    lead_to(way, "running")
    take_step(project=way.idea, verb="stop", actor=way.carrier, text="Kein Geld.")
    page = client.get(address).content.decode()
    assert ("Was wir suchen" in page, "Meine Organisation macht mit" in page, "Kein Geld" in page) == (False,) * 3


def test_the_board_is_narrowed_and_ordered(way: Way, cast: Cast, client: Client) -> None:
    lead_to(way, "submitted")
    foreign = bring_in_idea(organisation=cast.bakery, cluster=cast.food, values=COMPLETE, actor=way.baker)
    take_step(project=foreign, verb="submit", actor=way.baker)
    signed_in(client, way.board)

    def shown(query: str = "") -> list[str]:
        return [project.slug for project in client.get(BOARD + query).context["page"]]

    assert shown() == [way.idea.slug]
    assert shown("?phase=submitted&carrier=aehrenwerk&cluster=it&q=teig") == [way.idea.slug]
    assert [shown(query) for query in ("?phase=running", "?q=brot")] == [[], []]
    assert client.get(BOARD + "?carrier=backhaus").context["choice"].dropped == ["backhaus"]
    signed_in(client, cast.umbrella_editor)
    assert shown() == [way.idea.slug, foreign.slug]
    assert shown("?cluster=ernaehrung") == [foreign.slug]


def test_the_board_comes_as_a_file_too(way: Way, client: Client) -> None:
    lead_to(way, "running")
    Project.objects.filter(pk=way.idea.pk).update(title={"de": "=1+1"})
    signed_in(client, way.board)
    lines = client.get(BOARD + "datei/csv/").content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("'=1+1;läuft;")
    book = load_workbook(BytesIO(client.get(BOARD + "datei/xlsx/").content))
    assert [cell.value for cell in next(book.active.iter_rows(min_row=2))][:2] == ["=1+1", "läuft"]
    assert client.get(BOARD + "datei/pdf/").status_code == 404
    assert AuditEntry.objects.filter(verb="project.export").count() == 2


def test_the_desk_says_what_waits(way: Way) -> None:
    def titles(user: User) -> list[str]:
        return [str(row.title) for row in desk_of(user).rows]

    assert titles(way.carrier) == ["Idee, noch nicht eingereicht"]
    lead_to(way, "submitted")
    assert (titles(way.carrier), titles(way.board), titles(way.foreign_board)) == ([], ["Idee zum Entscheiden"], [])
    decide(project=way.idea, decision="defer", actor=way.board, text="Später", until=way.day)
    assert titles(way.board) == []
    Project.objects.filter(pk=way.idea.pk).update(due_on=way.day.replace(year=2020))
    assert titles(way.board) == ["Idee zum Entscheiden"]


def test_a_loaded_project_stays_what_it_is(way: Way, cast: Cast, client: Client) -> None:
    loaded = make_project("alt", "Alt", clusters=[cast.it], status=Project.Status.FINISHED)
    assert (loaded.phase, loaded.is_open, client.get("/de/it/projekte/alt/").status_code) == ("", False, 200)
    signed_in(client, cast.administrator)
    assert client.get("/de/mein/projekte/alt/").status_code == 404
    assert "alt" not in [project.slug for project in client.get(BOARD).context["page"]]


@pytest.mark.parametrize(("address", "number"), [(BOARD, 12), ("/de/mein/projekte/", 9)])
def test_the_number_of_queries_does_not_grow(
    way: Way, cast: Cast, client: Client, django_assert_num_queries: Any, address: str, number: int
) -> None:
    lead_to(way, "submitted")
    signed_in(client, way.board if address == BOARD else way.carrier)
    client.get(address)
    with django_assert_num_queries(number):
        assert len(client.get(address).context["page"]) == 1
    for _more in range(2):
        more = bring_in_idea(organisation=cast.firm, cluster=cast.it, values=COMPLETE, actor=way.carrier)
        take_step(project=more, verb="submit", actor=way.carrier)
    with django_assert_num_queries(number):
        assert len(client.get(address).context["page"]) == 3
