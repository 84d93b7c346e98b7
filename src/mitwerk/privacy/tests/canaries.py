"""A person who has left a trace in every table that can hold one. Each text of theirs holds their word."""

from datetime import time, timedelta
from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from django.db import models
from django.utils import timezone
from django.utils.timezone import localtime
from wagtail.admin.models import EditingSession, FormState
from wagtail.documents.models import Document
from wagtail.log_actions import log
from wagtail.models import APIToken, Comment, CommentReply, Page, PageSubscription, UploadedFile
from wagtail.users.models import UserProfile

from mitwerk.accounts.actions import create_user, record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Claim, Contact, Merge, Organisation
from mitwerk.charter.models import (
    Adoption,
    Attempt,
    Charter,
    Contribution,
    Editor,
    Guest,
    Manuscript,
    Signature,
    Suggestion,
    Supporter,
    Version,
    Wording,
)
from mitwerk.clusters.models import Cluster, Message, Role
from mitwerk.congress import models as congresses
from mitwerk.congress.models import Bulletin, Congress, Pick, Release, Review, Speaker, StepTaken
from mitwerk.consents.actions import ask_for_consent, confirm_consent
from mitwerk.consents.models import Asked
from mitwerk.events.models import Event
from mitwerk.governance.models import Ballot, Body, PollAnswer, PollDate, Sitting, Vote
from mitwerk.languages.models import Delivery
from mitwerk.matching.models import Need, NeedContact
from mitwerk.networks import models as networks
from mitwerk.networks.models import Network, NetworkInvitation, NetworkPerson
from mitwerk.outbox.models import Mail
from mitwerk.people.models import ActLink, Invitation, Person, Representative
from mitwerk.pictures.models import Picture
from mitwerk.profiles.models import Draft
from mitwerk.projects.models import GroupMember, GroupNote, Project, WorkingGroup
from mitwerk.registrations.models import Admission, Arrival, Booking, CheckInPass, Lead, Registration, TicketKind
from mitwerk.rooms import models as rooms
from mitwerk.rooms.queries import mark_of
from mitwerk.vocabularies.models import SYSTEMS, Concept, Vocabulary

NOW = timezone.now


def plant(word: str, organisation: Organisation, cluster: Cluster) -> User:
    """`word` is lower-case and stands in everything that is theirs."""
    user = create_user(email=f"{word}@example.org", password=None, name=f"Name {word}")
    User.objects.filter(pk=user.pk).update(last_login=NOW())
    _accounts(word, user)
    _people(word, user, organisation, cluster)
    _wagtail(word, user, organisation)
    _consents(word, cluster)
    _mails(word)
    return user


def _accounts(word: str, user: User) -> None:
    user.groups.add(Group.objects.get_or_create(name="canaries")[0])
    user.user_permissions.add(Permission.objects.all()[0])
    second = EmailAddress.objects.create(user=user, email=f"second-{word}@example.org", verified=True, primary=False)
    EmailConfirmation.objects.create(email_address=second, sent=NOW(), key=f"secret-{user.pk}")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"}, last_used_at=NOW())
    session = SessionStore()
    session.update({"_auth_user_id": str(user.pk), "note": word})
    session.create()
    UserSession.objects.create(user=user, ip="192.0.2.1", user_agent=f"Browser {word}", session_key=session.session_key)
    app, _is_new = SocialApp.objects.get_or_create(provider="openid_connect", name="Elsewhere", client_id="x")
    account = SocialAccount.objects.create(
        user=user, provider=f"at {word}", uid=f"uid {word}", extra_data={"sub": f"sub {word}"}
    )
    SocialToken.objects.create(app=app, account=account, token="t", expires_at=NOW())
    UserProfile.objects.filter(user=user).update(
        preferred_language="de", current_time_zone="Europe/Berlin", dismissibles={"seen": f"seen {word}"}
    )
    UserProfile.objects.get(user=user).avatar.save(f"{word}.png", ContentFile(word.encode()))


def _people(word: str, user: User, organisation: Organisation, cluster: Cluster) -> None:
    person, _is_new = Person.objects.update_or_create(
        user=user, defaults={"name": f"Person {word}", "email": user.email}
    )
    Representative.objects.create(organisation=organisation, person=person, role="editor")
    Role.objects.create(user=user, cluster=cluster, kind="board_member")
    written = {"name": f"Writer {word}", "email": user.email.upper()}
    Message.objects.create(
        cluster=cluster, organisation_name=f"Firm {word}", subject=f"Subject {word}", text=f"Text {word}",
        handled_at=NOW(), **written,
    )  # fmt: skip
    body = Body.objects.create(slug=f"body{user.pk}", name={"de": "Gremium"})
    ballot = Ballot.objects.create(body=body, title={"de": "Frage"}, motion={"de": "Frage"}, made_by=user)
    Vote.objects.create(ballot=ballot, organisation_id="x", choice="no", reason="Zu teuer", cast_by=person)
    sitting = Sitting.objects.create(body=body, title={"de": "Sitzung"}, made_by=user)
    date = PollDate.objects.create(sitting=sitting, starts_at=NOW())
    PollAnswer.objects.create(date=date, organisation_id="x", answer="yes", by=person)
    project = Project.objects.create(slug=f"way{user.pk}", title={"de": "Weg"}, summary={"de": "Weg"})
    group = WorkingGroup.objects.create(project=project, task={"de": "Aufgabe"}, report_due=NOW().date())
    GroupMember.objects.create(group=group, person=person, function="speaker")
    GroupNote.objects.create(group=group, text="Shared note", by=user)
    _charter(word, user, person, organisation)
    _congress(word, user, person, organisation)
    _networks(word, user, person, organisation, cluster)
    ActLink.objects.create(person=person, act=f"act {word}", target="x", token_hash=f"l{user.pk}", expires_at=NOW())
    contact = Contact.objects.create(
        organisation=organisation, function={"de": f"Leitung {word}"}, phone=f"0 {word}", source=f"List {word}",
        legal_note=f"Note {word}", legal_basis="contract", informed_at=NOW(), **written,
    )  # fmt: skip
    Draft.objects.create(
        organisation=organisation, state=Draft.State.DROPPED, by=user,
        content={"contacts": [{"id": contact.pk, "name": contact.name, "email": contact.email}]},
    )  # fmt: skip
    Claim.objects.create(organisation=organisation, function=f"Boss {word}", text=f"Claim {word}", **written)
    _invite(user, organisation, email=f"second-{word}@example.org", accepted_at=NOW(), accepted_by=user)
    _invite(user, organisation, email=f"guest-of-{user.pk}@example.net", invited_by=user, revoked_at=NOW())
    need = Need.objects.create(slug=f"n{user.pk}", title={"de": "Bedarf"}, text={"de": "Text"})
    NeedContact.objects.create(need=need, organisation_name=f"Need {word}", **written)
    Delivery.objects.create(
        user=user, file_name=f"file {word}", source_language="de", target_language="en", units=[[word, word]]
    )
    _register(word, user)
    record_audit(verb="need.look", target=need, actor=user)
    record_audit(verb="person.add", target=person)
    claim = Claim.objects.filter(email=written["email"]).values()[0]
    packed = {"removed": {"fields": {"name": claim["name"], "email": claim["email"]}, "pk": claim["id"]}}
    loser = Organisation.objects.create(slug=f"l{user.pk}", name="Loser", merged_into=organisation, visibility="hidden")
    Merge.objects.create(winner=organisation, loser=loser, by=user, done={"rows": {"actors.Claim": [packed]}})


def _networks(word: str, user: User, person: Person, organisation: Organisation, cluster: Cluster) -> None:
    network = Network.objects.create(slug=f"net{user.pk}", name={"de": "Netz"})
    member = NetworkPerson.objects.create(network=network, person=person, kind="member")
    _list(word, user, network)
    _room(member)
    _meet(word, user, member)
    networks.JoinRequest.objects.create(network=network, person=person, organisation=organisation, words=f"Join {word}")
    networks.Affiliation.objects.create(
        network=network, cluster=cluster, version=1, proposed_side="network", proposed_by=user, network_agreed_by=user,
        ended_by=user,
    )  # fmt: skip
    offers: list[dict[str, Any]] = [
        {"email": user.email, "accepted_by": user}, {"email": "x@example.net", "invited_by": user}
    ]  # fmt: skip
    for number, more in enumerate(offers):
        NetworkInvitation.objects.create(
            network=network, kind="member", token_hash=f"n{number}-{user.pk}", expires_at=NOW(), **more
        )


def make_guest(name: str, email: str, **more: Any) -> Registration:
    """Somebody who comes to a congress of their own."""
    event = Event.objects.create(slug=f"e-{name}"[:80], title={"de": "Kongress"}, starts_on=NOW().date())
    congress = Congress.objects.create(event=event, opens_at=time(0), closes_at=localtime().time())
    admission = Admission.objects.create(congress=congress)
    kind = TicketKind.objects.create(admission=admission, name={"de": "Karte"}, quota=1)
    booking = Booking.objects.create(admission=admission, kind=kind, key="x")
    return Registration.objects.create(
        booking=booking, admission=admission, kind=kind, name=name, email=email, leads=True, **more
    )


def _register(word: str, user: User) -> None:
    needs = {"diet": f"Diet {word}", "access_needs": f"Access {word}"}
    guest = make_guest(f"guest {word}".replace(" ", "-"), user.email.upper(), answers={"x": f"Answer {word}"}, **needs)
    Event.objects.filter(pk=guest.admission.congress.event_id).update(slug=f"e{guest.pk}")
    booked = {"booking": guest.booking, "admission": guest.admission, "kind": guest.kind}
    other = Registration.objects.create(name="Somebody", **booked)
    Lead.objects.create(asker=guest, asked=other)
    Lead.objects.create(asker=other, asked=guest)
    Arrival.objects.create(registration=guest, day=NOW().date(), at=NOW(), client_id=f"c{guest.pk}", by=user)
    CheckInPass.objects.create(admission=guest.admission, device="Main entrance", by=user, expires_at=NOW())


def _room(me: NetworkPerson) -> None:
    """What they said in the room stays with the others; that it was theirs is not told any more."""
    topic = rooms.Topic.objects.create(network=me.network, by=me, title="Shared topic", text="Shared")
    unnamed = rooms.Topic.objects.create(network=me.network, is_unnamed=True, title="Shared question", text="Shared")
    rooms.AskedBy.objects.create(topic=unnamed, mark=mark_of(me, unnamed))
    rooms.Answer.objects.create(topic=unnamed, is_askers=True, text="Shared")
    answer = rooms.Answer.objects.create(topic=topic, by=me, text="Shared")
    rooms.Follow.objects.create(topic=topic, person=me)
    rooms.RoomMail.objects.create(person=me, told_until=NOW())
    rooms.RoomFile.objects.create(answer=answer, name="Shared.pdf", file="rooms/x.pdf", size=1)
    poll = rooms.Poll.objects.create(topic=topic, kind="opinion", question="Shared question")
    rooms.PollVote.objects.create(option=rooms.PollOption.objects.create(poll=poll, label="Shared option"), person=me)


def _list(word: str, user: User, network: Network) -> None:
    """On the list of a network, and the one who uploaded it."""
    source = networks.PeopleList.objects.create(network=network, by=user, file_name="x.csv", kept_at=NOW())
    networks.Leaving.objects.create(asked_by=user, due_at=NOW(), deleted_at=NOW())
    networks.Leaving.objects.create(confirmed_by=user, due_at=NOW(), deleted_at=NOW())
    networks.Wave.objects.create(network=network, by=user, ends_at=NOW() + timedelta(days=1), language="de", total=1)
    networks.ListRow.objects.create(
        network=network, source=source, number=1, name=f"Listed {word}", email=user.email, firm=f"List firm {word}",
        position=f"Position {word}",
    )  # fmt: skip


def _charter(word: str, user: User, person: Person, organisation: Organisation) -> None:
    """What is brought in for an organisation is the organisation's; who did it is not told any more."""
    own = Cluster.objects.create(slug=f"c{user.pk}", name={"de": "Eigenes"})
    charter = Charter.objects.create(cluster=own, title={"de": "Leitbild"})
    Editor.objects.create(charter=charter, person=person)
    Guest.objects.create(charter=charter, organisation=organisation, person=person)
    Attempt.objects.create(charter=charter, anchor="a", revision=1, text={"text": {"de": f"Attempt {word}"}}, by=user)
    by = {"charter": charter, "organisation": organisation, "person": person, "language": "de"}
    Contribution.objects.create(text="Shared contribution", **by)
    suggestion = Suggestion.objects.create(number=1, kind="comment", anchor="a", version=1, text="Shared", **by)
    Supporter.objects.create(suggestion=suggestion, organisation=organisation, person=person)
    Wording.objects.create(charter=charter, anchor="a", revision=1, by=user)
    version = Version.objects.create(charter=charter, number=1, content={"sections": []}, made_by=user)
    board = Body.objects.get(slug=f"body{user.pk}")
    adoption = Adoption.objects.create(
        charter=charter, version=version, body=board, state="adopted", number=1, adopted_on=NOW().date(), made_by=user
    )
    Signature.objects.create(adoption=adoption, organisation=organisation, name="Firm", person=person)
    Manuscript.objects.create(charter=charter, language="de", by=user)


def _meet(word: str, user: User, one: NetworkPerson) -> None:
    meeting = rooms.Meeting.objects.create(
        network=one.network, title="Treffen", starts_at=NOW() - timedelta(hours=2), ends_at=NOW(), by=user
    )
    rooms.Minutes.objects.create(meeting=meeting, number=1, text="Protokoll", by=user)
    rooms.Attendance.objects.create(meeting=meeting, person=one, answer="comes", seat=1)
    rooms.Feed.objects.create(person=one, nonce=f"n{user.pk}")
    rooms.Card.objects.create(person=one, position=f"Head {word}", about=f"About {word}", phone=f"0 {word}")
    systems, _new = Vocabulary.objects.get_or_create(slug=SYSTEMS, defaults={"name": {"de": "Systeme"}})
    system, _new = Concept.objects.get_or_create(vocabulary=systems, notation="erp")
    rooms.SystemInUse.objects.create(person=one, concept=system, note=f"Note {word}")


def _congress(word: str, user: User, person: Person, organisation: Organisation) -> None:
    """Who speaks is theirs; what they handed in or scored for an organisation is the organisation's."""
    event = Event.objects.create(slug=f"congress{user.pk}", title={"de": "Kongress"}, starts_on=NOW().date())
    congress = Congress.objects.create(event=event)
    talk = congresses.Contribution.objects.create(
        congress=congress, organisation=organisation, number=1, kind="talk", title={"de": "Rede"}, language="de"
    )
    Speaker.objects.create(contribution=talk, person=person, name=f"Speaker {word}", about={"de": f"About {word}"})
    StepTaken.objects.create(contribution=talk, verb="submit", by=user)
    Review.objects.create(contribution=talk, organisation=organisation, by=user, comment="Shared review")
    Release.objects.create(congress=congress, number=1, content={}, by=user)
    until = NOW() + timedelta(hours=1)
    Bulletin.objects.create(congress=congress, text={"de": "Kaffee"}, until=until, by=user, key=f"k{user.pk}")
    Pick.objects.create(user=user, congress=congress, key=f"k{user.pk}")


def _invite(user: User, organisation: Organisation, **more: Any) -> None:
    Invitation.objects.create(
        organisation=organisation,
        represents_as="editor",
        token_hash=f"{user.pk}-{sorted(more)}",
        expires_at=NOW(),
        **more,
    )


def _wagtail(word: str, user: User, organisation: Organisation) -> None:
    page, kind = Page.objects.get(depth=1), ContentType.objects.get_for_model(Page)
    comment = Comment.objects.create(page=page, user=user, text=f"Comment {word}", contentpath="title")
    CommentReply.objects.create(comment=comment, user=user, text=f"Reply {word}")
    remark = {"pk": comment.pk, "user": user.pk, "text": f"Comment {word}", "replies": []}
    revision = page.save_revision(user=user, log_action=True, clean=False)
    revision.content["wagtail_admin_comments"] = [remark]
    revision.save(update_fields=["content"])
    Page.objects.filter(pk=page.pk).update(owner=user)
    PageSubscription.objects.create(user=user, page=page, comment_notifications=True)
    EditingSession.objects.create(user=user, content_type=kind, object_id="1", last_seen_at=NOW())
    FormState.objects.create(user=user, content_type=kind, object_id="1", data={"typed": word}, last_updated_at=NOW())
    upload = UploadedFile(for_content_type=kind, uploaded_by_user=user)
    upload.file.save(f"upload-{word}.txt", ContentFile(word.encode()))
    APIToken.objects.create(user=user, name=f"Token {word}", key_hash=f"{user.pk}", prefix="p")
    log(instance=organisation, action="wagtail.edit", user=user)
    log(instance=Claim.objects.get(email=user.email.upper()), action="wagtail.edit", user=user)
    log(instance=page, action="wagtail.edit", user=user)
    Document.objects.create(title="Shared document", file="a.txt", uploaded_by_user=user)
    Picture.objects.create(
        title="Shared picture", file="a.png", width=1, height=1, alt={"de": "x"}, credit="x", uploaded_by_user=user
    )


def _mails(word: str) -> None:
    own, office = f"{word}@example.org", "office@example.net"
    said = {"language": "de", "subject": f"Mail {word}", "text": f"Mail {word}", "html": word, "template": "x/y.txt"}
    Mail.objects.create(to=own, **said)
    Mail.objects.create(to=office, reply_to=own, **{**said, "template": "x/z.txt"})


def _consents(word: str, cluster: Cluster) -> None:
    """One given, one that waits."""
    for slug in (cluster, None):
        asked = ask_for_consent(
            email=f"{word}@example.org",
            purpose="newsletter",
            cluster=slug,
            name="X",
            form="/de/newsletter/",
            language="de",
        )
        if slug and asked:
            confirm_consent(asked=asked)
    Asked.objects.filter(email=f"{word}@example.org").update(form=f"form {word}", mail_text=f"mail {word}")


def texts_of(row: models.Model, columns: tuple[str, ...]) -> dict[str, str]:
    """The columns of a row that hold free text, as text."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.EmailField, models.FileField)
    fields = [row._meta.get_field(name) for name in columns]
    free = [one for one in fields if isinstance(one, kinds) and not getattr(one, "choices", None)]
    return {one.name: str(getattr(row, one.name)) for one in free}
