"""What the database itself refuses, whoever writes."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mitwerk.actors.tests.cast import Cast
from mitwerk.core.append_only import run_script
from mitwerk.governance.models import Ballot, Body, Box, Mandate, Roll, Vote
from mitwerk.governance.tests.cast import Bodies, make_ballot, started

TAKEN_AWAY = {
    "sqlite": "DROP TRIGGER governance_roll_once_UPDATE;",
    "postgresql": "DROP TRIGGER governance_roll_once_row ON governance_roll;",
}


def is_refused(do: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            do()
    except IntegrityError:
        return True
    return False


def test_an_organisation_stands_once_on_the_marks(bodies: Bodies) -> None:
    roll = Roll.objects.get(ballot=started(bodies.board))
    marks = Roll.objects.filter(pk=roll.pk)
    assert is_refused(lambda: marks.update(voted=["a", "a"], cast=2))
    assert is_refused(lambda: marks.update(voted=["a", "b"], cast=1))
    assert is_refused(lambda: marks.update(voted=list("abcde"), cast=5)), "more than may vote"
    assert not is_refused(lambda: marks.update(voted=["a", "b"], cast=2)), "control"
    run_script(connection, TAKEN_AWAY[connection.vendor])
    assert not is_refused(lambda: marks.update(voted=["a", "a"], cast=2)), "control: without the trigger"


def test_rows_that_cannot_be(cast: Cast, bodies: Bodies) -> None:
    ballot = started(bodies.board, is_secret=True)
    Vote.objects.create(ballot=ballot, organisation_id="a", choice="yes")
    one = Ballot.objects.filter(pk=ballot.pk)
    mandate = Mandate.objects.filter(body=bodies.board, organisation=cast.firm)
    tried = {
        "a second vote": lambda: Vote.objects.create(ballot=ballot, organisation_id="a", choice="no"),
        "a result while it runs": lambda: one.update(result={}),
        "closed without a result": lambda: one.update(state="closed"),
        "open without a time": lambda: Ballot.objects.filter(pk=make_ballot(bodies.board).pk).update(state="open"),
        "an end before the start": lambda: one.update(closes_at=ballot.opened_at),
        "an opened box with its key": lambda: Box.objects.update(opened=["yes"]),
        "a quorum of more than all": lambda: Body.objects.filter(pk=bodies.board.pk).update(quorum=101),
        "a casting vote under consent": lambda: Body.objects.filter(pk=bodies.board.pk).update(
            majority="consent", casting_vote=True
        ),
        "a mandate that ends before it begins": lambda: mandate.update(until=date(1999, 1, 1)),
        "the same mandate twice": lambda: Mandate.objects.create(
            body=bodies.board, organisation=cast.firm, since=mandate.get().since
        ),
    }
    assert [what for what, do in tried.items() if not is_refused(do)] == []
    assert not is_refused(lambda: one.update(closes_at=timezone.now() + timezone.timedelta(days=1))), "control"


@pytest.mark.django_db
def test_a_body_with_ballots_stays(cast: Cast, bodies: Bodies) -> None:
    from django.db.models import ProtectedError

    from mitwerk.governance.actions import remove_body

    make_ballot(bodies.board)
    with pytest.raises(ProtectedError):
        remove_body(body=bodies.board, actor=cast.it_editor)
    remove_body(body=bodies.bakers, actor=cast.food_editor)
    assert sorted(Body.objects.values_list("slug", flat=True)) == ["versammlung", "vorstand"]
