"""System checks of what is switched by the environment alone."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register


@register(Tags.security, deploy=True)
def office_asks_for_a_second_factor(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.OFFICE_NEEDS_SECOND_FACTOR:
        return []
    hint = "A stolen password opens the office. Leave OFFICE_NEEDS_SECOND_FACTOR out, or set it to yes."
    return [Warning(hint, id="mitwerk.W001")]
