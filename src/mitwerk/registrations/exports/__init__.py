"""What leaves registrations as a file: sheets of badges and labels."""

from mitwerk.registrations.exports.badges import sheet_pdf

__all__ = ["sheet_pdf"]
