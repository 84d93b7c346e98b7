"""What is found, by whom, and that nothing a person types breaks it."""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django_scopes import scope
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django.fixtures import DjangoAssertNumQueries

from mitwerk.actors.models import Organisation
from mitwerk.search import freshness
from mitwerk.search.actions import rebuild_index
from mitwerk.search.models import Document, SearchException
from mitwerk.search.queries import matching_ids, search
from mitwerk.search.tests import cast

pytestmark = pytest.mark.django_db


def names(query: str, language: str = "de", kind: str | None = None) -> list[str]:
    return [str(r.record) for group in search(query, language, None, kind=kind).groups for r in group.results]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Lösung für Mühlen", "Lösungen"),
        ("Softwarelösungen", "Lösung"),
        ("Müller", "Mueller"),
        ("Mueller", "MÜLLER"),
        ("Straße", "strasse"),
        ("Rechenzentrumsbetrieb", "Rechenzentrum"),
        ("Betrieb der Häuser", "Haus"),
        ("S/4HANA-Einführung", "S/4HANA"),
        ("Programmierung in C++", "C++"),
    ],
)
def test_spelling_and_inflection_do_not_matter(text: str, query: str) -> None:
    cast.organisation("a", "Alpha", text)
    cast.organisation("b", "Beta", "ganz anderes")
    rebuild_index()
    assert names(query) == ["Alpha"]


def test_every_word_must_be_there_else_the_reader_is_told() -> None:
    cast.organisation("a", "Alpha", "Wartung von Pumpen")
    cast.organisation("b", "Beta", "Wartung")
    rebuild_index()
    both = search("Wartung Pumpe", "de", None)
    assert [str(r.record) for r in both.groups[0].results] == ["Alpha"]
    assert both.is_loose is False
    some = search("Wartung Turbine", "de", None)
    assert some.is_loose is True
    assert some.groups[0].count == 2


def test_the_title_counts_more_than_the_text() -> None:
    cast.organisation("b", "Wartung", "Anderes")
    cast.organisation("a", "Beta", "Wartung und noch vieles mehr, was hier steht")
    rebuild_index()
    assert names("Wartung") == ["Wartung", "Beta"]


def test_customers_words_find_the_competence_and_who_has_it() -> None:
    alpha = cast.organisation("a", "Alpha")
    concept = cast.concept("leitstand", de="Leitstände und Prozessleittechnik")
    cast.claim(alpha, concept)
    rebuild_index()
    assert names("Leitstand") == ["Alpha", "Leitstände und Prozessleittechnik"]


def test_a_cluster_finds_its_own_records_only() -> None:
    food, it = cast.cluster("food"), cast.cluster("it")
    cast.organisation("a", "Alpha", "Wartung", member_of=food)
    cast.organisation("b", "Beta", "Wartung", member_of=it)
    cast.project("p", "Wartung der Mühle", of=food)
    rebuild_index()
    with scope(cluster=it):
        found = search("Wartung", "de", it)
    assert [(g.kind, g.count) for g in found.groups] == [("organisation", 1)]
    assert str(found.groups[0].results[0].record) == "Beta"
    with scope(cluster=None):
        everywhere = search("Wartung", "de", None)
    assert [(g.kind, g.count) for g in everywhere.groups] == [("organisation", 2), ("project", 1)]


def test_what_became_hidden_is_not_found_even_with_a_stale_index() -> None:
    alpha = cast.organisation("a", "Alpha", "Wartung")
    rebuild_index()
    assert names("Wartung") == ["Alpha"]
    Organisation.objects.filter(pk=alpha.pk).update(visibility=Organisation.Visibility.HIDDEN)
    assert Document.objects.count() == 2  # the index still has it; the subject's own query keeps it back
    assert names("Wartung") == []


def test_a_commit_brings_the_index_up_to_date(django_capture_on_commit_callbacks: Any) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        alpha = cast.organisation("a", "Alpha", "Wartung")
        assert names("Wartung") == []
    assert names("Wartung") == ["Alpha"]
    with django_capture_on_commit_callbacks(execute=True):
        alpha.description = {"de": "Logistik"}
        alpha.save()
        cast.claim(alpha, cast.concept("sap", de="SAP-Beratung"), "SAP-Betrieb")
    assert (names("Wartung"), names("Logistik")) == ([], ["Alpha"])
    assert names("SAP", kind="organisation") == ["Alpha"]
    with django_capture_on_commit_callbacks(execute=True):
        alpha.delete()
    assert names("Logistik") == []


def test_what_is_rolled_back_does_not_stop_the_next_commit(django_capture_on_commit_callbacks: Any) -> None:
    with transaction.atomic():
        cast.organisation("a", "Alpha", "Wartung")
        transaction.set_rollback(True)
    with django_capture_on_commit_callbacks(execute=True):
        cast.organisation("b", "Beta", "Wartung")
    assert names("Wartung") == ["Beta"]


def test_without_listening_the_index_would_be_stale(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(freshness, "mark", lambda kind, ids: None)
    with django_capture_on_commit_callbacks(execute=True):
        cast.organisation("a", "Alpha", "Wartung")
    assert names("Wartung") == []


def test_editors_teach_the_search_a_word() -> None:
    cast.organisation("a", "Alpha", "Anlageneffektivität")
    SearchException.objects.create(word="OEE", terms="Anlageneffektivität")
    rebuild_index()
    assert names("OEE") == ["Alpha"]


def test_the_snippet_marks_the_inflected_word() -> None:
    cast.organisation("a", "Alpha", "Wir liefern Softwarelösungen für Mühlen.")
    rebuild_index()
    [result] = search("Lösung", "de", None).groups[0].results
    assert [(f.text, f.marked) for f in result.snippet] == [
        ("Wir liefern ", False),
        ("Softwarelösungen", True),
        (" für Mühlen.", False),
    ]


def test_matching_ids_tells_no_word_from_no_hit() -> None:
    alpha = cast.organisation("a", "Alpha", "Wartung")
    rebuild_index()
    assert matching_ids("organisation", "Wartung", "de") == [alpha.pk]
    assert matching_ids("organisation", "Zeppelin", "de") == []
    assert matching_ids("organisation", " %_'\" ", "de") is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=200) | st.sampled_from(['"', "' OR 1=1", "NEAR(a b)", "a AND", "title:x", "*", "%", "a" * 6000])
)
def test_nothing_typed_breaks_the_page(client: Client, query: str) -> None:
    assert client.get("/de/suche/", {"q": query}).status_code == 200


def test_unknown_kind_is_dropped_with_a_notice(client: Client) -> None:
    page = client.get("/de/suche/", {"q": "Wartung", "kind": "<script>"})
    assert page.status_code == 200
    assert page.context["choice"].dropped == ["<script>"]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        cast.organisation(f"o{number}", f"Alpha {number}", "Wartung")
    rebuild_index()
    with django_assert_num_queries(9):
        client.get("/de/suche/", {"q": "Wartung"})
