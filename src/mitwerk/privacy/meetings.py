"""What the tables of meetings, members and their systems say of people; a part of `registry.MARKS`."""

from mitwerk.privacy.marks import Mark, Named, Personal, by_person

OWN = by_person("person__person")
MEETINGS: dict[str, Mark] = {
    "rooms.Meeting": Named(("by",), own=("network", "created_at")),
    "rooms.Minutes": Named(("by",), own=("at",)),
    "rooms.Attendance": (
        Personal(
            OWN, own=("meeting", "answer", "at", "was_there"), left_out=("person", "seat"),
            more=lambda row: {"starts_at": row.meeting.starts_at.isoformat()},
        ),
    ),
    "rooms.Feed": (Personal(OWN, own=("person", "made_at"), left_out=("public_id", "nonce")),),
    "rooms.Card": (
        Personal(
            OWN, own=("position", "about", "phone", "shows_email", "shows_phone", "changed_at"), left_out=("person",)
        ),
    ),
    "rooms.SystemInUse": (
        Personal(OWN, own=("concept", "note", "since", "at"), left_out=("person",)),
    ),
}  # fmt: skip
