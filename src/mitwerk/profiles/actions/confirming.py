"""Once a year every organisation is asked whether its profile is still right."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.people.actions import make_act_link, revoke_act_links
from mitwerk.people.models import Person
from mitwerk.profiles.mails import mail_still_right
from mitwerk.profiles.models import Confirmation
from mitwerk.profiles.queries.drafts import REMINDED_AFTER, YEAR, asked_people

ACT = "profile.confirm"
"""The act of the links in the yearly mail; their target is the organisation's public id."""


@transaction.atomic
def confirm_profile(*, organisation: Organisation, actor: User | None) -> None:
    """Its own people say: all of it is right. To be said again any time."""
    settle_confirmation(organisation, actor)
    record_audit(verb="profile.confirm", target=organisation, actor=actor)


def answer_by_office(*, confirmation: Confirmation, actor: User) -> None:
    """Its people told the office, on the telephone say, that the profile is right."""
    confirm_profile(organisation=confirmation.organisation, actor=actor)


def settle_confirmation(organisation: Organisation, actor: User | None) -> None:
    """Right as of now: the open question is answered, and its links lead nowhere any more."""
    now = timezone.now()
    Organisation.objects.filter(pk=organisation.pk).update(confirmed_at=now)
    organisation.confirmed_at = now
    Confirmation.objects.filter(organisation=organisation, answered_at=None).update(answered_at=now, answered_by=actor)
    revoke_act_links(act=ACT, target=organisation.public_id)


def ask_still_right() -> int:
    """Ask every organisation whose last word is a year old, and remind those that were silent; how many organisations.

    Each organisation in a transaction of its own: killed half-way, the next run goes on with the others.
    """
    return sum(_ask(pk) for pk in _due()) + sum(_remind(pk) for pk in _silent())


def _due() -> list[int]:
    """Organisations in their people's hands that said nothing for a year and were not asked within it."""
    before = timezone.now() - YEAR
    found = Organisation.objects.filter(claimed_at__isnull=False, merged_into=None)
    found = found.filter(visibility=Organisation.Visibility.PUBLISHED)
    found = found.alias(last=Coalesce("confirmed_at", "claimed_at")).filter(last__lte=before)
    asked = Confirmation.objects.filter(answered_at=None, asked_at__gt=before)
    return list(found.exclude(pk__in=asked.values("organisation")).order_by("pk").values_list("pk", flat=True))


def _silent() -> list[int]:
    found = Confirmation.objects.filter(
        answered_at=None, reminded_at=None, asked_at__lte=timezone.now() - REMINDED_AFTER
    )
    return list(found.order_by("pk").values_list("pk", flat=True))


def _ask(pk: int) -> bool:
    """Two workers may come here at once: the database lets one question be open, and the mails have keys."""
    organisation = Organisation.objects.get(pk=pk)
    people = asked_people(organisation)
    if not people:
        return False
    now = timezone.now()
    try:
        with transaction.atomic():
            _open_question(organisation, now)
            _mail(organisation, people, timezone.localdate(now).isoformat(), is_reminder=False)
            record_audit(verb="profile.ask", target=organisation)
    except IntegrityError:
        return False
    return True


def _open_question(organisation: Organisation, now: datetime) -> None:
    """A new one, or last year's, which was never answered, once more. Raises `IntegrityError` where it is open."""
    stale = Confirmation.objects.filter(organisation=organisation, answered_at=None, asked_at__lte=now - YEAR)
    due_on = timezone.localdate(now + REMINDED_AFTER)
    if not stale.update(asked_at=now, due_on=due_on, reminded_at=None):
        Confirmation.objects.create(organisation=organisation, asked_at=now, due_on=due_on)


@transaction.atomic
def _remind(pk: int) -> bool:
    """Of two workers the one that sets the date writes."""
    now = timezone.now()
    if not Confirmation.objects.filter(pk=pk, answered_at=None, reminded_at=None).update(reminded_at=now):
        return False
    question = Confirmation.objects.select_related("organisation").get(pk=pk)
    day = timezone.localdate(question.asked_at).isoformat()
    _mail(question.organisation, asked_people(question.organisation), day, is_reminder=True)
    record_audit(verb="profile.remind", target=question.organisation)
    return True


def _mail(organisation: Organisation, people: list[Person], day: str, is_reminder: bool) -> None:
    for person in people:
        token = make_act_link(person=person, act=ACT, target=organisation.public_id, lasts=YEAR)
        mail_still_right(organisation, person, token, day, is_reminder)
