"""Who finds which projects on their way, and what waits for whom, by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.listing import Choice
from mitwerk.people.tests.cast import People, represent
from mitwerk.projects.models import Joining, Milestone, Partner, Project
from mitwerk.projects.queries import desk_rows, pipeline
from mitwerk.projects.tests.way import Way

PHASES = {
    "idea": "idea", "handed in": "submitted", "deferred": "deferred", "forming": "forming", "ended": "achieved",
}  # fmt: skip
Users = dict[str, User]


def make(slug: str, phase: str, clusters: list[Any], carrier: Any, *partners: Any) -> Project:
    due = timezone.localdate() + timedelta(days=30) if phase == "deferred" else None
    project = Project.objects.create(
        slug=slug, title={"de": slug}, summary={"de": slug}, phase=phase, phase_since=timezone.now(), due_on=due,
        state=Project.State.DRAFT,
    )  # fmt: skip
    project.clusters.set(clusters)
    for organisation in (carrier, *partners):
        role = Partner.Role.CARRIER if organisation == carrier else Partner.Role.PARTNER
        Partner.objects.create(project=project, organisation=organisation, name=organisation.name, role=role)
    return project


@pytest.fixture
def users(cast: Cast, people: People, way: Way) -> Users:
    """Who acts for whom: the carrier and the editor for the firm, the baker for the bakery, the stranger for nobody."""
    way.idea.delete()
    return {
        "carrier": people.delegate, "editor": people.editor, "baker": way.baker, "board": way.board,
        "foreign board": way.foreign_board, "it_editor": cast.it_editor, "food_editor": cast.food_editor,
        "umbrella_editor": cast.umbrella_editor, "stranger": people.stranger, "former": people.former,
    }  # fmt: skip


@pytest.fixture
def projects(cast: Cast, users: Users) -> dict[str, Project]:
    """In every phase one of the IT cluster that the firm carries; one of the food cluster with the firm as partner,
    one of no cluster, and one that was not brought in here."""
    found = {name: make(name.replace(" ", "-"), phase, [cast.it], cast.firm) for name, phase in PHASES.items()}
    found["bread"] = make("bread", "submitted", [cast.food], cast.bakery, cast.firm)
    found["none"] = make("none", "submitted", [], cast.town_hall)
    make("loaded", "", [cast.it], cast.firm)
    return found


def seen(users: Users, query: Callable[[User], Any], *columns: str) -> dict[str, set[Any]]:
    """What each finds; those who find nothing are left out."""
    rows = {name: set(query(user).values_list(*(columns or ("slug",)), flat=True)) for name, user in users.items()}
    return {name: found for name, found in rows.items() if found}


IT = {"idea", "handed-in", "deferred", "forming", "ended"}
ON_BOARD = IT - {"idea"}


@pytest.mark.usefixtures("projects")
def test_who_enters_which_room(users: Users) -> None:
    of_firm, everything = IT | {"bread"}, ON_BOARD | {"bread", "none"}
    overseen = {
        "board": ON_BOARD, "it_editor": ON_BOARD, "foreign board": {"bread"}, "food_editor": {"bread"},
        "umbrella_editor": everything,
    }  # fmt: skip
    own = {"carrier": of_firm, "editor": of_firm, "baker": {"bread"}}
    assert seen(users, pipeline.own_projects) == own
    assert seen(users, pipeline.overseen_projects) == overseen
    assert seen(users, pipeline.rooms_of) == {**own, **overseen}
    assert seen(users, pipeline.carried_projects) == {"carrier": IT, "editor": IT, "baker": {"bread"}}


@pytest.mark.usefixtures("projects")
def test_who_decides_about_what(users: Users) -> None:
    """The editors of an office look after the board, and decide nothing."""
    assert seen(users, pipeline.decidable_projects) == {
        "board": {"handed-in", "deferred"}, "foreign board": {"bread"},
        "umbrella_editor": {"handed-in", "deferred", "bread", "none"},
    }  # fmt: skip


def test_what_may_be_done_next(users: Users, projects: dict[str, Project]) -> None:
    moves = {name: {m.verb for m in pipeline.moves_for(user, projects["idea"])} for name, user in users.items()}
    assert {name: verbs for name, verbs in moves.items() if verbs} == {"carrier": {"submit"}, "editor": {"submit"}}
    deciding = {
        name: {one for one, project in projects.items() if pipeline.may_decide_now(user, project)}
        for name, user in users.items()
    }
    assert {name: found for name, found in deciding.items() if found} == {
        "board": {"handed in", "deferred"}, "foreign board": {"bread"},
        "umbrella_editor": {"handed in", "deferred", "bread", "none"},
    }  # fmt: skip


def test_milestones_that_are_not_reached_change_until_the_end(users: Users, projects: dict[str, Project]) -> None:
    today = timezone.localdate()
    for name in ("forming", "ended", "bread", "none"):
        for day in (None, today):
            Milestone.objects.create(project=projects[name], title={"de": name}, due_on=today, done_on=day)
    found = seen(users, pipeline.changeable_milestones, "project__slug")
    assert found == {"carrier": {"forming"}, "editor": {"forming"}, "baker": {"bread"}}
    assert pipeline.changeable_milestones(users["carrier"]).count() == 1


def test_each_side_answers_the_other(cast: Cast, users: Users, projects: dict[str, Project]) -> None:
    """The bakery is invited to what the firm carries, and the institute offers itself; what is answered is over."""
    invited, offered = Joining.Side.INVITED, Joining.Side.OFFERED
    Joining.objects.create(project=projects["forming"], organisation=cast.bakery, side=invited)
    Joining.objects.create(project=projects["forming"], organisation=cast.institute, side=offered)
    Joining.objects.create(project=projects["bread"], organisation=cast.institute, side=invited)
    Joining.objects.create(project=projects["none"], organisation=cast.bakery, side=offered)
    Joining.objects.create(
        project=projects["ended"], organisation=cast.bakery, side=invited, state=Joining.State.DECLINED,
        answered_at=timezone.now(),
    )  # fmt: skip
    found = seen(users, pipeline.answerable_joinings, "organisation__slug")
    assert found == {"carrier": {"institut"}, "editor": {"institut"}, "baker": {"backhaus"}}
    assert [one.project.slug for one in pipeline.answerable_joinings(users["baker"])] == ["forming"]
    rows = [(str(row.title), row.text) for row in desk_rows(users["baker"])]
    assert rows == [("Darf bei einem Projekt mitmachen", f"{cast.bakery.name} · forming")]
    rows = [(str(row.title), row.text) for row in desk_rows(users["editor"])]
    assert rows == [
        ("Möchte mitmachen", f"{cast.institute.name} · forming"), ("Idee, noch nicht eingereicht", "idea"),
    ]  # fmt: skip


def test_who_may_still_join(cast: Cast, people: People, users: Users, projects: dict[str, Project]) -> None:
    """The stranger acts for the institute, which is being asked, the town hall, which was, and the university."""
    for organisation in (cast.institute, cast.town_hall, cast.university):
        represent(people.stranger, organisation, "editor")
    forming = projects["forming"]
    Joining.objects.create(project=forming, organisation=cast.institute, side=Joining.Side.INVITED)
    Joining.objects.create(
        project=forming, organisation=cast.town_hall, side=Joining.Side.INVITED, state=Joining.State.DECLINED,
        answered_at=timezone.now(),
    )  # fmt: skip
    Joining.objects.create(project=projects["ended"], organisation=cast.university, side=Joining.Side.OFFERED)
    assert seen(users, lambda user: pipeline.joining_organisations(user, forming)) == {
        "baker": {"backhaus"}, "stranger": {"stadtverwaltung", "hochschule"},
    }  # fmt: skip


@pytest.mark.usefixtures("projects")
def test_the_board_and_what_narrows_it(cast: Cast, users: Users) -> None:
    def board(name: str, query: str = "", **values: list[str]) -> list[str]:
        choice = Choice(query=query, values=values)
        return [one.slug for one in pipeline.board_projects(users[name], choice)]

    everything = ["handed-in", "bread", "none", "deferred", "forming", "ended"]
    assert (board("board"), board("umbrella_editor")) == (["handed-in", "deferred", "forming", "ended"], everything)
    assert board("umbrella_editor", query="bread") == ["bread"]
    assert board("umbrella_editor", phase=["deferred", "forming"]) == ["deferred", "forming"]
    assert board("umbrella_editor", cluster=["ernaehrung"]) == ["bread"]
    assert board("umbrella_editor", carrier=["aehrenwerk"]) == ["handed-in", "deferred", "forming", "ended"]
    assert board("stranger") == []
    of_it, of_food = ("it", cast.it.menu_name), ("ernaehrung", cast.food.menu_name)
    clusters = {name: pipeline.board_clusters(users[name]) for name in ("board", "food_editor", "umbrella_editor")}
    assert clusters == {"board": [of_it], "food_editor": [of_food], "umbrella_editor": [of_it, of_food]}
    firm, bakery, town = ((one.slug, one.name) for one in (cast.firm, cast.bakery, cast.town_hall))
    carriers = {name: pipeline.board_carriers(users[name]) for name in clusters}
    assert carriers == {"board": [firm], "food_editor": [bakery], "umbrella_editor": [firm, bakery, town]}


def test_ideas_wait_for_the_board_and_deferred_ones_from_their_day_on(
    users: Users, projects: dict[str, Project]
) -> None:
    def told(name: str) -> list[str]:
        return [row.text for row in desk_rows(users[name])]

    names = ("board", "foreign board", "it_editor", "stranger")
    assert {name: told(name) for name in names} == {
        "board": ["handed-in"], "foreign board": ["bread"], "it_editor": [], "stranger": [],
    }  # fmt: skip
    Project.objects.filter(pk=projects["deferred"].pk).update(due_on=timezone.localdate())
    assert told("board") == ["handed-in", "deferred"]
    assert told("umbrella_editor") == ["handed-in", "deferred", "bread", "none"]


def test_a_decision_is_due_on_its_day_or_since_it_was_handed_in(users: Users, projects: dict[str, Project]) -> None:
    today, before = timezone.localdate(), timezone.now() - timedelta(days=3)
    Project.objects.filter(pk=projects["deferred"].pk).update(due_on=today)
    Project.objects.filter(pk__in=[projects["deferred"].pk, projects["handed in"].pk]).update(phase_since=before)
    Project.objects.filter(pk=projects["bread"].pk).update(phase_since=None)
    due = {row.text: row.due for row in desk_rows(users["umbrella_editor"])}
    assert due == {"deferred": today, "handed-in": timezone.localdate(before), "bread": None, "none": today}
