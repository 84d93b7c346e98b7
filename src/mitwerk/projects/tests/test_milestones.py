"""Milestones: set and reached by the carriers, weighed, and seen by everybody once the project is public."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.accounts.models import AuditEntry
from mitwerk.core.changes import Refused
from mitwerk.projects.actions import add_milestone, drop_milestone, reach_milestone, take_step
from mitwerk.projects.models import Milestone
from mitwerk.projects.queries.pipeline import progress_of
from mitwerk.projects.tests.way import Way, lead_to


def stone(way: Way, title: str = "Messgerät steht", weight: int = 1, days: int = 10) -> Milestone:
    due = timezone.localdate() + timedelta(days=days)
    values = {"title": {"de": title}, "weight": weight, "due_on": due}
    return add_milestone(project=way.idea, values=values, actor=way.carrier)


@given(st.lists(st.tuples(st.integers(1, 100), st.booleans()), max_size=20))
def test_progress_is_the_weight_of_what_is_reached(rows: list[tuple[int, bool]]) -> None:
    stones = [Milestone(weight=weight, done_on=timezone.localdate() if done else None) for weight, done in rows]
    progress = progress_of(stones)
    if not rows:
        assert progress is None
        return
    assert progress is not None
    assert 0 <= progress <= 100
    assert (progress == 100) == all(done for _weight, done in rows)
    assert progress_of([*stones, Milestone(weight=1)]) <= progress  # type: ignore[operator]


def test_what_is_reached_stands_in_the_history(way: Way) -> None:
    first, _second = stone(way, weight=3), stone(way, "Backstube läuft")
    reach_milestone(milestone=first, actor=way.carrier)
    assert progress_of(way.idea.milestones.all()) == 75
    assert list(way.idea.steps.filter(verb="reach").values_list("text", flat=True)) == ["Messgerät steht"]
    assert AuditEntry.objects.filter(verb="project.reach-milestone", cluster_slug="it").count() == 1
    for again in (reach_milestone, drop_milestone):
        with pytest.raises(Refused):
            again(milestone=first, actor=way.carrier)
    assert way.idea.milestones.count() == 2


def test_carriers_set_reach_and_drop_them(way: Way, client: Client) -> None:
    lead_to(way, "forming")
    client.force_login(way.carrier)
    add = f"/de/mein/projekte/{way.idea.slug}/meilensteine/neu/"
    wrong = client.post(add, {"title_de": "Bleibt stehen", "due_on": "nie", "weight": "0"})
    assert (wrong.status_code, "Bleibt stehen" in wrong.content.decode(), Milestone.objects.count()) == (200, True, 0)
    for title in ("Erster", "Zweiter"):
        assert client.post(add, {"title_de": title, "due_on": "2027-03-01", "weight": "1"}).status_code == 302
    first, second = Milestone.objects.order_by("pk")
    assert client.post(f"/de/mein/meilensteine/{first.public_id}/erreicht/").status_code == 302
    assert client.post(f"/de/mein/meilensteine/{first.public_id}/wegnehmen/").status_code == 404
    public = Client().get(f"/de/it/projekte/{way.idea.slug}/").content.decode()
    assert ("50 Prozent erreicht" in public, "Einen Meilenstein setzen" in public) == (True, False)
    assert client.post(f"/de/mein/meilensteine/{second.public_id}/wegnehmen/").status_code == 302
    assert list(Milestone.objects.all()) == [first]


def test_nobody_else_touches_them(way: Way, client: Client) -> None:
    milestone = stone(way)
    lead_to(way, "running")
    for user in (way.board, way.baker):
        client.force_login(user)
        assert client.post(f"/de/mein/meilensteine/{milestone.public_id}/erreicht/").status_code == 404
        assert client.get(f"/de/mein/projekte/{way.idea.slug}/meilensteine/neu/").status_code == 404
    take_step(project=way.idea, verb="stop", actor=way.carrier, text="Kein Geld.")
    client.force_login(way.carrier)
    assert client.post(f"/de/mein/meilensteine/{milestone.public_id}/erreicht/").status_code == 404
    with pytest.raises(Refused):
        stone(way)
    assert Milestone.objects.get().done_on is None


def test_a_day_that_has_passed_is_told_to_the_carriers_alone(way: Way, client: Client) -> None:
    stone(way, days=-1)
    lead_to(way, "forming")
    client.force_login(way.carrier)
    assert "der Tag ist vorbei" in client.get(f"/de/mein/projekte/{way.idea.slug}/").content.decode()
    assert "der Tag ist vorbei" not in Client().get(f"/de/it/projekte/{way.idea.slug}/").content.decode()


def test_the_database_holds_the_weight(way: Way) -> None:
    for weight in (0, 101):
        with pytest.raises(IntegrityError), transaction.atomic():
            stone(way, weight=weight)
    assert stone(way, weight=100).pk


def test_the_room_asks_the_same_however_much_there_is(
    way: Way, client: Client, django_assert_num_queries: Any
) -> None:
    stone(way)
    client.force_login(way.carrier)
    address = f"/de/mein/projekte/{way.idea.slug}/"
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)
    for number in range(2):
        stone(way, f"Stein {number}")
        way.idea.partners.create(name=f"Partner {number}")
    with django_assert_num_queries(15):
        client.get(address)
