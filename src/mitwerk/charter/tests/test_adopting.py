"""A version is put to a body, adopted or not, and signed."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from mitwerk.accounts.models import AuditEntry
from mitwerk.charter.actions import (
    ask_for_signatures,
    fill_agendas,
    open_phase,
    sign,
    submit_version,
    take_back,
    take_over_decisions,
    withdraw_signature,
)
from mitwerk.charter.models import Adoption, Signature, Version
from mitwerk.charter.queries.adoption import parts_to_decide, signatures_of
from mitwerk.charter.queries.charters import charter_in_force
from mitwerk.charter.tests.cast import Workshop, adopted, person_of, published
from mitwerk.core.changes import Refused
from mitwerk.governance.models import AgendaItem, Ballot
from mitwerk.governance.tests.cast import Bodies, count, vote
from mitwerk.governance.tests.way import planned
from mitwerk.outbox.models import Mail


def submitted(workshop: Workshop, bodies: Bodies, *, by_section: bool = False) -> Adoption:
    published(workshop)
    open_phase(charter=workshop.now, phase="decide", actor=None)
    return submit_version(
        charter=workshop.now, body=bodies.board, by_section=by_section, actor=workshop.keeper,
        closes_at=timezone.now() + timedelta(days=7),
    )  # fmt: skip


def vote_on(workshop: Workshop, bodies: Bodies, ballot: Ballot, *choices: str) -> None:
    """The firm, the university and the institute vote, and the ballot is counted."""
    cast = workshop.cast
    who = ((workshop.firm, cast.firm), (bodies.university, cast.university), (bodies.institute, cast.institute))
    for (user, organisation), choice in zip(who, choices, strict=False):
        vote(ballot, user, organisation, choice)
    count(ballot)


def test_a_carried_ballot_puts_the_version_in_force(workshop: Workshop, bodies: Bodies) -> None:
    adoption = submitted(workshop, bodies)
    [part] = parts_to_decide(adoption)
    vote_on(workshop, bodies, part.ballot, "yes", "yes", "no")
    assert (take_over_decisions(), take_over_decisions()) == (1, 0)
    adoption.refresh_from_db()
    part.refresh_from_db()
    charter = workshop.now
    assert (adoption.state, adoption.number, adoption.adopted_on) == ("adopted", 1, timezone.localdate())
    assert (charter.phase, charter.review_on) == ("adopted", timezone.localdate() + timedelta(days=365))
    assert (part.is_carried, part.resolution) == (True, part.ballot.resolution)
    assert charter_in_force(charter) == adoption


def test_while_votes_are_taken_nothing_is_adopted(workshop: Workshop, bodies: Bodies) -> None:
    submitted(workshop, bodies)
    assert (take_over_decisions(), charter_in_force(workshop.now)) == (0, None)


def test_without_a_quorum_it_is_not_adopted(workshop: Workshop, bodies: Bodies) -> None:
    adoption = submitted(workshop, bodies)
    vote_on(workshop, bodies, parts_to_decide(adoption)[0].ballot, "yes")
    take_over_decisions()
    adoption.refresh_from_db()
    assert (adoption.state, workshop.now.phase) == ("lost", "decide")


def test_by_section_every_section_must_be_carried(workshop: Workshop, bodies: Bodies) -> None:
    adoption = submitted(workshop, bodies, by_section=True)
    parts = list(parts_to_decide(adoption))
    assert len(parts) == 3  # the preamble is empty
    for part in parts[:2]:
        vote_on(workshop, bodies, part.ballot, "yes", "yes", "yes")
    assert take_over_decisions() == 0
    vote_on(workshop, bodies, parts[2].ballot, "no", "no", "yes")
    take_over_decisions()
    adoption.refresh_from_db()
    assert adoption.state == "lost"
    assert [part.is_carried for part in parts_to_decide(adoption)] == [True, True, False]


def test_two_versions_are_not_decided_about_at_once(workshop: Workshop, bodies: Bodies) -> None:
    submitted(workshop, bodies)
    with pytest.raises(Refused):
        submit_version(charter=workshop.now, body=bodies.board, by_section=False, closes_at=None, actor=workshop.keeper)


def test_taken_back_its_votes_are_called_off(workshop: Workshop, bodies: Bodies) -> None:
    adoption = submitted(workshop, bodies)
    take_back(adoption=adoption, actor=workshop.keeper)
    ballot = Ballot.objects.get(pk=parts_to_decide(adoption)[0].ballot.pk)
    adoption.refresh_from_db()
    assert (adoption.state, ballot.state) == ("lost", "called_off")
    with pytest.raises(Refused):
        take_back(adoption=adoption, actor=workshop.keeper)


def test_for_a_sitting_it_stands_on_the_agenda_once_with_its_motion(workshop: Workshop, bodies: Bodies) -> None:
    published(workshop)
    open_phase(charter=workshop.now, phase="decide", actor=None)
    way = planned(bodies.board, workshop.firm)
    submit_version(charter=workshop.now, body=bodies.board, by_section=False, closes_at=None, actor=workshop.keeper)
    assert (fill_agendas(), fill_agendas()) == (1, 0)
    item = AgendaItem.objects.get(sitting=way.sitting, kind="charter")
    version = Version.objects.get()
    motion = item.motions.get()
    assert version.digest in str(motion.wording)
    assert motion.effect["verb"] == "adopt-charter"


def test_the_yearly_review_stands_on_the_agenda_of_the_board_once_a_year(workshop: Workshop, bodies: Bodies) -> None:
    adopted(workshop, bodies)
    charter = workshop.now
    charter.review_on = timezone.localdate() + timedelta(days=3)
    charter.save()
    planned(bodies.board, workshop.firm)
    assert (fill_agendas(), fill_agendas()) == (1, 0)
    assert workshop.now.review_on == timezone.localdate() + timedelta(days=368)


def test_members_are_asked_to_sign_once_and_sign_once(workshop: Workshop, bodies: Bodies) -> None:
    adoption = adopted(workshop, bodies)
    assert (ask_for_signatures(), ask_for_signatures()) == (1, 0)
    to = sorted(Mail.objects.filter(template="charter/sign_mail.txt").values_list("to", flat=True))
    assert to == ["delegate@example.org", "institute-delegate@example.org", "substitute@example.org"]
    person = person_of(workshop.firm)
    for _twice in range(2):
        sign(adoption=adoption, organisation=workshop.cast.firm, person=person)
    assert [one.organisation.name for one in signatures_of(adoption)] == [workshop.cast.firm.name]


def test_a_signature_is_withdrawn_visibly_and_can_be_given_again(workshop: Workshop, bodies: Bodies) -> None:
    adoption, person = adopted(workshop, bodies), person_of(workshop.firm)
    first = sign(adoption=adoption, organisation=workshop.cast.firm, person=person)
    withdraw_signature(signature=first, person=person)
    withdraw_signature(signature=first, person=person)
    assert AuditEntry.objects.filter(verb="charter.withdraw-signature").count() == 1
    sign(adoption=adoption, organisation=workshop.cast.firm, person=person)
    assert [one.withdrawn_at is None for one in signatures_of(adoption)] == [False, True]


def test_who_no_longer_acts_for_a_member_cannot_sign(workshop: Workshop, bodies: Bodies) -> None:
    adoption, person = adopted(workshop, bodies), person_of(workshop.firm)
    person.representations.update(until=timezone.now())
    with pytest.raises(Refused):
        sign(adoption=adoption, organisation=workshop.cast.firm, person=person)


def test_the_database_itself_takes_no_second_signature(workshop: Workshop, bodies: Bodies) -> None:
    adoption = adopted(workshop, bodies)
    Signature.objects.create(adoption=adoption, organisation=workshop.cast.firm, name="Firm")
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.create(adoption=adoption, organisation=workshop.cast.firm, name="Firm")


def test_the_database_itself_never_changes_a_version(workshop: Workshop) -> None:
    version = published(workshop)
    with pytest.raises(IntegrityError), transaction.atomic():
        Version.objects.filter(pk=version.pk).update(digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE charter_wording SET revision = 7")
    Version.objects.filter(pk=version.pk).update(made_by=None)  # a user who leaves is forgotten
