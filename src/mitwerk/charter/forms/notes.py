"""What is told of a file that was read."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def told_of(note: dict[str, Any]) -> str:
    """What a file had that its text does not show, or shows in another way (`algorithms.manuscripts`)."""
    told = {
        "pictures": ngettext("%(n)s picture is left out.", "%(n)s pictures are left out.", note["count"]),
        "tables": ngettext(
            "%(n)s table: each row became a paragraph.", "%(n)s tables: each row became a paragraph.", note["count"]
        ),
        "footnotes": ngettext(
            "%(n)s footnote stands at the end.", "%(n)s footnotes stand at the end.", note["count"]
        ),
        "comments": ngettext("%(n)s comment is left out.", "%(n)s comments are left out.", note["count"]),
        "insertions": ngettext(
            "%(n)s tracked insertion is taken over.", "%(n)s tracked insertions are taken over.", note["count"]
        ),
        "deletions": ngettext(
            "%(n)s tracked deletion is left out.", "%(n)s tracked deletions are left out.", note["count"]
        ),
        "headers": _("Headers and footers of the pages are left out."),
        "boxes": ngettext("%(n)s text box became a paragraph.", "%(n)s text boxes became paragraphs.", note["count"]),
        "unseen": _("Invisible characters were removed."),
        "links": ngettext("Of %(n)s link the text is kept.", "Of %(n)s links the text is kept.", note["count"]),
        "format": _("Bold, italic and other layout is left out."),
        "long": ngettext("%(n)s long paragraph was split.", "%(n)s long paragraphs were split.", note["count"]),
        "hidden": ngettext("%(n)s hidden text is taken over.", "%(n)s hidden texts are taken over.", note["count"]),
        "breaks": _("Line breaks inside paragraphs became spaces or new paragraphs."),
        "guessed": ngettext(
            "%(n)s bold line was taken for a heading.", "%(n)s bold lines were taken for headings.", note["count"]
        ),
        "contents": _("Tables of contents are left out; they were made from the text."),
        "embedded": ngettext("%(n)s file inside is left out.", "%(n)s files inside are left out.", note["count"]),
        "charts": ngettext("%(n)s chart is left out.", "%(n)s charts are left out.", note["count"]),
        "fields": ngettext("%(n)s field of a form is left out.", "%(n)s fields of a form are left out.", note["count"]),
        "titles": _("Texts that show only under the mouse are left out."),
        "scripts": _("Programs inside are left out."),
        "settings": _("Settings of the word processor are left out."),
        "properties": _("The name that the page gives itself is left out."),
        "numbers": _("Typed numbers before paragraphs are left out."),
        "signs": _("Signs of a symbol font and lines without letters are left out."),
        "title": _("The title of the text. The charter keeps the title that the office gave it."),
        "levels": ngettext(
            "%(n)s heading below the first level became a paragraph.",
            "%(n)s headings below the first level became paragraphs.", note["count"],
        ),
    }  # fmt: skip
    return str(told.get(note["code"], _("Something was left out."))) % {"n": note["count"]}
