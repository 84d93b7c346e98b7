"""Writes of competences and references."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.competences.models import Reference
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


@transaction.atomic
def confirm_reference(
    *,
    organisation: Organisation,
    source_id: str,
    wording: dict[str, str],
    concepts: Sequence[Concept],
    actor: User | None,
    **facts: Unpack[Facts],
) -> Reference:
    """What its own people say was proved: one reference for a source, with these concepts besides those it has."""
    now, place = timezone.now(), organisation.references.count()
    fields = {"organisation": organisation, "wording": wording, "confirmed_at": now, "position": place, **facts}
    reference, is_new = Reference.objects.get_or_create(source_id=source_id, defaults=fields)
    if not is_new:
        Reference.objects.filter(pk=reference.pk).update(confirmed_at=now)
    reference.concepts.add(*concepts)
    record_audit(
        verb="organisation.confirm-reference", target=organisation, actor=actor, details={"reference": reference.pk}
    )
    return reference
