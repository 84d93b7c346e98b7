"""Saving only what differs."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mitwerk.clusters.models import Cluster
from mitwerk.core.ids import public_id_from
from mitwerk.core.saving import Change, by_source, link, replace_rows, together, upsert, write
from mitwerk.events.models import Event, EventTopic
from mitwerk.places.models import State

pytestmark = pytest.mark.django_db

FIELDS = {"title": {"de": "Kongress"}, "starts_on": "2007-03-01", "place": "Leipzig"}


def written(queries: CaptureQueriesContext) -> list[str]:
    return [q["sql"].split()[0] for q in queries if q["sql"].split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def make_event(source_id: str = "e1", title: str = "Kongress") -> Event:
    event = by_source(Event, source_id, title)
    write(event, {"title": {"de": title}, "starts_on": "2007-03-01"})
    return Event.objects.get(pk=event.pk)


def test_new_then_changed_then_unchanged() -> None:
    event = by_source(Event, "e1", "Kongress")
    assert write(event, FIELDS) is Change.NEW
    again = by_source(Event, "e1", "Anderer Titel")
    assert write(again, {"place": "Halle"}) is Change.CHANGED
    with CaptureQueriesContext(connection) as queries:
        assert write(Event.objects.get(), {"place": "Halle", "title": {"de": "Kongress"}}) is Change.UNCHANGED
    assert written(queries) == []


def test_address_and_public_id_stay_for_good() -> None:
    assert make_event().slug == "kongress"
    renamed = by_source(Event, "e1", "Neuer Name")
    assert (renamed.slug, renamed.public_id) == ("kongress", public_id_from("e1"))
    assert by_source(Event, "e2", "Kongress").slug == "kongress-2"


def test_a_value_its_field_refuses_is_not_written() -> None:
    event = make_event()
    with pytest.raises(ValidationError):
        write(event, {"website": "javascript:alert(1)"})
    assert Event.objects.get().website == ""


def test_rows_keep_their_place() -> None:
    event = make_event()
    topics = [{"name": {"de": "A"}}, {"name": {"de": "B"}}, {"name": {"de": "C"}}]
    assert replace_rows(event.topics, topics) is True
    first = event.topics.get(position=0).pk
    with CaptureQueriesContext(connection) as queries:
        assert replace_rows(event.topics, topics) is False
    assert written(queries) == []
    assert replace_rows(event.topics, [topics[0], topics[2], topics[1]]) is True
    assert [str(topic) for topic in EventTopic.objects.all()] == ["A", "C", "B"]
    assert replace_rows(event.topics, topics[:1]) is True
    assert [topic.pk for topic in EventTopic.objects.all()] == [first]


def test_links_hold_what_is_wanted() -> None:
    event = make_event()
    a, b = (Cluster.objects.create(slug=slug, name={"de": slug}) for slug in "ab")
    assert [link(event.clusters, [a, b]), link(event.clusters, [b, a]), link(event.clusters, [b])] == [
        True,
        False,
        True,
    ]
    assert [cluster.slug for cluster in event.clusters.all()] == ["b"]


def test_many_at_once() -> None:
    rows = [{"code": code, "slug": code.lower(), "name": {"de": code}} for code in ("SN", "ST")]
    assert vars(upsert(State, ["code"], rows)) == {"new": 2, "changed": 0, "unchanged": 0}
    rows[1] = {**rows[1], "name": {"de": "Sachsen-Anhalt"}}
    assert vars(upsert(State, ["code"], rows)) == {"new": 0, "changed": 1, "unchanged": 1}
    with CaptureQueriesContext(connection) as queries:
        assert vars(upsert(State, ["code"], rows)) == {"new": 0, "changed": 0, "unchanged": 2}
    assert len(queries) == 1


def test_a_record_changes_with_its_rows() -> None:
    assert together(Change.UNCHANGED, False, True) is Change.CHANGED
    assert together(Change.UNCHANGED, False) is Change.UNCHANGED
    assert together(Change.NEW, True) is Change.NEW
