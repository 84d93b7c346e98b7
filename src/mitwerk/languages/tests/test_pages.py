"""Pages out to a translator and back: titles, introductions and bodies in paragraphs; a new twin is a draft."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest
from wagtail.models import GroupPagePermission

from mitwerk.accounts.models import User
from mitwerk.algorithms.text_units import Bundle
from mitwerk.clusters.actions import grant_role
from mitwerk.core.models import Standing
from mitwerk.languages.actions import apply_delivery, take_delivery
from mitwerk.languages.queries.plan import DRAFT, RIGHTS, SHAPE, WHOLE, Outcome, plan
from mitwerk.languages.queries.texts import texts
from mitwerk.pages.models import NewsPage, StandardPage
from mitwerk.pages.queries.twins import pair_of
from mitwerk.pages.tests.cast import Cast, play_once

BODY = '<h2>Größere Halle</h2><p>Rufen Sie <a href="https://example.org">uns</a> an.</p>'
NEW, CHANGED, CONFLICT, REFUSED = Outcome.NEW, Outcome.CHANGED, Outcome.CONFLICT, Outcome.REFUSED
TARGETS = {"title": "Bigger hall", "intro": "In short.", "body.0.0": "A bigger hall", "body.0.1": "Call {1}us{/1}."}


@pytest.fixture(scope="module")
def played(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    yield from play_once(django_db_blocker)


@pytest.fixture
def cast(played: Cast, db: None, region_scope: None) -> Cast:
    cast = deepcopy(played)
    page = cast.news("n1")
    page.title, page.intro, page.body = "Größere Halle", "Kurz.", BODY
    page.save_revision().publish()
    return cast


@pytest.fixture
def editor(cast: Cast) -> User:
    user = User.objects.create_user("e@example.org", "lang-und-geheim")
    grant_role(user=user, kind="editor", cluster=cast.it)
    return User.objects.get(pk=user.pk)


def exported(user: User, page: NewsPage | StandardPage) -> Bundle:
    found = texts(user, "de", "en", ["page", "news"])
    return Bundle("de", "en", [text.unit for text in found if page.translation_key.hex in text.id])


def answered(bundle: Bundle, targets: dict[str, str]) -> Bundle:
    kept = [unit for unit in bundle.units if unit.id.rpartition(":")[2] in targets]
    units = [unit._replace(target=targets[unit.id.rpartition(":")[2]]) for unit in kept]
    return Bundle("de", "en", units)


def outcomes(user: User, bundle: Bundle) -> list[tuple[Outcome, str]]:
    return [(line.outcome, str(line.reason)) for line in plan(user, bundle)]


def apply(user: User, bundle: Bundle, conflicts: tuple[str, ...] = ()) -> int:
    return apply_delivery(
        delivery=take_delivery(user=user, file_name="x", bundle=bundle), conflicts=conflicts, actor=user
    )


def test_a_page_is_its_title_its_introduction_and_its_paragraphs(cast: Cast, editor: User) -> None:
    found = exported(editor, cast.news("n1")).units
    assert {unit.id.rpartition(":")[2]: (unit.source, unit.target, unit.has_codes) for unit in found} == {
        "title": ("Größere Halle", "Bigger plans n1", False),
        "intro": ("Kurz.", "", False),
        "body.0.0": ("Größere Halle", "", True),
        "body.0.1": ("Rufen Sie {1}uns{/1} an.", "", True),
    }
    assert found[0].note == "Meldung · Größere Halle · Titel"


def test_a_missing_twin_becomes_a_draft(cast: Cast, editor: User) -> None:
    cast.news("n1", "en").delete()
    german = cast.news("n1")
    bundle = answered(exported(editor, german), TARGETS)
    assert {outcome for outcome, _reason in outcomes(editor, bundle)} == {NEW}
    assert apply(editor, bundle) == 4
    twin = NewsPage.objects.get(translation_key=german.translation_key, locale__language_code="en")
    draft = twin.get_latest_revision_as_object()
    assert (twin.live, draft.title, draft.intro, draft.slug) == (False, "Bigger hall", "In short.", "bigger-hall")
    assert draft.body == '<h2>A bigger hall</h2><p>Call <a href="https://example.org">us</a>.</p>'
    assert pair_of(german).standing("en") is Standing.MISSING
    draft.save_revision().publish()
    assert pair_of(german).standing("en") is Standing.CURRENT


def test_a_live_twin_is_published_again_and_current(cast: Cast, editor: User) -> None:
    german = cast.news("n1")
    assert pair_of(german).standing("en") is Standing.BEHIND
    plain = answered(exported(editor, german), {"title": "Bigger hall", "intro": "In short."})
    assert sorted(outcome for outcome, _reason in outcomes(editor, plain)) == sorted([CHANGED, NEW])
    assert apply(editor, plain) == 2
    twin = cast.news("n1", "en")
    assert (twin.live, twin.title, twin.intro, twin.slug) == (True, "Bigger hall", "In short.", "bigger-plans-n1")
    pair = pair_of(german)
    assert (pair.standing("de"), pair.standing("en")) == (Standing.CURRENT, Standing.CURRENT)


def test_a_body_built_differently_is_replaced_only_when_ticked(cast: Cast, editor: User) -> None:
    bundle = answered(exported(editor, cast.news("n1")), TARGETS)
    found = dict(zip((unit.id.rpartition(":")[2] for unit in bundle.units), outcomes(editor, bundle), strict=True))
    assert found["body.0.0"] == found["body.0.1"] == (CONFLICT, str(SHAPE))
    bodies = [unit.id for unit in bundle.units if "body" in unit.id]
    assert apply(editor, bundle, (bodies[0],)) == 2, "a paragraph alone is left out with the rest of the body"
    assert "Müller" in cast.news("n1", "en").body
    assert apply(editor, answered(bundle, TARGETS), tuple(bodies)) == 2
    assert cast.news("n1", "en").body.startswith("<h2>A bigger hall</h2>")
    again = answered(exported(editor, cast.news("n1")), {"body.0.1": "Phone {1}us{/1}."})
    assert outcomes(editor, again) == [(CHANGED, "")], "from then on paragraph by paragraph"


@pytest.mark.parametrize(
    ("targets", "expected"),
    [
        ({"body.0.0": "A bigger hall"}, [(REFUSED, str(WHOLE))]),
        ({"body.0.1": "Call us."}, [(REFUSED, "lost")]),
        ({"body.0.1": "{/1}Call{1} us."}, [(REFUSED, "lost")]),
        ({"title": "x" * 256}, [(REFUSED, "Zu lang: 256 Zeichen, möglich sind 255.")]),
        ({"intro": "x" * 401}, [(REFUSED, "Zu lang: 401 Zeichen, möglich sind 400.")]),
    ],
)
def test_what_cannot_be_taken_over(
    cast: Cast, editor: User, targets: dict[str, str], expected: list[tuple[Outcome, str]]
) -> None:
    cast.news("n1", "en").delete()
    found = outcomes(editor, answered(exported(editor, cast.news("n1")), targets))
    lost = "In der Übersetzung fehlt ein Platzhalter"
    assert [(outcome, "lost" if reason.startswith(lost) else reason) for outcome, reason in found] == expected


def test_a_draft_of_an_editor_is_not_written_over(cast: Cast, editor: User) -> None:
    twin = cast.news("n1", "en")
    twin.intro = "A draft."
    twin.save_revision()
    bundle = answered(exported(editor, cast.news("n1")), {"title": "Bigger hall"})
    assert outcomes(editor, bundle) == [(REFUSED, str(DRAFT))]


def test_pages_of_another_cluster_are_neither_seen_nor_written(cast: Cast, editor: User) -> None:
    about = StandardPage.objects.get(kind="about", locale__language_code="de")
    admin = User.objects.create_superuser("admin@example.org", "lang-und-geheim")
    bundle = exported(admin, about)
    assert (len(bundle.units) > 2, exported(editor, about).units) == (True, [])
    assert {outcome for outcome, _reason in outcomes(editor, answered(bundle, {"title": "Other"}))} == {REFUSED}
    assert [outcome for outcome, _reason in outcomes(admin, answered(bundle, {"title": "Other"}))] == [CHANGED]


def test_without_the_right_in_the_other_language_it_is_refused(cast: Cast, editor: User) -> None:
    GroupPagePermission.objects.filter(page__locale__language_code="en").delete()
    user = User.objects.get(pk=editor.pk)
    bundle = answered(exported(user, cast.news("n1")), {"title": "Bigger hall"})
    assert outcomes(user, bundle) == [(REFUSED, str(RIGHTS))]


def test_a_stream_of_texts_goes_out_and_comes_back(cast: Cast) -> None:
    admin = User.objects.create_superuser("admin@example.org", "lang-und-geheim")
    about = StandardPage.objects.get(kind="about", locale__language_code="de")
    about.body = [("text", "<p>Eins.</p>"), ("text", "<p>Zwei <b>mal</b>.</p>")]
    about.save_revision().publish()
    bundle = answered(exported(admin, about), {"body.0.0": "One.", "body.1.0": "Two {1}times{/1}."})
    assert apply(admin, bundle, tuple(unit.id for unit in bundle.units)) == 2
    twin = StandardPage.objects.get(kind="about", locale__language_code="en")
    assert [block.value.source for block in twin.body] == ["<p>One.</p>", "<p>Two <b>times</b>.</p>"]


def test_control_the_pages_of_a_home_are_arranged_per_language(cast: Cast, editor: User) -> None:
    names = {text.id.rpartition(":")[2] for text in texts(editor, "de", "en", ["page"])}
    assert names == {"title"}
