"""What leaves registrations as a file: sheets of badges and labels, and how many guests came from where."""

from mitwerk.registrations.exports.badges import sheet_pdf
from mitwerk.registrations.exports.figures import KINDS, guest_groups, guests_file, public_groups

__all__ = ["KINDS", "guest_groups", "guests_file", "public_groups", "sheet_pdf"]
