"""Words for what allauth stores."""

from django import template
from django.utils.translation import gettext as _

from mitwerk.algorithms.browsers import name_browser

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """“Firefox on Windows”, from what the browser said about itself."""
    name, system = name_browser(user_agent)
    if name and system:
        return _("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or system or _("Another program")
