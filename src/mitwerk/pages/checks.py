"""System checks: a public server must say who runs it."""

from typing import Any

from django.core.checks import Error, Tags, register
from django.db import DatabaseError

from mitwerk.pages.models import Operator
from mitwerk.pages.queries.texts import operator


@register(Tags.security, deploy=True)
def imprint_is_filled_in(app_configs: Any, **kwargs: Any) -> list[Error]:
    """DDG § 5. Asked only of a database that has the table: a first start must not fail on it."""
    try:
        missing = operator().missing()
    except DatabaseError:
        return []
    if not missing:
        return []
    labels = ", ".join(str(field.verbose_name) for field in Operator._meta.fields if field.name in missing)
    return [
        Error(
            f"The imprint lacks: {labels}.",
            hint="Sign in to the office and fill in Settings > Imprint. German law (DDG § 5) asks for it.",
            id="mitwerk.E010",
        )
    ]
