"""Codes for a reader: the drawing and the image say the same."""

import re
from io import BytesIO
from xml.etree import ElementTree as ET

from PIL import Image

from mitwerk.algorithms.qr import QUIET, matrix, png, svg

TEXT = "k3x9wq2abc"


def test_a_code_has_its_three_corners_and_a_quiet_zone() -> None:
    rows = matrix(TEXT)
    size = len(rows)
    assert (size, {len(row) for row in rows}) == (21 + 2 * QUIET, {size})
    assert [any(rows[0]), any(row[0] for row in rows)] == [False, False]
    ring = [True] * 7
    first, last = QUIET, size - QUIET - 7
    assert (rows[first][first : first + 7], rows[first][last : last + 7], rows[last][first : first + 7]) == (
        ring, ring, ring,
    )  # fmt: skip
    assert rows[last][last : last + 7] != ring


def test_the_image_shows_the_modules() -> None:
    image = Image.open(BytesIO(png(TEXT, scale=3)))
    rows = matrix(TEXT)
    assert (image.format, image.mode, image.size) == ("PNG", "1", (len(rows) * 3, len(rows) * 3))
    found = [[not image.getpixel((x * 3 + 1, y * 3 + 1)) for x in range(len(rows))] for y in range(len(rows))]
    assert found == rows


def test_the_drawing_shows_the_modules_and_its_title_is_text() -> None:
    drawn = svg(TEXT, "<b>&")
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert root[0].text == "<b>&"
    rows = [[False] * len(matrix(TEXT)) for _row in matrix(TEXT)]
    for x, y in re.findall(r"M(\d+) (\d+)h1v1h-1z", drawn):
        rows[int(y)][int(x)] = True
    assert rows == matrix(TEXT)
