"""Minutes of a meeting: a draft, then versions that stay."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.actions.attending import lock_meeting
from mitwerk.rooms.models import Attendance, Meeting, Minutes
from mitwerk.rooms.queries.meetings import draft_of


@transaction.atomic
def write_minutes(*, meeting: Meeting, text: str, present: Collection[NetworkPerson], actor: User) -> Minutes:
    """Save the draft; after a publication the next version begins. Who was there is noted unless nobody is told."""
    meeting = lock_meeting(meeting)
    if meeting.is_cancelled or meeting.starts_at > timezone.now():
        raise Refused(_("Minutes can be written once the meeting has begun."))
    draft = draft_of(meeting)
    if draft is None:
        last = meeting.minutes.order_by("-number").first()
        draft = Minutes(meeting=meeting, number=last.number + 1 if last else 1)
    draft.text, draft.by, draft.at = text, actor, timezone.now()
    draft.save()
    if not meeting.is_chatham:
        _note_present(meeting, present)
    details = {"meeting": meeting.public_id, "version": draft.number}
    record_audit(verb="room.write_minutes", target=meeting.network, actor=actor, details=details)
    return draft


def _note_present(meeting: Meeting, present: Collection[NetworkPerson]) -> None:
    keys = {one.pk for one in present}
    known = set(meeting.attendances.values_list("person", flat=True))
    Attendance.objects.bulk_create([Attendance(meeting=meeting, person_id=key) for key in sorted(keys - known)])
    meeting.attendances.filter(person__in=keys).update(was_there=True)
    meeting.attendances.exclude(person__in=keys).update(was_there=False)


@transaction.atomic
def publish_minutes(*, meeting: Meeting, actor: User) -> Minutes | None:
    """Let the members read the draft. None: there was none to publish."""
    meeting = lock_meeting(meeting)
    draft = draft_of(meeting)
    if draft is None:
        return None
    draft.published_at = timezone.now()
    draft.save(update_fields=["published_at"])
    details = {"meeting": meeting.public_id, "version": draft.number}
    record_audit(verb="room.publish_minutes", target=meeting.network, actor=actor, details=details)
    return draft
