"""What others read of bodies: result files, the register's feed, dates for calendars, minutes as a document."""

from mitwerk.governance.exports.calendars import agenda_text, sitting_file, sitting_invitation
from mitwerk.governance.exports.documents import minutes_pdf, told_minutes
from mitwerk.governance.exports.registers import ballot_json, resolution_feed

__all__ = [
    "agenda_text",
    "ballot_json",
    "minutes_pdf",
    "resolution_feed",
    "sitting_file",
    "sitting_invitation",
    "told_minutes",
]
