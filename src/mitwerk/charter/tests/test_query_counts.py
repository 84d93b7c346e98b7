"""No list of the workshop asks more for three rows than for one."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mitwerk.accounts.models import User
from mitwerk.charter.actions import contribute, invite_guest, suggest_change, write_theme
from mitwerk.charter.models import Question, Theme
from mitwerk.charter.tests.cast import Workshop, person_of, published, suggested

As = Callable[[User | None], Client]
COUNTS = {
    "charter_mine": 7, "workshop": 17, "contribution_list": 13, "suggestion_list": 13, "merge_preview": 8,
    "text_edit": 13, "version_publish": 9, "guest_list": 9, "paragraph": 12, "suggestion_detail": 14,
    "paragraph_history": 6,
}  # fmt: skip


def fill(workshop: Workshop, rows: int) -> None:
    """So many contributions in themes of their own, guests, suggestions, and changes of the first one."""
    cast, firm, institute = workshop.cast, person_of(workshop.firm), person_of(workshop.institute)
    sections = list(workshop.charter.sections.all())
    for number in range(rows):
        question = Question.objects.create(charter=workshop.charter, text={"de": f"Frage {number}"})
        theme = write_theme(
            theme=Theme(charter=workshop.charter), actor=workshop.keeper,
            values={"title": {"de": f"Thema {number}"}, "section": sections[number]},
        )  # fmt: skip
        values = {"question": question, "language": "de", "text": f"Beitrag {number}"}
        made = contribute(charter=workshop.charter, organisation=cast.firm, person=firm, values=values)
        made.theme = theme
        made.save()
        invite_guest(
            charter=workshop.charter, organisation=cast.university, name="G", email=f"g{number}@example.org",
            actor=workshop.keeper,
        )  # fmt: skip
    published(workshop)
    for number in range(rows):
        suggested(workshop, workshop.we, f"Wir sind die IT-Firmen Nummer {number}.")
    first = workshop.charter.suggestions.get(number=1)
    for number in range(rows):
        suggest_change(
            parent=first, organisation=cast.institute, person=institute, text=f"{first.text} {number}", reason="",
            seen=first.text,
        )  # fmt: skip


@pytest.mark.parametrize("rows", [1, 3])
def test_literal_query_counts(workshop: Workshop, as_user: As, rows: int) -> None:
    fill(workshop, rows)
    client, public_id, anchor = as_user(workshop.keeper), workshop.charter.public_id, workshop.we.public_id
    more: dict[str, list[Any]] = {"paragraph": [anchor], "paragraph_history": [anchor], "suggestion_detail": [1]}
    found = {}
    for name in COUNTS:
        places = [] if name == "charter_mine" else [public_id, *more.get(name, [])]
        page = reverse(f"charter:{name}", args=places)
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page).status_code == 200
        found[name] = len(asked)
    assert found == COUNTS
