"""Choices inside blocks and drafts of pages, which no foreign key tells of, follow a merge and its undo."""

import json
from typing import Any

import pytest

from mitwerk.actors.actions import merge_organisations, undo_merge
from mitwerk.actors.models import Organisation
from mitwerk.pages.models import NewsActor, NewsPage, RegionHomePage
from mitwerk.pages.tests.cast import Cast, play, tell

pytestmark = pytest.mark.django_db
VOICE = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def scene() -> tuple[Cast, Organisation]:
    cast = play()
    double = Organisation.objects.create(slug="m2", name="Muster", sort_name="muster", normalised_name="muster")
    return cast, double


def voices(*keys: int) -> list[dict[str, Any]]:
    items = [
        {"type": "item", "id": f"{VOICE[:-1]}{n}", "value": {"text": "Ja", "organisation": key}}
        for n, key in enumerate(keys)
    ]
    return [{"type": "voices", "id": VOICE, "value": {"heading": "", "voices": items}}]


def chosen(raw: Any) -> list[int]:
    return [item["value"]["organisation"] for item in raw[0]["value"]["voices"]]


def state(home: RegionHomePage) -> tuple[list[int], list[int]]:
    """What is published, and what the draft would publish."""
    home = RegionHomePage.objects.get(pk=home.pk)
    return chosen(home.body.get_prep_value()), chosen(json.loads(home.latest_revision.content["body"]))


def test_blocks_and_drafts_follow_and_return(scene: tuple[Cast, Organisation]) -> None:
    cast, double = scene
    home = RegionHomePage.objects.first()
    assert home is not None
    home.body = voices(double.pk, cast.firm.pk)
    home.save()
    home.save_revision(clean=False)
    assert state(home) == ([double.pk, cast.firm.pk], [double.pk, cast.firm.pk])
    held = merge_organisations(winner=cast.firm, loser=double, choices={}, actor=None)
    assert state(home) == ([cast.firm.pk] * 2, [cast.firm.pk] * 2)
    assert undo_merge(merge=held, actor=None) == []
    assert state(home) == ([double.pk, cast.firm.pk], [double.pk, cast.firm.pk])


def test_a_draft_of_news_names_nobody_twice(scene: tuple[Cast, Organisation]) -> None:
    cast, double = scene
    tell("x", "2006-05-01", [cast.it], organisations=[cast.firm, double], title={"de": "Neu"})
    page = NewsPage.objects.get(source_id="x")
    page.save_revision(clean=False)
    named = lambda: [a["organisation"] for a in NewsPage.objects.get(pk=page.pk).latest_revision.content["actors"]]  # noqa: E731
    before = list(NewsActor.objects.filter(page=page).order_by("pk").values())
    held = merge_organisations(winner=cast.firm, loser=double, choices={}, actor=None)
    assert (named(), NewsActor.objects.filter(page=page).count()) == ([cast.firm.pk], 1)
    NewsPage.objects.get(pk=page.pk).latest_revision.publish()
    undo_merge(merge=held, actor=None)
    actors = list(NewsActor.objects.filter(page=page).order_by("pk").values())
    assert (sorted(named()), actors) == ([cast.firm.pk, double.pk], before)


def test_loading_the_same_news_again_leaves_it_alone(scene: tuple[Cast, Organisation]) -> None:
    cast, double = scene
    about = {"organisations": [cast.firm, double]}
    tell("x", "2006-05-01", [cast.it], **about)
    merge_organisations(winner=cast.firm, loser=double, choices={}, actor=None)
    again = [cast.firm, Organisation.objects.get(pk=double.pk)]
    assert tell("x", "2006-05-01", [cast.it], organisations=again) is False
    assert tell("x", "2006-06-01", [cast.it], organisations=again) is True
    assert {row.organisation for row in NewsActor.objects.all()} == {cast.firm}
