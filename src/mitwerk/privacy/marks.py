"""How a table is marked: whose rows they are, and which columns speak of a person (`registry.MARKS`)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q

from mitwerk.accounts.models import User


@dataclass(frozen=True)
class Subject:
    """A person as the tables know them: sign-in, person, and the addresses they have proved to be theirs."""

    user: User
    person_pk: int | None
    emails: tuple[str, ...]
    session_keys: tuple[str, ...] = ()


Find = Callable[[Subject], Q]


@dataclass(frozen=True)
class Personal:
    """Rows that are about a person: how they are found, what of them the person reads, and what is left out."""

    find: Find
    own: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    """Columns that say nothing of the person, are secret, or are somebody else's."""
    more: Callable[[Any], dict[str, Any]] | None = None
    """What a column holds in code, in words."""
    stays: bool = False
    """The row outlives the account, without what leads back to the person."""


@dataclass(frozen=True)
class Named:
    """Rows of others in which a user is named for what they did. The person reads what and when; never whose it was."""

    columns: tuple[str, ...]
    own: tuple[str, ...] = ()


@dataclass(frozen=True)
class Nobody:
    """No person in it; `why` where that does not go without saying."""

    why: str = ""


Mark = tuple[Personal, ...] | Named | Nobody
NOBODY = Nobody()


def by_user(column: str = "user") -> Find:
    return lambda subject: Q(**{column: subject.user.pk})


def by_email(column: str = "email") -> Find:
    return lambda subject: _any(column, subject.emails)


def by_person(column: str) -> Find:
    return lambda subject: Q(**{column: subject.person_pk}) if subject.person_pk else Q(pk__in=[])


def _any(column: str, emails: tuple[str, ...]) -> Q:
    found = Q(pk__in=[])
    for email in emails:
        found |= Q(**{f"{column}__iexact": email})
    return found


def columns_of(model: type[Model]) -> set[str]:
    """Names of the columns a mark must speak of: all but the key."""
    return {field.name for field in model._meta.concrete_fields if not field.primary_key or field.name != "id"}


WAGTAIL: dict[str, Mark] = {
    "wagtaildocs.Document": Named(("uploaded_by_user",), own=("title", "created_at")),
    "wagtailimages.Image": Named(("uploaded_by_user",), own=("title", "created_at")),
    "wagtailcore.UploadedFile": (
        Personal(by_user("uploaded_by_user"), own=("file",), left_out=("for_content_type", "uploaded_by_user")),
    ),
    "wagtailcore.Page": Named(("owner", "locked_by"), own=("title", "latest_revision_created_at")),
    "wagtailcore.Revision": Named(("user",), own=("created_at", "object_str")),
    "wagtailcore.ModelLogEntry": Named(("user",), own=("timestamp", "action")),
    "wagtailcore.PageLogEntry": Named(("user",), own=("timestamp", "action", "label")),
    "wagtailcore.Comment": (
        Personal(
            by_user(),
            own=("page", "text", "created_at", "updated_at", "resolved_at"),
            left_out=("user", "contentpath", "position", "revision_created", "resolved_by"),
        ),
    ),
    "wagtailcore.CommentReply": (
        Personal(by_user(), own=("text", "created_at", "updated_at"), left_out=("user", "comment")),
    ),
    "wagtailcore.PageSubscription": (
        Personal(by_user(), own=("page", "comment_notifications"), left_out=("user",)),
    ),
    "wagtailcore.WorkflowState": Named(("requested_by",), own=("created_at", "status")),
    "wagtailcore.TaskState": Named(("finished_by",), own=("finished_at", "status", "comment")),
    "wagtailcore.APIToken": (
        Personal(
            by_user(),
            own=("name", "created", "last_used_at", "revoked_at"),
            left_out=("user", "key_hash", "prefix"),
        ),
    ),
    "wagtailusers.UserProfile": (
        Personal(
            by_user(),
            own=(
                "submitted_notifications", "approved_notifications", "rejected_notifications",
                "updated_comments_notifications", "preferred_language", "current_time_zone", "avatar", "theme",
                "contrast", "density", "keyboard_shortcuts", "dismissibles",
            ),
            left_out=("user",),
        ),
    ),
    "wagtailadmin.EditingSession": (
        Personal(by_user(), own=("last_seen_at", "is_editing"), left_out=("user", "content_type", "object_id")),
    ),
    "wagtailadmin.FormState": (
        Personal(
            by_user(),
            own=("last_updated_at",),
            # What was typed into the form of a record is the record's, and may name others.
            left_out=("user", "data", "content_type", "object_id", "parent_object_id"),
        ),
    ),
    "wagtailsearch.IndexEntry": Nobody("Made of pages and pictures; made anew when they change."),
    "wagtailsearch.SQLiteFTSIndexEntry": Nobody("Made of pages and pictures; made anew when they change."),
    "wagtailcore.ReferenceIndex": Nobody("Which record names which, by keys."),
    "wagtailembeds.Embed": Nobody("What other sites say of their films."),
}  # fmt: skip
"""What the tables of Wagtail say of people; `registry.MARKS` holds them with all others."""
