"""Who in the office sees and changes what."""

from typing import Any

from mitwerk.clusters.rules import is_editor
from mitwerk.core.permission_policy import OfficePolicy


def editors_policy(model: Any, records: Any, **more: Any) -> OfficePolicy:
    """Editors see and change the records that are theirs; `more` says who may do what else."""
    may = {"view": is_editor, "change": is_editor, **more}
    return OfficePolicy(model, may=may, records={"view": records, "change": records})
