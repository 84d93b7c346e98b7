"""QR codes as drawings: a scalable one for pages, an image for mails. Error correction M, four quiet modules around."""

import struct
import zlib

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4


def matrix(text: str) -> list[list[bool]]:
    """Rows of modules, True is dark; with the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.get_matrix()]


def svg(text: str, title: str) -> str:
    """A drawing for a page; `title` is what it shows, for whom it is not seen by."""
    rows = matrix(text)
    size = len(rows)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, module in enumerate(row) if module)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges" role="img">'
        f"<title>{_escaped(title)}</title>"
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{dark}"/></svg>'
    )


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def png(text: str, scale: int = 8) -> bytes:
    """A black and white image, `scale` pixels for a module; the same text gives the same bytes."""
    rows = [[not module for module in row for _pixel in range(scale)] for row in matrix(text) for _line in range(scale)]
    lines = b"".join(b"\0" + _bits(row) for row in rows)
    head = struct.pack(">IIBBBBB", len(rows[0]), len(rows), 1, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _bits(row: list[bool]) -> bytes:
    padded = row + [False] * (-len(row) % 8)
    return bytes(
        sum(pixel << (7 - place) for place, pixel in enumerate(padded[at : at + 8])) for at in range(0, len(padded), 8)
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
