"""Twins: a page that is published with other texts leaves the other language behind, however it is published."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks

from mitwerk.accounts.models import AuditEntry, User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.clusters.actions import grant_role
from mitwerk.core.models import Standing
from mitwerk.pages.actions import confirm_page
from mitwerk.pages.models import ClusterHomePage, NewsPage, PageBehind, StandardPage
from mitwerk.pages.models.base import PUBLISH_HOOK
from mitwerk.pages.queries.twins import Pair, changed_words, pair_of
from mitwerk.pages.tests.cast import Cast, tell

BEHIND, CURRENT, MISSING = Standing.BEHIND, Standing.CURRENT, Standing.MISSING


def publish(page: NewsPage, **values: object) -> Pair:
    """As an editor does: a new revision, published. The pair afterwards."""
    page = NewsPage.objects.get(pk=page.pk)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision().publish()
    return pair_of(page)


def states(pair: Pair) -> tuple[Standing, Standing]:
    return pair.standing("de"), pair.standing("en")


def test_loaded_twins_are_current(cast: Cast) -> None:
    assert states(pair_of(cast.news("n1"))) == (CURRENT, CURRENT)


def test_publishing_one_leaves_the_other_behind_until_it_follows(cast: Cast) -> None:
    german, english = cast.news("n1"), cast.news("n1", "en")
    pair = publish(german, intro="Neu gesagt.")
    assert states(pair) == (CURRENT, BEHIND)
    assert [(name, [part.text for part in parts]) for name, parts in changed_words(pair, "en")] == [
        ("intro", ["Neu gesagt."])
    ]
    publish(german, intro="Noch neuer gesagt.")
    assert states(publish(english, intro="Said anew.")) == (CURRENT, CURRENT)
    assert states(publish(english, intro="And again.")) == (BEHIND, CURRENT)


@pytest.mark.parametrize("change", [{"slug": "other"}, {"as_of": 2001}, {}], ids=["address", "year", "nothing"])
def test_other_changes_than_texts_set_nobody_back(cast: Cast, change: dict[str, object]) -> None:
    assert states(publish(cast.news("n1"), **change)) == (CURRENT, CURRENT)


def test_a_change_that_is_taken_back_settles_it(cast: Cast) -> None:
    german = cast.news("n1")
    publish(german, intro="Neu gesagt.")
    assert states(publish(german, intro=german.intro)) == (CURRENT, CURRENT)


def test_a_draft_and_a_date_in_the_calendar_change_nothing_yet(cast: Cast) -> None:
    german = cast.news("n1")
    german.intro = "Entwurf"
    german.save_revision()
    german.go_live_at = timezone.now() + timedelta(days=1)
    german.save_revision().publish()
    assert PageBehind.objects.count() == 0


def test_a_stream_of_blocks_is_read(cast: Cast) -> None:
    page = StandardPage.objects.get(kind="about", locale__language_code="de")
    page.body = [("text", "<p>Ganz anders.</p>")]
    page.save_revision().publish()
    assert states(pair_of(page)) == (CURRENT, BEHIND)


def test_an_unpublished_twin_is_missing(cast: Cast) -> None:
    cast.news("n1", "en").unpublish()
    pair = publish(cast.news("n1"), intro="Neu gesagt.")
    assert (states(pair), PageBehind.objects.count()) == ((CURRENT, MISSING), 0)


def test_loading_both_again_keeps_them_current(cast: Cast) -> None:
    publish(cast.news("n1"), intro="Neu gesagt.")
    tell("n1", "2006-07-14", [cast.it], title={"de": "Anders", "en": "Different"})
    assert states(pair_of(cast.news("n1"))) == (CURRENT, CURRENT)


def test_saying_that_it_is_still_right(cast: Cast) -> None:
    actor = User.objects.create_user("a@example.org", "lang-und-geheim")
    publish(cast.news("n1"), intro="Neu gesagt.")
    confirm_page(page=cast.news("n1", "en"), actor=actor)
    assert states(pair_of(cast.news("n1"))) == (CURRENT, CURRENT)
    assert AuditEntry.objects.filter(verb="page.confirm").count() == 1
    confirm_page(page=cast.news("n1", "en"), actor=actor)
    assert AuditEntry.objects.filter(verb="page.confirm").count() == 1


def test_control_without_the_hook_nothing_is_noted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hooks._hooks, PUBLISH_HOOK, [])
    assert states(publish(cast.news("n1"), intro="Neu gesagt.")) == (CURRENT, CURRENT)


def test_the_editor_shows_the_twin_and_the_button(client: Client, cast: Cast) -> None:
    user = User.objects.create_superuser("admin@example.org", "lang-und-geheim", name="Admin")
    give_app(user)
    client.force_login(user)
    german, english = cast.news("n1"), cast.news("n1", "en")
    publish(german, intro="Neu gesagt.")
    page = client.get(reverse("wagtailadmin_pages:edit", args=[german.pk])).content.decode()
    assert reverse("page_twin", args=[english.pk]) in page
    other = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
    assert reverse("page_twin", args=[english.pk]) in other
    compared = client.get(reverse("page_twin", args=[english.pk])).content.decode()
    assert "Neu gesagt.</ins>" in compared
    assert client.get(reverse("page_confirm", args=[english.pk])).status_code == 405
    answer = client.post(reverse("page_confirm", args=[english.pk]))
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert PageBehind.objects.count() == 0


def test_somebody_elses_page_is_missing(client: Client, cast: Cast) -> None:
    user = User.objects.create_user("e@example.org", "lang-und-geheim")
    grant_role(user=user, kind="editor", cluster=cast.food)
    give_app(user)
    client.force_login(user)
    shared = cast.news("n1")
    publish(cast.news("n1", "en"), intro="New.")
    assert client.get(reverse("page_twin", args=[shared.pk])).status_code == 404
    assert client.post(reverse("page_confirm", args=[shared.pk])).status_code == 404
    assert PageBehind.objects.count() == 1
    page = ClusterHomePage.objects.get(cluster=cast.food, locale__language_code="de")
    assert client.get(reverse("page_twin", args=[page.pk])).status_code == 200, "the control: one's own opens"
