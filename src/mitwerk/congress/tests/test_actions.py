"""Announcing, copying, removing; and what the database refuses."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from mitwerk.accounts.models import AuditEntry
from mitwerk.actors.tests.cast import Cast
from mitwerk.congress.actions import announce_congress, change_congress, copy_congress
from mitwerk.congress.models import Congress, Day, Format, Hours, Room
from mitwerk.congress.tests.cast import FIRST, LAST, TITLE, make_congress
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event, Organiser

BERLIN = ZoneInfo("Europe/Berlin")
MORNING, EVENING = dt.time(9, 0), dt.time(17, 0)


def test_one_form_makes_everything_a_congress_needs(congress: Congress, cast: Cast) -> None:
    event = congress.event
    assert (event.title, event.starts_on, event.ends_on, event.is_congress, event.state, event.slug) == (
        TITLE, FIRST, LAST, True, "published", "kongress-2007",
    )  # fmt: skip
    assert list(event.clusters.all()) == [cast.it]
    assert [(room.name, room.seats) for room in congress.rooms.all()] == [
        ({"de": "Großer Saal", "en": "Large hall"}, 200)
    ]
    assert list(congress.formats.values_list("kind", "minutes")) == [
        ("talk", 30), ("demonstration", 20), ("panel", 60), ("workshop", 90), ("poster", None), ("stand", None),
    ]  # fmt: skip
    assert (congress.call_from, congress.call_until) == (
        dt.datetime(2006, 7, 14, 9, 0, tzinfo=dt.UTC), dt.datetime(2007, 8, 31, 18, 0, tzinfo=BERLIN),
    )  # fmt: skip
    assert congress.is_calling
    assert AuditEntry.objects.filter(verb="congress.announce", cluster_slug="it").count() == 1


def test_announced_twice_it_is_one(congress: Congress, cast: Cast) -> None:
    assert make_same(cast) == congress
    assert (Congress.objects.count(), Event.objects.filter(is_congress=True).count()) == (1, 1)
    other = announce_congress(values={**values(cast), "starts_on": LAST}, actor=cast.it_editor)
    assert other != congress


def values(cast: Cast) -> dict[str, object]:
    return {
        "title": TITLE, "starts_on": FIRST, "ends_on": LAST, "place": "", "cluster": cast.it, "is_public": True
    }  # fmt: skip


def make_same(cast: Cast) -> Congress:
    return announce_congress(values=values(cast), actor=cast.it_editor)


def test_where_it_is_near_nothing_is_called_for(cast: Cast) -> None:
    soon = {**values(cast), "starts_on": dt.date(2006, 9, 1), "ends_on": None, "cluster": None, "is_public": False}
    congress = announce_congress(values=soon, actor=cast.umbrella_editor)
    assert (congress.call_from, congress.call_until, congress.is_calling) == (None, None, False)
    assert (congress.event.state, list(congress.event.clusters.all())) == ("draft", [])


def test_a_day_has_the_hours_of_all_or_its_own(congress: Congress) -> None:
    assert congress.days == [Day(FIRST, MORNING, EVENING), Day(LAST, dt.time(10, 0), dt.time(14, 0))]
    assert [day.hours for day in congress.days] == ["09:00 bis 17:00", "10:00 bis 14:00"]
    congress.event.is_month_only = True
    assert congress.days == []


def test_a_copy_moves_days_and_deadlines_and_the_year_of_the_title(congress: Congress, cast: Cast) -> None:
    Organiser.objects.create(event=congress.event, organisation=cast.firm, name="Firma")
    starts_on = dt.date(2008, 4, 4)
    copied = copy_congress(congress=congress, starts_on=starts_on, actor=cast.it_editor)
    event = copied.event
    assert (event.title, event.starts_on, event.ends_on, event.state, event.place) == (
        {"de": "Kongress 2008", "en": "Congress 2008"}, starts_on, dt.date(2008, 4, 5), "draft", "Leipzig, Neue Messe",
    )  # fmt: skip
    assert copied.days == [Day(starts_on, MORNING, EVENING), Day(event.ends_on, dt.time(10, 0), dt.time(14, 0))]
    assert [str(room) for room in copied.rooms.all()] == ["Großer Saal"]
    assert [str(track) for track in copied.tracks.all()] == ["Für die Ernährung"]
    assert copied.formats.count() == len(Format.Kind)
    assert ([str(one) for one in event.topics.all()], [str(one) for one in event.organisers.all()]) == (
        ["Kontakte"], ["Firma"],
    )  # fmt: skip
    # The clock stays where it was: six in the evening in Berlin, in winter as in summer.
    assert copied.call_until == dt.datetime(2008, 2, 8, 18, 0, tzinfo=BERLIN)
    assert copy_congress(congress=congress, starts_on=starts_on, actor=cast.it_editor) == copied
    assert Congress.objects.count() == 2


def test_a_congress_that_is_changed_has_the_page_of_its_event(congress: Congress, cast: Cast) -> None:
    Event.objects.update(page="")
    again = Congress.objects.select_related("event", "cluster").get()
    change_congress(congress=again, values={"languages": ["de"]}, rows={}, actor=cast.it_editor)
    assert Event.objects.get().page == "congress:congress_detail"
    assert Congress.objects.get().languages == ["de"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"opens_at": EVENING, "closes_at": MORNING},
        {"call_until": None},
        {"call_from": None},
        {"call_from": dt.datetime(2009, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_the_database_refuses_what_cannot_be(congress: Congress, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Congress.objects.update(**wrong)


def test_the_database_refuses_rows_that_cannot_be(congress: Congress) -> None:
    for refused in (
        lambda: Room.objects.create(congress=congress, name={"de": "Leer"}, seats=0),
        lambda: Format.objects.create(congress=congress, kind="talk", minutes=45),
        lambda: Format.objects.filter(kind="talk").update(minutes=4),
        lambda: Hours.objects.create(congress=congress, day=LAST, opens_at=MORNING, closes_at=EVENING),
        lambda: Hours.objects.create(congress=congress, day=FIRST, opens_at=EVENING, closes_at=MORNING),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            refused()


def test_a_region_holds_its_own(cast: Cast) -> None:
    congress = make_congress(cast, cluster=None, title=Translated({"de": "Kongress der Region"}))
    assert (congress.cluster, congress.event.slug) == (None, "kongress-der-region")
    assert AuditEntry.objects.filter(verb="congress.announce").values_list("cluster_slug", flat=True).get() == ""
