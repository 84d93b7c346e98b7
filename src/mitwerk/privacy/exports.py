"""What is known of a person, as a file for machines."""

import json

from django.utils import timezone

from mitwerk.privacy.queries import Section


def as_json(sections: list[Section]) -> str:
    """Table to rows, column to value; names of tables and columns are those of the code, in both languages alike."""
    data = {section.key: [{name: value for name, _label, value in row} for row in section.rows] for section in sections}
    return json.dumps({"made_at": timezone.now().isoformat(), "data": data}, ensure_ascii=False, indent=2) + "\n"
