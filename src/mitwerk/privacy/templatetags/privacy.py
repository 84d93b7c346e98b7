"""How a value of one's own data is read."""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def own_value(value: Any) -> str:
    """Yes and no as words, times as the region's, nothing as a dash."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, "", [], {}):
        return "–"
    if isinstance(value, str) and value[4:5] == "-" and value[10:11] == "T":
        return date_format(timezone.localtime(datetime.fromisoformat(value)), "DATETIME_FORMAT")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {own_value(one)}" for name, one in value.items())
    return str(value)
