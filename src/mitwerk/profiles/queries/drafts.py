"""Reads of drafts and yearly questions: whose they are, and what waits."""

import hashlib
import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import editable_organisations
from mitwerk.clusters.queries import MOST_ROWS
from mitwerk.clusters.rules import is_editor, is_umbrella_editor
from mitwerk.core.desk import DeskRow
from mitwerk.people.models import Person, Representative
from mitwerk.people.queries import current_representatives, represented_organisations
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.profiles.queries.content import SECTIONS, Content

YEAR = timedelta(days=365)
REMINDED_AFTER = timedelta(days=14)
State = Draft.State


def open_draft(organisation: Organisation) -> Draft | None:
    """What its people are writing, or have handed in; there is one at most."""
    return Draft.objects.filter(organisation=organisation, state__in=Draft.OPEN).select_related("organisation").first()


def editable_drafts(user: Any) -> QuerySet[Draft]:
    """What was handed in, and what became of it, of the organisations the office edits; not what is being written."""
    found = Draft.objects.exclude(state=State.WRITING).exclude(state=State.DROPPED).select_related("organisation", "by")
    return found if is_umbrella_editor(user) else found.filter(organisation__in=editable_organisations(user))


def editable_confirmations(user: Any) -> QuerySet[Confirmation]:
    """Yearly questions to the organisations the office edits."""
    found = Confirmation.objects.select_related("organisation")
    return found if is_umbrella_editor(user) else found.filter(organisation__in=editable_organisations(user))


def unanswered(user: Any) -> QuerySet[Confirmation]:
    """Asked, reminded, and still silent two weeks later: the office's to call."""
    return editable_confirmations(user).filter(
        answered_at=None, reminded_at__lte=timezone.now() - REMINDED_AFTER
    )


def seen_mark(content: Content, section: str) -> str:
    """Short mark of a section as it was shown, to notice that a colleague wrote it meanwhile."""
    shown = json.dumps({name: content.get(name) for name in SECTIONS[section].fields}, sort_keys=True)
    return hashlib.sha256(shown.encode()).hexdigest()[:16]


def last_confirmed(organisation: Organisation) -> datetime | None:
    """When its own people last said that the profile is right, or took it over."""
    return organisation.confirmed_at or organisation.claimed_at


def open_confirmation(organisation: Organisation) -> Confirmation | None:
    return Confirmation.objects.filter(organisation=organisation, answered_at=None).first()


def asked_people(organisation: Organisation) -> list[Person]:
    """Who is asked for the organisation: its delegate; without one its substitutes, without those its editors."""
    found = current_representatives().filter(organisation=organisation, person__user__is_active=True)
    by_role: dict[str, list[Person]] = {}
    for one in found.select_related("person__user").order_by("pk"):
        by_role.setdefault(one.role, []).append(one.person)
    ordered = (Representative.Role.DELEGATE, Representative.Role.SUBSTITUTE, Representative.Role.EDITOR)
    return next((by_role[role] for role in ordered if role in by_role), [])


def desk_rows(user: Any) -> list[DeskRow]:
    """For an organisation's people: the yearly question and a draft that is theirs to go on with. For the office:
    what was handed in, the longest waiting first, and who did not answer the yearly question."""
    return [*_own_rows(user), *_office_rows(user)]


def _own_rows(user: Any) -> list[DeskRow]:
    mine = represented_organisations(user)
    asked = Confirmation.objects.filter(organisation__in=mine, answered_at=None).select_related("organisation")
    drafts = Draft.objects.filter(organisation__in=mine, state__in=(State.WRITING, State.SENT_BACK))
    rows = [
        DeskRow(
            title=_("Is the profile still right?"),
            text=one.organisation.name,
            url=_profile(one.organisation),
            action=_("Look and confirm"),
            due=one.due_on,
        )
        for one in asked[:MOST_ROWS]
    ]
    for draft in drafts.select_related("organisation")[:MOST_ROWS]:
        was_sent_back = draft.state == State.SENT_BACK
        title = _("Sent back by the office") if was_sent_back else _("Changes not handed in yet")
        due = timezone.localdate(draft.decided_at) if was_sent_back and draft.decided_at else None
        rows.append(DeskRow(title, draft.organisation.name, _profile(draft.organisation), _("Go on"), due))
    return rows


def _profile(organisation: Organisation) -> str:
    return reverse("profiles:profile_detail", args=[organisation.slug])


def _office_rows(user: Any) -> list[DeskRow]:
    if not is_editor(user):
        return []
    rows = [
        DeskRow(
            title=_("Change of a profile"),
            text=draft.organisation.name,
            url=reverse("office_profile-changes:inspect", args=[draft.pk]),
            action=_("Read and clear"),
            due=timezone.localdate(draft.submitted_at),
        )
        for draft in editable_drafts(user).filter(state=State.WAITING)[:MOST_ROWS]
    ]
    rows += [
        DeskRow(
            title=_("No answer to the yearly question"),
            text=silent.organisation.name,
            url=reverse("office_yearly-questions:inspect", args=[silent.pk]),
            action=_("Call them and note it"),
            due=timezone.localdate(silent.reminded_at + REMINDED_AFTER),
        )
        for silent in unanswered(user).order_by("reminded_at", "pk")[:MOST_ROWS]
        if silent.reminded_at
    ]
    return rows
