"""What an organisation's own people do with their draft."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Organisation
from mitwerk.core.changes import Refused
from mitwerk.profiles.actions.applying import apply_draft
from mitwerk.profiles.actions.logos import forget_logo
from mitwerk.profiles.mails import mail_office
from mitwerk.profiles.models import Draft
from mitwerk.profiles.queries import content_of, differences, open_draft

State = Draft.State


def begin_draft(*, organisation: Organisation, actor: User) -> Draft:
    """The draft that is open, or a new one that says what the profile says; two who begin at once get the same."""
    found = open_draft(organisation)
    if found:
        return found
    content = content_of(organisation)
    try:
        with transaction.atomic():
            draft = Draft.objects.create(organisation=organisation, base=content, content=content, by=actor)
            record_audit(verb="profile.begin", target=organisation, actor=actor)
            return draft
    except IntegrityError:
        return Draft.objects.get(organisation=organisation, state__in=Draft.OPEN)


@transaction.atomic
def write_draft(*, organisation: Organisation, values: dict[str, Any], actor: User) -> Draft:
    """Put values of one section into the draft. One that was handed in comes back from the office by that."""
    draft = _locked(begin_draft(organisation=organisation, actor=actor))
    if "logo" in values and values["logo"] != draft.content["logo"]:
        forget_logo(draft.content["logo"])
    draft.content = {**draft.content, **values}
    draft.version += 1
    draft.by = actor
    if draft.state == State.WAITING:
        draft.state = State.WRITING
    draft.save()
    record_audit(verb="profile.write", target=organisation, actor=actor, details={"fields": list(values)})
    return draft


@transaction.atomic
def hand_in_draft(*, draft: Draft, note: str, actor: User) -> Draft:
    """Give it to the office; what a trusted organisation hands in is public at once.

    Raises `Refused` where nothing would change, or it was handed in already.
    """
    draft = _locked(draft)
    if draft.state not in (State.WRITING, State.SENT_BACK):
        raise Refused(_("These changes have been handed in already."))
    if not differences(draft):
        raise Refused(_("Nothing would change: the draft says what the profile says."))
    draft.state, draft.note, draft.by = State.WAITING, note, actor
    draft.submitted_at, draft.decided_at, draft.reason = timezone.now(), None, ""
    draft.save()
    record_audit(verb="profile.hand_in", target=draft.organisation, actor=actor, details={"version": draft.version})
    if draft.organisation.is_trusted:
        apply_draft(draft, actor, "profile.clear_by_trust")
    else:
        mail_office(draft)
    return draft


@transaction.atomic
def drop_draft(*, draft: Draft, actor: User) -> None:
    """Forget the changes; the public profile stays as it is."""
    dropped = Draft.objects.filter(pk=draft.pk, state__in=Draft.OPEN)
    if dropped.update(state=State.DROPPED, content={}, base={}, updated_at=timezone.now()):
        forget_logo(draft.content.get("logo"))
        record_audit(verb="profile.drop", target=draft.organisation, actor=actor)


def _locked(draft: Draft) -> Draft:
    """Afresh, and nobody else's until the transaction ends; SQLite has one writer anyway."""
    found = Draft.objects.select_for_update().get(pk=draft.pk)
    if not found.is_open:
        raise Refused(_("The office has answered meanwhile. Please begin anew."))
    return found
