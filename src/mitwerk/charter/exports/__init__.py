"""What others read of a charter: a document, a page to keep, data, and facts for search engines."""

from mitwerk.charter.exports.documents import charter_pdf
from mitwerk.charter.exports.facts import charter_thing
from mitwerk.charter.exports.files import charter_html, charter_json

__all__ = ["charter_html", "charter_json", "charter_pdf", "charter_thing"]
