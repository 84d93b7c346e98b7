"""Slides and recordings of what was on a stage."""

from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.models import Contribution, Proceeding
from mitwerk.congress.queries.after import was_on_stage
from mitwerk.core.changes import Refused
from mitwerk.core.files import forget_lost
from mitwerk.core.ids import new_public_id


@transaction.atomic
def keep_proceeding(
    *, contribution: Contribution, slides: "UploadedFile[Any] | None", drops_slides: bool, recording: str, actor: User
) -> Proceeding | None:  # fmt: skip
    """What there is of it from now on; None where nothing is left. New `slides` (checked, `forms.ProceedingForm`) take
    the place of the old ones, whose file goes after the commit.

    Raises `Refused` before it was on stage.
    """
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("congress__cluster", "congress__event")
    locked = rows.get(pk=contribution.pk)
    if not was_on_stage(locked):
        raise Refused(_("Slides and recordings are taken when it was on stage."))
    found = Proceeding.objects.filter(contribution=locked).first() or Proceeding(contribution=locked)
    old = found.slides.name
    if slides is not None:
        slides.name = f"{new_public_id()}.pdf"
        found.slides, found.size = slides, slides.size or 0
    elif drops_slides:
        found.slides, found.size = "", 0
    found.recording = recording
    kept = _save(found)
    if old and (kept is None or kept.slides.name != old):
        transaction.on_commit(partial(_storage().delete, old))
    details = {"slides": bool(kept and kept.slides), "recording": bool(kept and kept.recording)}
    slug = slug_of(locked.congress)
    record_audit(verb="contribution.keep-slides", target=locked, actor=actor, cluster_slug=slug, details=details)
    return kept


def _save(proceeding: Proceeding) -> Proceeding | None:
    if proceeding.slides or proceeding.recording:
        proceeding.save()
        return proceeding
    if proceeding.pk:
        proceeding.delete()
    return None


def _storage() -> Any:
    return Proceeding._meta.get_field("slides").storage


def forget_lost_slides() -> int:
    """Delete what no row names any more, because its congress was removed. How many. A part of the timed work."""
    return forget_lost(Proceeding, "slides")
