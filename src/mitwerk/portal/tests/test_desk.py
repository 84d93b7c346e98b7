"""My desk: what waits for whom, the most urgent first, and nothing of anybody else."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import User
from mitwerk.actors import actions as actors
from mitwerk.actors.models import Claim
from mitwerk.actors.tests.cast import Cast
from mitwerk.clusters.models import Message
from mitwerk.core.desk import DeskRow, most_urgent_first
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network, NetworkMember
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.tests.cast import affiliate
from mitwerk.people.actions import send_invitation
from mitwerk.people.models import Invitation
from mitwerk.people.tests.cast import People, represent
from mitwerk.portal.queries.desk import desk_of
from mitwerk.profiles.models import Confirmation

As = Callable[[User], Client]


def invite(cast: Cast, email: str) -> Invitation:
    offer = Invitation(email=email, organisation=cast.bakery, represents_as="editor")
    return send_invitation(invitation=offer, actor=cast.food_editor)


def test_rows_without_a_day_stand_last() -> None:
    days = {"c": None, "b": date(2026, 2, 1), "a": date(2026, 1, 1)}
    rows = [DeskRow(title, "", "/", "", day) for title, day in days.items()]
    assert [row.title for row in most_urgent_first(rows)] == ["a", "b", "c"]


def test_signed_out_people_are_led_to_the_door(cast: Cast, client: Client) -> None:
    assert client.get("/de/mein-schreibtisch/")["Location"] == "/de/konto/login/?next=/de/mein-schreibtisch/"


def test_who_has_nothing_to_do_in_the_office_is_led_to_the_desk(people: People, as_user: As) -> None:
    answer = as_user(people.delegate).get("/office/", follow=True)
    assert answer.redirect_chain == [("/de/mein-schreibtisch/", 302)]
    assert "Die Geschäftsstelle ist für alle" in answer.content.decode()


def test_an_empty_desk_says_what_it_is_for(people: People, as_user: As) -> None:
    page = as_user(people.stranger).get("/de/mein-schreibtisch/").content.decode()
    assert ("Nichts wartet auf Sie" in page, "Sie vertreten noch keine Organisation." in page) == (True, True)


def test_an_invitation_waits_until_it_is_answered(cast: Cast, people: People, as_user: As) -> None:
    invite(cast, "Stranger@example.org")
    invite(cast, "somebody@example.org")
    browser = as_user(people.stranger)
    (row,) = desk_of(people.stranger).rows
    assert (row.title, row.text, row.due) == (
        "Einladung", "Redaktion · Backhaus Muldental AG", timezone.localdate() + timedelta(days=14),
    )  # fmt: skip
    assert browser.get(row.url).status_code == 200
    assert browser.post(row.url).status_code == 302
    desk = desk_of(people.stranger)
    assert (desk.rows, [one.organisation for one in desk.representations]) == ([], [cast.bakery])


def test_somebody_elses_invitation_is_missing(cast: Cast, people: People, as_user: As) -> None:
    invitation = invite(cast, "somebody@example.org")
    url = f"/de/mein/einladungen/{invitation.public_id}/"
    assert [as_user(people.stranger).get(url).status_code, as_user(people.stranger).post(url).status_code] == [404, 404]


def test_the_office_sees_what_waits_in_its_own_clusters(cast: Cast, people: People) -> None:
    need = Need.objects.create(slug="bedarf", title={"de": "Bedarf"}, text={"de": "Text"}, state=Need.State.REPORTED)
    need.clusters.set([cast.it])
    Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="Hallo", subject="Frage")
    Claim.objects.create(organisation=cast.firm, name="C", email="c@example.org")
    found = {
        name: sorted(str(row.text) for row in desk_of(getattr(cast, name, None) or getattr(people, name)).rows)
        for name in ("it_editor", "umbrella_editor", "food_editor", "delegate")
    }
    all_of_it = ["Bedarf", "Frage", "Ährenwerk Software GmbH"]
    assert found == {"it_editor": all_of_it, "umbrella_editor": all_of_it, "food_editor": [], "delegate": []}


def test_the_office_sees_which_organisation_was_left_alone(cast: Cast, people: People) -> None:
    last = represent(people.stranger, cast.bakery, "delegate")
    assert actors.take_over(organisation=cast.bakery, actor=people.stranger)

    def rows(user: User) -> list[tuple[str, str]]:
        return [(str(row.text), row.url) for row in desk_of(user).rows]

    assert rows(cast.food_editor) == []
    User.objects.filter(pk=people.stranger.pk).update(is_active=False)
    url = f"/office/invitations/new/?organisation={cast.bakery.public_id}"
    expected = [(cast.bakery.name, url)]
    assert (rows(cast.food_editor), rows(cast.it_editor)) == (expected, [])
    User.objects.filter(pk=people.stranger.pk).update(is_active=True)
    last.until = timezone.now()
    last.save()
    assert [row.due for row in desk_of(cast.food_editor).rows] == [timezone.localdate()]
    represent(people.editor, cast.bakery, "editor")
    assert rows(cast.food_editor) == []


def test_who_did_not_answer_the_yearly_question_is_the_offices_to_call(cast: Cast, people: People) -> None:
    asked = timezone.now() - timedelta(days=40)
    silent = Confirmation.objects.create(organisation=cast.bakery, due_on=asked, asked_at=asked, reminded_at=None)

    def rows(user: User) -> list[tuple[str, Any]]:
        return [(row.url, row.due) for row in desk_of(user).rows]

    assert rows(cast.food_editor) == []
    yesterday = timezone.localdate() - timedelta(days=1)
    row = (f"/office/yearly-questions/inspect/{silent.pk}/", yesterday)
    for days, expected in ((13, []), (15, [row])):
        Confirmation.objects.update(reminded_at=timezone.now() - timedelta(days=days))
        assert (rows(cast.food_editor), rows(cast.it_editor)) == (expected, [])


def test_a_board_member_has_nothing_to_do_in_the_office(cast: Cast, people: People) -> None:
    from mitwerk.clusters.actions import grant_role

    Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="Hallo")
    grant_role(user=people.stranger, kind="board_member", cluster=cast.it)
    user = User.objects.get(pk=people.stranger.pk)
    assert (desk_of(user).rows, user.groups.count()) == ([], 0)


def test_my_organisations_and_networks(cast: Cast, people: People, as_user: As) -> None:
    network = Network.objects.create(slug="netz", name={"de": "Netz"}, state=Network.State.PUBLISHED)
    NetworkMember.objects.create(network=network, organisation=cast.firm)
    assert desk_of(people.delegate).networks == [], "control: without an agreement nothing tells of it"
    affiliate(network, cast.it, ORGANISATIONS)
    page = as_user(people.delegate).get("/de/mein-schreibtisch/").content.decode()
    assert ('href="/de/akteure/aehrenwerk/"' in page, 'href="/de/netzwerke/netz/"' in page) == (True, True)
    assert desk_of(people.stranger).networks == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_the_same_however_much_waits(
    cast: Cast, as_user: As, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="x", subject=f"F{number}")
        Claim.objects.create(organisation=cast.firm, name="C", email=f"c{number}@example.org")
    browser = as_user(cast.it_editor)
    browser.get("/de/mein-schreibtisch/")  # notes when the session was used
    with django_assert_num_queries(41):
        browser.get("/de/mein-schreibtisch/")
