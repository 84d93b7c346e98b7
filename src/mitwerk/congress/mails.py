"""Mails about contributions: to speakers, to who handed one in, and to both when the programme changes."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from mitwerk.algorithms.programme.frozen import thaw
from mitwerk.algorithms.programme.model import Programme
from mitwerk.algorithms.programme.xcal import calendar
from mitwerk.clusters.queries import office_address
from mitwerk.congress.models import Congress, Contribution, Release, Session, Speaker, StepTaken
from mitwerk.congress.queries.told import told_changes
from mitwerk.core.addresses import address_of
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Person


def mail_speaker(speaker: Speaker, token: str) -> None:
    """Asks whether they may be named in the programme."""
    contribution = speaker.contribution
    with override(speaker.person.language):
        queue_mail(
            to=speaker.person.email,
            subject=_("May the programme name you? %(title)s") % {"title": contribution.title},
            template="congress/speaker_mail.txt",
            context={"contribution": contribution, "organisation": contribution.organisation},
            language=speaker.person.language,
            button=Button(_("Read and answer"), absolute(reverse("congress:speaker_link", args=[token]))),
            key=f"congress/speaker/{speaker.public_id}",
        )


def mail_step(contribution: Contribution, step: StepTaken) -> None:
    """To who handed it in: what the office decided, in its words."""
    handed_in = contribution.steps.filter(verb="submit", by__is_active=True).order_by("-at", "-pk").first()
    if handed_in is None or handed_in.by is None:
        return
    reader = handed_in.by
    with override(reader.language):
        queue_mail(
            to=reader.email,
            subject=_("%(title)s: %(state)s")
            % {"title": contribution.title, "state": contribution.get_state_display()},
            template="congress/step_mail.txt",
            context={"contribution": contribution, "step": step},
            language=reader.language,
            button=Button(
                _("See how it stands"),
                absolute(reverse("congress:contribution_detail", args=[contribution.public_id])),
            ),
            key=f"congress/step/{step.pk}",
        )


def mail_withdrawn(contribution: Contribution, step: StepTaken) -> None:
    """To the office: something that was to be on its stage is taken back, and where it stands in the plan."""
    session = Session.objects.select_related("room").filter(contribution=contribution).first()
    with override(settings.LANGUAGE_CODE):
        queue_mail(
            to=office_address(contribution.congress.cluster),
            subject=_("Withdrawn: %(title)s") % {"title": contribution.title},
            template="congress/withdrawn_mail.txt",
            context={"contribution": contribution, "organisation": contribution.organisation, "session": session},
            language=settings.LANGUAGE_CODE,
            button=Button(
                _("Open the programme"),
                absolute(reverse("congress:programme_edit", args=[contribution.congress.public_id])),
            ),
            key=f"congress/step/{step.pk}",
        )


def mail_juror(congress: Congress, person: Person, waiting: int) -> None:
    """What waits for their points; once a day at most."""
    with override(person.language):
        subject = ngettext(
            "%(count)s contribution waits for your points: %(congress)s",
            "%(count)s contributions wait for your points: %(congress)s",
            waiting,
        )
        queue_mail(
            to=person.email,
            subject=subject % {"count": waiting, "congress": congress.event.title},
            template="congress/jury_mail.txt",
            context={"congress": congress, "waiting": waiting},
            language=person.language,
            button=Button(_("Read and score"), absolute(reverse("congress:review_list", args=[congress.public_id]))),
            key=f"congress/jury/{congress.public_id}/{person.public_id}/{timezone.localdate()}",
        )


@dataclass
class _Reader:
    """Somebody whose own items changed; a person and a user with one address are one."""

    email: str
    language: str
    name: str
    keys: list[str] = field(default_factory=list)


def mail_release(release: Release, touched: Iterable[str]) -> None:
    """To everybody whose own items are new, different or struck out in this release, one mail each."""
    for reader in _readers(release, touched):
        own = [change for change in release.changes if change["key"] in reader.keys]
        with override(reader.language):
            page = absolute(address_of("congress:programme", slug=release.congress.event.slug))
            queue_mail(
                to=reader.email,
                subject=_("Your part in the programme: %(congress)s") % {"congress": release.congress},
                template="congress/release_mail.txt",
                context={"congress": release.congress, "items": told_changes(release.content, own)},
                language=reader.language,
                button=Button(_("See the programme"), page),
                key=f"congress/release/{release.pk}/{reader.name}",
                calendar=_calendar(release, reader),
            )


def _readers(release: Release, touched: Iterable[str]) -> list[_Reader]:
    found: dict[str, _Reader] = {}
    contributions = release.congress.contributions.filter(public_id__in=set(touched)).order_by("number")
    for one in contributions.prefetch_related("speakers__person__user", "steps__by"):
        people: list[tuple[Any, str]] = [
            (speaker.person, f"person-{speaker.person_id}") for speaker in one.speakers.all() if not speaker.refused_at
        ]
        handed_in = [step.by for step in one.steps.all() if step.verb == "submit" and step.by and step.by.is_active]
        people = [*((user, f"user-{user.pk}") for user in handed_in[-1:]), *people]
        for reader, name in people:
            mine = found.setdefault(reader.email.casefold(), _Reader(reader.email, reader.language, name))
            if one.public_id not in mine.keys:
                mine.keys.append(one.public_id)
    return list(found.values())


def _calendar(release: Release, reader: _Reader) -> str:
    """Their own items, so that their calendars move or strike out what they have."""
    whole: Programme = thaw(release.content, {})
    own = tuple(item for item in whole.items if item.key in reader.keys)
    file = calendar(replace(whole, items=own), reader.language)
    file.add("method", "PUBLISH")
    return str(file.to_ical().decode())
