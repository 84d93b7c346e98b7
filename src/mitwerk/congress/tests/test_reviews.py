"""The jury: who scores what, what is kept from it, and when it is asked."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.translation import override

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.contributions import FIRM, OFFICE
from mitwerk.congress.actions import ask_juries, ask_jury, review_contribution, take_step
from mitwerk.congress.models import Congress, Contribution, Criterion, Review, Score, Speaker
from mitwerk.congress.queries import desk_rows
from mitwerk.congress.queries.contributions import office_contributions
from mitwerk.congress.queries.reviews import judged_congresses, jurors, reviewable_contributions, seat_of
from mitwerk.congress.tests.cast import TODAY, Jury, handed_in, make_jury
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated
from mitwerk.outbox.models import Mail
from mitwerk.people.models import Person
from mitwerk.people.tests.cast import People, make_people
from mitwerk.projects.models import Partner, Project

CLOSED = dt.datetime(2007, 8, 31, 16, 0, tzinfo=dt.UTC)


@pytest.fixture
def people(cast: Cast) -> People:
    return make_people(cast)


@pytest.fixture
def jury(congress: Congress, cast: Cast) -> Jury:
    return make_jury(congress, cast)


@pytest.fixture
def talk(congress: Congress, cast: Cast, people: People) -> Contribution:
    return handed_in(congress, cast, people.delegate)


def points(congress: Congress, *given: int) -> dict[int, int]:
    return dict(zip([one.pk for one in congress.criteria.all()], given, strict=True))


def say(contribution: Contribution, actor: User, *given: int, **more: Any) -> Review:
    said = {"points": points(contribution.congress, *given) if given else {}, "comment": "", "is_biased": False, **more}
    return review_contribution(contribution=contribution, actor=actor, **said)


def test_a_new_congress_has_questions(congress: Congress) -> None:
    with override("en"):
        assert [(str(one), one.weight) for one in congress.criteria.all()] == [
            ("How much do firms of other clusters gain by it?", 1),
            ("Is it shown by something that was really done?", 1),
            ("Is it said so that guests of other trades understand it?", 1),
        ]


def test_the_mean_counts_weights_and_leaves_out_who_keeps_out(
    talk: Contribution, congress: Congress, jury: Jury, cast: Cast
) -> None:
    [alone] = office_contributions(cast.it_editor)
    assert (alone.score, alone.review_count) == (None, 0)
    Criterion.objects.filter(pk=congress.criteria.first().pk).update(weight=2)
    say(talk, jury.university, 5, 3, 3)
    [once] = office_contributions(cast.it_editor)
    assert (once.score, once.review_count) == (4.0, 1)
    say(talk, jury.institute, 1, 1, 1)
    [twice] = office_contributions(cast.it_editor)
    assert (twice.score, twice.review_count) == (2.5, 2)
    say(talk, jury.institute, is_biased=True, comment="Zu nah.")
    [again] = office_contributions(cast.it_editor)
    assert (again.score, again.review_count, Review.objects.count()) == (4.0, 1, 2)


def test_who_sits_in_the_jury(congress: Congress, jury: Jury, people: People, cast: Cast) -> None:
    users = (jury.university, jury.baker, people.delegate, people.editor, people.former, cast.it_editor)
    assert [seat_of(user, congress) for user in users] == [cast.university, None, cast.firm, None, None, None]
    assert [list(judged_congresses(user)) for user in users] == [[congress], [], [congress], [], [], []]
    assert {one.user for one in jurors(congress)} == {
        jury.university, jury.institute, people.delegate, people.substitute,
    }  # fmt: skip


def test_nobody_scores_what_they_have_a_stake_in(
    talk: Contribution, congress: Congress, jury: Jury, people: People, cast: Cast
) -> None:
    def readers() -> list[bool]:
        users = (people.delegate, jury.university, jury.institute)
        return [talk in reviewable_contributions(user, congress) for user in users]

    assert readers() == [False, True, True]
    project = Project.objects.create(slug="rezepte", title={"de": "Rezepte"})
    Partner.objects.create(project=project, organisation=cast.university)
    Contribution.objects.update(project=project)
    assert readers() == [False, False, True]
    Speaker.objects.create(contribution=talk, person=Person.objects.get(user=jury.institute), name="Wer spricht")
    assert readers() == [False, False, False]
    for user in (people.delegate, jury.university, jury.institute, jury.baker):
        with pytest.raises(Refused):
            say(talk, user, 3, 3, 3)
    assert Review.objects.count() == 0


@pytest.mark.parametrize("given", [{}, {0: 3}, {0: 3, 1: 3, 2: 3, 3: 3}])
def test_every_question_is_answered(talk: Contribution, jury: Jury, given: dict[int, int]) -> None:
    keys = [one.pk for one in talk.congress.criteria.all()]
    sent = {keys[place] if place < len(keys) else 0: number for place, number in given.items()}
    with pytest.raises(Refused):
        review_contribution(contribution=talk, points=sent, comment="", is_biased=False, actor=jury.university)


@pytest.mark.parametrize("number", [0, 6])
def test_points_are_on_the_scale(talk: Contribution, jury: Jury, number: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        say(talk, jury.university, number, 3, 3)
    assert Score.objects.count() == 0


def test_once_decided_nothing_is_scored(talk: Contribution, jury: Jury, cast: Cast) -> None:
    take_step(contribution=talk, verb="reserve", who=OFFICE, actor=cast.it_editor)
    say(talk, jury.university, 3, 3, 3)
    take_step(contribution=talk, verb="accept", who=OFFICE, actor=cast.it_editor)
    with override("en"), pytest.raises(Refused) as refused:
        say(talk, jury.university, 1, 1, 1)
    assert str(refused.value) == "It has been decided already: it is accepted."
    assert set(Score.objects.values_list("points", flat=True)) == {3}


def test_the_jury_is_asked_once_when_the_call_closes(
    talk: Contribution, congress: Congress, jury: Jury, time_machine: Any
) -> None:
    ask_juries()
    assert Mail.objects.filter(template="congress/jury_mail.txt").count() == 0
    time_machine.move_to(CLOSED, tick=False)
    ask_juries()
    ask_juries()
    assert {mail.to for mail in Mail.objects.filter(template="congress/jury_mail.txt")} == {
        jury.university.email, jury.institute.email,
    }  # fmt: skip
    Congress.objects.update(jury_asked_at=None)
    time_machine.move_to(CLOSED + dt.timedelta(days=4), tick=False)
    ask_juries()
    assert Mail.objects.filter(template="congress/jury_mail.txt").count() == 2


def test_the_office_asks_whoever_has_something_left(
    talk: Contribution, congress: Congress, jury: Jury, cast: Cast, time_machine: Any
) -> None:
    say(talk, jury.university, 3, 3, 3)
    assert [ask_jury(congress=congress, actor=cast.it_editor) for _again in range(2)] == [1, 1]
    assert [mail.to for mail in Mail.objects.filter(template="congress/jury_mail.txt")] == [jury.institute.email]


def test_it_stands_on_the_desk(talk: Contribution, congress: Congress, jury: Jury, people: People, cast: Cast) -> None:
    def told(user: User) -> list[tuple[str, str]]:
        with override("en"):
            return [(str(row.title), str(row.text)) for row in desk_rows(user)]

    assert told(jury.university) == [("Score contributions", "Congress 2007: 1 waits for you")]
    say(talk, jury.university, 3, 3, 3)
    assert (told(jury.university), told(jury.baker), told(people.delegate)) == ([], [], [])
    take_step(contribution=talk, verb="accept", who=OFFICE, actor=cast.it_editor)
    assert told(people.delegate) == [("Confirm that you come", "Congress 2007 · Recipes under control")]


def test_scoring_from_page_to_page(
    talk: Contribution, congress: Congress, jury: Jury, people: People, cast: Cast, as_user: Any
) -> None:
    handed_in(congress, cast, people.delegate, title=Translated({"en": "Second"}))
    client, place = as_user(jury.university), f"/en/my/congresses/{congress.public_id}/score/"
    listed = client.get(place).content.decode()
    assert ("Recipes under control" in listed, listed.count("waits for you")) == (True, 2)
    keys = [f"points_{one.pk}" for one in congress.criteria.all()]
    lacking = client.post(f"{place}1/", {keys[0]: "5", "comment": "Gut gezeigt"}).content.decode()
    assert (lacking.count("Choose a number, or keep out of it below."), "Gut gezeigt" in lacking) == (4, True)
    answer = client.post(f"{place}1/", dict.fromkeys(keys, "4") | {"comment": "Gut gezeigt"})
    assert (answer.status_code, answer["location"]) == (302, f"{place}2/")
    answer = client.post(f"{place}2/", {"is_biased": "on"})
    assert (answer.status_code, answer["location"]) == (302, place)
    listed = client.get(place).content.decode()
    assert (listed.count("scored"), listed.count("you keep out of it")) == (1, 1)
    again = client.get(f"{place}1/").content.decode()
    assert (again.count("checked"), "Gut gezeigt" in again) == (3, True)


def test_a_text_that_is_newer_than_the_points_is_marked(
    talk: Contribution, congress: Congress, jury: Jury, people: People, as_user: Any, time_machine: Any
) -> None:
    client, place = as_user(jury.university), f"/en/my/congresses/{congress.public_id}/score/"
    say(talk, jury.university, 3, 3, 3)

    def told() -> tuple[bool, bool]:
        pages = [client.get(place).content.decode(), client.get(f"{place}1/").content.decode()]
        return "changed since you scored it" in pages[0], "The firm has changed it since" in pages[1]

    assert told() == (False, False)
    for hours, verb in ((1, "revise"), (2, "submit")):
        time_machine.move_to(TODAY + dt.timedelta(hours=hours), tick=False)
        take_step(contribution=talk, verb=verb, who=FIRM, actor=people.delegate)
    assert told() == (True, True)
    time_machine.move_to(TODAY + dt.timedelta(hours=3), tick=False)
    say(talk, jury.university, 4, 4, 4)
    assert told() == (False, False)


def test_decided_meanwhile_what_was_typed_is_given_back(
    talk: Contribution, congress: Congress, jury: Jury, cast: Cast, as_user: Any
) -> None:
    page = f"/en/my/congresses/{congress.public_id}/score/1/"
    take_step(contribution=talk, verb="accept", who=OFFICE, actor=cast.it_editor)
    sent = {f"points_{one.pk}": "4" for one in congress.criteria.all()} | {"comment": "Gut gezeigt"}
    text = as_user(jury.university).post(page, sent).content.decode()
    assert ("It has been decided already: it is accepted." in text, "Gut gezeigt" in text) == (True, True)
    assert (as_user(jury.university).get(page).status_code, Score.objects.count()) == (404, 0)


def test_a_blind_jury_reads_no_name(
    talk: Contribution, congress: Congress, jury: Jury, cast: Cast, as_user: Any
) -> None:
    project = Project.objects.create(slug="rezepte", title={"de": "Rezepte"})
    Contribution.objects.update(project=project)
    Speaker.objects.create(contribution=talk, person=Person.objects.first(), name="Wer spricht")
    client, place = as_user(jury.university), f"/de/mein/kongresse/{congress.public_id}/bewerten/"

    def named() -> list[bool]:
        pages = client.get(place).content.decode() + client.get(f"{place}1/").content.decode()
        return [word in pages for word in (cast.firm.name, "Wer spricht", "Rezepte<")]

    assert named() == [True, True, True]
    Congress.objects.update(is_blind=True)
    assert named() == [False, False, False]


def test_the_pages_are_closed_to_others(
    talk: Contribution, congress: Congress, jury: Jury, people: People, cast: Cast, as_user: Any, client: Client
) -> None:
    place = f"/en/my/congresses/{congress.public_id}/score/"
    for user in (jury.baker, people.editor, cast.it_editor):
        assert [as_user(user).get(page).status_code for page in (place, f"{place}1/")] == [404, 404]
    assert [as_user(people.delegate).get(page).status_code for page in (place, f"{place}1/")] == [200, 404]
    assert client.get(place).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_and_for_three(
    talk: Contribution, congress: Congress, jury: Jury, people: People, cast: Cast, as_user: Any, count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    for number in range(count - 1):
        handed_in(congress, cast, people.delegate, title=Translated({"en": f"Number {number}"}))
    client, place = as_user(jury.university), f"/en/my/congresses/{congress.public_id}/score/"
    client.get(place)
    with django_assert_num_queries(11):
        client.get(place)
