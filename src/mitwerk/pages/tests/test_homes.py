"""Home pages: blocks read live records, in a bounded number of queries, and set no cookie."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.timezone import now
from django_scopes import scope
from django_scopes.state import state
from pytest_django import DjangoAssertNumQueries

from mitwerk.actors.actions import save_memberships
from mitwerk.actors.models import Organisation
from mitwerk.clusters.models import Cluster
from mitwerk.competences.models import Competence
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.pages.actions import ensure_page_tree
from mitwerk.pages.models import ClusterHomePage
from mitwerk.pages.queries import homes
from mitwerk.pages.queries.tallies import forget, tally
from mitwerk.pages.tests.cast import Cast
from mitwerk.places.models import District, State
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import Concept, Label, Vocabulary

MOST_QUERIES = 18


def home(cast: Cast, language: str = "de") -> ClusterHomePage:
    return ClusterHomePage.objects.get(cluster=cast.it, locale__language_code=language)


def furnish(cast: Cast) -> None:
    """Everything a home can show, so that no block gets away with asking nothing."""
    vocabulary = Vocabulary.objects.create(slug="competences", name={"de": "Kompetenzen"})
    concept = Concept.objects.create(vocabulary=vocabulary, notation="sap", slug="sap")
    Label.objects.create(concept=concept, language="de", text="SAP")
    Competence.objects.create(organisation=cast.firm, concept=concept)
    words = {"title": {"de": "Chargen verfolgen"}, "text": {"de": "Bis zum Hof."}}
    need = Need.objects.create(slug="bedarf", state="published", **words)
    need.clusters.add(cast.food)
    event = Event.objects.create(slug="treffen", title={"de": "Treffen"}, starts_on="2010-02-03", place="Halle")
    event.clusters.add(cast.it)
    network = Network.objects.create(slug="i-kam", name={"de": "i-kam"})
    network.clusters.add(cast.it)


def with_voice(cast: Cast) -> None:
    page = home(cast)
    body = [
        (child.block_type, {"voices": [{"text": "Es hat gewirkt.", "organisation": cast.firm}]})
        if child.block_type == "voices"
        else (child.block_type, child.value)
        for child in page.body
    ]
    page.body = body
    page.save_revision().publish()


def test_a_full_cluster_home_takes_at_most_18_queries(
    client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    furnish(cast)
    with_voice(cast)
    client.get("/de/it/")
    with django_assert_max_num_queries(MOST_QUERIES):
        html = client.get("/de/it/").content.decode()
    for words in [
        "Größere Pläne n1", "Fünf statt neun Tage.", "SAP", "Muster GmbH", "Chargen verfolgen", "i-kam",
        "Zurzeit steht kein Termin fest", "3. Februar 2010", "Es hat gewirkt.", "Unser Leitbild",
    ]:  # fmt: skip
        assert words in html, words


@pytest.mark.parametrize("url", ["/de/", "/en/", "/de/it/", "/en/it/", "/de/aktuelles/", "/de/impressum/"])
def test_readers_get_no_cookie_and_no_inline_style(client: Client, cast: Cast, url: str) -> None:
    furnish(cast)
    response = client.get(url)
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert ' style="' not in response.content.decode()
    assert "Set-Cookie" not in response.headers


def test_numbers_are_counted_now(client: Client, cast: Cast) -> None:
    furnish(cast)
    assert numbers(cast.it) == (1, 1, 1, 1, 0)
    cast.project.clusters.add(cast.food)
    Project.objects.create(slug="entwurf", title={"de": "x"}, summary={"de": "x"}, state="draft").clusters.add(cast.it)
    assert numbers(cast.it) == (1, 1, 1, 1, 0)  # these two wrote nothing into the log
    forget()
    assert numbers(cast.it) == (1, 1, 1, 1, 1)
    assert numbers(None) == (1, 1, 1, 1, 2)


def test_an_action_is_counted_at_once(cast: Cast) -> None:
    furnish(cast)
    assert numbers(cast.food)[:2] == (0, 0)
    with scope(cluster=None):
        save_memberships(organisation=cast.firm, clusters=[cast.food], sources=[], as_of=None)
    assert numbers(cast.food)[:2] == (1, 1)


def test_what_was_hidden_past_the_log_is_not_shown(client: Client, cast: Cast) -> None:
    furnish(cast)
    assert "Muster GmbH" in client.get("/de/it/").content.decode()
    Organisation.objects.update(visibility="hidden")
    assert "Muster GmbH" not in client.get("/de/it/").content.decode()


def numbers(cluster: Cluster | None) -> tuple[int, int, int, int, int]:
    """Actors, members, competences, projects, other clusters."""
    found = tally(cluster).numbers
    return found.actors, found.members, found.competences, found.projects, found.others


def test_a_cluster_shows_nothing_of_another(client: Client, cast: Cast) -> None:
    furnish(cast)
    html = client.get("/de/food-land/").content.decode()
    for words in ["i-kam", "Muster GmbH", "Fünf statt neun Tage.", "Größere Pläne n1", "3. Februar 2010"]:
        assert words not in html, words
    assert "Größere Pläne n2" in html


def test_needs_of_others_are_named_as_such(client: Client, cast: Cast) -> None:
    furnish(cast)
    html = client.get("/de/it/").content.decode()
    assert "Was Firmen anderer Cluster suchen" in html
    assert 'href="/de/bedarfe/bedarf/"' in html
    html = client.get("/de/food-land/").content.decode()
    assert "Was Firmen anderer Cluster suchen" not in html
    assert 'href="/de/food-land/bedarfe/bedarf/"' in html


@pytest.mark.parametrize(
    ("day", "is_congress", "words"),
    [("2999-05-01", True, "Der nächste Kongress"), ("2999-05-01", False, "Der nächste Termin"),
     ("2001-05-01", True, "Der letzte war")],
)  # fmt: skip
def test_the_next_date_is_honest(client: Client, cast: Cast, day: str, is_congress: bool, words: str) -> None:
    event = Event.objects.create(slug="k", title={"de": "Kongress"}, starts_on=day, is_congress=is_congress)
    event.clusters.add(cast.it)
    assert words in client.get("/de/it/").content.decode()


def test_a_coming_congress_goes_before_a_nearer_date(cast: Cast) -> None:
    for slug, day, leads in [("a", "2998-01-01", False), ("b", "2999-01-01", True), ("c", "2999-06-01", True)]:
        Event.objects.create(slug=slug, title={"de": slug}, starts_on=day, is_congress=leads).clusters.add(cast.it)
    found = tally(cast.it)
    event = homes.next_date(found)
    assert (event.slug if event else None, found.is_coming) == ("b", True)


def test_voices_render_nothing_while_there_are_none(client: Client, cast: Cast) -> None:
    assert "Was Mitglieder sagen" not in client.get("/de/it/").content.decode()
    with_voice(cast)
    assert "Was Mitglieder sagen" in client.get("/de/it/").content.decode()


def test_the_region_draws_its_districts(client: Client, cast: Cast) -> None:
    state = State.objects.create(code="SN", slug="sachsen", name={"de": "Sachsen"})
    square = {"type": "Polygon", "coordinates": [[[12, 51], [13, 51], [13, 52], [12, 52], [12, 51]]]}
    district = District.objects.create(
        ags="14713", slug="leipzig", name="Leipzig", kind="Stadt", nuts="DED51", state=state, outline=square
    )
    cast.firm.district = district
    cast.firm.save()
    html = client.get("/de/").content.decode()
    assert 'class="tone-1"' in html
    assert 'href="/de/akteure/?district=leipzig"' in html


def test_editors_choice_wins_over_the_default(client: Client, cast: Cast) -> None:
    page = home(cast)
    page.body = [("hero", {"claim": "Eigene Worte", "intro": "", "shows_examples": False})]
    page.save_revision().publish()
    html = client.get("/de/it/").content.decode()
    assert "Eigene Worte" in html
    assert "Unser Leitbild" not in html
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    assert "Eigene Worte" in client.get("/de/it/").content.decode()


def test_page_slugs_are_reserved() -> None:
    assert {"impressum", "privacy", "ueber-uns", "how-we-work"} <= settings.RESERVED_SLUGS


def test_what_was_hidden_since_it_was_chosen_is_not_shown(client: Client, cast: Cast) -> None:
    with_voice(cast)
    shown = client.get("/de/it/").content.decode()
    assert ("Unser Leitbild" in shown, "Es hat gewirkt." in shown) == (True, True)
    Project.objects.filter(pk=cast.project.pk).update(state="draft")
    Organisation.objects.filter(pk=cast.firm.pk).update(visibility="hidden")
    hidden = client.get("/de/it/").content.decode()
    assert ("Unser Leitbild" in hidden, "Es hat gewirkt." in hidden) == (False, False)


def test_a_scheduled_home_is_read_and_published_where_no_cluster_is_in_scope(cast: Cast) -> None:
    page = home(cast)
    page.go_live_at = now() + timedelta(hours=1)
    page.save_revision().publish()
    ClusterHomePage.objects.filter(pk=page.pk).update(live=False)
    token = state.set(None)  # as a command runs that cron starts
    try:
        with time_machine.travel(now() + timedelta(hours=2)):
            call_command("publish_scheduled", verbosity=0)
        charter = next(child for child in home(cast).body if child.block_type == "charter")
        assert (home(cast).live, charter.value["project"]) == (True, cast.project)
    finally:
        state.reset(token)
