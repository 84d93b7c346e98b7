"""What somebody reads who uploads a table that cannot be used: words for the codes of `algorithms.sheets`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FILE_PROBLEMS: dict[str, str | Promise] = {
    "empty": _("The file is empty. Choose another one."),
    "nothing": _("The file holds no rows. Choose another one."),
    "kind": _("This is no table that can be read here. Save it as XLSX, ODS or CSV, or export your contacts as vCard."),
    "old": _("This is a file of an old Excel (xls). Open it and save it as XLSX."),
    "locked": _("The file is protected by a password. Save it without one and upload it again."),
    "bomb": _("The file would unpack to far more than a table needs, so it was not opened. Save it as CSV."),
    "broken": _("The file is damaged or incomplete. Open it in your spreadsheet program and save it anew."),
    "heavy": _("The file needs too much time or memory to read. Save it as CSV, or divide it."),
}
ROW_PROBLEMS: dict[str, str | Promise] = {
    "cell": _("A cell is far too long; a quotation mark may not be closed."),
    "columns": _("The row has far too many cells."),
    "card": _("The card is damaged or incomplete."),
}
