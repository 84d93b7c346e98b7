"""The programme: items get rooms and times in a draft, and a release shows them to everybody."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.algorithms.programme.changes import Change, touched
from mitwerk.algorithms.programme.model import Item, Span
from mitwerk.congress.actions.congresses import slug_of
from mitwerk.congress.mails import mail_release
from mitwerk.congress.models import Congress, Contribution, Pick, Release, Session
from mitwerk.congress.queries.draft import digest, draft_changes, draft_of, fingerprint, freeze_draft
from mitwerk.congress.queries.programme import latest_release
from mitwerk.core.changes import Refused, save_values
from mitwerk.core.translated import Translated

Values = dict[str, Any]
"""Fields of `Session`: room, starts_at and ends_at; seats of a contribution; kind and title of anything else."""
MOST_PICKS = 400


def _locked(congress: Congress) -> Congress:
    """Whoever writes in a programme waits for the others."""
    found = Congress.objects.select_for_update(of=("self",)).select_related("cluster", "event")
    return found.get(pk=congress.pk)


def _record(verb: str, session: Session, actor: User | None, **details: Any) -> None:
    record_audit(
        verb=f"session.{verb}", target=session, actor=actor, cluster_slug=slug_of(session.congress), details=details
    )


def _where(session: Session) -> str:
    """In words, for somebody who thought it was elsewhere."""
    start = date_format(timezone.localtime(session.starts_at), "DATETIME_FORMAT")
    return ", ".join(str(part) for part in (start, session.room) if part)


def _check(values: Values) -> None:
    if values["ends_at"] <= values["starts_at"]:
        raise Refused(_("It ends after it begins."))


def _is_there(session: Session, values: Values) -> bool:
    return all(getattr(session, name) == value for name, value in values.items())


@transaction.atomic
def place_session(*, contribution: Contribution, values: Values, actor: User) -> Session:
    """A contribution gets its time. Sent twice it is one; raises `Refused` where somebody else has placed it elsewhere,
    or it is not accepted any more."""
    _check(values)
    congress = _locked(contribution.congress)
    found = Contribution.objects.get(pk=contribution.pk)
    rows = Session.objects.select_related("room", "contribution", "congress__cluster")
    there = rows.filter(contribution=found).first()
    if there is not None:
        if _is_there(there, values):
            return there
        raise Refused(
            _("Meanwhile somebody has placed “%(title)s”: %(where)s.") % {"title": there, "where": _where(there)}
        )
    if found.state not in ON_STAGE:
        raise Refused(_("“%(title)s” is %(state)s now.") % {"title": found, "state": found.get_state_display()})
    session = Session(congress=congress, contribution=found)
    save_values(session, values)
    _record("place", session, actor)
    return session


@transaction.atomic
def add_break(*, congress: Congress, values: Values, actor: User) -> Session:
    """Something that nobody handed in: a break, a welcome, an evening. Sent twice it is one."""
    _check(values)
    locked = _locked(congress)
    same = Session.objects.select_related("room").filter(congress=locked, contribution=None)
    for one in same.filter(starts_at=values["starts_at"]):
        if _is_there(one, values):
            return one
    session = Session(congress=locked)
    save_values(session, values)
    _record("add", session, actor)
    return session


def _seen(session: Session, seen: int, values: Values | None = None) -> Session:
    """The row as it is now. Raises `Refused` where somebody has moved it since, and says where it is."""
    _locked(session.congress)
    rows = Session.objects.select_related("room", "contribution", "congress__cluster").select_for_update(of=("self",))
    found = rows.filter(pk=session.pk).first()
    if found is None:
        raise Refused(_("Meanwhile somebody has taken “%(title)s” out.") % {"title": session})
    if found.version != seen and not (values and _is_there(found, values)):
        raise Refused(
            _("Meanwhile somebody has changed “%(title)s”: %(where)s. Look at it, and change it again.")
            % {"title": found, "where": _where(found)}
        )
    return found


@transaction.atomic
def move_session(*, session: Session, seen: int, values: Values, actor: User) -> Session:
    """To another room or time. `seen` is the version that the editor had before their eyes."""
    _check(values)
    found = _seen(session, seen, values)
    if _is_there(found, values):
        return found
    save_values(found, {**values, "version": found.version + 1})
    _record("move", found, actor)
    return found


@transaction.atomic
def unplace_session(*, session: Session, seen: int, actor: User) -> None:
    """Out of the draft. A contribution waits for another time; it stays in the programme until the next release."""
    found = _seen(session, seen)
    _record("unplace", found, actor)
    found.delete()


@transaction.atomic
def release_programme(*, congress: Congress, note: Translated, seen: str, actor: User) -> Release:
    """Show the draft to everybody, and mail those whose own items changed. Sent twice it is one.

    `seen` is the fingerprint of the draft that was looked at; raises `Refused` where it is another one now, or nothing
    has a time yet.
    """
    locked = _locked(congress)
    before, draft = latest_release(locked), draft_of(locked)
    content = freeze_draft(draft, before)
    if before is not None and digest(before.content) == digest(content):
        return before
    if not draft.sessions:
        raise Refused(_("Nothing has a time yet."))
    if fingerprint(draft, before) != seen:
        raise Refused(_("Meanwhile somebody has changed the draft. Look at the changes once more."))
    found = draft_changes(draft, before)
    release = Release.objects.create(
        congress=locked, number=before.number + 1 if before else 1, by=actor, note=note, content=content,
        changes=changelog(found, content),
    )  # fmt: skip
    record_audit(
        verb="programme.release", target=locked, actor=actor, cluster_slug=slug_of(locked),
        details={"number": release.number, "changes": len(found)},
    )  # fmt: skip
    mail_release(release, touched(found))
    return release


def changelog(found: Iterable[Change], content: dict[str, Any]) -> list[dict[str, Any]]:
    """The changelog: who speaks and texts are only told to be new, because people change their minds."""
    titles = {item["key"]: item["titles"] for item in content["items"]}
    return [
        {"kind": one.kind, "key": one.key, "titles": titles[one.key], "old": _value(one.old), "new": _value(one.new)}
        for one in found
    ]


def _value(value: Any) -> Any:
    if isinstance(value, Span):
        return [value.start.isoformat(), value.end.isoformat()]
    if isinstance(value, Item):
        return _value(value.span)
    return value if isinstance(value, str) else None


@transaction.atomic
def keep_picks(*, user: User, congress: Congress, keys: Iterable[str], among: Iterable[str]) -> int:
    """What somebody wants to hear, of those `among` which they chose; the others stay as they are. How many now.

    Keys that no release ever had are left out by the caller. Not in the log: it is nobody's business.
    """
    shown, wanted = set(among), list(dict.fromkeys(keys))
    mine = Pick.objects.filter(user=user, congress=congress)
    mine.filter(key__in=shown).exclude(key__in=wanted).delete()
    room = MOST_PICKS - mine.count()
    have = set(mine.values_list("key", flat=True))
    new = [key for key in wanted if key in shown and key not in have][: max(room, 0)]
    Pick.objects.bulk_create([Pick(user=user, congress=congress, key=key) for key in new], ignore_conflicts=True)
    return mine.count()
