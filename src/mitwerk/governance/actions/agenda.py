"""The agenda: what is on it, in which order. Other subjects put their things on it with `put_on_agenda`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.core.changes import Refused
from mitwerk.core.translated import Translated, in_both_languages
from mitwerk.core.wording import note_writing
from mitwerk.governance.actions.sittings import lock
from mitwerk.governance.models import AgendaItem, Body, Motion, Sitting
from mitwerk.governance.queries import minutes_to_approve, next_sitting

OPEN_FOR_ITEMS = (Sitting.State.DRAFT, Sitting.State.POLL, Sitting.State.INVITED, Sitting.State.RUNNING)
APPROVE = "approve-minutes"
"""The effect of a motion that approves minutes."""
MINUTES_OF = gettext_lazy("Minutes of %(day)s")
ARE_APPROVED = gettext_lazy("The minutes of the sitting of %(day)s are approved.")


def record_item(verb: str, item: AgendaItem, actor: User | None, **details: Any) -> None:
    cluster = item.sitting.body.cluster
    slug = cluster.slug if cluster else ""
    record_audit(verb=verb, target=item, actor=actor, cluster_slug=slug, details=details)


def _lock(sitting: Sitting) -> Sitting:
    return lock(sitting, OPEN_FOR_ITEMS, _("The sitting is over; its agenda stands."))


@transaction.atomic
def put_on_agenda(
    *,
    sitting: Sitting,
    kind: str,
    about: str,
    title: Mapping[str, str],
    text: Mapping[str, str] | None = None,
    page: Sequence[str] = (),
    length: int = 10,
) -> AgendaItem:
    """Put something of another subject on an agenda, at its end; minutes come first. Twice changes nothing.

    `about` names it ("project:…"), `page` where more of it stands: the name of a page and the places of its
    address. Raises `Refused` where the sitting is over.
    """
    _lock(sitting)
    found = AgendaItem.objects.filter(sitting=sitting, about=about).first()
    if found:
        return found
    item = AgendaItem.objects.create(
        sitting=sitting, kind=kind, about=about, title=Translated(title), text=Translated(text or {}), page=list(page),
        length=length, position=0 if kind == AgendaItem.Kind.MINUTES else _last(sitting) + 1,
    )  # fmt: skip
    record_item("agenda.fill", item, None, about=about)
    return item


def _last(sitting: Sitting) -> int:
    return AgendaItem.objects.filter(sitting=sitting).aggregate(last=Max("position"))["last"] or 0


@transaction.atomic
def fill_agenda(*, sitting: Sitting) -> None:
    """What the office need not think of: minutes to approve, and what the last sitting put off. Twice adds nothing."""
    for minutes in minutes_to_approve(sitting.body):
        _put_minutes(sitting, minutes.sitting)
    last = Sitting.objects.filter(body=sitting.body, state=Sitting.State.ENDED).order_by("-starts_at", "-pk").first()
    for item in last.items.filter(state=AgendaItem.State.POSTPONED) if last else ():
        again = put_on_agenda(
            sitting=sitting, kind=item.kind, about=item.about or f"item:{item.public_id}", title=item.title,
            text=item.text, page=item.page, length=item.length,
        )  # fmt: skip
        _take_motions_along(item, again)


def _put_minutes(sitting: Sitting, ended: Sitting) -> None:
    title = in_both_languages(MINUTES_OF, day=ended.starts_at)
    item = put_on_agenda(
        sitting=sitting, kind=AgendaItem.Kind.MINUTES, about=f"minutes:{ended.public_id}", title=title, length=5
    )
    if not item.motions.exists():
        effect = {"verb": APPROVE, "sitting": ended.public_id}
        wording = in_both_languages(ARE_APPROVED, day=ended.starts_at)
        Motion.objects.create(item=item, title=title, wording=wording, effect=effect)


def _take_motions_along(item: AgendaItem, again: AgendaItem) -> None:
    """What was not decided about is moved again; the sitting that is over votes on nothing more."""
    if again.motions.exists():
        return
    for motion in item.motions.filter(state=Motion.State.DRAFT):
        Motion.objects.create(item=again, title=motion.title, wording=motion.wording, effect=motion.effect)


def fill_next_agenda(*, body: Body) -> None:
    """A sitting has ended or its minutes are published: what follows from that stands on the next agenda, if there is
    one already."""
    sitting = next_sitting(body)
    if sitting:
        fill_agenda(sitting=sitting)


@transaction.atomic
def write_item(*, item: AgendaItem, values: Mapping[str, Any], actor: User | None) -> AgendaItem:
    """A new item at the end, or changes of one."""
    sitting = _lock(item.sitting)
    if item.pk is None:
        item.position = _last(sitting) + 1
    for name, value in values.items():
        setattr(item, name, value)
    note_writing(item, values)
    item.save()
    record_item("agenda.write", item, actor)
    return item


@transaction.atomic
def move_item(*, item: AgendaItem, by: int, actor: User) -> None:
    """One place up (-1) or down (1); at the end of the agenda nothing changes."""
    sitting = _lock(item.sitting)
    items = list(AgendaItem.objects.filter(sitting=sitting))
    at = next(index for index, one in enumerate(items) if one.pk == item.pk)
    to = min(max(at + by, 0), len(items) - 1)
    items.insert(to, items.pop(at))
    for position, one in enumerate(items):
        one.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    record_item("agenda.move", item, actor, to=to)


@transaction.atomic
def drop_item(*, item: AgendaItem, actor: User) -> None:
    """Take an item off the agenda. Raises `Refused` once it was dealt with."""
    _lock(item.sitting)
    found = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if found.state != AgendaItem.State.WAITING or found.motions.exclude(state=Motion.State.DRAFT).exists():
        raise Refused(_("This item was dealt with already, so it stays."))
    record_item("agenda.drop", item, actor)
    found.delete()
