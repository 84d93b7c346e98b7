"""The way through the browser: upload, look, take over; bad files say what is wrong and change nothing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.tests.test_text_units import BOMB, GOOD_BOOK, XXE, workbook
from mitwerk.algorithms.text_units import Bundle, TextUnit
from mitwerk.algorithms.xliff import read_xliff, write_xliff
from mitwerk.languages.models import Delivery
from mitwerk.languages.tests.conftest import As

EMPTY = Bundle("de", "en", [])
UNIT = TextUnit("a:b:c", "a", "b")


def upload(browser: Client, content: bytes, name: str = "x.xlf") -> tuple[int, str]:
    """Status, and what the form says of the file."""
    answer = browser.post(reverse("languages:text_import"), {"file": SimpleUploadedFile(name, content)})
    if answer.status_code != 200:
        return answer.status_code, answer.headers["Location"]
    return 200, " ".join(answer.context["form"].errors["file"])


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Die Datei ist leer."),
        (b"%PDF-1.7 ...", "Das ist weder eine XLIFF-Datei noch eine Arbeitsmappe (xlsx), die hier ausgegeben wurde."),
        (b"<html/>", "Das ist weder eine XLIFF-Datei noch eine Arbeitsmappe (xlsx), die hier ausgegeben wurde."),
        (BOMB, "Die Datei enthält Dinge, die eine Übersetzung nicht braucht. Sie wurde deshalb nicht geöffnet."),
        (XXE, "Die Datei enthält Dinge, die eine Übersetzung nicht braucht. Sie wurde deshalb nicht geöffnet."),
        (workbook({"a": b"0" * 9_000_000}),
         "Die Datei enthält Dinge, die eine Übersetzung nicht braucht. Sie wurde deshalb nicht geöffnet."),
        (GOOD_BOOK[:-200], "Die Datei ist beschädigt oder unvollständig. Bitten Sie noch einmal darum."),
        (b"<\x00junk" * 800_000, "Die Datei ist beschädigt oder unvollständig. Bitten Sie noch einmal darum."),
        (b"x" * 10_500_000, "Die Datei ist zu groß. Möglich sind zehn Megabyte."),
        (write_xliff(EMPTY), "Die Datei enthält keine Texte."),
        (write_xliff(Bundle("de", "de", [UNIT])), "Die Datei sagt nicht, zwischen welchen zwei Sprachen sie übersetzt, "
         "oder es sind nicht unsere."),
        (write_xliff(Bundle("de", "fr", [UNIT])), "Die Datei sagt nicht, zwischen welchen zwei Sprachen sie übersetzt, "
         "oder es sind nicht unsere."),
    ],
    ids=["empty", "pdf", "html", "entities", "xxe", "zip bomb", "cut", "junk", "big", "nothing", "one", "foreign"],
)  # fmt: skip
def test_a_bad_file_says_what_is_wrong(cast: Cast, as_user: As, content: bytes, told: str) -> None:
    assert upload(as_user(cast.it_editor), content) == (200, told)
    assert Delivery.objects.count() == 0


def test_no_file_at_all(cast: Cast, as_user: As) -> None:
    answer = as_user(cast.it_editor).post(reverse("languages:text_import"), {})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["file"])


def test_from_export_to_import(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.food_editor)
    asked = {"source": "de", "target": "en", "kinds": ["organisation"], "form": "xliff", "only_lacking": "on"}
    file = browser.get(reverse("languages:text_export"), asked)
    assert file.headers["Content-Disposition"] == 'attachment; filename="mitwerk-de-en.xlf"'
    [unit] = read_xliff(file.content).units
    assert (unit.source, unit.target) == ("Backt Brot.", "")
    status, address = upload(browser, write_xliff(Bundle("de", "en", [unit._replace(target="Bakes bread.")])))
    assert status == 302
    page = browser.get(address).content.decode()
    assert "Bakes bread." in page
    assert "Organisation · Backhaus Muldental AG · Was sie tun" in page
    assert Organisation.objects.get(pk=cast.bakery.pk).description == {"de": "Backt Brot."}, "nothing before the button"
    assert browser.get(f"{address}apply/").status_code == 405
    answer = browser.post(f"{address}apply/")
    assert answer.headers["Location"] == reverse("languages:language_list")
    assert Organisation.objects.get(pk=cast.bakery.pk).description["en"] == "Bakes bread."
    assert browser.post(f"{address}apply/").status_code == 404


def test_somebody_elses_delivery_is_missing(cast: Cast, as_user: As) -> None:
    unit = TextUnit(f"organisation:{cast.bakery.public_id}:description", "Backt Brot.", "Bakes bread.")
    _status, address = upload(as_user(cast.food_editor), write_xliff(Bundle("de", "en", [unit])))
    for who in (cast.it_editor, cast.umbrella_editor, cast.administrator):
        assert as_user(who).get(address).status_code == 404
        assert as_user(who).post(f"{address}apply/").status_code == 404
    assert as_user(None).get(address).status_code == 302
    assert as_user(cast.food_editor).get(address).status_code == 200, "the control"


def test_an_upload_takes_the_place_of_the_last(cast: Cast, as_user: As) -> None:
    browser, content = as_user(cast.it_editor), write_xliff(Bundle("de", "en", [UNIT]))
    first, second = upload(browser, content)[1], upload(browser, content)[1]
    assert (browser.get(first).status_code, browser.get(second).status_code) == (404, 200)


def test_an_export_of_nothing_says_so(cast: Cast, as_user: As) -> None:
    asked = {"source": "de", "target": "en", "kinds": ["region"], "form": "xlsx"}
    page = as_user(cast.it_editor).get(reverse("languages:text_export"), asked).content.decode()
    assert "In dieser Auswahl gibt es nichts zu übersetzen." in page
    wrong = as_user(cast.it_editor).get(reverse("languages:text_export"), {**asked, "target": "de"}).content.decode()
    assert "Wählen Sie zwei verschiedene Sprachen." in wrong
