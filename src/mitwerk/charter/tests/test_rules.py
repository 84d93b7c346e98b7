"""What the phase allows, and what is public."""

import pytest

from mitwerk.algorithms import workshop as phases
from mitwerk.charter.models import Suggestion
from mitwerk.charter.rules import can_keep, is_for_all, is_time_for, may_be_changed
from mitwerk.charter.tests.cast import Workshop, published, suggested


@pytest.mark.parametrize(
    ("phase", "verbs"),
    [
        ("collect", ["contribute"]),
        ("draft", ["publish"]),
        ("suggest", ["answer", "propose", "publish"]),
        ("decide", ["answer", "publish", "submit"]),
        ("adopted", ["sign"]),
        ("review", ["answer", "contribute", "propose", "publish", "sign"]),
    ],
)
def test_each_phase_has_its_verbs(workshop: Workshop, phase: str, verbs: list[str]) -> None:
    workshop.charter.phase = phase
    every = ("answer", "contribute", "propose", "publish", "sign", "submit")
    assert [verb for verb in every if is_time_for(workshop.charter, verb)] == verbs


@pytest.mark.parametrize(
    ("phase", "is_open", "found"),
    [("suggest", True, ["text", "suggestions"]), ("suggest", False, []), ("collect", True, []), ("draft", True, [])],
)
def test_what_everybody_reads(workshop: Workshop, phase: str, is_open: bool, found: list[str]) -> None:
    workshop.charter.phase, workshop.charter.is_open = phase, is_open
    every = (phases.TEXT, phases.SUGGESTIONS, phases.CONTRIBUTIONS)
    assert [what for what in every if is_for_all(workshop.charter, what)] == found


def test_a_suggestion_is_changed_while_it_is_open_and_the_phase_runs(workshop: Workshop) -> None:
    published(workshop)
    made = suggested(workshop, workshop.we, "Anders.")
    assert may_be_changed(made) is True
    made.state = Suggestion.State.DECLINED
    assert may_be_changed(made) is False
    made.state, made.charter.phase = Suggestion.State.OPEN, phases.DECIDE
    assert may_be_changed(made) is False


def test_the_text_is_kept_by_its_office_and_no_other(workshop: Workshop) -> None:
    cast = workshop.cast
    users = (cast.it_editor, cast.umbrella_editor, cast.food_editor, workshop.firm)
    assert [can_keep(user, workshop.charter) for user in users] == [True, True, False, False]


def test_only_what_may_follow_follows() -> None:
    found = {name: [other for other in phases.ORDER if phases.leads_to(name, other)] for name in phases.ORDER}
    assert found == {
        "collect": ["draft"],
        "draft": ["collect", "suggest"],
        "suggest": ["draft", "decide"],
        "decide": ["suggest"],
        "adopted": ["review"],
        "review": ["draft", "suggest", "decide", "adopted"],
    }
