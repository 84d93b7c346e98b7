"""What the office reads instead of codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitwerk.core.sheets import FILE_PROBLEMS, ROW_PROBLEMS

Words = dict[str, str | Promise]

TARGETS: Words = {
    "name": _("name of the organisation"),
    "own_id": _("id in your own list"),
    "public_id": _("id here (public id)"),
    "legal_form": _("legal form"),
    "kind": _("type"),
    "size": _("number of employees"),
    "founded": _("founded"),
    "place": _("postal code and town in one"),
    "postal_code": _("postal code"),
    "town": _("town"),
    "state": _("state"),
    "website": _("website"),
    "register_number": _("register number"),
    "description_de": _("what they do, German"),
    "description_en": _("what they do, English"),
    "sectors": _("sectors"),
    "membership": _("kind of membership"),
    "member_since": _("member since"),
    "contact_name": _("contact: name"),
    "contact_first": _("contact: first name"),
    "contact_last": _("contact: last name"),
    "contact_function": _("contact: function"),
    "contact_email": _("contact: e-mail address"),
    "contact_phone": _("contact: telephone"),
}
"""What a column may hold."""

REASONS: Words = {
    "name": _("No organisation is named."),
    "id": _("Nothing has this id, and no name is given."),
    **ROW_PROBLEMS,
    "foreign": _("It belongs to another office. Ask the umbrella body."),
    "membership": _("It is no member by what the file says, and you could not see it again."),
    "again": _("An earlier row of the file says the same."),
    "claimed": _("Its own people keep it up to date, so the file does not change it."),
    "objected": _("This person does not want to be kept here, so the contact is left out."),
    "number": _("It has this number in your list, but another name."),
    "changed": _("changed since the import"),
    "used": _("something else refers to it by now"),
}
"""Why a row is refused, unchanged, or kept by an undo."""

TWIN_REASONS: Words = {
    "register": _("same register number"),
    "domain": _("same web address"),
    "name": _("same name"),
    "close-name": _("similar name"),
    "place": _("same place"),
    "number": _("same number in your list"),
}

PROBLEMS: Words = {
    **FILE_PROBLEMS,
    "big": _("The file is too big. 25 megabytes are possible; take pictures and further sheets out, or divide it."),
    "many": _("The file has more than 60,000 rows. Divide it."),
    "error": _("Something went wrong here. Nothing was changed. Please try again."),
    "again": _("The directory was changed meanwhile. Look again at what may be there already; nothing was written."),
}
