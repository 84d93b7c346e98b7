"""What is known of a person, and all of a network, as files for machines."""

import json
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.db.models import Model
from django.utils import timezone

from mitwerk.networks.exports import network_files, record_files
from mitwerk.networks.models import Network
from mitwerk.networks.queries.leaving import all_of
from mitwerk.privacy.queries import Section

ROOM = "rooms"


def as_json(sections: list[Section]) -> str:
    """Table to rows, column to value; names of tables and columns are those of the code, in both languages alike."""
    data = {section.key: [{name: value for name, _label, value in row} for row in section.rows] for section in sections}
    return json.dumps({"made_at": timezone.now().isoformat(), "data": data}, ensure_ascii=False, indent=2) + "\n"


def network_zip(network: Network) -> bytes:
    """Everything a network takes along: itself, its people, and its room with the files in it."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        for name, content in (*network_files(network), *record_files("room", _of_the_room(network))):
            packed.writestr(name, content)
    return out.getvalue()


def _of_the_room(network: Network) -> Iterator[Model]:
    """What would go with the network and is the room's."""
    return (record for record in all_of(network) if record._meta.app_label == ROOM)
