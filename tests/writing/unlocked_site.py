"""The site without the condition of the update: the control of `test_at_once.py`. Who is last overwrites the rest."""

import time
from collections.abc import Mapping
from typing import Any

import mitwerk.config.wsgi  # first: it makes the models ready
from mitwerk.charter.actions import texts
from mitwerk.charter.models import Paragraph

application = mitwerk.config.wsgi.application


def write_over(paragraph: Paragraph, revision: int, values: Mapping[str, Any], actor: Any, way: str) -> Paragraph:
    """As a form does that saves what it read."""
    found = Paragraph.objects.select_related("section__charter__cluster").get(pk=paragraph.pk)
    time.sleep(0.05)
    for name, value in values.items():
        setattr(found, name, value)
    found.revision = revision + 1
    found.save()
    return found


texts._write = write_over  # type: ignore[assignment]
