"""A charter is begun, its editors are named, guests are invited, and its phases come and go."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django_scopes import scope

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms import workshop
from mitwerk.charter.models import Charter, Editor, Guest, Period, Section, Suggestion
from mitwerk.charter.queries.charters import due_periods, latest_version_number
from mitwerk.charter.rules import is_time_for
from mitwerk.core.changes import Refused, Rows, Values
from mitwerk.core.translated import in_both_languages
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.people.models import Person

TAKE_PART = "charter.take-part"
"""The act of the links in the mails to organisations; their target is the charter's public id and the
organisation's."""
LINK_LASTS = timedelta(days=180)
SECTIONS = (
    (Section.Kind.PREAMBLE, pgettext_lazy("section of a charter", "Preamble")),
    (Section.Kind.SELF, pgettext_lazy("section of a charter", "Self-understanding")),
    (Section.Kind.WORK, pgettext_lazy("section of a charter", "Way of working")),
    (Section.Kind.GOALS, pgettext_lazy("section of a charter", "Goals")),
)
"""What the founding task of 2006 asked for, and a preamble."""
MOVED_ON = gettext_lazy("This is no longer possible: the charter has moved on meanwhile. Load the page again.")


def target_of(charter: Charter, organisation: Organisation) -> str:
    return f"{charter.public_id}:{organisation.public_id}"


def token_for(suggestion: Suggestion) -> str:
    """The link of a mail to who made it, where they have no sign-in; empty for the others."""
    person = suggestion.person
    if person is None or person.user is not None:
        return ""
    target = target_of(suggestion.charter, suggestion.organisation)
    return make_act_link(person=person, act=TAKE_PART, target=target, lasts=LINK_LASTS)


def slug_of(charter: Charter) -> str:
    return charter.cluster.slug if charter.cluster else ""


def record(verb: str, charter: Charter, actor: User | None, **details: Any) -> None:
    """In the log everything of a charter stands with its cluster."""
    record_audit(verb=verb, target=charter, actor=actor, cluster_slug=slug_of(charter), details=details)


def lock(charter: Charter) -> Charter:
    """The charter as it is now; nobody else changes its phase or numbers until the transaction ends."""
    return Charter.objects.select_for_update(of=("self",)).select_related("cluster").get(pk=charter.pk)


def lock_for(charter: Charter, verb: str) -> Charter:
    """The same, where the phase allows what is to be done and its days are not over. Raises `Refused` otherwise."""
    locked = lock(charter)
    if not is_time_for(locked, verb):
        if workshop.may(locked.phase, verb):
            raise Refused(_("The days of this phase are over."))
        told = _("This phase is over or has not begun: the charter is in the phase “%(phase)s” now.")
        raise Refused(told % {"phase": locked.get_phase_display()})
    return locked


@transaction.atomic
def change_charter(*, charter: Charter, values: Values, rows: Rows, actor: User | None) -> Charter:
    """What the office enters. A new one gets the sections of the founding task."""
    is_new = charter.pk is None
    write_record(record=charter, values=values, rows=rows, actor=actor)
    if is_new:
        for position, (kind, title) in enumerate(SECTIONS):
            Section.objects.create(charter=charter, kind=kind, title=in_both_languages(title), position=position)
    return charter


def remove_charter(*, charter: Charter, actor: User) -> None:
    """Delete a charter. Raises `ProtectedError` where a version was put to a body: what was decided stays."""
    remove_record(record=charter, actor=actor, cluster_slug=slug_of(charter))


@transaction.atomic
def name_editor(*, charter: Charter, person: Person, actor: User) -> None:
    """Another person keeps the text as well. Twice changes nothing."""
    _editor, is_new = Editor.objects.get_or_create(charter=charter, person=person)
    if is_new:
        record("charter.name-editor", charter, actor, person=person.public_id)


@transaction.atomic
def dismiss_editor(*, charter: Charter, person: Person, actor: User) -> None:
    if Editor.objects.filter(charter=charter, person=person).delete()[0]:
        record("charter.dismiss-editor", charter, actor, person=person.public_id)


@transaction.atomic
def invite_guest(*, charter: Charter, organisation: Organisation, name: str, email: str, actor: User) -> Guest:
    """A person takes part for an organisation that is no member; a sign-in is not needed. Raises `Refused` where they
    are invited already."""
    person = Person.objects.filter(email__iexact=email).first()
    person = person or Person.objects.create(name=name, email=email)
    try:
        with transaction.atomic():
            guest = Guest.objects.create(charter=charter, organisation=organisation, person=person)
    except IntegrityError as twice:
        raise Refused(_("This person is invited already.")) from twice
    record("charter.invite", charter, actor, organisation=organisation.public_id)
    return guest


@transaction.atomic
def end_guest(*, guest: Guest, actor: User) -> None:
    """They no longer take part; the link in their mail leads nowhere."""
    if not Guest.objects.filter(pk=guest.pk, until=None).update(until=timezone.now()):
        return
    revoke_act_links(act=TAKE_PART, target=target_of(guest.charter, guest.organisation), person=guest.person)
    record("charter.end-guest", guest.charter, actor, organisation=guest.organisation.public_id)


@transaction.atomic
def set_periods(*, charter: Charter, periods: Mapping[str, tuple[datetime, datetime] | None], actor: User) -> None:
    """From when until when each phase runs; None takes a phase's days away. Prolonging is the same with a later end.

    Raises `Refused` where a phase would begin before the one before it, or one that has begun would begin anew.
    """
    lock(charter)
    known = {period.phase: period for period in charter.periods.all()}
    _check_order(periods)
    for phase, days in periods.items():
        _set_period(charter, known.get(phase), phase, days)
    record("charter.set-days", charter, actor)


def _check_order(periods: Mapping[str, tuple[datetime, datetime] | None]) -> None:
    given = [days for phase in workshop.TIMED if (days := periods.get(phase))]
    for before, after in pairwise(given):
        if after[0] < before[1]:
            raise Refused(_("A phase begins when the one before it is over. Please look at the days once more."))


def _set_period(charter: Charter, known: Period | None, phase: str, days: tuple[datetime, datetime] | None) -> None:
    if days is None:
        if known and not known.opened_at:
            known.delete()
        return
    starts_at, ends_at = days
    if known is None:
        Period.objects.create(charter=charter, phase=phase, starts_at=starts_at, ends_at=ends_at)
    elif (known.starts_at, known.ends_at) != days:
        known.starts_at, known.ends_at = (known.starts_at if known.opened_at else starts_at), ends_at
        if known.ends_at <= known.starts_at:
            raise Refused(_("A phase that has begun ends after its beginning."))
        known.save(update_fields=["starts_at", "ends_at"])


@transaction.atomic
def open_phase(*, charter: Charter, phase: str, actor: User | None) -> Charter:
    """Go on to another phase, or back; it is announced with the next timed work. Raises `Refused` where it cannot
    follow the phase that runs."""
    locked = lock(charter)
    if not workshop.leads_to(locked.phase, phase):
        raise Refused(str(MOVED_ON))
    if phase in {workshop.SUGGEST, workshop.DECIDE} and latest_version_number(locked) == 0:
        raise Refused(_("There is no version yet. Publish one first, so that there is something to read."))
    enter(locked, phase)
    _note_opened(locked, phase)
    record("charter.open-phase", locked, actor, phase=phase)
    return locked


def enter(charter: Charter, phase: str) -> None:
    charter.phase, charter.phase_since = phase, timezone.now()
    charter.save(update_fields=["phase", "phase_since", "updated_at"])


def _note_opened(charter: Charter, phase: str) -> None:
    """Opened by hand, a phase keeps its end where that is still to come, and gets its days where it had none."""
    now = timezone.now()
    if phase not in workshop.TIMED:
        return
    period, _is_new = Period.objects.get_or_create(
        charter=charter, phase=phase, defaults={"starts_at": now, "ends_at": now + timedelta(days=28)}
    )
    period.starts_at, period.opened_at, period.told_at = min(now, period.starts_at), now, None
    if period.ends_at <= now:
        period.ends_at = now + timedelta(days=28)
    if not workshop.PHASES[phase].told:
        period.told_at = now
    period.save()


def turn_phases() -> int:
    """Open every phase whose time has come; how many. A part of the timed work, so it does no harm twice."""
    with scope(cluster=None):
        return sum(_turn(period) for period in due_periods(timezone.now()))


@transaction.atomic
def _turn(period: Period) -> bool:
    """Only onward. One that the editors have passed meanwhile, or are in, is noted as opened, so that it is not asked
    for again; one that waits for its first version is."""
    charter = lock(period.charter)
    if not Period.objects.filter(pk=period.pk, opened_at=None).exists():
        return False
    if not workshop.is_onward(charter.phase, period.phase):
        return _note_passed(charter, period)
    try:
        with transaction.atomic():
            open_phase(charter=charter, phase=period.phase, actor=None)
    except Refused:
        return False
    return True


def _note_passed(charter: Charter, period: Period) -> bool:
    """True where it is the phase that runs: it began without a button, and is announced. A later one waits its turn."""
    if charter.phase == period.phase:
        return bool(Period.objects.filter(pk=period.pk).update(opened_at=charter.phase_since))
    if workshop.ORDER.index(period.phase) < workshop.ORDER.index(charter.phase):
        Period.objects.filter(pk=period.pk).update(opened_at=timezone.now(), told_at=timezone.now())
    return False
