"""Handing in, deciding, speaking: what is refused, what is one, and who reads what."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import FIRM, OFFICE
from mitwerk.clusters.queries import office_address
from mitwerk.congress.actions import add_speaker, answer_as_speaker, drop_speaker, take_step, write_contribution
from mitwerk.congress.actions.contributions import MOST, MOST_SPEAKERS, link_of
from mitwerk.congress.models import Congress, Contribution, Session, Speaker
from mitwerk.congress.queries.contributions import office_contributions, own_contributions, shown_contributions
from mitwerk.congress.tests.cast import TODAY
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Person
from mitwerk.people.tests.cast import People, make_people

TITLE = Translated({"de": "Rezepturen im Griff", "en": "Recipes under control"})


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


def values(cast: Cast, **more: Any) -> dict[str, Any]:
    return {"kind": "talk", "title": TITLE, "language": "de", "competences": [cast.erp], **more}


def written(congress: Congress, cast: Cast, people: People, **more: Any) -> Contribution:
    return write_contribution(
        congress=congress, organisation=cast.firm, contribution=None, values=values(cast, **more),
        actor=people.delegate,
    )  # fmt: skip


def step(contribution: Contribution, verb: str, who: str, actor: User, text: str = "") -> Contribution:
    return take_step(contribution=contribution, verb=verb, who=who, actor=actor, text=text)


@pytest.fixture
def draft(congress: Congress, cast: Cast, people: People) -> Contribution:
    return written(congress, cast, people)


def test_written_twice_in_the_same_words_it_is_one(
    draft: Contribution, congress: Congress, cast: Cast, people: People
) -> None:
    assert written(congress, cast, people) == draft
    other = written(congress, cast, people, title=Translated({"de": "Anderes"}))
    assert (draft.number, other.number, draft.state) == (1, 2, "draft")
    assert list(draft.competences.all()) == [cast.erp]


def test_the_way_to_the_stage(draft: Contribution, cast: Cast, people: People) -> None:
    step(draft, "submit", FIRM, people.delegate)
    step(draft, "reserve", OFFICE, cast.it_editor)
    step(draft, "accept", OFFICE, cast.it_editor, "Wir freuen uns.")
    done = step(draft, "confirm", FIRM, people.delegate)
    assert done.state == "confirmed"
    assert list(done.steps.values_list("verb", "text")) == [
        ("submit", ""), ("reserve", ""), ("accept", "Wir freuen uns."), ("confirm", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "who", "told"),
    [
        ("accept", FIRM, "This is no longer possible: it is handed in now."),
        ("confirm", FIRM, "This is no longer possible: it is handed in now."),
        ("submit", FIRM, "This is no longer possible: it is handed in now."),
        ("withdraw", OFFICE, "This is no longer possible: it is handed in now."),
        ("decline", OFFICE, "Say why, for those who handed it in."),
        ("fly", OFFICE, "This is no longer possible: it is handed in now."),
    ],
)
def test_what_is_not_the_next_step_is_refused(
    draft: Contribution, people: People, verb: str, who: str, told: str
) -> None:
    step(draft, "submit", FIRM, people.delegate)
    with override("en"), pytest.raises(Refused) as refused:
        step(draft, verb, who, people.delegate)
    assert str(refused.value) == told
    assert Contribution.objects.get().state == "submitted"


def test_the_office_learns_of_what_is_taken_from_its_stage(
    draft: Contribution, congress: Congress, cast: Cast, people: People
) -> None:
    def told() -> list[tuple[str, str]]:
        return list(Mail.objects.filter(template="congress/withdrawn_mail.txt").values_list("to", "subject"))

    step(draft, "submit", FIRM, people.delegate)
    step(draft, "withdraw", FIRM, people.delegate)
    assert told() == [], "what was not accepted is nobody's gap"
    other = written(congress, cast, people, title=Translated({"de": "Anderes"}))
    step(other, "submit", FIRM, people.delegate)
    step(other, "accept", OFFICE, cast.it_editor)
    until = TODAY + dt.timedelta(hours=1)
    Session.objects.create(congress=congress, contribution=other, starts_at=TODAY, ends_at=until)
    step(other, "withdraw", FIRM, people.delegate)
    assert told() == [(office_address(cast.it), "Zurückgezogen: Anderes")]
    assert "14. Juli 2006" in Mail.objects.get(template="congress/withdrawn_mail.txt").text


def test_what_was_handed_in_is_changed_when_it_is_taken_back(
    draft: Contribution, congress: Congress, cast: Cast, people: People
) -> None:
    def change() -> Contribution:
        return write_contribution(
            congress=congress, organisation=cast.firm, contribution=draft, actor=people.delegate,
            values=values(cast, kind="panel"),
        )  # fmt: skip

    step(draft, "submit", FIRM, people.delegate)
    with pytest.raises(Refused):
        change()
    step(draft, "revise", FIRM, people.delegate)
    assert change().kind == "panel"


def test_after_the_call_nothing_comes_in(
    draft: Contribution, congress: Congress, cast: Cast, people: People, time_machine: Any
) -> None:
    other = written(congress, cast, people, title=Translated({"de": "Anderes"}))
    step(other, "submit", FIRM, people.delegate)
    time_machine.move_to(dt.datetime(2007, 8, 31, 16, 0, tzinfo=dt.UTC), tick=False)
    for refused in (
        lambda: written(congress, cast, people, title=Translated({"de": "Zu spät"})),
        lambda: step(draft, "submit", FIRM, people.delegate),
        lambda: step(other, "revise", FIRM, people.delegate),
    ):
        with pytest.raises(Refused):
            refused()
    assert step(other, "accept", OFFICE, cast.it_editor).state == "accepted"


def test_an_organisation_does_not_fill_the_congress(congress: Congress, cast: Cast, people: People) -> None:
    for number in range(MOST):
        written(congress, cast, people, title=Translated({"de": f"Nummer {number}"}))
    with pytest.raises(Refused):
        written(congress, cast, people, title=Translated({"de": "Zu viel"}))


def test_who_reads_which(draft: Contribution, congress: Congress, cast: Cast, people: People) -> None:
    users = (people.delegate, people.former, cast.it_editor, cast.food_editor, cast.umbrella_editor)
    assert [list(own_contributions(user)) for user in users] == [[draft], [], [], [], []]
    assert [list(office_contributions(user)) for user in users] == [[], [], [], [], []]
    step(draft, "submit", FIRM, people.delegate)
    assert [list(office_contributions(user)) for user in users] == [[], [], [draft], [], [draft]]
    assert list(shown_contributions(congress)) == []
    step(draft, "accept", OFFICE, cast.it_editor)
    assert list(shown_contributions(congress)) == [draft]


def test_speakers_are_named_once_they_agree(
    draft: Contribution, congress: Congress, cast: Cast, people: People
) -> None:
    speaker = add_speaker(
        contribution=draft, name="Speaker", email="Speaker@example.org", about={}, actor=people.delegate
    )
    again = add_speaker(contribution=draft, name="X", email="speaker@example.org", about={}, actor=people.delegate)
    assert (again, Person.objects.filter(email__iexact="speaker@example.org").count()) == (speaker, 1)
    with pytest.raises(Refused):
        answer_as_speaker(speaker=speaker, agrees=True)
    step(draft, "submit", FIRM, people.delegate)
    step(draft, "accept", OFFICE, cast.it_editor)

    def named() -> list[str]:
        return [str(one) for one in shown_contributions(congress).get().named]

    assert named() == []
    answer_as_speaker(speaker=speaker, agrees=True)
    assert named() == ["Speaker"]
    answer_as_speaker(speaker=speaker, agrees=False)
    assert named() == []
    with pytest.raises(IntegrityError), transaction.atomic():
        Speaker.objects.update(agreed_at=dt.datetime(2006, 7, 14, tzinfo=dt.UTC))


def test_not_everybody_speaks(draft: Contribution, cast: Cast, people: People) -> None:
    def name(number: int) -> Speaker:
        return add_speaker(
            contribution=draft, name="S", email=f"s{number}@example.org", about={}, actor=people.delegate
        )

    for number in range(MOST_SPEAKERS):
        name(number)
    with pytest.raises(Refused):
        name(MOST_SPEAKERS)
    assert name(0) == draft.speakers.first()
    step(draft, "submit", FIRM, people.delegate)
    step(draft, "decline", OFFICE, cast.it_editor, "Kein Platz.")
    with pytest.raises(Refused):
        name(0)


def test_the_link_of_who_no_longer_speaks_leads_nowhere(draft: Contribution, people: People) -> None:
    speaker = add_speaker(contribution=draft, name="S", email="s@example.org", about={}, actor=people.delegate)
    link_of(speaker)
    drop_speaker(speaker=speaker, actor=people.delegate)
    assert (ActLink.objects.get().is_open, Speaker.objects.count()) == (False, 0)
