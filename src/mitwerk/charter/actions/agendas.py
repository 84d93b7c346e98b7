"""Charters on the agendas of bodies: versions to be adopted, and the yearly review. A part of the timed work."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django_scopes import scope

from mitwerk.charter.actions.adopting import REVIEWED_EVERY, motion_for, title_of
from mitwerk.charter.actions.charters import lock
from mitwerk.charter.models import Adoption, Charter
from mitwerk.charter.queries.adoption import ADOPT, REVIEW, adoptions_for, reviews_for
from mitwerk.charter.queries.texts import parts_of
from mitwerk.core.translated import in_both_languages
from mitwerk.governance.actions import put_on_agenda, write_motion
from mitwerk.governance.models import AgendaItem, Motion, Sitting
from mitwerk.governance.queries import planned_sittings

REVIEW_OF = gettext_lazy("Yearly review: %(charter)s")
REVIEW_TEXT = gettext_lazy("Is the charter still right? How far are the goals? Adopted: version %(number)s.")


def fill_agendas() -> int:
    """Put every version that waits for a sitting and every review that is due on the next agenda; how many. Done
    again, nothing comes twice."""
    with scope(cluster=None):
        return sum(_fill(sitting) for sitting in planned_sittings())


def _fill(sitting: Sitting) -> int:
    before = sitting.items.count()
    for adoption in adoptions_for(sitting):
        _put_version(sitting, adoption)
    if sitting.starts_at:
        for charter in reviews_for(sitting):
            _put_review(sitting, charter, charter.review_on or timezone.localdate())
    return sitting.items.count() - before


@transaction.atomic
def _put_version(sitting: Sitting, adoption: Adoption) -> None:
    """One item with a motion for each part. Its words are the version's; whoever leads the body cannot change those."""
    version = adoption.version
    item = put_on_agenda(
        sitting=sitting, kind=AgendaItem.Kind.CHARTER, about=f"charter:{adoption.public_id}",
        title=title_of(version, None), text=adoption.charter.task,
        page=("charter:version_read", adoption.charter.public_id, str(version.number)), length=30,
    )  # fmt: skip
    if item.motions.exists():
        return
    item.sitting = sitting
    sections = {part.id: part for part in parts_of(version.content)}
    for part in adoption.parts.all():
        about = sections.get(part.section)
        effect = {"verb": ADOPT, "adoption": adoption.public_id, "section": part.section}
        motion = Motion(item=item)
        motion.item = item
        values = {"title": title_of(version, about), "wording": motion_for(version, about), "effect": effect}
        write_motion(motion=motion, values=values, actor=None)


@transaction.atomic
def _put_review(sitting: Sitting, charter: Charter, day: date) -> None:
    """Once a year; the next review is a year later, whatever the sitting says about it."""
    in_force = charter.adoptions.filter(state=Adoption.State.ADOPTED).order_by("-number").first()
    if in_force is None:
        return
    put_on_agenda(
        sitting=sitting, kind=AgendaItem.Kind.CHARTER, about=f"{REVIEW}:{charter.public_id}:{day.year}",
        title=in_both_languages(REVIEW_OF, charter=charter.title),
        text=in_both_languages(REVIEW_TEXT, number=in_force.number),
        page=("charter:workshop", charter.public_id), length=20,
    )  # fmt: skip
    locked = lock(charter)
    if locked.review_on == day:
        locked.review_on = day + REVIEWED_EVERY
        locked.save(update_fields=["review_on"])
