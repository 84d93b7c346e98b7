"""A contribution is written, handed in, decided about; its speakers agree to be named."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit, write_record
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.algorithms.contributions import DRAFT, HANDED_IN, OFFICE, ON_STAGE, SUBMITTED, WITHDRAWN, step_for
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.mails import mail_speaker, mail_step, mail_withdrawn
from mitwerk.congress.models import Congress, Contribution, Speaker, StepTaken
from mitwerk.core.changes import Refused, Rows, Values
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.people.models import Person

SPEAK = "congress.speak"
"""The act of the links in the mails to speakers; their target is the speaker's public id."""
LINK_LASTS = timedelta(days=180)
MOST_SPEAKERS = 8
"""More would be a way to send mails to strangers."""
MOST = 20
"""So many contributions an organisation hands in for one congress."""


def _record(verb: str, contribution: Contribution, actor: User | None, **details: Any) -> None:
    congress = contribution.congress
    record_audit(
        verb=f"contribution.{verb}", target=contribution, actor=actor, cluster_slug=slug_of(congress), details=details
    )


def _locked(contribution: Contribution) -> Contribution:
    found = Contribution.objects.select_for_update(of=("self",)).select_related("congress__cluster", "congress__event")
    return found.get(pk=contribution.pk)


@transaction.atomic
def write_contribution(
    *, congress: Congress, organisation: Organisation, contribution: Contribution | None, values: dict[str, Any],
    actor: User,
) -> Contribution:  # fmt: skip
    """Make a draft, or change one. `values`: fields of the model, and `competences`. The same title sent twice is one.

    Raises `Refused` where the call is over or it has been handed in: then it is taken back first.
    """
    locked = Congress.objects.select_for_update(of=("self",)).select_related("cluster", "event").get(pk=congress.pk)
    if not locked.is_calling:
        raise Refused(_("The call is over. What you wrote is kept below: please copy it, and write to the office."))
    competences = values.pop("competences", None)
    found = _locked(contribution) if contribution else _twin(locked, organisation, values["title"])
    if found is None:
        found = _numbered(locked, organisation)
    elif found.state != DRAFT:
        raise Refused(_("It has been handed in. Take it back first, then you can change it."))
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    if competences is not None:
        found.competences.set(competences)
    _record("write", found, actor)
    return found


@transaction.atomic
def change_contribution(*, contribution: Contribution, values: Values, rows: Rows, actor: User) -> Contribution:
    """The office puts a text right, sets the track, or has it translated; who handed it in reads it so from then on."""
    slug = slug_of(contribution.congress)
    write_record(record=contribution, values=values, rows=rows, actor=actor, cluster_slug=slug)
    return contribution


def _twin(congress: Congress, organisation: Organisation, title: Any) -> Contribution | None:
    drafts = congress.contributions.filter(organisation=organisation, state=DRAFT)
    return next((one for one in drafts if one.title == title), None)


def _numbered(congress: Congress, organisation: Organisation) -> Contribution:
    if congress.contributions.filter(organisation=organisation).count() >= MOST:
        raise Refused(_("An organisation hands in %(count)s contributions at most.") % {"count": MOST})
    last = congress.contributions.aggregate(last=Max("number"))["last"] or 0
    return Contribution(congress=congress, organisation=organisation, number=last + 1)


@transaction.atomic
def take_step(*, contribution: Contribution, verb: str, text: str = "", who: str, actor: User) -> Contribution:
    """Lead it on. Raises `Refused` where the step does not lead on from its state, is not theirs, or lacks words."""
    found = _locked(contribution)
    step = step_for(verb, found.state)
    if step is None or step.who != who:
        raise Refused(_("This is no longer possible: it is %(state)s now.") % {"state": found.get_state_display()})
    if step.needs_call and not found.congress.is_calling:
        raise Refused(_("The call is over."))
    if step.needs_text and not text.strip():
        raise Refused(_("Say why, for those who handed it in."))
    was_on_stage, found.state = found.state in ON_STAGE, step.target
    found.save(update_fields=["state", "updated_at"])
    taken = StepTaken.objects.create(contribution=found, verb=verb, text=text.strip(), by=actor)
    _record(verb, found, actor)
    if step.who == OFFICE:
        mail_step(found, taken)
    elif step.target == SUBMITTED:
        _ask_speakers(found)
    elif step.target == WITHDRAWN and was_on_stage:
        mail_withdrawn(found, taken)
    return found


@transaction.atomic
def add_speaker(*, contribution: Contribution, name: str, email: str, about: Any, actor: User) -> Speaker:
    """Somebody is to speak; they are asked by mail whether they may be named. The same address twice is one.

    Raises `Refused` where it is not planned any more, or has speakers enough.
    """
    found = _locked(contribution)
    if found.state not in {DRAFT, *HANDED_IN}:
        raise Refused(_("This contribution is not planned any more."))
    if found.speakers.count() >= MOST_SPEAKERS and not found.speakers.filter(person__email__iexact=email).exists():
        raise Refused(_("A contribution has %(count)s speakers at most.") % {"count": MOST_SPEAKERS})
    person = Person.objects.filter(email__iexact=email).order_by("pk").first()
    person = person or Person.objects.create(name=name, email=email)
    place = found.speakers.count()
    speaker, is_new = Speaker.objects.get_or_create(
        contribution=found, person=person, defaults={"name": name, "about": about, "position": place}
    )
    if is_new:
        _record("add-speaker", found, actor, speaker=speaker.public_id)
        if found.state in HANDED_IN:
            _ask_speakers(found)
    return speaker


@transaction.atomic
def drop_speaker(*, speaker: Speaker, actor: User) -> None:
    """They no longer speak; the link in their mail leads nowhere."""
    revoke_act_links(act=SPEAK, target=speaker.public_id, person=speaker.person)
    _record("drop-speaker", speaker.contribution, actor, speaker=speaker.public_id)
    speaker.delete()


def _ask_speakers(contribution: Contribution) -> None:
    """Once it is handed in; nobody is asked about a draft, and nobody twice."""
    waiting = contribution.speakers.filter(asked_at=None).select_related("person", "contribution__congress__event")
    for speaker in waiting:
        mail_speaker(speaker, link_of(speaker))
    waiting.update(asked_at=timezone.now())


def link_of(speaker: Speaker) -> str:
    """The token of the link in the mail to a speaker."""
    return make_act_link(person=speaker.person, act=SPEAK, target=speaker.public_id, lasts=LINK_LASTS)


@transaction.atomic
def answer_as_speaker(*, speaker: Speaker, agrees: bool) -> Speaker:
    """A speaker may be named, or not; they can change their mind. Raises `Refused` where it was taken back."""
    found = (
        Speaker.objects.select_for_update(of=("self",))
        .select_related("contribution__congress__cluster")
        .get(pk=speaker.pk)
    )
    if found.contribution.state not in HANDED_IN:
        raise Refused(_("This contribution is not planned any more."))
    now = timezone.now()
    found.agreed_at, found.refused_at = (now, None) if agrees else (None, now)
    found.save(update_fields=["agreed_at", "refused_at"])
    _record("speaker-answer", found.contribution, None, agrees=agrees)
    return found
