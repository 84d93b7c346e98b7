"""Writes of competences and references."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction

from mitwerk.accounts.actions import record_audit
from mitwerk.actors.models import Organisation
from mitwerk.core.saving import replace_rows
from mitwerk.vocabularies.models import Concept


class Facts(TypedDict):
    """Where the statements come from, and which year they refer to."""

    sources: list[dict[str, Any]]
    as_of: int | None


class Claim(TypedDict):
    concept: Concept
    wording: dict[str, str]


@transaction.atomic
def save_competences(*, organisation: Organisation, claims: Sequence[Claim], **facts: Unpack[Facts]) -> bool:
    """Make an organisation's competences hold `claims`, in order; True when that changed anything."""
    rows = [{**claim, **facts, "source_id": f"{organisation.source_id}/{n}"} for n, claim in enumerate(claims, 1)]
    changed = replace_rows(organisation.competences, rows)
    if changed:
        record_audit(verb="organisation.competences", target=organisation)
    return changed


@transaction.atomic
def save_references(*, organisation: Organisation, wordings: Sequence[dict[str, str]], **facts: Unpack[Facts]) -> bool:
    """Make an organisation's references hold `wordings`, in order; True when that changed anything."""
    rows = [
        {"wording": wording, **facts, "source_id": f"{organisation.source_id}/{n}"}
        for n, wording in enumerate(wordings, 1)
    ]
    changed = replace_rows(organisation.references, rows)
    if changed:
        record_audit(verb="organisation.references", target=organisation)
    return changed
