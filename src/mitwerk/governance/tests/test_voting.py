"""Ballots from the start to the count: who votes, once, until when, and what comes of it (TRUST V5 to V14)."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.actors.tests.cast import Cast
from mitwerk.core.changes import Refused
from mitwerk.governance.actions import (
    call_off_ballot,
    cast_vote,
    close_ballot,
    close_due_ballots,
    drop_ballot,
    repeat_ballot,
    start_ballot,
    withdraw_vote,
    write_ballot,
)
from mitwerk.governance.models import Ballot, Box, Mandate, Roll, Vote
from mitwerk.governance.queries import ballots_to_vote_on, final_file, turnout_of, votes_of
from mitwerk.governance.tests.cast import Bodies, count, make_ballot, started, vote
from mitwerk.people.models import Person, Representative
from mitwerk.people.tests.cast import People

As = Callable[[User | None], Client]


def outcome(ballot: Ballot) -> str:
    assert ballot.result
    return str(ballot.result["outcome"])


def test_an_open_ballot_from_start_to_count(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    assert [entry["name"] for entry in ballot.roll.entries if entry["chair"]] == [cast.firm.name]
    assert ballot.roll.entitled == 4
    codes = [
        vote(ballot, people.delegate, cast.firm, "yes"),
        vote(ballot, bodies.university, cast.university, "no"),
        vote(ballot, bodies.institute, cast.institute, "yes"),
    ]
    assert codes == ["", "", ""]
    closed = count(ballot)
    assert closed.result == {
        "outcome": "carried",
        "count": {"entitled": 4, "yes": 2, "no": 1, "abstain": 0, "blank": 0, "invalid": 0},
        "derivation": [
            {"step": "quorum", "had": 3, "needed": 2, "of": 4, "holds": True},
            {"step": "simple", "had": 2, "needed": 2, "of": 3, "holds": True},
        ],
    }
    told = {entry["name"]: one.choice for entry, one in votes_of(closed)}
    assert told == {cast.firm.name: "yes", cast.university.name: "no", cast.institute.name: "yes"}


def test_a_secret_ballot_gives_a_receipt_and_tells_only_the_outcome_of_few(
    cast: Cast, people: People, bodies: Bodies
) -> None:
    ballot = started(bodies.board, is_secret=True)
    first = vote(ballot, people.delegate, cast.firm, "yes")
    second = vote(ballot, bodies.university, cast.university, "invalid")
    assert len({first, second}) == 2
    box = Box.objects.get(ballot=ballot)
    assert (len(box.sealed), box.codes, box.opened) == (2, sorted([first, second]), None)
    assert box.sealed == sorted(box.sealed)
    assert Vote.objects.count() == 0
    closed = count(ballot)
    box.refresh_from_db()
    assert (box.sealed, box.locked_key, box.opened) == ([], "", ["invalid", "yes"])
    assert closed.result == {"outcome": "carried", "count": None, "derivation": None}
    told = final_file(closed)
    assert (told["ballots"], told["codes"], told["salt"]) == (None, sorted([first, second]), None)
    assert told["voted"] == sorted([cast.firm.public_id, cast.university.public_id])


def test_delegate_or_substitute_vote_and_only_once(cast: Cast, people: People, bodies: Bodies) -> None:
    for is_secret in (False, True):
        ballot = started(bodies.board, is_secret=is_secret)
        vote(ballot, people.substitute, cast.firm, "yes")
        for user in (people.delegate, people.substitute):
            with pytest.raises(Refused, match="hat bereits abgestimmt"):
                vote(ballot, user, cast.firm, "no")
        assert Roll.objects.get(ballot=ballot).voted == [cast.firm.public_id]


def test_v11_who_may_not_vote_is_refused(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot, other = started(bodies.board), started(bodies.bakers)
    person = Person.objects.get(user=people.delegate)

    def refused(**changes: Any) -> bool:
        values = {"ballot": ballot, "organisation_id": cast.firm.public_id, "choice": "yes", "person": person}
        try:
            cast_vote(**{**values, **changes})
        except Refused:
            return True
        return False

    editor, stranger = (Person.objects.filter(user=one).first() for one in (people.editor, people.stranger))
    assert refused(person=editor), "an editor keeps the profile and does not vote"
    assert refused(organisation_id=cast.university.public_id), "somebody else's vote"
    assert refused(organisation_id="nobody"), "on no roll"
    assert refused(ballot=other), "a foreign ballot"
    assert refused(choice="perhaps")
    assert stranger is None
    Representative.objects.filter(person=person).update(until=timezone.now())
    assert refused(), "left the organisation"
    Representative.objects.filter(person=person).update(until=None, role="editor")
    assert refused(), "another role"
    Representative.objects.filter(person=person).update(role="delegate")
    people.delegate.is_active = False
    people.delegate.save()
    assert refused(), "switched off"
    people.delegate.is_active = True
    people.delegate.save()
    with time_machine.travel(ballot.closes_at, tick=False):
        assert refused(), "the very moment of the close is too late"
    assert not refused(), "control: everything is right now"


def test_an_open_vote_can_be_taken_back_and_a_secret_one_not(cast: Cast, people: People, bodies: Bodies) -> None:
    person = Person.objects.get(user=people.delegate)
    ballot, secret = started(bodies.board), started(bodies.board, is_secret=True)
    for one in (ballot, secret):
        vote(one, people.delegate, cast.firm, "no")
    withdraw_vote(ballot=ballot, organisation_id=cast.firm.public_id, person=person)
    assert Roll.objects.get(ballot=ballot).voted == []
    vote(ballot, people.substitute, cast.firm, "yes")
    assert list(Vote.objects.values_list("choice", flat=True)) == ["yes"]
    with pytest.raises(Refused, match="nicht zurückgenommen"):
        withdraw_vote(ballot=secret, organisation_id=cast.firm.public_id, person=person)
    with pytest.raises(Refused, match="nicht abgestimmt"):
        withdraw_vote(
            ballot=ballot, organisation_id=cast.university.public_id,
            person=Person.objects.get(user=bodies.university),
        )  # fmt: skip


def test_consent_wants_the_reasons_of_an_objection(cast: Cast, people: People, bodies: Bodies) -> None:
    bodies.board.majority = "consent"
    bodies.board.save()
    with pytest.raises(Refused, match="nicht geheim"):
        started(bodies.board, is_secret=True)
    ballot = started(bodies.board)
    with pytest.raises(Refused, match="Begründung"):
        vote(ballot, people.delegate, cast.firm, "no", "  ")
    vote(ballot, people.delegate, cast.firm, "no", "Zu teuer")
    vote(ballot, bodies.university, cast.university, "yes")
    assert outcome(count(ballot)) == "lost"


def test_the_chair_decides_a_tie_in_an_open_ballot_alone(cast: Cast, people: People, bodies: Bodies) -> None:
    bodies.board.casting_vote = True
    bodies.board.save()
    for is_secret, expected in ((False, "carried"), (True, "lost")):
        ballot = started(bodies.board, is_secret=is_secret)
        vote(ballot, people.delegate, cast.firm, "yes")
        vote(ballot, bodies.university, cast.university, "no")
        assert outcome(count(ballot)) == expected


def test_too_few_take_part(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    vote(ballot, people.delegate, cast.firm, "yes")
    assert outcome(count(ballot)) == "no-quorum"


def test_v6_the_roll_is_frozen_at_the_start(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    before = (ballot.roll_hash, ballot.roll.entries)
    Mandate.objects.filter(body=bodies.board, organisation=cast.university).delete()
    Mandate.objects.create(body=bodies.board, organisation=cast.town_hall)
    vote(ballot, bodies.university, cast.university, "yes")
    vote(ballot, people.delegate, cast.firm, "yes")
    closed = count(ballot)
    assert (closed.roll_hash, closed.roll.entries) == before
    assert outcome(closed) == "carried"


def test_v7_the_wording_is_frozen_at_the_start(cast: Cast, bodies: Bodies) -> None:
    draft = make_ballot(bodies.board)
    write_ballot(ballot=draft, values={"motion": {"de": "Neu"}}, actor=cast.it_editor)
    start_ballot(ballot=draft, closes_at=timezone.now() + timedelta(days=1), actor=cast.it_editor)
    for verb in (
        lambda: write_ballot(ballot=draft, values={"motion": {"de": "Anders"}}, actor=cast.it_editor),
        lambda: drop_ballot(ballot=draft, actor=cast.it_editor),
        lambda: start_ballot(ballot=draft, closes_at=timezone.now() + timedelta(days=9), actor=cast.it_editor),
    ):
        with pytest.raises(Refused):
            verb()
    kept = Ballot.objects.get(pk=draft.pk)
    assert (kept.paper["motion"], dict(kept.motion)) == ({"de": "Neu"}, {"de": "Neu"})


@pytest.mark.parametrize("delta", [timedelta(minutes=4), timedelta(days=400), timedelta(days=-1)])
def test_a_ballot_has_a_sensible_time(bodies: Bodies, delta: timedelta) -> None:
    with pytest.raises(Refused, match="fünf Minuten"):
        start_ballot(ballot=make_ballot(bodies.board), closes_at=timezone.now() + delta, actor=None)


def test_nobody_to_vote_is_no_ballot(bodies: Bodies) -> None:
    Mandate.objects.all().delete()
    with pytest.raises(Refused, match="niemand"):
        started(bodies.board)


def test_v5_nothing_is_told_before_the_close(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board, is_secret=True)
    vote(ballot, people.delegate, cast.firm, "yes")
    running = Ballot.objects.select_related("roll").get(pk=ballot.pk)
    told = turnout_of(running)
    assert (told.cast, told.entitled, told.is_at_least, running.result, votes_of(running)) == (0, 4, True, None, [])
    with pytest.raises(Refused, match="läuft noch"):
        close_ballot(ballot=running)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=ballot.pk).update(result={"outcome": "carried"})


def test_v2_the_log_says_nothing_of_a_vote(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board, is_secret=True)
    before = AuditEntry.objects.count()
    vote(ballot, people.delegate, cast.firm, "yes")
    assert AuditEntry.objects.count() == before
    count(ballot)
    verbs = AuditEntry.objects.filter(verb__startswith="ballot.").values_list("verb", flat=True)
    assert sorted(verbs) == ["ballot.close", "ballot.start"]


def test_v14_nobody_votes_as_somebody_else(cast: Cast, people: People, bodies: Bodies, as_user: As) -> None:
    """There is no signing in as others, and no role votes for an organisation that it does not act for."""
    ballot = started(bodies.board)
    paper = f"/de/mein/gremien/vorstand/abstimmungen/{ballot.public_id}/stimme/{cast.firm.public_id}/"
    mighty = (cast.administrator, cast.umbrella_editor, cast.it_editor, people.manager, people.editor, people.former)
    statuses = [as_user(user).post(paper, {"choice": "yes"}).status_code for user in mighty]
    assert statuses == [404] * len(mighty)
    assert Roll.objects.get(ballot=ballot).voted == []
    assert as_user(people.delegate).post(paper, {"choice": "yes"}).status_code == 200, "control"


def test_calling_off_throws_away_what_was_voted(cast: Cast, people: People, bodies: Bodies) -> None:
    for is_secret in (False, True):
        ballot = started(bodies.board, is_secret=is_secret)
        vote(ballot, people.delegate, cast.firm, "yes")
        call_off_ballot(ballot=ballot, actor=cast.it_editor)
        ballot.refresh_from_db()
        assert (ballot.state, ballot.result) == ("called_off", None)
        assert (Vote.objects.count(), Box.objects.count()) == (0, 0)
        with pytest.raises(Refused):
            call_off_ballot(ballot=ballot, actor=cast.it_editor)
        again = repeat_ballot(ballot=ballot, actor=cast.it_editor)
        assert (again.state, again.motion, again.is_secret) == ("draft", ballot.motion, is_secret)


def test_timed_work_counts_what_is_due_and_only_once(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board, days=1)
    vote(ballot, people.delegate, cast.firm, "yes")
    assert close_due_ballots() == 0
    with time_machine.travel(ballot.closes_at):
        assert [close_due_ballots(), close_due_ballots()] == [1, 0]


def test_what_waits_for_somebody(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    waiting = [(one.pk, entry["id"]) for one, entry in ballots_to_vote_on(people.substitute)]
    assert waiting == [(ballot.pk, cast.firm.public_id)]
    assert [ballots_to_vote_on(user) for user in (people.editor, people.stranger, cast.it_editor)] == [[], [], []]
    vote(ballot, people.delegate, cast.firm, "yes")
    assert ballots_to_vote_on(people.substitute) == []


def test_v12_the_file_is_the_same_a_year_later(cast: Cast, people: People, bodies: Bodies) -> None:
    for is_secret in (False, True):
        ballot = started(bodies.board, is_secret=is_secret)
        vote(ballot, people.delegate, cast.firm, "yes")
        vote(ballot, bodies.university, cast.university, "abstain")
        first = json.dumps(final_file(count(ballot)))
        with time_machine.travel(timezone.now() + timedelta(days=365)):
            later = Ballot.objects.select_related("roll", "body").get(pk=ballot.pk)
            assert json.dumps(final_file(later)) == first


def test_p8_votes_stay_when_the_person_goes(cast: Cast, people: People, bodies: Bodies) -> None:
    ballot = started(bodies.board)
    vote(ballot, people.delegate, cast.firm, "yes")
    vote(ballot, bodies.university, cast.university, "yes")
    Person.objects.get(user=people.delegate).delete()
    closed = count(ballot)
    assert outcome(closed) == "carried"
    assert [one.cast_by and one.cast_by.name for _entry, one in votes_of(closed)] == [None, "university-delegate"]
