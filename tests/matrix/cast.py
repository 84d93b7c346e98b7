"""Everybody the matrix asks as, and one record behind every address; where records belong to somebody, to cluster A.

A is the IT cluster, B the food cluster. The network of A is `networks.heads`, that of B `networks.bakers`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, Site, Task, Workflow

from mitwerk.accounts.actions import create_user, record_audit
from mitwerk.accounts.models import Removed, User
from mitwerk.accounts.tests.factors import give_app
from mitwerk.actors.actions import merge_organisations
from mitwerk.actors.models import Claim
from mitwerk.actors.tests.cast import Cast, make_cast
from mitwerk.clusters.actions import grant_role
from mitwerk.clusters.models import Message, Role
from mitwerk.congress.tests.cast import make_congress
from mitwerk.consents.actions import ask_for_consent, confirm_consent
from mitwerk.consents.models import Evidence
from mitwerk.events.models import Event
from mitwerk.governance.actions import agree_on_task, ask_for_dates
from mitwerk.governance.actions.drafting import ACT as VOTE
from mitwerk.governance.actions.drafting import target_of
from mitwerk.governance.actions.planning import ANSWER
from mitwerk.governance.actions.planning import target_of as target_of_dates
from mitwerk.governance.models import AgendaItem, Body, Mandate, Resolution
from mitwerk.governance.tests.cast import count, make_ballot, make_body, started
from mitwerk.governance.tests.way import invited, planned, published, running
from mitwerk.imports.models import Import
from mitwerk.languages.models import Delivery
from mitwerk.matching.models import Need
from mitwerk.networks.actions import remove_network
from mitwerk.networks.models import Network, NetworkInvitation, NetworkPerson
from mitwerk.networks.tests.cast import Circle, Networks, make_circle, make_networks
from mitwerk.outbox.models import Mail
from mitwerk.pages.actions import ensure_page_tree, grant_page_rights
from mitwerk.pages.models import ClusterHomePage, NewsIndexPage, NewsPage, Operator
from mitwerk.pages.tests.cast import tell
from mitwerk.people.models import ActLink, Invitation, Representative
from mitwerk.people.queries import token_hash
from mitwerk.people.tests.cast import People, make_people
from mitwerk.pictures.models import Picture
from mitwerk.profiles.actions import ACT
from mitwerk.profiles.models import Confirmation, Draft
from mitwerk.profiles.queries import content_of
from mitwerk.projects.actions import fill_agendas
from mitwerk.projects.models import Project
from tests.matrix.affiliations import affiliation_records
from tests.matrix.charters import charter_records
from tests.matrix.congresses import congress_records
from tests.matrix.guests import guest_records
from tests.matrix.lists import list_records
from tests.matrix.meetings import meeting_records
from tests.matrix.projects import project_records
from tests.matrix.rooms import room_records

TOKEN = "a-token-of-an-invitation"


@dataclass(frozen=True)
class House:
    """All that stands: the cast, its people, the records by the name of their list, the pages, and who asks."""

    cast: Cast
    people: People
    networks: Networks
    circle: Circle
    records: dict[str, Model]
    users: dict[str, User | None]


def make_house() -> House:
    cast = make_cast()
    people, networks = make_people(cast), make_networks(cast)
    circle = make_circle(networks, "n-")
    for role in Role.objects.select_related("user", "cluster"):
        grant_role(user=role.user, kind=role.kind, cluster=role.cluster)
    ensure_page_tree(region=cast.region, clusters=[cast.it, cast.food])
    for cluster in (cast.it, cast.food):
        grant_page_rights(cluster=cluster)
    give_app(people.manager)
    records = {**_records(cast), **_offers(cast, people, networks), **_pages(cast), **_ballots(cast, people)}
    records |= {**project_records(cast, people), "networks": networks.heads}
    records |= affiliation_records(cast, people, networks, circle)
    records |= {**list_records(networks), **room_records(networks.heads, circle), **meeting_records(networks, circle)}
    records |= charter_records(cast, people, records["bodies"])
    records |= congress_records(cast, people, records["congresses"])
    fill_agendas()
    records["item about a project"] = AgendaItem.objects.get(
        sitting=records["invited sitting"], about=f"project:{records['handed in'].public_id}"
    )
    house = House(cast, people, networks, circle, records, {})
    house.users.update({who: find(house) for who, find in WHO.items()})
    return house


def _made(name: str, kind: str, where: Any) -> User:
    user = create_user(email=f"{name}@example.org", password=None, name=name)
    grant_role(user=user, kind=kind, cluster=where)
    give_app(user)
    return user


def _closed(house: House) -> User:
    """Was an editor of A; the account is switched off."""
    user = _made("closed", Role.Kind.EDITOR, house.cast.it)
    user.is_active = False
    user.save()
    return user


WHO: dict[str, Callable[[House], User | None]] = {
    "signed out": lambda house: None,
    "without a role": lambda house: house.people.stranger,
    "switched off": _closed,
    "former editor of the firm": lambda house: house.people.former,
    "delegate of the firm": lambda house: house.people.delegate,
    "substitute of the firm": lambda house: house.people.substitute,
    "editor of the firm": lambda house: house.people.editor,
    "board member of A": lambda house: _made("board", Role.Kind.BOARD_MEMBER, house.cast.it),
    "former member of A's network": lambda house: house.circle.former,
    "member of A's network": lambda house: house.circle.member,
    "coordinator of A's network": lambda house: house.circle.coordinator,
    "coordinator of B's network": lambda house: house.circle.baker,
    "editor of A": lambda house: house.cast.it_editor,
    "manager of A": lambda house: house.people.manager,
    "manager of B": lambda house: _made("food_manager", Role.Kind.MANAGER, house.cast.food),
    "umbrella editor": lambda house: house.cast.umbrella_editor,
    "administrator": lambda house: house.cast.administrator,
}
"""In the order of the letters of `expected.txt`."""
OUTSIDERS = list(WHO).index("editor of A")
"""So many of them have nothing to do in the office."""


def _records(cast: Cast) -> dict[str, Model]:
    event = Event.objects.create(slug="kongress", title={"de": "Fachmesse"}, starts_on=date(2007, 3, 1))
    project = Project.objects.create(slug="muehle", title={"de": "Mühle"}, summary={"de": "Kurz"})
    need = Need.objects.create(slug="bedarf", title={"de": "Bedarf"}, text={"de": "Text"}, state=Need.State.PUBLISHED)
    for record in (event, project, need):
        record.clusters.set([cast.it])
    subject = {"subject": "S", "template": "x/y.txt", "language": "de", "text": "T"}
    return {
        "messages": Message.objects.create(cluster=cast.it, name="M", email="m@example.org", text="Hallo"),
        "claims": Claim.objects.create(organisation=cast.hidden, name="C", email="c@example.org"),
        "organisations": cast.firm,
        "merges": merge_organisations(winner=cast.firm, loser=cast.town_hall, choices={}, actor=None),
        "projects": project,
        "events": event,
        "congresses": make_congress(cast),
        "needs": need,
        "clusters": cast.it,
        "region": cast.region,
        "concepts": cast.erp,
        "profile-changes": Draft.objects.create(
            organisation=cast.firm,
            state=Draft.State.WAITING,
            submitted_at=timezone.now(),
            version=1,
            base=content_of(cast.firm),
            content=content_of(cast.firm) | {"founded": 1900},
        ),
        "yearly-questions": Confirmation.objects.create(
            organisation=cast.firm, due_on=timezone.localdate(), asked_at=timezone.now()
        ),
        "subscribers": _subscriber(cast),
        "removed": _removed(cast),
        "log": record_audit(verb="firm.look", target=cast.firm),
        "imports": Import.objects.create(
            by=cast.it_editor, file_name="x.csv", kind="csv", state="ready", cluster=cast.it
        ),
        "mails": Mail.objects.create(to="a@example.org", **subject),
        **guest_records(cast),
        "delivery": Delivery.objects.create(
            user=cast.it_editor, file_name="x", source_language="de", target_language="en"
        ),
    }


def _removed(cast: Cast) -> Removed:
    """A network of A that its manager removed by mistake."""
    network = Network.objects.create(slug="weg", name={"de": "Weg"})
    network.clusters.set([cast.it])
    remove_network(network=network, actor=cast.it_editor)
    return Removed.objects.get(kind="networks.network")


def _subscriber(cast: Cast) -> Evidence:
    asked = ask_for_consent(
        email="s@example.org", purpose="newsletter", cluster=cast.it, name="IT", form="/x/", language="de"
    )
    assert asked
    return Evidence.objects.get(consent=confirm_consent(asked=asked))


def _offers(cast: Cast, people: People, networks: Networks) -> dict[str, Model]:
    """Invitations to the stranger, and the rows of people."""
    offer = {"email": people.stranger.email, "expires_at": timezone.now() + timezone.timedelta(days=7)}
    board = create_user(email="further@example.org", password=None, name="Further")
    return {
        "invitations": Invitation.objects.create(
            organisation=cast.firm, represents_as="editor", token_hash=token_hash(TOKEN), **offer
        ),
        "network invitations": NetworkInvitation.objects.create(
            network=networks.heads, kind="member", token_hash=token_hash(TOKEN), **offer
        ),
        "network people": NetworkPerson.objects.get(network=networks.heads, kind="coordinator", until=None),
        "representatives": Representative.objects.get(organisation=cast.firm, role="editor", until=None),
        "act link": ActLink.objects.create(
            person=people.delegate.person,
            act=ACT,
            target=cast.firm.public_id,
            token_hash=token_hash(TOKEN),
            expires_at=offer["expires_at"],
        ),
        "roles": grant_role(user=board, kind=Role.Kind.BOARD_MEMBER, cluster=cast.it),
        "accounts": board,
    }


def _ballots(cast: Cast, people: People) -> dict[str, Model]:
    """A board of A with the firm in the chair, whose members may look on, and a ballot in each state."""
    board = make_body("vorstand", "Vorstand", cluster=cast.it, watchers=Body.Watchers.MEMBERS)
    Mandate.objects.create(body=board, organisation=cast.firm, function=Mandate.Function.CHAIR)
    running, closed = started(board), started(board)
    ActLink.objects.create(
        person=people.delegate.person, act=VOTE, target=target_of(running, cast.firm.public_id),
        token_hash=token_hash(f"{TOKEN}-vote"), expires_at=timezone.now() + timezone.timedelta(days=7),
    )  # fmt: skip
    resolution = Resolution.objects.create(
        body=board, year=2006, number=1, title={"de": "B"}, wording={"de": "B"}, decided_on=date(2006, 7, 14),
        in_force_from=date(2006, 7, 14), is_public=True,
    )  # fmt: skip
    ballots = {"draft": make_ballot(board), "ballot": running, "closed": count(closed)}
    return {"resolutions": resolution, "bodies": board, **ballots, **_sittings(board, cast, people)}


def _sittings(board: Body, cast: Cast, people: People) -> dict[str, Model]:
    """A sitting of the board in each state, with what stands below it."""
    chair = people.delegate
    polled = planned(board, chair)
    ask_for_dates(sitting=polled.sitting, dates=[timezone.now() + timezone.timedelta(days=9)], actor=chair)
    ActLink.objects.create(
        person=chair.person, act=ANSWER, target=target_of_dates(polled.sitting, cast.firm.public_id),
        token_hash=token_hash(f"{TOKEN}-dates"), expires_at=timezone.now() + timezone.timedelta(days=7),
    )  # fmt: skip
    ended, now = running(board, chair), running(board, chair)
    task = agree_on_task(sitting=now.sitting, values={"text": "T", "item": now.item}, actor=chair)
    return {
        "planned sitting": planned(board, chair).sitting,
        "polled sitting": polled.sitting,
        "invited sitting": invited(board, chair).sitting,
        "running sitting": now.sitting,
        "ended sitting": published(ended).sitting,
        "agenda item": now.item,
        "motion": now.motion,
        "task of a sitting": task,
    }


def _pages(cast: Cast) -> dict[str, Model]:
    tell("n1", "2006-07-14", [cast.it])
    home = ClusterHomePage.objects.get(slug="it", locale__language_code="de")
    news: Page = NewsPage.objects.get(source_id="n1", locale__language_code="de")
    news.save_revision()
    made = BytesIO()
    Image.new("RGB", (40, 30), "#1d4e9e").save(made, "PNG")
    collection = Collection.objects.get(name="IT-Cluster")
    picture = Picture.objects.create(
        title="Bild", file=ContentFile(made.getvalue(), "bild.png"), width=40, height=30, collection=collection
    )
    document = get_document_model().objects.create(
        title="Blatt", file=ContentFile(b"%PDF-1.4", "blatt.pdf"), collection=collection
    )
    return {
        "home": home,
        "index": NewsIndexPage.objects.child_of(home).get(),
        "page": news,
        "collection": collection,
        "picture": picture,
        "document": document,
        "operator": Operator.objects.first() or Operator.objects.create(),
        "site": Site.objects.get(),
        "workflow": Workflow.objects.order_by("pk").first(),
        "task": Task.objects.order_by("pk").first(),
    }
