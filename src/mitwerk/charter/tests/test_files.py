"""A charter to take along: document, page for reading offline, data."""

import json
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.ballot_file import hash_of
from mitwerk.charter.actions import open_phase, publish_version, write_paragraph
from mitwerk.charter.models import Charter, Paragraph, Signature
from mitwerk.charter.tests.cast import WE, Workshop, adopted
from mitwerk.governance.tests.cast import Bodies

As = Callable[[User | None], Client]
HOSTILE = '#panic("x") $x$ *fett* "zitat" </style></script><script>alert(1)</script> <img src=https://a.example/x> 🎉'


def address(kind: str, cluster: str = "it") -> str:
    return reverse("charter:file", kwargs={"kind": kind, "cluster": cluster})


def document(content: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(content))


def text_of(content: bytes) -> str:
    """What another program reads in it; blanks and breaks of lines are one blank."""
    return " ".join(" ".join(one.extract_text() for one in document(content).pages).split())


def signed(workshop: Workshop, bodies: Bodies) -> None:
    """Adopted, with a goal that has a figure; the firm stands behind it, the university no longer."""
    Paragraph.objects.filter(pk=workshop.goal.pk).update(
        is_goal=True, measure={"de": "Zahl der Projekte"}, target_year=2030, figure={"de": "Sieben"},
        figure_on="2026-09-30",
    )  # fmt: skip
    adoption = adopted(workshop, bodies)
    for organisation in (workshop.cast.firm, workshop.cast.university):
        Signature.objects.create(adoption=adoption, organisation=organisation, name=organisation.name)
    Signature.objects.filter(organisation=workshop.cast.university).update(withdrawn_at=timezone.now())


def hostile(workshop: Workshop, bodies: Bodies) -> None:
    """The same with texts and names that would be commands."""
    texts = {"text": {"de": HOSTILE + "W" * 300, "en": HOSTILE}}
    found = Paragraph.objects.select_related("section__charter").get(pk=workshop.we.pk)
    write_paragraph(paragraph=found, revision=found.revision, values=texts, actor=workshop.keeper)
    Organisation.objects.filter(pk=workshop.cast.firm.pk).update(name=HOSTILE)
    Charter.objects.update(title={"de": HOSTILE, "en": HOSTILE})
    workshop.charter = workshop.now
    signed(workshop, bodies)


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_document_is_tagged_and_in_the_language_of_the_page(
    workshop: Workshop, bodies: Bodies, client: Client, language: str
) -> None:
    signed(workshop, bodies)
    with translation.override(language):
        answer = client.get(address("pdf"))
    reader = document(answer.content)
    root: Any = reader.trailer["/Root"]
    assert (answer["Content-Type"], root["/MarkInfo"]["/Marked"], root["/Lang"]) == ("application/pdf", True, language)
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    text = text_of(answer.content)
    assert WE[language] in text
    assert [word for word in ("Sieben", "2030", workshop.cast.firm.name) if word not in text] == []


def test_the_document_takes_texts_as_data(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    """Nothing that somebody writes is markup: neither commands nor what cannot be printed breaks it."""
    hostile(workshop, bodies)
    assert '#panic("x") $x$ *fett* "zitat" </style></script><script>' in text_of(client.get(address("pdf")).content)


def test_the_page_for_reading_offline_holds_every_language_and_fetches_nothing(
    workshop: Workshop, bodies: Bodies, client: Client
) -> None:
    signed(workshop, bodies)
    text = client.get(address("html")).text
    assert (text.index('<section lang="de" id="de">') < text.index('<section lang="en" id="en">')) is True
    assert [words for words in WE.values() if words not in text] == []
    assert fetched(text) == []
    assert links(text) == {
        "#de", "#en", *(f"http://127.0.0.1:8000{path}" for path in (workshop.charter.get_absolute_url(), english())),
    }  # fmt: skip


def english() -> str:
    with translation.override("en"):
        return Charter.objects.select_related("cluster").get().get_absolute_url()


def fetched(text: str) -> list[str]:
    """What a browser would ask for by itself."""
    return re.findall(r"<(?:script|link|img|iframe|object|embed|base|video|audio|source)\b|\bsrc=|url\(|@import", text)


def links(text: str) -> set[str]:
    return set(re.findall(r'href="([^"]*)"', text))


def test_control_what_is_fetched_is_seen() -> None:
    assert fetched('<link href="x"><p style="background: url(x)"><img src="y">') == ["<link", "url(", "<img", "src="]


def test_the_page_for_reading_offline_takes_texts_as_data(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    hostile(workshop, bodies)
    text = client.get(address("html")).text
    assert [found for found in fetched(text) if found != "src="] == []
    assert (text.count("<script"), text.count("</style>"), text.count("&lt;script&gt;") > 0) == (0, 1, True)


def test_the_data_are_what_was_frozen_and_their_fingerprint_holds(
    workshop: Workshop, bodies: Bodies, client: Client
) -> None:
    signed(workshop, bodies)
    told = json.loads(client.get(address("json")).content)
    version = workshop.charter.versions.get()
    assert (told["content"], told["digest"], told["version"]) == (version.content, hash_of(told["content"]), 1)
    today = timezone.localdate().isoformat()
    assert told["signatures"] == [
        {"organisation": workshop.cast.firm.name, "signed_on": today, "withdrawn_on": None},
        {"organisation": workshop.cast.university.name, "signed_on": today, "withdrawn_on": today},
    ]
    assert told["goals"] == {workshop.goal.public_id: {"figure": {"de": "Sieben"}, "figure_on": "2026-09-30"}}
    assert told["adoption"] == {
        "number": 1, "adopted_on": today,
        "votes": [
            {
                "section": None, "resolution": None,
                "count": {"entitled": 4, "yes": 2, "no": 1, "abstain": 0, "blank": 0, "invalid": 0},
            }
        ],
    }  # fmt: skip


def test_hostile_texts_are_data_there_too(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    hostile(workshop, bodies)
    answer = client.get(address("json"))
    assert json.loads(answer.content)["signatures"][0]["organisation"] == HOSTILE
    assert answer["Content-Disposition"].isascii()


def test_files_are_to_be_saved_and_set_no_cookie(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    signed(workshop, bodies)
    answers = [client.get(address(kind)) for kind in ("pdf", "html", "json")]
    assert [answer["Content-Disposition"] for answer in answers] == [
        f'attachment; filename="leitbild-1.{kind}"' for kind in ("pdf", "html", "json")
    ]
    assert [list(answer.cookies) for answer in answers] == [[], [], []]


@pytest.mark.parametrize("asked", ["?version=2", "?version=0"])
def test_there_is_no_file_of_what_is_not_public(workshop: Workshop, bodies: Bodies, client: Client, asked: str) -> None:
    signed(workshop, bodies)
    open_phase(charter=workshop.now, phase="review", actor=None)
    Paragraph.objects.filter(pk=workshop.we.pk).update(text={"de": "Neu."})
    publish_version(charter=workshop.now, note={}, actor=workshop.keeper)
    assert client.get(address("json") + asked).status_code == 404
    assert json.loads(client.get(address("json")).content)["version"] == 1


@pytest.mark.parametrize("kind", ["doc", "pdf-x", "html5"])
def test_other_kinds_are_not_there(workshop: Workshop, bodies: Bodies, client: Client, kind: str) -> None:
    signed(workshop, bodies)
    assert client.get(address(kind)).status_code == 404


def test_what_is_no_number_is_forgiven(workshop: Workshop, bodies: Bodies, client: Client) -> None:
    signed(workshop, bodies)
    for asked in ("x", "-1", "²", "1" * 400, ""):
        assert client.get(f"{address('json')}?version={asked}").status_code == 200
