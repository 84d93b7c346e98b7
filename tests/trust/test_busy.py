"""Whoever saves while the database is held for long reads what to do, and loses nothing."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import OperationalError
from django.test import Client

from mitwerk.actors.tests.cast import Cast
from mitwerk.matching import views
from mitwerk.matching.models import Need

pytestmark = pytest.mark.django_db
FORM = {
    "title": "Wer <baut> Möbel?", "text": "Für eine \"Kantine\".", "organisation_name": "Muster & Söhne",
    "name": "Muster Absenderin", "email": "m@example.org",
}  # fmt: skip


def fail(message: str) -> Any:
    def act(**values: Any) -> None:
        raise OperationalError(message)

    return act


def sent_again(page: str) -> dict[str, str]:
    fields = BeautifulSoup(page, "html.parser").select("main form[method=post] input[type=hidden]")
    return {str(field["name"]): str(field["value"]) for field in fields if field["name"] != "csrfmiddlewaretoken"}


@pytest.mark.parametrize(("language", "url", "heading"), [
    ("de", "/de/bedarf-melden/", "Gerade ist viel los"), ("en", "/en/report-a-need/", "Busy just now"),
])  # fmt: skip
def test_what_was_typed_is_kept_and_sent_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, language: str, url: str, heading: str
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(views, "report_need", fail("database is locked"))
        answer = client.post(url, {**FORM, "password": "geheim"})
    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], f"<h1>{heading}</h1>" in page) == (503, "30", True)
    assert sent_again(page) == FORM
    assert "geheim" not in page
    assert client.post(url, sent_again(page)).status_code == 302
    assert Need.objects.get().title == {language: FORM["title"]}


def test_control_another_fault_of_the_database_is_a_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "report_need", fail("disk I/O error"))
    assert Client(raise_request_exception=False).post("/de/bedarf-melden/", FORM).status_code == 500
