"""What every table says of people: the one list that the export of one's own data and the account deletion go by.

Each model of the project and of the packages it stands on has a mark: `Personal` (rows that are a person's, and which
columns of them), `Named` (rows of others that name a user), or `NOBODY` with a reason. A model without a mark, or a
column of a personal model that is in neither list, fails `privacy/tests/test_registry.py`.

To mark a new model add a line to `MARKS`. Where one table holds rows of several kinds, give several `Personal` marks.
"""

from typing import Any

from django.db.models import Q

from mitwerk.privacy.lists import LISTS
from mitwerk.privacy.marks import (
    NOBODY,
    WAGTAIL,
    Mark,
    Named,
    Nobody,
    Personal,
    Subject,
    by_email,
    by_person,
    by_user,
)
from mitwerk.privacy.meetings import MEETINGS
from mitwerk.privacy.registrations import REGISTRATIONS
from mitwerk.privacy.rooms import ROOMS


def _mails_to(subject: Subject) -> Q:
    return by_email("to")(subject) & (Q(reply_to="") | by_email("reply_to")(subject))


def _mails_of_others(subject: Subject) -> Q:
    """To the person's address, with what somebody else wrote: to the office, mostly."""
    return by_email("to")(subject) & ~_mails_to(subject)


def _mails_from(subject: Subject) -> Q:
    return by_email("reply_to")(subject) & ~by_email("to")(subject)


MAIL = ("template", "language", "subject", "text", "state", "created_at", "sent_at")
MAIL_REST = (
    "public_id", "key", "html", "headers", "calendar", "qr", "purpose", "is_secret", "due_at", "attempts", "error"
)  # fmt: skip
IS_OFFICES = Nobody("Written by the office about organisations; who stands in it, it put there with their consent.")
IS_CODE = Nobody("Which kinds of records, rights and tasks there are.")


def _passkey(row: Any) -> dict[str, Any]:
    return {"name": str(row.wrap().name)} if row.type == "webauthn" else {}


def _consent(row: Any) -> dict[str, Any]:
    step = row.consent
    return {"given_at": step.at.isoformat(), "de": step.wording.text_de, "en": step.wording.text_en}


MARKS: dict[str, Mark] = {
    **ROOMS,  # first: whose marks they are is found through the person, who goes below
    "accounts.User": (
        Personal(
            lambda subject: Q(pk=subject.user.pk),
            own=("email", "name", "language", "date_joined", "last_login", "is_staff", "is_superuser", "is_active"),
            left_out=("password", "public_id"),
        ),
    ),
    "accounts.User_groups": (Personal(by_user(), own=("group",), left_out=("user",)),),
    "accounts.User_user_permissions": (Personal(by_user(), own=("permission",), left_out=("user",)),),
    "accounts.AuditEntry": Named(("actor",), own=("at", "verb", "target_kind", "cluster_slug")),
    "accounts.Removed": Named(("by",), own=("kind", "at", "restored_at")),
    "account.EmailAddress": (Personal(by_user(), own=("email", "verified", "primary"), left_out=("user",)),),
    "account.EmailConfirmation": (
        Personal(by_user("email_address__user"), own=("created", "sent"), left_out=("email_address", "key")),
    ),
    "mfa.Authenticator": (
        Personal(by_user(), own=("type", "created_at", "last_used_at"), left_out=("user", "data"), more=_passkey),
    ),
    "usersessions.UserSession": (
        Personal(
            by_user(),
            own=("created_at", "last_seen_at", "ip", "user_agent"),
            left_out=("user", "session_key", "data"),
        ),
    ),
    "sessions.Session": (
        Personal(
            lambda subject: Q(pk__in=subject.session_keys),
            own=("expire_date",),
            left_out=("session_key", "session_data"),
        ),
    ),
    "socialaccount.SocialApp": NOBODY,
    "socialaccount.SocialAccount": (
        Personal(
            by_user(), own=("provider", "uid", "date_joined", "last_login", "extra_data"), left_out=("user",)
        ),
    ),
    "socialaccount.SocialToken": (
        Personal(
            by_user("account__user"), own=("expires_at",), left_out=("app", "account", "token", "token_secret")
        ),
    ),
    "outbox.Mail": (
        Personal(_mails_to, own=("to", "reply_to", *MAIL), left_out=MAIL_REST),
        Personal(_mails_from, own=("reply_to", *MAIL), left_out=("to", *MAIL_REST)),
        Personal(
            _mails_of_others,
            own=("to", "template", "created_at", "sent_at"),
            left_out=("reply_to", "language", "subject", "text", "state", *MAIL_REST),
        ),
    ),
    "consents.Wording": Nobody("What can be agreed to, not who did."),
    "consents.Consent": Nobody("A chain without addresses; it outlives the account as a proof. See `Evidence`."),
    "consents.Evidence": (
        Personal(
            by_email(),
            own=("consent", "email", "language", "mail_text"),
            left_out=("salt", "key", "token_hash"),
            more=_consent,
        ),
    ),
    "consents.Asked": (
        Personal(
            by_email(),
            own=("email", "language", "purpose", "cluster_slug", "wording", "form", "mail_text", "at"),
            left_out=("token_hash",),
        ),
    ),
    "clusters.Role": (Personal(by_user(), own=("kind", "cluster"), left_out=("user",)),),
    "clusters.Message": (
        Personal(
            by_email(),
            own=(
                "kind", "cluster", "name", "email", "organisation_name", "subject", "text", "created_at", "handled_at"
            ),
            left_out=("public_id", "updated_at"),
        ),
    ),
    "actors.Claim": (
        Personal(
            by_email(),
            own=(
                "organisation", "name", "email", "language", "function", "text", "state", "created_at", "updated_at"
            ),
            left_out=("public_id",),
        ),
    ),
    "actors.NotDuplicate": Named(("said_by",), own=("said_at",)),
    "actors.Merge": Named(("by",), own=("created_at",)),
    "people.Person": (
        Personal(by_person("pk"), own=("name", "email", "created_at", "updated_at"), left_out=("public_id", "user")),
    ),
    "people.Representative": (
        Personal(by_person("person"), own=("organisation", "role", "since", "until"), left_out=("public_id", "person")),
    ),
    "people.Invitation": (
        Personal(
            by_email(),
            own=(
                "email", "language", "organisation", "represents_as", "role", "cluster", "created_at", "expires_at",
                "accepted_at", "revoked_at",
            ),
            left_out=("public_id", "token_hash", "claim", "invited_by", "accepted_by"),
        ),
        Personal(
            by_user("invited_by"),
            own=("organisation", "represents_as", "role", "cluster", "created_at"),
            left_out=(
                "public_id", "token_hash", "claim", "invited_by", "accepted_by", "email", "language", "expires_at",
                "accepted_at", "revoked_at",
            ),
            stays=True,
        ),
    ),
    "networks.NetworkPerson": (
        Personal(
            by_person("person"),
            own=("network", "kind", "organisation", "shown_to_members", "shown_to_cluster", "since", "until"),
            left_out=("public_id", "person"),
        ),
    ),
    "networks.Affiliation": Named(
        ("proposed_by", "network_agreed_by", "cluster_agreed_by", "ended_by"),
        own=("network", "cluster", "version", "proposed_at"),
    ),
    "networks.JoinRequest": (
        Personal(
            by_person("person"),
            own=("network", "organisation", "words", "state", "created_at", "answered_at"),
            left_out=("public_id", "person", "answered_by"),
        ),
    ),
    "networks.NetworkInvitation": (
        Personal(
            by_email(),
            own=("email", "language", "network", "kind", "created_at", "expires_at", "accepted_at", "revoked_at"),
            left_out=("public_id", "token_hash", "second_hash", "invited_by", "accepted_by"),
        ),
        Personal(
            by_user("invited_by"),
            own=("network", "kind", "created_at"),
            left_out=(
                "public_id", "token_hash", "second_hash", "invited_by", "accepted_by", "email", "language",
                "expires_at", "accepted_at", "revoked_at",
            ),
            stays=True,
        ),
    ),
    "people.ActLink": (
        Personal(
            by_person("person"), own=("act", "created_at", "expires_at", "used_at", "revoked_at"),
            left_out=("person", "token_hash", "target"),
        ),
    ),
    "actors.Contact": (
        Personal(
            by_email(),
            own=(
                "organisation", "name", "function", "email", "phone", "name_visibility", "email_visibility",
                "phone_visibility", "source", "legal_basis", "legal_note", "informed_at", "created_at", "updated_at",
            ),
            left_out=("public_id", "position", "source_id", "behind"),
        ),
    ),
    "imports.Import": Named(("by",), own=("file_name", "created_at", "done_at")),
    "imports.Row": Nobody("What stood in a file, for a month; an account deletion empties the rows with its address."),
    "imports.Mapping": NOBODY,
    "imports.OwnId": Nobody("Numbers of organisations in the office's own list."),
    "imports.Objection": Nobody("A keyed hash, so that nobody is brought in again who does not want it."),
    "profiles.Draft": Named(("by", "decided_by"), own=("organisation", "state", "submitted_at", "decided_at")),
    "profiles.Confirmation": Named(("answered_by",), own=("organisation", "answered_at")),
    "governance.Sitting": Named(("made_by",), own=("title", "starts_at")),
    "governance.Attendance": Nobody("Organisations that were in a sitting, not who sat there for them."),
    "governance.PollAnswer": (
        Personal(by_person("by"), own=("date", "answer"), left_out=("organisation_id", "by"), stays=True),
    ),
    "governance.Ballot": Named(("made_by",), own=("title", "created_at")),
    "governance.Roll": Nobody("Organisations and which of them have voted, never when or by whom."),
    "governance.Box": Nobody("Sealed ballots in no order. Nothing leads from them to anybody."),
    "governance.Vote": (
        Personal(
            by_person("cast_by"), own=("ballot", "choice", "cast_at"),
            left_out=("organisation_id", "cast_by", "reason"),  # the reasons are the organisation's
            stays=True,
        ),
    ),
    "projects.Joining": Named(
        ("by", "answered_by"), own=("project", "organisation", "state", "asked_at", "answered_at")
    ),
    "projects.GroupMember": (
        Personal(by_person("person"), own=("group", "function", "since"), left_out=("public_id", "person")),
    ),
    "projects.GroupNote": Named(("by",), own=("group", "text", "at")),
    "projects.GroupFile": Named(("by",), own=("group", "name", "at")),
    "projects.GroupReport": Named(("by",), own=("group", "status", "text", "at")),
    "projects.Proof": Named(("answered_by",), own=("project", "organisation", "concept", "state", "answered_at")),
    "projects.Release": Named(("answered_by",), own=("project", "organisation", "state", "answered_at")),
    "projects.Step": Named(("by",), own=("project", "verb", "at")),
    "charter.Editor": (Personal(by_person("person"), own=("charter", "since"), left_out=("person",)),),
    "charter.Guest": (
        Personal(
            by_person("person"), own=("charter", "organisation", "since", "until", "told_at"),
            left_out=("public_id", "person"),
        ),
    ),
    "charter.Contribution": (
        Personal(
            by_person("person"), own=("charter", "organisation", "question", "language", "at"),
            left_out=("public_id", "person", "theme", "text"),  # the words are the organisation's
            stays=True,
        ),
    ),
    "charter.Suggestion": (
        Personal(
            by_person("person"),
            own=("charter", "organisation", "number", "kind", "language", "state", "at"),
            left_out=(
                "text", "reason", "answer",  # the words are the organisation's, or were said to it
                "public_id", "person", "anchor", "parent", "version", "base", "place", "earlier", "unfit", "lost",
                "answered_at", "answered_by", "ballot", "created_at", "updated_at",
            ),
            stays=True,
        ),
    ),
    "charter.Supporter": (
        Personal(
            by_person("person"), own=("suggestion", "organisation", "at"), left_out=("person",), stays=True
        ),
    ),
    "charter.Signature": (
        Personal(
            by_person("person"), own=("adoption", "organisation", "signed_at", "withdrawn_at"),
            left_out=("public_id", "person", "name"),
            stays=True,
        ),
    ),
    "charter.Attempt": (
        Personal(
            by_user("by"), own=("charter", "text", "at"), left_out=("public_id", "anchor", "revision", "by")
        ),
    ),
    "charter.Wording": Named(("by",), own=("anchor", "text", "at")),
    "charter.Version": Named(("made_by",), own=("number", "made_at")),
    "charter.Manuscript": Named(("by",), own=("name", "at")),
    "charter.Adoption": Named(("made_by",), own=("version", "made_at")),
    "congress.Speaker": (
        Personal(
            by_person("person"), own=("contribution", "name", "about", "asked_at", "agreed_at", "refused_at"),
            left_out=("public_id", "person", "position"),
        ),
    ),
    "congress.StepTaken": Named(("by",), own=("contribution", "verb", "at")),
    "congress.Review": Named(("by",), own=("contribution", "organisation", "is_biased", "comment", "created_at")),
    "matching.NeedContact": (
        Personal(by_email(), own=("need", "organisation_name", "name", "email")),
    ),
    "languages.Delivery": (
        Personal(
            by_user(), own=("file_name", "source_language", "target_language", "created_at"),
            left_out=("public_id", "user", "units"),
        ),
    ),
    "pictures.Picture": Named(("uploaded_by_user",), own=("title", "created_at")),
    **WAGTAIL,
    "congress.Release": Named(("by",), own=("congress", "number", "released_at")),
    "congress.Bulletin": Named(("by",), own=("congress", "text", "at")),
    "congress.Pick": (Personal(by_user(), own=("congress", "key", "at"), left_out=("user",)),),
    **LISTS,
    **REGISTRATIONS,
    **MEETINGS,
    **dict.fromkeys(
        (
            "clusters.Region", "clusters.Cluster", "actors.Organisation", "actors.Organisation_sectors",
            "actors.Membership", "actors.Location", "actors.Certificate", "governance.Body", "governance.Mandate",
            "governance.Resolution", "governance.PollDate", "governance.AgendaItem", "governance.Motion",
            "governance.Minutes", "governance.Task", "charter.Charter", "charter.Period", "charter.Section",
            "charter.Paragraph", "charter.Question", "charter.Theme", "charter.AdoptionPart",
            "competences.Competence", "competences.Reference", "competences.Reference_concepts",
            "congress.Congress", "congress.Hours", "congress.Room", "congress.Track", "congress.Format",
            "congress.Criterion", "congress.Stand", "congress.Stand_competences", "congress.Stand_sectors",
            "congress.StandTalk", "congress.NextStep", "congress.Proceeding",
            "congress.Session",
            "events.Event", "events.Event_clusters", "events.Organiser", "events.EventTopic", "matching.Need",
            "matching.Need_concepts", "matching.Need_clusters", "projects.Project", "projects.Project_clusters",
            "projects.Project_proved", "projects.Project_seeks", "projects.Project_goals", "projects.Partner",
            "projects.ProjectFigure",
            "projects.Milestone", "projects.WorkingGroup", "projects.Story", "networks.Network",
            "networks.Network_clusters", "networks.NetworkMember", "pages.RegionHomePage", "pages.ClusterHomePage",
            "pages.NewsIndexPage", "pages.NewsPage", "pages.NewsPage_clusters", "pages.NewsPage_topics",
            "pages.NewsActor", "pages.NewsProject", "pages.StandardPage", "pages.PageBehind",
            "wagtailredirects.Redirect",
        ),
        IS_OFFICES,
    ),
    **dict.fromkeys(
        ("congress.Contribution", "congress.Contribution_competences"),
        Nobody("Brought in by an organisation; who did it stands in its steps, and who speaks among its speakers."),
    ),
    "congress.Score": Nobody("Points of an organisation's seat; who gave them stands in its review."),
    "pages.Operator": Nobody("The imprint: whom the law wants named there is named there, and changed by the office."),
    "search.Document": Nobody("Made of what is public; made anew when that changes."),
    "django_tasks_database.DBTaskResult": Nobody("Keys of rows; a task is never given a name or an address."),
    **dict.fromkeys(
        (
            "pictures.Rendition", "wagtailimages.Rendition", "places.State", "places.District", "places.PostalCode",
            "vocabularies.Vocabulary", "vocabularies.Concept", "vocabularies.Concept_related", "vocabularies.Label",
            "search.SearchException", "taggit.Tag", "taggit.TaggedItem", "simple_translation.SimpleTranslation",
            "wagtailadmin.Admin", "wagtailcore.Locale", "wagtailcore.Site", "wagtailcore.GroupSitePermission",
            "wagtailcore.CollectionViewRestriction", "wagtailcore.CollectionViewRestriction_groups",
            "wagtailcore.Collection", "wagtailcore.GroupCollectionPermission", "wagtailcore.WorkflowContentType",
            "wagtailcore.Workflow", "wagtailcore.WorkflowTask", "wagtailcore.Task", "wagtailcore.GroupApprovalTask",
            "wagtailcore.GroupApprovalTask_groups", "wagtailcore.GroupPagePermission",
            "wagtailcore.PageViewRestriction", "wagtailcore.PageViewRestriction_groups", "wagtailcore.WorkflowPage",
            "auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType",
        ),
        IS_CODE,
    ),
}  # fmt: skip
