"""Looks at the table of contents of a packed file before anything in it is unpacked."""

import stat
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from mitwerk.algorithms.text_units import Unreadable

MOST_UNPACKED, MOST_RATIO, MOST_ENTRIES = 50 * 1024 * 1024, 100, 200
MOST_CONTENTS = MOST_ENTRIES * 512
"""Bytes of a table of contents with that many names of a usual length."""
_END, _END_LENGTH = b"PK\x05\x06", 22


def check_zip(content: bytes) -> set[str]:
    """The names in a packed file. Raises `Unreadable` where it would unpack to more than a table can be, or where a
    name leads elsewhere. The sizes may lie, so whoever unpacks it is limited too."""
    end = content.rfind(_END, max(0, len(content) - 65_535 - _END_LENGTH))
    if end < 0 or len(content) < end + _END_LENGTH:
        raise Unreadable("broken")
    if int.from_bytes(content[end + 12 : end + 16], "little") > MOST_CONTENTS:
        raise Unreadable("bomb")
    try:
        entries = ZipFile(BytesIO(content)).infolist()
    except (BadZipFile, ValueError, NotImplementedError, UnicodeDecodeError, OSError) as error:
        raise Unreadable("broken") from error
    unpacked, packed = sum(one.file_size for one in entries), sum(one.compress_size for one in entries)
    if len(entries) > MOST_ENTRIES or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(packed, 1):
        raise Unreadable("bomb")
    if any(_leads_elsewhere(one.filename) or stat.S_ISLNK(one.external_attr >> 16) for one in entries):
        raise Unreadable("bomb")
    return {one.filename for one in entries}


def _leads_elsewhere(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or ":" in name[:2]
