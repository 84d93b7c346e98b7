"""The released programme for calendars, conference apps and search engines, and as a page to keep."""

from mitwerk.congress.exports.programme import KINDS, programme_copy, programme_file, programme_thing, session_thing

__all__ = ["KINDS", "programme_copy", "programme_file", "programme_thing", "session_thing"]
