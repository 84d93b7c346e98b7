"""TRUST X7, X8, P11: what is uploaded is what it says, stored under our name, and handed out to be saved."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.office.test_pictures import add as add_picture
from tests.office.test_pictures import picture_bytes, with_gps
from wagtail.documents.models import Document
from wagtail.models import Collection, GroupCollectionPermission

from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.pictures.models import Picture
from mitwerk.pictures.views import file_name

As = Callable[[User | None], Client]
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
PDF, HTML = b"%PDF-1.7 x", b"<html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'


def upload(browser: Client, cast: Cast, name: str, content: bytes, title: str = "Satzung") -> Any:
    mine = GroupCollectionPermission.objects.filter(
        group__name="cluster:it:editors", permission__codename="add_document"
    )
    collection = Collection.objects.get(pk=mine.values("collection")[:1])
    data = {"title": title, "collection": collection.pk, "file": SimpleUploadedFile(name, content)}
    return browser.post("/office/documents/add/", data)


def test_only_what_it_says_is_taken(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    refused = {
        "a.html": HTML, "a.svg": SVG, "a.pdf": HTML, "b.pdf": SVG, "a.docx": PDF, "a.txt": HTML, "a.csv": b"\0\1",
        "a.php": b"<?php", "a.xml": b"<a/>",
    }  # fmt: skip
    answers = {name: upload(browser, cast, name, content).status_code for name, content in refused.items()}
    assert (answers, Document.objects.count()) == (dict.fromkeys(refused, 200), 0)
    taken = {"a.pdf": PDF, "a.docx": b"PK\x03\x04x", "a.txt": "Größe".encode(), "b.txt": "Größe".encode("cp1252")}
    assert [upload(browser, cast, name, content).status_code for name, content in taken.items()] == [302] * 4


@pytest.mark.parametrize("name", ["../../etc/a.pdf", "CON.pdf", "x" * 300 + ".pdf", "a\u202efdp.pdf", "a.php.pdf"])
def test_stored_under_our_name_and_saved_under_its_title(
    cast: Cast, as_user: As, name: str, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }  # fmt: skip
    assert upload(as_user(cast.it_editor), cast, name, PDF, title="Satzung „neu“/../x.pdf").status_code == 302
    made = Document.objects.get()
    assert (len(made.file.name), made.file.name[:10], made.file.name[-4:]) == (24, "documents/", ".pdf")
    answer = Client().get(made.url)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="Satzung neu .. x.pdf"'
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (
        "default-src 'none'; sandbox",
        "nosniff",
    )


def test_a_file_name_is_harmless_and_keeps_umlauts() -> None:
    names = [file_name(*pair) for pair in (("Größe", "x.pdf"), ("", "x.pdf"), ("..", "x.txt"), ("a\r\nb", "x.csv"))]
    assert names == ["Größe.pdf", "mitwerk.pdf", "mitwerk.txt", "a b.csv"]


def test_pictures_are_stored_under_our_name_and_renditions_tell_nothing(cast: Cast, as_user: As) -> None:
    thumb = BytesIO()
    Image.new("RGB", (8, 8)).save(thumb, "JPEG", comment=b"CANARY thumb")
    dirty = with_gps() + b"CANARY trailer <script>" + thumb.getvalue()
    xmp = picture_bytes("PNG", pnginfo=_xmp())
    for name, content in (("../../Hof Müller.jpg", dirty), ("b.png", xmp), ("c.png.jpg", picture_bytes("JPEG"))):
        assert b"CANARY" in content or name.startswith("c")
        assert add_picture(as_user(cast.it_editor), cast, name, content).status_code == 302
    for picture in Picture.objects.all():
        assert (len(picture.filename.split(".")[0]), "Hof" in picture.file.name) == (10, False)
        made = picture.get_rendition("width-20")
        for stored in (picture.file, made.file):
            with stored.open("rb") as file:
                assert b"CANARY" not in file.read()


def _xmp() -> Any:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>CANARY</x:xmpmeta>")
    return info
