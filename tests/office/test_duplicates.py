"""The office's list of likely duplicates, and two entries side by side."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.office.browser import form_data

from mitwerk.accounts.models import User
from mitwerk.actors.actions import merge_organisations
from mitwerk.actors.models import Claim, Membership, Merge, NotDuplicate, Organisation
from mitwerk.actors.tests.cast import Cast, make_organisation

As = Callable[[User | None], Client]
PEOPLE = ("nobody", "it_editor", "food_editor", "umbrella_editor", "administrator")
LIST = "/office/duplicates/"


@pytest.fixture
def double(cast: Cast) -> Organisation:
    return make_organisation("Ährenwerk Software", "aehrenwerk-2", town="Leipzig", sectors=[cast.sector_food])


def side_by_side(one: Organisation, other: Organisation) -> str:
    return reverse("office_duplicates:compare", args=[one.pk, other.pk])


def everybody(cast: Cast, as_user: As, url: str) -> tuple[int, ...]:
    return tuple(as_user(getattr(cast, who, None)).get(url).status_code for who in PEOPLE)


def test_who_sees_the_list_and_the_pair(cast: Cast, as_user: As, double: Organisation) -> None:
    """The firm is the IT cluster's, the double nobody's: the food editor edits neither."""
    assert everybody(cast, as_user, LIST) == (302, 200, 200, 200, 200)
    assert everybody(cast, as_user, side_by_side(cast.firm, double)) == (302, 200, 404, 200, 200)
    shown = [double.name in as_user(getattr(cast, who)).get(LIST).content.decode() for who in PEOPLE[1:]]
    assert shown == [True, False, True, True]


def test_a_hidden_entry_of_others_is_not_told_of(cast: Cast, as_user: As, double: Organisation) -> None:
    Organisation.objects.filter(pk=double.pk).update(visibility="hidden")
    browser = as_user(cast.it_editor)
    assert double.name + "<" not in browser.get(LIST).content.decode()
    assert browser.get(side_by_side(cast.firm, double)).status_code == 404
    assert "office-twins" not in browser.get(f"/office/organisations/edit/{cast.firm.pk}/").content.decode()


def test_who_may_merge(cast: Cast, as_user: As, double: Organisation) -> None:
    """An editor only where both are members of their clusters alone."""
    url = side_by_side(cast.firm, double)
    assert as_user(cast.it_editor).post(url, {}).status_code == 404
    assert ">Zusammenführen<" not in as_user(cast.it_editor).get(url).content.decode().replace("</svg>", ">")
    Membership.objects.create(organisation=double, cluster=cast.it)
    answer = as_user(cast.it_editor).get(url)
    form = answer.context["form"]
    answer = as_user(cast.it_editor).post(url, {name: form[name].value() for name in form.fields})
    assert (answer.status_code, answer["Location"]) == (302, f"/office/organisations/edit/{cast.firm.pk}/")
    double.refresh_from_db()
    assert double.merged_into == cast.firm


def test_a_form_without_an_answer_comes_back(cast: Cast, as_user: As, double: Organisation) -> None:
    answer = as_user(cast.umbrella_editor).post(side_by_side(cast.firm, double), {})
    assert (answer.status_code, Merge.objects.count(), "error-message" in answer.content.decode()) == (200, 0, True)


def test_the_answer_that_these_are_two_is_kept(cast: Cast, as_user: As, double: Organisation) -> None:
    url = reverse("office_duplicates:apart", args=[double.pk, cast.firm.pk])
    assert [as_user(getattr(cast, who, None)).get(url).status_code for who in PEOPLE] == [302, 405, 405, 405, 405]
    assert [as_user(getattr(cast, who, None)).post(url).status_code for who in PEOPLE[:3]] == [302, 302, 404]
    answer = NotDuplicate.objects.get()
    assert (answer.one, answer.other, answer.said_by) == (cast.firm, double, cast.it_editor)
    assert double.name + "<" not in as_user(cast.umbrella_editor).get(LIST).content.decode()


def test_filters_and_what_they_leave(cast: Cast, as_user: As, double: Organisation) -> None:
    browser = as_user(cast.umbrella_editor)
    food = f"?cluster={cast.food.slug}"
    queries = ("", "?band=sure", "?band=possible", "?cluster=it", food, "?band=x&cluster=y&p=99")
    assert [len(browser.get(LIST + query).context["lines"]) for query in queries] == [1, 1, 0, 1, 0, 1]


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_the_list(
    cast: Cast, as_user: As, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        word = ("Alpenblick", "Bienenkorb", "Chemielabor")[number]
        make_organisation(f"{word} GmbH", f"a{number}", town="Jena")
        make_organisation(word, f"b{number}", town="Jena")
    browser = as_user(cast.umbrella_editor)
    browser.get(LIST)
    with django_assert_num_queries(16):
        answer = browser.get(LIST)
    assert len(answer.context["lines"]) == count


def test_a_new_entry_that_is_there_is_saved_at_the_second_press(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.umbrella_editor)
    url = "/office/organisations/new/"
    data = {**form_data(browser.get(url).context["form"]), "name": "Ährenwerk Software AG", "town": "Leipzig"}
    first = browser.post(url, data)
    text = first.content.decode()
    assert (first.status_code, cast.firm.get_absolute_url() in text) == (200, True)
    second = browser.post(url, {**data, "twins_seen": first.context["form"]["twins_seen"].value()})
    assert (second.status_code, Organisation.objects.filter(name="Ährenwerk Software AG").count()) == (302, 1)


def test_control_an_entry_like_no_other_is_saved_at_once(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.umbrella_editor)
    url = "/office/organisations/new/"
    data = {**form_data(browser.get(url).context["form"]), "name": "Ganz Anders", "town": "Leipzig"}
    assert browser.post(url, data).status_code == 302


def test_who_edits_or_answers_a_claim_is_told(cast: Cast, as_user: As, double: Organisation) -> None:
    claim = Claim.objects.create(organisation=cast.firm, name="C", email="c@example.org")
    browser = as_user(cast.it_editor)
    pages = [f"/office/organisations/edit/{cast.firm.pk}/", f"/office/claims/inspect/{claim.pk}/"]
    assert [side_by_side(cast.firm, double) in browser.get(page).content.decode() for page in pages] == [True, True]
    NotDuplicate.objects.create(one=cast.firm, other=double)
    assert [side_by_side(cast.firm, double) in browser.get(page).content.decode() for page in pages] == [False, False]


@pytest.mark.parametrize("place", ["", "it/"])
def test_old_addresses_lead_to_the_winner_for_good(cast: Cast, double: Organisation, place: str) -> None:
    merge_organisations(winner=cast.firm, loser=double, choices={}, actor=None)
    answers = [
        Client().get(f"/{start}{place}{middle}/{double.slug}/{end}")
        for start, middle, end in (("de/", "akteure", ""), ("en/", "organisations", ""))
    ]
    assert [(a.status_code, a["Location"]) for a in answers] == [
        (301, f"/de/{place}akteure/aehrenwerk/"),
        (301, f"/en/{place}organisations/aehrenwerk/"),
    ]


def test_an_old_address_in_a_foreign_cluster_leads_to_the_region(cast: Cast, double: Organisation) -> None:
    merge_organisations(winner=cast.university, loser=double, choices={"sectors": "winner"}, actor=None)
    there = Client().get(f"/de/{cast.food.slug}/akteure/{double.slug}/")
    assert (there.status_code, there["Location"]) == (301, "/de/akteure/hochschule/")
    claim = reverse("people:organisation_claim", kwargs={"slug": double.slug})
    assert Client().get(claim)["Location"] == reverse("people:organisation_claim", kwargs={"slug": "hochschule"})


def test_an_old_address_of_a_hidden_winner_is_missing(cast: Cast, double: Organisation) -> None:
    merge_organisations(winner=cast.hidden, loser=double, choices={}, actor=None)
    assert Client().get(f"/de/akteure/{double.slug}/").status_code == 404
