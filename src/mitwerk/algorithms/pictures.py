"""Uploaded pictures: what is refused, and what is taken out of the rest."""

from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 24_000_000
_KEPT = ("icc_profile", "transparency")


class PictureRefused(ValueError):
    """`code` says why: ``format`` (not a readable JPEG, PNG or WebP), ``pixels`` or ``frames``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def _open(stream: BinaryIO) -> Image.Image:
    try:
        return Image.open(stream, formats=FORMATS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as why:
        raise PictureRefused("format") from why


def check_picture(stream: BinaryIO) -> None:
    """Look at the header alone, so that a bomb is refused before anything is unpacked."""
    stream.seek(0)
    picture = _open(stream)
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise PictureRefused("pixels")
    if picture.format != "MPO" and getattr(picture, "n_frames", 1) > 1:
        raise PictureRefused("frames")  # a telephone's MPO is a JPEG with a small twin behind it; the twin is dropped
    stream.seek(0)


def without_metadata(stream: BinaryIO) -> bytes:
    """The picture drawn anew: turned as its EXIF said, without EXIF, GPS, XMP, comments, thumbnails and trailers."""
    check_picture(stream)
    picture = _open(stream)
    kind = "JPEG" if picture.format == "MPO" else str(picture.format)
    try:
        turned = ImageOps.exif_transpose(picture) or picture
        turned.load()
    except (OSError, ValueError, SyntaxError) as why:
        raise PictureRefused("format") from why
    turned.info = {name: value for name, value in picture.info.items() if name in _KEPT}
    drawn = BytesIO()
    turned.save(drawn, kind, **({} if kind == "PNG" else {"quality": 92}))
    return drawn.getvalue()
