"""How long each kind of record is kept: one table, read by `tick`, the office's page, the report and the documentation.

A kind that is not in the table is kept for as long as the installation runs.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult
from wagtail.models import ModelLogEntry, PageLogEntry

from mitwerk.accounts.actions import prune_log
from mitwerk.accounts.models import Removed
from mitwerk.accounts.queries import LOG_KEPT, old_lines, old_removed
from mitwerk.actors.actions import forget_merges
from mitwerk.actors.models import Claim, Merge
from mitwerk.actors.queries import old_merges
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.charter.models import Attempt, Guest, Manuscript
from mitwerk.clusters.models import Message
from mitwerk.congress.models import Pick, Review, Speaker
from mitwerk.consents.actions import forget_requests
from mitwerk.consents.queries import ASKED_KEPT, old_requests
from mitwerk.governance.actions import forget_voters
from mitwerk.governance.models import PollDate
from mitwerk.governance.queries import VOTERS_KEPT, old_voters
from mitwerk.imports.actions.starting import forget_imports
from mitwerk.imports.models import Import, Row
from mitwerk.networks.models import JoinRequest, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries.lists import old_lists, old_rows
from mitwerk.outbox.actions import forget_mails
from mitwerk.outbox.queries import MAILS_KEPT, old_mails
from mitwerk.people.models import ActLink, Invitation, Person, Representative
from mitwerk.privacy.actions import forget_removed, forget_unused_accounts
from mitwerk.privacy.queries import UNUSED_KEPT, unused_accounts
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.registrations.actions.feedback import forget_feedback
from mitwerk.registrations.actions.forgetting import forget_bookings, forget_invoices, forget_needs
from mitwerk.registrations.queries import (
    INVOICES_KEPT,
    NEEDS_KEPT,
    REGISTRATIONS_KEPT,
    old_bookings,
    old_invoices,
    old_needs,
)
from mitwerk.registrations.queries.after import old_feedback
from mitwerk.registrations.queries.day import ARRIVALS_KEPT, LEADS_KEPT, old_arrivals, old_leads, old_passes
from mitwerk.rooms.actions import forget_attendances
from mitwerk.rooms.models import Card, Feed, SystemInUse, TakenMail
from mitwerk.rooms.queries.meetings import ATTENDANCES_KEPT, old_attendances


@dataclass(frozen=True)
class Period:
    """One kind of record: what it is, how long it stays and counted from when, and why no longer."""

    key: str
    what: str | Promise
    kept: timedelta
    since: str | Promise
    why: str | Promise
    due: Callable[[timedelta], QuerySet[Any]]
    forget: Callable[[], int] | None = None
    """The verb that forgets, where deleting the rows is not all."""

    def rows(self) -> QuerySet[Any]:
        """Those whose time is over now."""
        return self.due(self.kept)

    def do(self) -> int:
        """Forget them; how many."""
        return self.forget() if self.forget else int(self.rows().delete()[0])


def _past(model: type[Any], column: str, **more: Any) -> Callable[[timedelta], QuerySet[Any]]:
    """Rows of which this date lies as far back as the kind is kept, or farther."""
    return lambda kept: model.objects.filter(**{f"{column}__lt": timezone.now() - kept}, **more)


def _days(days: int) -> timedelta:
    return timedelta(days=days)


def _devices(kept: timedelta) -> QuerySet[Any]:
    """What is noted of a browser whose session has ended."""
    alive = Session.objects.filter(session_key=OuterRef("session_key"))
    return UserSession.objects.filter(~Exists(alive), last_seen_at__lt=timezone.now() - kept)


def _tasks(kept: timedelta) -> QuerySet[Any]:
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - kept)


def _drafts(kept: timedelta) -> QuerySet[Any]:
    """Answered or dropped; what is being written, or waits, stays."""
    over = Draft.objects.exclude(state__in=Draft.OPEN)
    return over.filter(updated_at__lt=timezone.now() - kept)


def _imported(kept: timedelta) -> QuerySet[Any]:
    """What stood in the rows of a file; whom it brought in stays known until they are told."""
    return Row.objects.filter(job__done_at__lt=timezone.now() - kept).exclude(cells=[])


def _unfinished_imports(kept: timedelta) -> QuerySet[Any]:
    left = Import.objects.filter(done_at=None, updated_at__lt=timezone.now() - kept)
    return left.exclude(state__in=Import.WORKING)


def _strangers(kept: timedelta) -> QuerySet[Any]:
    """People without a sign-in whom nothing names any more."""
    people = Person.objects.filter(user=None, updated_at__lt=timezone.now() - kept)
    for relation in Person._meta.related_objects:
        people = people.exclude(Exists(relation.related_model.objects.filter(**{relation.field.name: OuterRef("pk")})))
    return people


def _of_congresses_over(model: type[Any], kept: timedelta) -> QuerySet[Any]:
    """Rows of contributions to congresses that are over; asked from below, for a congress is looked up in a scope."""
    event = "contribution__congress__event__"
    found = model.objects.annotate(last_day=Coalesce(f"{event}ends_on", f"{event}starts_on"))
    return found.filter(last_day__lt=timezone.localdate() - kept).order_by()


def _unheard_speakers(kept: timedelta) -> QuerySet[Speaker]:
    """Who never agreed, and of what was not shown."""
    shown = Q(agreed_at__isnull=False, contribution__state__in=ON_STAGE)
    return _of_congresses_over(Speaker, kept).filter(~shown)


def _over_reviews(kept: timedelta) -> QuerySet[Review]:
    return _of_congresses_over(Review, kept)


LAST_DAY = _("the last day of the congress")
ENDED, ANSWERED, WRITTEN = _("its end"), _("the answer"), _("the day it was written")
CONGRESS_OVER = _("the end of the congress")
PERIODS: tuple[Period, ...] = (
    Period(
        "sessions", _("Sessions"), _days(0), ENDED, _("They are of no use when they have run out."),
        _past(Session, "expire_date"),
    ),
    Period(
        "devices", _("Devices somebody was signed in on, with IP address"), _days(14), _("the last request"),
        _("So that somebody can see where they were signed in not long ago."), _devices,
    ),
    Period(
        "unused-accounts", _("Accounts that nobody ever signed in with"), UNUSED_KEPT, _("the day they were made"),
        _("Whoever never came needs none. All that is known of them goes as well."),
        lambda kept: unused_accounts(), forget_unused_accounts,
    ),
    Period(
        "mails", _("Sent mails"), MAILS_KEPT, WRITTEN,
        _("So long it can be seen whether a mail went out. Of one that nobody may get twice, only that is kept."),
        lambda kept: old_mails(), forget_mails,
    ),
    Period(
        "tasks", _("Results of background work"), _days(14), ENDED, _("So long a failure can be looked into."), _tasks
    ),
    Period(
        "messages", _("Messages to the office, done"), _days(365), _("the day they were marked as done"),
        _("For questions that come back."), _past(Message, "handled_at"),
    ),
    Period(
        "waiting-messages", _("Messages to the office that nobody marked as done"), _days(730), WRITTEN,
        _("Nobody waits for an answer any more."), _past(Message, "created_at", handled_at=None),
    ),
    Period(
        "claims", _("Claims of entries"), _days(365), _("the answer, or the day it was written"),
        _("So long it can be asked who took over an entry."), _past(Claim, "updated_at"),
    ),
    Period(
        "open-invitations", _("Invitations that nobody accepted"), _days(90), ENDED,
        _("So long the office can see that somebody was invited."), _past(Invitation, "expires_at", accepted_at=None),
    ),
    Period(
        "taken-invitations", _("Accepted invitations"), _days(365), ANSWERED,
        _("So long it can be asked who invited whom."), _past(Invitation, "accepted_at"),
    ),
    Period(
        "imports", _("What stood in imported files"), Import.UNDOABLE_FOR, _("the import"),
        _("After that it cannot be undone."), _imported, forget_imports,
    ),
    Period(
        "unfinished-imports", _("Files that were uploaded and never imported"), _days(30), _("the last change"),
        _("Nobody goes on with them."), _unfinished_imports,
    ),
    Period(
        "open-network-invitations", _("Invitations to networks that nobody accepted"), _days(90), ENDED,
        _("So long its coordinators can see that somebody was invited."),
        _past(NetworkInvitation, "expires_at", accepted_at=None),
    ),
    Period(
        "taken-network-invitations", _("Accepted invitations to networks"), _days(365), ANSWERED,
        _("So long it can be asked who invited whom."), _past(NetworkInvitation, "accepted_at"),
    ),
    Period(
        "open-join-requests", _("Requests to join networks that nobody answered"), _days(90), WRITTEN,
        _("Nobody waits for an answer any more."), _past(JoinRequest, "created_at", answered_at=None),
    ),
    Period(
        "answered-join-requests", _("Answered requests to join networks"), _days(365), ANSWERED,
        _("So long it can be asked who was admitted, and by whom."), _past(JoinRequest, "answered_at"),
    ),
    Period(
        "former-in-networks", _("People who belonged to a network"), _days(1096), ENDED,
        _("The usual limit of claims: three years."), _past(NetworkPerson, "until"),
    ),
    Period(
        "feeds", _("Secret addresses of calendars of people who have left a network"), _days(0), ENDED,
        _("They lead nowhere."), _past(Feed, "person__until"),
    ),
    Period(
        "cards", _("Cards of people who have left a network"), _days(30), ENDED, _("Nobody reads them any more."),
        _past(Card, "person__until"),
    ),
    Period(
        "systems", _("Systems that people who have left a network had named"), _days(30), ENDED,
        _("Nobody reads them any more."), _past(SystemInUse, "person__until"),
    ),
    Period(
        "attendances", _("Who came to a meeting of a network"), ATTENDANCES_KEPT, _("the end of the meeting"),
        _("So long it can be asked who was there. After that only the number stays."),
        lambda kept: old_attendances(), forget_attendances,
    ),
    Period(
        "unkept-lists", _("Lists of networks that were read and never kept"), _days(30), WRITTEN,
        _("Nobody goes on with them."), old_lists,
    ),
    Period(
        "list-rows", _("People on the list of a network who were not invited"), _days(30), _("the day it was kept"),
        _("The law asks to tell them within a month (GDPR Art. 14), or to delete them."), old_rows,
    ),
    Period(
        "mails-to-rooms", _("Which mails to rooms were taken"), _days(100), _("the day they came"),
        _("An address in a mail of a room is good for 90 days; until then nothing may be posted twice."),
        _past(TakenMail, "at"),
    ),
    Period(
        "act-links", _("Links in mails that do something"), _days(30), ENDED, _("They lead nowhere."),
        _past(ActLink, "expires_at"),
    ),
    Period(
        "drafts", _("Changes of profiles, answered or dropped"), _days(365), ANSWERED,
        _("So long it can be asked who changed what."), _drafts,
    ),
    Period(
        "yearly-questions", _("Yearly questions whether a profile is right, answered"), _days(1096), ANSWERED,
        _("The usual limit of claims: three years."), _past(Confirmation, "answered_at"),
    ),
    Period(
        "dates", _("Which dates suited whom for a sitting"), _days(90), _("the date that was asked about"),
        _("Nobody asks any more who could have come."), _past(PollDate, "starts_at"),
    ),
    Period(
        "voters", _("Who cast an organisation's open vote"), VOTERS_KEPT, _("the end of the ballot"),
        _("The usual limit of claims: three years. How the organisation voted stays."),
        lambda kept: old_voters(), forget_voters,
    ),
    Period(
        "charter-guests", _("People who were guests of a charter"), _days(365), ENDED,
        _("So long it can be asked who was invited. What they suggested stays, without them."), _past(Guest, "until"),
    ),
    Period(
        "not-saved", _("Texts of charters that an editor could not save"), _days(90), WRITTEN,
        _("So long its writer can put it in."), _past(Attempt, "at"),
    ),
    Period(
        "not-taken-over", _("Files that were read for a charter and not taken over"), _days(30), WRITTEN,
        _("Nobody goes on with them."), _past(Manuscript, "at"),
    ),
    Period(
        "speakers", _("Who should have spoken at a congress, and did not"), _days(180), LAST_DAY,
        _("So long it can be asked who was named. Who agreed and spoke stays in its programme."), _unheard_speakers,
    ),
    Period(
        "reviews", _("What a jury said of contributions"), _days(365), LAST_DAY,
        _("So long it can be asked why something was declined."), _over_reviews,
    ),
    Period(
        "picks", _("What somebody signed in wanted to hear at a congress"), _days(365), WRITTEN,
        _("So long it may be of use until the next one."), _past(Pick, "at"),
    ),
    Period(
        "needs", _("What guests of a congress do not eat, and what they need to take part"), NEEDS_KEPT, CONGRESS_OVER,
        _("Nobody needs to know it any more."), old_needs, forget_needs,
    ),
    Period(
        "arrivals", _("Who arrived at a congress, and when"), ARRIVALS_KEPT, CONGRESS_OVER,
        _("So long it can be asked who was there."), old_arrivals,
    ),
    Period(
        "passes", _("Devices that checked guests in"), ARRIVALS_KEPT, CONGRESS_OVER, _("They lead nowhere."),
        old_passes,
    ),
    Period(
        "leads", _("Addresses that guests of a congress exchanged"), LEADS_KEPT, CONGRESS_OVER,
        _("By then both have written to each other."), old_leads,
    ),
    Period(
        "registrations", _("Registrations for a congress"), REGISTRATIONS_KEPT, CONGRESS_OVER,
        _("For questions about it, and for the next one."), old_bookings, forget_bookings,
    ),
    Period(
        "feedback", _("Who has said how a congress was, and the words of all"), REGISTRATIONS_KEPT, CONGRESS_OVER,
        _("For the next one. The marks stay; they are nobody's."), old_feedback, forget_feedback,
    ),
    Period(
        "invoices", _("Invoices"), INVOICES_KEPT, WRITTEN,
        _("Tax law: eight years from the end of the year in which they were written (§ 14b UStG)."), old_invoices,
        forget_invoices,
    ),
    Period(
        "former", _("People who acted for an organisation"), _days(1096), ENDED,
        _("The usual limit of claims: three years."), _past(Representative, "until"),
    ),
    Period(
        "strangers", _("People without a sign-in who act for nobody"), _days(30), _("the last change"),
        _("Nothing needs them any more."), _strangers,
    ),
    Period(
        "unconfirmed", _("Newsletter requests that nobody confirmed"), ASKED_KEPT, WRITTEN,
        _("Without the click in the mail there is no consent."), lambda kept: old_requests(), forget_requests,
    ),
    Period(
        "merges", _("What is needed to undo a merge"), Merge.UNDOABLE_FOR, _("the merge"),
        _("After that it cannot be undone."), lambda kept: old_merges(), forget_merges,
    ),
    Period(
        "removed", _("Records and pages the office removed"), Removed.KEPT, _("the removal"),
        _("So long they can be restored."), lambda kept: old_removed(), forget_removed,
    ),
    Period(
        "history", _("History of records in the office"), _days(1096), WRITTEN,
        _("The usual limit of claims: three years."), _past(ModelLogEntry, "timestamp"),
    ),
    Period(
        "page-history", _("History of pages"), _days(1096), WRITTEN,
        _("The usual limit of claims: three years."), _past(PageLogEntry, "timestamp"),
    ),
    Period(
        "log", _("Log of who did what"), LOG_KEPT, WRITTEN,
        _("The usual limit of claims: three years. What tells a load which records were removed stays."),
        lambda kept: old_lines(), prune_log,
    ),
)  # fmt: skip
