"""Pictures: what is refused (TRUST B3, X7), what is taken out (P11), and whose they are."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from time import perf_counter
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection, GroupCollectionPermission, ReferenceIndex

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.pictures import PictureRefused, check_picture, without_metadata
from mitwerk.clusters.models import Role
from mitwerk.pictures.actions import SHARED
from mitwerk.pictures.forms import PictureFileField
from mitwerk.pictures.models import Picture

As = Callable[[User | None], Client]
# Wagtail leaves the original open while it makes thumbnails.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")


def picture_bytes(kind: str = "JPEG", size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    made = BytesIO()
    Image.new("RGB", size, "#1d4e9e").save(made, kind, **options)
    return made.getvalue()


def with_gps() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "CANARY description"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(0x8825)[2] = (51.0, 20.0, 24.0)
    return picture_bytes(exif=exif, comment=b"CANARY comment")


def png_bomb(side: int = 9000) -> bytes:
    """One colour, `side` × `side`, in a few kB: it would take 240 MB unpacked."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"\0" * ((side // 8 + 1) * side), 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving(kind: str) -> bytes:
    made = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(made, kind, save_all=True, append_images=frames[1:])
    return made.getvalue()


def fields(cast: Cast, **changes: Any) -> dict[str, Any]:
    texts = {"title": "Bild", "alt_de": "Ein Feld", "credit": "Büro", "focal_point_x": "", "collection": own(cast).pk}
    return {**texts, **changes}


def own(cast: Cast, slug: str = "it") -> Collection:
    rights = GroupCollectionPermission.objects.filter(
        group__name=f"cluster:{slug}:editors", permission__codename="change_image"
    )
    return rights.get().collection


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def add(browser: Client, cast: Cast, name: str, content: bytes, **changes: Any) -> Any:
    return browser.post("/office/images/add/", fields(cast, file=upload(name, content), **changes))


def stored() -> bytes:
    with Picture.objects.get().file.open("rb") as file:
        return bytes(file.read())


def test_bomb_is_refused_at_once() -> None:
    bomb = png_bomb()
    assert len(bomb) < 20_000
    started = perf_counter()
    with pytest.raises(PictureRefused, match="pixels"):
        check_picture(BytesIO(bomb))
    assert perf_counter() - started < 0.05


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("bombe.png", png_bomb(), "pixels"),
        ("film.webp", moving("WEBP"), "frames"),
        ("film.png", moving("PNG"), "frames"),
        ("film.gif", moving("GIF"), "format"),
        ("bild.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "format"),
        ("bild.jpg", b"%PDF-1.7 not a picture", "format"),
        ("bild.tif", picture_bytes("TIFF"), "format"),
    ],
)
def test_refused(cast: Cast, as_user: As, name: str, content: bytes, code: str) -> None:
    answer = add(as_user(cast.it_editor), cast, name, content)
    assert [error.code for error in answer.context["form"].errors.as_data()["file"]] == [code]
    assert Picture.objects.count() == 0


def test_control_wagtail_alone_takes_a_moving_picture(cast: Cast, as_user: As, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PictureFileField, "to_python", WagtailImageField.to_python)
    assert add(as_user(cast.it_editor), cast, "film.webp", moving("WEBP")).status_code == 302


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_good_pictures_are_taken(cast: Cast, as_user: As, kind: str) -> None:
    ending = kind.lower()
    assert add(as_user(cast.it_editor), cast, f"bild.{ending}", picture_bytes(kind)).status_code == 302
    assert Picture.objects.get().default_alt_text == "Ein Feld"


def test_metadata_is_gone_from_the_original(cast: Cast, as_user: As) -> None:
    assert b"CANARY" in with_gps()
    assert add(as_user(cast.it_editor), cast, "bild.jpg", with_gps()).status_code == 302
    body, picture = stored(), Picture.objects.get()
    assert b"CANARY" not in body
    assert dict(Image.open(BytesIO(body)).getexif()) == {}
    assert (picture.width, picture.height) == (30, 40), "turned as the camera said"


def test_large_upload_kept_on_disk_is_cleaned_as_well(cast: Cast, as_user: As, settings: Any) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    assert add(as_user(cast.it_editor), cast, "bild.jpg", with_gps()).status_code == 302
    assert b"CANARY" not in stored()


def test_cleaning_keeps_what_is_seen() -> None:
    see_through = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(see_through, "PNG")
    assert Image.open(BytesIO(without_metadata(see_through))).getpixel((0, 0)) == (0, 0, 0, 0)


@pytest.mark.parametrize(("missing", "field"), [("alt_de", "alt"), ("credit", "credit")])
def test_text_and_credit_are_required(cast: Cast, as_user: As, missing: str, field: str) -> None:
    answer = add(as_user(cast.it_editor), cast, "bild.jpg", picture_bytes(), **{missing: ""})
    assert list(answer.context["form"].errors) == [field]


def test_picker_asks_for_text_and_credit(cast: Cast, as_user: As) -> None:
    data = {"image-chooser-upload-title": "Bild", "image-chooser-upload-collection": own(cast).pk}
    data |= {"image-chooser-upload-file": upload("bild.jpg", picture_bytes())}  # type: ignore[dict-item]
    answer = as_user(cast.it_editor).post("/office/images/chooser/create/", data)
    assert answer.json()["step"] == "reshow_creation_form"
    assert Picture.objects.count() == 0


def test_upload_of_many_asks_for_text_and_credit_and_cleans(cast: Cast, as_user: As) -> None:
    browser = as_user(cast.it_editor)
    first = browser.post(
        "/office/images/multiple/add/",
        {"title": "Bild", "files[]": upload("bild.jpg", with_gps()), "collection": own(cast).pk},
    ).json()
    assert (first["success"], Picture.objects.count()) == (True, 0)
    number = first["uploaded_file_id"]
    prefix, url = f"uploaded-image-{number}", f"/office/images/multiple/create_from_uploaded_image/{number}/"
    texts = {f"{prefix}-title": "Bild", f"{prefix}-collection": own(cast).pk}
    assert browser.post(url, texts).json()["success"] is False
    texts |= {f"{prefix}-alt_de": "Ein Feld", f"{prefix}-credit": "Büro"}
    assert browser.post(url, texts).json()["success"] is True
    assert b"CANARY" not in stored()


def make_picture(cast: Cast, slug: str) -> Picture:
    collection = Collection.objects.get(name=SHARED) if slug == "shared" else own(cast, slug)
    return Picture.objects.create(
        title=f"Bild {slug}", file=upload("b.png", picture_bytes("PNG")), width=40, height=30,
        alt={"de": "x"}, credit="x", collection=collection,
    )  # fmt: skip


def statuses(browser: Client, picture: Picture) -> dict[str, int]:
    pages = ("images/{}/", "images/{}/delete/", "images/usage/{}/", "images/chooser/chosen/{}/")
    return {page: browser.get(f"/office/{page.format(picture.pk)}").status_code for page in pages}


def test_pictures_of_another_cluster_are_out_of_reach(cast: Cast, as_user: As) -> None:
    foreign, shared, mine = (make_picture(cast, slug) for slug in ("ernaehrung", "shared", "it"))
    browser = as_user(cast.it_editor)
    assert set(statuses(browser, mine).values()) == {200}
    assert set(statuses(browser, foreign).values()) == {302}
    assert statuses(browser, shared)["images/chooser/chosen/{}/"] == 200
    assert statuses(browser, shared)["images/{}/"] == 302
    assert set(statuses(as_user(cast.umbrella_editor), foreign).values()) == {200}
    listed = browser.get("/office/images/").content.decode() + browser.get("/office/images/chooser/").content.decode()
    assert [name in listed for name in ("Bild it", "Bild shared", "Bild ernaehrung")] == [True, True, False]


def test_picture_of_another_cluster_cannot_be_put_on_a_record(cast: Cast, as_user: As) -> None:
    from tests.office.browser import form_data

    foreign, shared = make_picture(cast, "ernaehrung"), make_picture(cast, "shared")
    browser, url = as_user(cast.it_editor), f"/office/organisations/edit/{cast.firm.pk}/"
    data = form_data(browser.get(url).context["form"])
    assert browser.post(url, {**data, "logo": foreign.pk}).status_code == 200
    assert browser.post(url, {**data, "logo": shared.pk}).status_code == 302
    cast.firm.refresh_from_db()
    assert cast.firm.logo == shared


def test_upload_into_another_clusters_collection_is_refused(cast: Cast, as_user: As) -> None:
    foreign = own(cast, "ernaehrung")
    add(as_user(cast.it_editor), cast, "bild.jpg", picture_bytes(), collection=foreign.pk)
    assert [picture.collection for picture in Picture.objects.all()] in ([], [own(cast)])


def test_only_what_may_hold_a_picture_is_kept_in_the_index_of_uses(cast: Cast) -> None:
    """The rest have no page about their uses; their entries would only be work after each line of the log."""
    picture = make_picture(cast, "it")
    cast.firm.logo = picture
    cast.firm.save()
    Role.objects.get(user=cast.it_editor).save()
    record_audit(verb="user.rename", target=cast.it_editor, actor=cast.it_editor)
    kinds = ReferenceIndex.objects.values_list("base_content_type__model", flat=True)
    assert set(kinds) & {"organisation", "role", "auditentry"} == {"organisation"}
    assert ReferenceIndex.get_references_to(picture).get().object_id == str(cast.firm.pk)
