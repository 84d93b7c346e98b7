"""A version is put to a body, whole or by section, in writing or at the next sitting; what it decides is taken over."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_scopes import scope

from mitwerk.accounts.models import User
from mitwerk.algorithms import workshop
from mitwerk.algorithms.tally import Outcome
from mitwerk.charter.actions.charters import enter, lock, lock_for, record
from mitwerk.charter.models import Adoption, AdoptionPart, Charter, Version
from mitwerk.charter.queries.adoption import motion_of, open_adoptions
from mitwerk.charter.queries.texts import Part, latest_version, parts_of
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated, in_both_languages
from mitwerk.governance.actions import call_off_ballot, start_ballot, take_over, write_ballot
from mitwerk.governance.models import Ballot, Body

log = logging.getLogger(__name__)
REVIEWED_EVERY = timedelta(days=365)
WHOLE = gettext_lazy("%(charter)s, version %(number)s")
OF_SECTION = gettext_lazy("%(charter)s, version %(number)s: %(section)s")
MOTION = gettext_lazy(
    "Version %(number)s of the charter “%(charter)s” is adopted. Its fingerprint (SHA-256) is %(digest)s."
)
SECTION_MOTION = gettext_lazy(
    "The section “%(section)s” of version %(number)s of the charter “%(charter)s” is adopted. The fingerprint "
    "(SHA-256) of the version is %(digest)s."
)


@transaction.atomic
def submit_version(
    *, charter: Charter, body: Body, by_section: bool, closes_at: datetime | None, actor: User
) -> Adoption:
    """Put the newest version to a body. With `closes_at` it votes in writing until then, one vote for each
    organisation; without it stands on the agenda of its next sitting.

    Raises `Refused` where something is put to a body already, or the ballot cannot begin.
    """
    locked = lock_for(charter, workshop.SUBMIT)
    version = latest_version(locked)
    if version is None:
        raise Refused(_("There is no version yet."))
    if locked.adoptions.filter(state=Adoption.State.OPEN).exists():
        raise Refused(_("A version is being decided about already."))
    if locked.adoptions.filter(state=Adoption.State.ADOPTED, version=version).exists():
        raise Refused(_("This version is in force already."))
    adoption = Adoption.objects.create(
        charter=locked, version=version, body=body, in_sitting=closes_at is None, made_by=actor
    )
    sections = [part for part in parts_of(version.content) if part.paragraphs] if by_section else []
    for position, part in enumerate(sections or [None]):
        row = AdoptionPart.objects.create(adoption=adoption, section=part.id if part else "", position=position)
        if closes_at is not None:
            row.ballot = _start(adoption, part, closes_at, actor)
            row.save(update_fields=["ballot"])
    record("charter.submit", locked, actor, version=version.number, body=body.public_id)
    return adoption


def title_of(version: Version, part: Part | None) -> Translated:
    words = {"charter": version.charter.title, "number": version.number}
    return in_both_languages(OF_SECTION, **words, section=part.title) if part else in_both_languages(WHOLE, **words)


def motion_for(version: Version, part: Part | None) -> Translated:
    words = {"charter": version.charter.title, "number": version.number, "digest": version.digest}
    return (
        in_both_languages(SECTION_MOTION, **words, section=part.title) if part else in_both_languages(MOTION, **words)
    )


def _start(adoption: Adoption, part: Part | None, closes_at: datetime, actor: User) -> Ballot:
    values = {"title": title_of(adoption.version, part), "motion": motion_for(adoption.version, part)}
    ballot = write_ballot(ballot=Ballot(body=adoption.body), values=values, actor=actor)
    return start_ballot(ballot=ballot, closes_at=closes_at, actor=actor)


@transaction.atomic
def take_back(*, adoption: Adoption, actor: User) -> None:
    """Not to be decided about now: ballots that run are called off. Raises `Refused` where it was decided."""
    charter = lock(adoption.charter)
    if not Adoption.objects.filter(pk=adoption.pk, state=Adoption.State.OPEN).exists():
        raise Refused(_("This has been decided already."))
    for part in adoption.parts.select_related("ballot__body__cluster"):
        if part.ballot and part.ballot.state == Ballot.State.OPEN:
            call_off_ballot(ballot=part.ballot, actor=actor)
    Adoption.objects.filter(pk=adoption.pk).update(state=Adoption.State.LOST)
    record("charter.take-back", charter, actor, version=adoption.version.number)


def take_over_decisions() -> int:
    """Adopt what bodies have decided, each once; how many. A part of the timed work."""
    with scope(cluster=None):
        return sum(_take_over(adoption) for adoption in open_adoptions())


@transaction.atomic
def _take_over(adoption: Adoption) -> bool:
    """Adopted when every part is carried, lost when all are decided and one is not; nothing is done before."""
    charter = lock(adoption.charter)
    if not Adoption.objects.filter(pk=adoption.pk, state=Adoption.State.OPEN).exists():
        return False
    parts = list(adoption.parts.select_related("ballot__resolution"))
    for part in parts:
        if part.is_carried is None:
            _note_outcome(adoption, part)
    if any(part.is_carried is None for part in parts):
        return False
    if all(part.is_carried for part in parts):
        _adopt(charter, adoption)
    else:
        Adoption.objects.filter(pk=adoption.pk).update(state=Adoption.State.LOST)
        record("charter.lost", charter, None, version=adoption.version.number)
    return True


OVER = (Ballot.State.CLOSED, Ballot.State.CALLED_OFF, Ballot.State.INTERRUPTED)


def _note_outcome(adoption: Adoption, part: AdoptionPart) -> None:
    """What the ballot or the motion of the sitting said. Without a quorum or called off it is not carried."""
    if part.ballot is not None:
        if part.ballot.state not in OVER:
            return
        result, resolution = part.ballot.result or {}, getattr(part.ballot, "resolution", None)
    else:
        motion = motion_of(adoption, part)
        if motion is None:
            return
        result, resolution = motion.result or {}, getattr(motion, "resolution", None)
        take_over(motion=motion)
    part.is_carried, part.resolution = result.get("outcome") == Outcome.CARRIED, resolution
    part.save(update_fields=["is_carried", "resolution"])


def _adopt(charter: Charter, adoption: Adoption) -> None:
    """In force from today: numbered, dated, and looked at again in a year."""
    today = timezone.localdate()
    last = charter.adoptions.aggregate(last=Max("number"))["last"] or 0
    adoption.state, adoption.number, adoption.adopted_on = Adoption.State.ADOPTED, last + 1, today
    adoption.save(update_fields=["state", "number", "adopted_on"])
    charter.review_on = today + REVIEWED_EVERY
    charter.save(update_fields=["review_on"])
    enter(charter, workshop.ADOPTED)
    charter.periods.all().delete()
    record("charter.adopt", charter, None, version=adoption.version.number, number=adoption.number)
