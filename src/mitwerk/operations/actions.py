"""Writes of a whole installation: the sign-ins of the demo."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from mitwerk.accounts.actions import create_user
from mitwerk.accounts.models import User
from mitwerk.actors.actions import change_organisation, take_over
from mitwerk.actors.models import Membership, Organisation
from mitwerk.charter.actions import add_paragraph, change_charter, open_phase, publish_version, suggest
from mitwerk.charter.models import Charter
from mitwerk.charter.queries import charter_of
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Cluster, Role
from mitwerk.clusters.queries import clusters
from mitwerk.congress.actions import announce_congress
from mitwerk.congress.models import Congress, Track
from mitwerk.core.changes import Row
from mitwerk.core.translated import Translated
from mitwerk.governance.actions import change_body, invite, plan_sitting, write_item, write_motion
from mitwerk.governance.models import AgendaItem, Body, Mandate, Motion, Sitting
from mitwerk.people.actions import accept_invitation, send_invitation
from mitwerk.people.models import Invitation, Person, Representative
from mitwerk.registrations.actions.offering import set_up

Acts = Representative.Role

DOMAIN = "mitwerk.example"
"""A domain that can never exist, so that no demo mail reaches anybody."""


@dataclass(frozen=True)
class SignIn:
    """What somebody who tries the demo needs to sign in as one of its roles."""

    role: str
    email: str
    password: str


@transaction.atomic
def make_demo_sign_ins() -> list[SignIn]:
    """One user per role, each with a random password; a user that is there already is left alone and not listed."""
    return [sign_in for sign_in in _all_sign_ins() if sign_in is not None]


def _all_sign_ins() -> Iterator[SignIn | None]:
    yield _sign_in(name="Administrator", mailbox="administrator", is_superuser=True)
    yield _sign_in(name="Office umbrella body", mailbox="umbrella", kind=Role.Kind.UMBRELLA_EDITOR)
    first, other = _two_clusters()
    if first:
        yield _sign_in(name=f"Office {first.menu_name}", mailbox="manager", kind=Role.Kind.MANAGER, cluster=first)
        yield _sign_in(name=f"Editor {first.menu_name}", mailbox="editor", kind=Role.Kind.EDITOR, cluster=first)
        firm = _demo_firm(first)
        yield _representative(name=f"Delegate {firm.name}", mailbox="delegate", firm=firm, kind=Acts.DELEGATE)
        yield _representative(name=f"Editor {firm.name}", mailbox="firm-editor", firm=firm, kind=Acts.EDITOR)
        _demo_board(first, firm)
        _demo_charter(first, firm)
        _demo_congress(first)
    if other:
        yield _sign_in(name=f"Editor {other.menu_name}", mailbox="editor-2", kind=Role.Kind.EDITOR, cluster=other)


def _demo_firm(cluster: Cluster) -> Organisation:
    """An invented member, so that nobody acts for a real one; made once."""
    found = Organisation.objects.filter(slug="musterfirma").first()
    if found:
        return found
    firm = Organisation(slug="musterfirma")
    text = {"de": "Erfunden, um Profile auszuprobieren.", "en": "Invented, to try out profiles."}
    membership = Row(Membership(), {"cluster": cluster, "kind": Membership.Kind.MEMBER})
    values = {"name": "Musterfirma", "town": "Leipzig", "postal_code": "04109", "description": text}
    change_organisation(organisation=firm, values=values, rows={"memberships": [membership]}, actor=None)
    take_over(organisation=firm, actor=None)
    return firm


def _demo_board(cluster: Cluster, firm: Organisation) -> None:
    """A provisional board with the invented member in the chair, as the cluster began with; made once."""
    if Body.objects.filter(slug="musterrunde").exists():
        return
    name = {"de": "Vorläufiger Vorstand (Demo)", "en": "Provisional board (demo)"}
    text = {"de": "Erfunden, um Abstimmungen auszuprobieren.", "en": "Invented, to try out ballots."}
    seat = {"organisation": firm, "function": Mandate.Function.CHAIR, "is_provisional": True}
    values = {"name": name, "purpose": text, "cluster": cluster, "watchers": Body.Watchers.MEMBERS}
    board = Body(slug="musterrunde")
    change_body(body=board, values=values, rows={"mandates": [Row(Mandate(), seat)]}, actor=None)
    _demo_sitting(board)


def _demo_sitting(board: Body) -> None:
    """A sitting to come, with something to vote on."""
    day = timezone.localtime() + timedelta(days=14)
    begins = day.replace(hour=16, minute=0, second=0, microsecond=0)
    sitting = Sitting(body=board)
    sitting = plan_sitting(sitting=sitting, values={"starts_at": begins, "place": "Leipzig"}, actor=None)
    item = AgendaItem(sitting=sitting)
    title = Translated({"de": "Messestand 2027", "en": "Stand at the fair 2027"})
    write_item(item=item, values={"title": title, "length": 20}, actor=None)
    wording = {
        "de": "Das Cluster zeigt sich 2027 mit einem gemeinsamen Stand.",
        "en": "In 2027 the cluster presents itself with a joint stand.",
    }
    write_motion(motion=Motion(item=item), values={"title": title, "wording": Translated(wording)}, actor=None)
    invite(sitting=sitting, actor=None)


DEMO_CHARTER = (
    ("self", "Wir sind die IT-Firmen, Hochschulen und Institute, die in Mitteldeutschland zusammenarbeiten.",
     "We are the IT firms, universities and institutes that work together in Central Germany."),
    ("self", "Wir wollen der IT-Partner der anderen Cluster der Region sein.",
     "We want to be the IT partner of the region's other clusters."),
    ("work", "Projekte bringen die Unternehmen ein, und sie tragen sie auch.",
     "Projects are brought in by the companies, and carried by them."),
    ("work", "Kleine Gruppen arbeiten freiwillig und berichten zu einem festen Tag.",
     "Small groups volunteer and report back by a fixed day."),
    ("goals", "Jedes Jahr beginnen zehn Projekte mit Firmen anderer Cluster.",
     "Every year ten projects begin with firms of other clusters."),
)  # fmt: skip
"""Section, German, English. In our words, after what the founders of 2006 set out to do."""


def _demo_charter(cluster: Cluster, firm: Organisation) -> None:
    """A draft that everybody may read, with a suggestion of the invented member; made once."""
    if charter_of(cluster) is not None:
        return
    task = {"de": "Wer wir sind, wie wir arbeiten und was wir erreichen wollen.",
            "en": "Who we are, how we work and what we want to achieve."}  # fmt: skip
    values = {"title": Translated({"de": "Leitbild (Demo)", "en": "Charter (demo)"}), "task": Translated(task),
              "cluster": cluster, "is_open": True}  # fmt: skip
    charter = change_charter(charter=Charter(), values=values, rows={}, actor=None)
    sections = {section.kind: section for section in charter.sections.all()}
    written = [
        add_paragraph(section=sections[kind], values={"text": Translated({"de": de, "en": en})}, actor=None)
        for kind, de, en in DEMO_CHARTER
    ]
    charter = open_phase(charter=charter, phase="draft", actor=None)
    publish_version(charter=charter, note={}, actor=None)
    charter = open_phase(charter=charter, phase="suggest", actor=None)
    person = Person.objects.filter(representations__organisation=firm).order_by("pk").first()
    if person is not None:
        text = "Kleine Gruppen arbeiten freiwillig und berichten nach der Sommerpause."
        values = {"kind": "replace", "language": "de", "text": text, "version": 1,
                  "reason": "Ein Tag, den alle kennen."}  # fmt: skip
        suggest(charter=charter, organisation=firm, person=person, anchor=written[3].public_id, values=values)


def _demo_congress(cluster: Cluster) -> None:
    """One that is half a year ahead, with a call that is open; made once."""
    if Congress.objects.exists():
        return
    title = Translated({"de": "Kongress für alle Cluster (Demo)", "en": "Congress for all clusters (demo)"})
    starts_on = timezone.localdate() + timedelta(days=180)
    values = {"title": title, "starts_on": starts_on, "ends_on": starts_on + timedelta(days=1), "place": "Leipzig",
              "cluster": cluster, "is_public": True}  # fmt: skip
    congress = announce_congress(values=values, actor=None)
    call = {"de": "Zeigen Sie den Firmen anderer Cluster, was Sie für sie tun können.",
            "en": "Show the firms of other clusters what you can do for them."}  # fmt: skip
    Congress.objects.filter(pk=congress.pk).update(call=Translated(call))
    set_up(congress=congress, actor=None)
    for position, (de, en) in enumerate(DEMO_TRACKS):
        Track.objects.create(congress=congress, name={"de": de, "en": en}, position=position)


DEMO_TRACKS = (("Für Ernährung und Chemie", "For food and chemistry"), ("Für Fahrzeugbau", "For automotive"))


def _representative(*, name: str, mailbox: str, firm: Organisation, kind: str) -> SignIn | None:
    sign_in = _sign_in(name=name, mailbox=mailbox)
    if sign_in:
        offer = Invitation(email=sign_in.email, organisation=firm, represents_as=kind)
        offer = send_invitation(invitation=offer, actor=None)
        user = User.objects.get(email=sign_in.email)
        accept_invitation(invitation=offer, user=user, name=name, language=user.language)
    return sign_in


def _two_clusters() -> tuple[Cluster | None, Cluster | None]:
    """The IT cluster where there is one, and the next one."""
    found = sorted(clusters(), key=lambda cluster: cluster.slug != "it")
    first, other, *_rest = [*found, None, None]
    return first, other


def _sign_in(
    *, name: str, mailbox: str, kind: str = "", cluster: Cluster | None = None, is_superuser: bool = False
) -> SignIn | None:
    email = f"{mailbox}@{DOMAIN}"
    if User.objects.filter(email__iexact=email).exists():
        return None
    password = secrets.token_urlsafe(12)
    user = create_user(email=email, password=password, name=name, is_superuser=is_superuser)
    if kind:
        grant_role(user=user, kind=kind, cluster=cluster)
    return SignIn(name, email, password)
