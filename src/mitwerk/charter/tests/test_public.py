"""What everybody reads of a charter beside its page: how it came about, versions, comparisons, the draft."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from mitwerk.accounts.models import User
from mitwerk.charter.actions import (
    contribute,
    decline_suggestion,
    drop_paragraph,
    move_paragraph,
    open_phase,
    publish_version,
    write_paragraph,
)
from mitwerk.charter.models import Charter, Paragraph, Signature, Version
from mitwerk.charter.queries.adoption import published_versions
from mitwerk.charter.queries.histories import compare, history_of
from mitwerk.charter.tests.cast import WE, WORK, Workshop, adopted, person_of, published, suggested
from mitwerk.governance.models import Body
from mitwerk.governance.tests.cast import Bodies

As = Callable[[User | None], Client]
NEW = "Wir sind die IT-Firmen Mitteldeutschlands."
HOSTILE = '<script>alert("x")</script> & "Zitat"'


def page(name: str, cluster: str = "it", **more: Any) -> str:
    return reverse(f"charter:{name}", kwargs={"cluster": cluster, **more})


def opened(workshop: Workshop) -> None:
    Charter.objects.update(is_open=True)
    workshop.charter = workshop.now


def second(workshop: Workshop) -> Version:
    """Another wording, one paragraph moved to the front of its section, one taken out."""
    found = Paragraph.objects.select_related("section__charter").get(pk=workshop.we.pk)
    texts = {"text": {**found.text, "de": NEW}}
    write_paragraph(paragraph=found, revision=found.revision, values=texts, actor=workshop.keeper)
    move_paragraph(paragraph=workshop.german, by=-1, actor=workshop.keeper)
    drop_paragraph(paragraph=workshop.goal, actor=workshop.keeper)
    return publish_version(charter=workshop.now, note={"de": "Kürzer."}, actor=workshop.keeper)


def pages(workshop: Workshop) -> list[str]:
    return [
        page("history"), page("version", number=1), page("compare"), page("draft"), page("file", kind="pdf"),
        page("file", kind="html"), page("file", kind="json"),
    ]  # fmt: skip


def statuses(client: Client, addresses: list[str]) -> list[int]:
    return [client.get(address).status_code for address in addresses]


def test_in_a_closed_workshop_nothing_is_public(workshop: Workshop, client: Client) -> None:
    published(workshop)
    assert statuses(client, pages(workshop)) == [404] * 7


def test_in_an_open_one_everybody_reads_along(workshop: Workshop, client: Client) -> None:
    published(workshop)
    opened(workshop)
    assert statuses(client, pages(workshop)) == [200] * 7
    assert [cookie for address in pages(workshop) for cookie in client.get(address).cookies] == []


def test_what_is_drafted_is_not_public_before_those_who_take_part_read_it(workshop: Workshop, client: Client) -> None:
    opened(workshop)
    open_phase(charter=workshop.now, phase="draft", actor=None)
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    assert (list(published_versions(workshop.now)), client.get(page("draft")).status_code) == ([], 404)
    assert statuses(client, pages(workshop)) == [200, 404, 404, 404, 404, 404, 404]


def test_adopted_only_what_was_adopted_is_public(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    adopted(workshop, bodies)
    open_phase(charter=workshop.now, phase="review", actor=None)
    second(workshop)
    assert [one.number for one in published_versions(workshop.now)] == [1]
    assert client.get(page("version", number=2)).status_code == 404
    assert client.get(page("file", kind="json") + "?version=2").status_code == 404
    assert NEW not in client.get(page("compare") + "?from=1&to=2").text
    assert NEW not in client.get(page("history")).text
    opened(workshop)
    assert client.get(page("version", number=2)).status_code == 200


def test_the_other_cluster_has_none_of_it(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    adopted(workshop, bodies)
    other = [page("history", "ernaehrung"), page("version", "ernaehrung", number=1), page("compare", "ernaehrung")]
    region = [reverse("charter:history"), reverse("charter:compare"), reverse("charter:file", args=["json"])]
    assert statuses(client, [*other, *region]) == [404] * 6


def test_a_charter_without_anything_public_has_no_pages(workshop: Workshop, as_user: As) -> None:
    assert statuses(as_user(workshop.keeper), pages(workshop)) == [404] * 7


def test_the_history_counts_and_tells_nothing_of_who_said_what(
    workshop: Workshop, bodies: Bodies, client: Client
) -> None:
    values = {"question": None, "language": "de", "text": "Nur für die Redaktion"}
    contribute(
        charter=workshop.charter, organisation=workshop.cast.firm, person=person_of(workshop.firm), values=values
    )
    published(workshop)
    decline_suggestion(
        suggestion=suggested(workshop, workshop.we, NEW), answer="Das sagt schon der Name.", actor=workshop.keeper
    )
    open_phase(charter=workshop.now, phase="decide", actor=None)
    found = history_of(workshop.now, list(published_versions(workshop.now)))
    assert [(one.kind, one.number, one.other) for one in found] == [
        ("contributions", 1, 0), ("suggestions", 1, 0), ("answers", 0, 1),
    ]  # fmt: skip
    opened(workshop)
    text = client.get(page("history")).text
    assert [word for word in ("Nur für die Redaktion", "Das sagt schon", workshop.cast.firm.name) if word in text] == []


def test_the_history_names_ballot_adoption_and_signatures(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    adoption = adopted(workshop, bodies)
    Signature.objects.create(adoption=adoption, organisation=workshop.cast.firm)
    gone = Signature.objects.create(adoption=adoption, organisation=workshop.cast.university)
    Signature.objects.filter(pk=gone.pk).update(withdrawn_at=timezone.now())
    found = history_of(workshop.now, list(published_versions(workshop.now)))
    assert [(one.kind, one.number, one.other) for one in found] == [
        ("version", 1, 0), ("ballot", 1, 0), ("adopted", 1, 1), ("signed", 1, 1),
    ]  # fmt: skip
    assert "Vorstand" in client.get(page("history")).text
    Body.objects.update(state=Body.State.DRAFT)
    assert "Vorstand" not in client.get(page("history")).text


@pytest.mark.parametrize("more", [1, 3])
def test_the_history_asks_the_same_however_much_happened(
    workshop: Workshop, bodies: Bodies, client: Client, django_assert_num_queries: Any, more: int
) -> None:
    adoption = adopted(workshop, bodies)
    for organisation in (workshop.cast.firm, workshop.cast.university, workshop.cast.institute)[:more]:
        Signature.objects.create(adoption=adoption, organisation=organisation)
    client.get(page("history"))
    with django_assert_num_queries(HISTORY):
        client.get(page("history"))


HISTORY = 9


def test_two_versions_are_compared_paragraph_by_paragraph(workshop: Workshop, client: Client) -> None:
    before = published(workshop)
    after = second(workshop)
    found = compare(before.content, after.content, ["de"])
    told = [
        (row.there.text["de"] if row.there else "", row.is_new, row.is_out, row.is_moved)
        for part in found
        for row in part.rows
    ]
    moved = [row for row in told if row[3]]
    assert told[0] == (NEW, False, False, False)
    assert len(moved) == 1
    assert told[-1] == ("Zehn Projekte mit anderen Clustern.", False, True, False)
    assert len(told) == 3
    opened(workshop)
    text = client.get(page("compare")).text
    assert (text.count("<del>"), text.count("<ins>")) == (2, 1)


def test_of_a_language_that_did_not_change_nothing_is_shown(workshop: Workshop) -> None:
    before = published(workshop)
    after = second(workshop)
    rows = [row for part in compare(before.content, after.content, ["en"]) for row in part.rows]
    assert [bool(row.is_moved or row.is_out) for row in rows] == [True, True]
    assert compare(after.content, after.content, ["de", "en"]) == []


@pytest.mark.parametrize(
    "query",
    ["", "from=1&to=2", "from=x&to=-1", "from=99&to=98", "from=²&to=1", "from=2&to=1", "from=1&to=1",
     "from=9999999999&to=" + "1" * 500, "language=xx&view=odd", "language=all&view=side", "from=&to=&language=en"],
)  # fmt: skip
def test_what_cannot_be_compared_is_forgiven(workshop: Workshop, client: Client, query: str) -> None:
    published(workshop)
    second(workshop)
    opened(workshop)
    assert client.get(f"{page('compare')}?{query}").status_code == 200


TEXTS = st.dictionaries(st.sampled_from(["a", "b", "c", "d", "e"]), st.sampled_from(["eins", "zwei", "drei"]))


def content(texts: dict[str, str]) -> dict[str, Any]:
    rows = [{"id": name, "text": {"de": text}} for name, text in texts.items()]
    return {"title": {}, "sections": [{"id": "s", "kind": "other", "title": {"de": "S"}, "paragraphs": rows}]}


@given(TEXTS, TEXTS)
def test_every_paragraph_that_differs_is_told_once(before: dict[str, str], after: dict[str, str]) -> None:
    rows = [row for part in compare(content(before), content(after), ["de"]) for row in part.rows]
    told = [row.there.id for row in rows if row.there]
    differing = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    moved = {row.there.id for row in rows if row.is_moved and row.there}
    assert (len(told), set(told)) == (len(set(told)), differing | moved)
    kept = [name for name in before if name in after and name not in moved]
    assert kept == [name for name in after if name in before and name not in moved]


def test_the_draft_shows_suggestions_but_no_contributions(workshop: Workshop, client: Client) -> None:
    values = {"question": None, "language": "de", "text": "Nur für die Redaktion"}
    contribute(
        charter=workshop.charter, organisation=workshop.cast.firm, person=person_of(workshop.firm), values=values
    )
    published(workshop)
    suggested(workshop, workshop.we, NEW)
    suggested(workshop, workshop.work, WORK["de"].replace("kleinen", HOSTILE))
    opened(workshop)
    text = client.get(page("draft")).text
    assert (text.count('class="charter-suggested"'), "Nur für die Redaktion" in text) == (2, False)
    assert (HOSTILE in text, "&lt;script&gt;" in text, WE["de"] in text) == (False, True, True)


def test_a_suggestion_for_a_paragraph_that_is_gone_is_shown_below(workshop: Workshop, client: Client) -> None:
    published(workshop)
    suggested(workshop, workshop.goal, "Zwanzig Projekte.")
    second(workshop)
    opened(workshop)
    assert [row["one"].text for row in client.get(page("draft")).context["left"]] == ["Zwanzig Projekte."]


def test_where_nothing_is_newer_the_draft_is_the_charter(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    adopted(workshop, bodies)
    opened(workshop)
    answer = client.get(page("draft"))
    assert (answer.status_code, answer["Location"]) == (302, workshop.charter.get_absolute_url())


def test_a_paragraph_in_the_other_language_says_which_one_it_is(workshop: Workshop, client: Client) -> None:
    published(workshop)
    opened(workshop)
    with translation.override("en"):
        english = page("version", number=1)
    text = client.get(english).text
    told = "So far only in this language: German"
    assert (text.count(told), text.count('<div class="prose" lang="de">')) == (1, 1)
    Paragraph.objects.filter(pk=workshop.german.pk).update(text={"de": "Ja.", "en": "Yes."})
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    assert told not in client.get(english.replace("1", "2")).text
