"""The office's answer to what was handed in."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.profiles.actions.applying import apply_draft
from mitwerk.profiles.mails import mail_answer
from mitwerk.profiles.models import Draft

State = Draft.State


@transaction.atomic
def clear_draft(*, draft: Draft, version: int, actor: User) -> None:
    """Make it public. `version` is the one that was read.

    Raises `Refused` where it was changed or answered meanwhile.
    """
    draft = _waiting(draft, version)
    apply_draft(draft, actor, "profile.clear")
    mail_answer(draft)


@transaction.atomic
def send_back_draft(*, draft: Draft, version: int, reason: str, actor: User) -> None:
    """It stays what it is for its writers to go on with, and they read why."""
    draft = _waiting(draft, version)
    draft.state, draft.reason = State.SENT_BACK, reason
    draft.decided_at, draft.decided_by = timezone.now(), actor
    draft.save()
    record_audit(verb="profile.send_back", target=draft.organisation, actor=actor, details={"version": draft.version})
    mail_answer(draft)


def _waiting(draft: Draft, version: int) -> Draft:
    found = Draft.objects.select_for_update(of=("self",)).select_related("organisation", "by").get(pk=draft.pk)
    if found.state != State.WAITING:
        raise Refused(_("This has been answered already, or its writers have taken it back."))
    if found.version != version:
        raise Refused(_("It was changed after you opened it. Please read it again."))
    return found
