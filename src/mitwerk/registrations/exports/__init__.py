"""What leaves registrations as a file: how many guests came from where."""

from mitwerk.registrations.exports.figures import KINDS, guest_groups, guests_file, public_groups

__all__ = ["KINDS", "guest_groups", "guests_file", "public_groups"]
