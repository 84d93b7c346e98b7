"""Projects of cluster A on their way, carried by the firm; and one of the bakery that invites the firm."""

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import Model
from django.utils import timezone

from mitwerk.actors.models import Organisation
from mitwerk.actors.tests.cast import Cast
from mitwerk.algorithms.pipeline import PUBLIC, status_of
from mitwerk.people.models import ActLink
from mitwerk.people.queries import token_hash
from mitwerk.people.tests.cast import People
from mitwerk.projects.actions import JOIN
from mitwerk.projects.models import (
    GroupFile,
    GroupMember,
    GroupNote,
    Joining,
    Milestone,
    Partner,
    Project,
    Proof,
    Release,
    Step,
    Story,
    WorkingGroup,
)
from mitwerk.projects.queries.endings import PROVE, RELEASE, proof_target, release_target
from mitwerk.projects.queries.groups import VOLUNTEER

JOINING_TOKEN = "a-token-of-a-joining"
VOLUNTEER_TOKEN, PROOF_TOKEN, STORY_TOKEN = "a-token-of-a-group", "a-token-of-a-proof", "a-token-of-a-story"
RELEASE_ACTS = ("answer", "accept", "refuse", "omit")
GROUP_PAGES = (
    "group_room", "group_edit", "group_plan", "group_ask", "group_volunteer", "report_write", "note_add", "file_add",
)  # fmt: skip


def project_records(cast: Cast, people: People) -> dict[str, Model]:
    """Projects of A on their way, carried by the firm; and one of the bakery that invites the firm."""
    ways = {name: _way(cast, name, phase) for name, phase in WAYS.items()}
    bread = _way(cast, "bread", "forming", cast.bakery)
    joining = Joining.objects.create(project=bread, organisation=cast.firm, side=Joining.Side.INVITED)
    ActLink.objects.create(
        person=people.delegate.person, act=JOIN, target=joining.public_id, token_hash=token_hash(JOINING_TOKEN),
        expires_at=timezone.now() + timezone.timedelta(days=7),
    )  # fmt: skip
    milestone = Milestone.objects.create(project=ways["open"], title={"de": "Stein"}, due_on=date(2027, 1, 1))
    made = {**_groups(cast, people, ways["open"]), **_ended(cast, people, ways["ended"])}
    return {**ways, "joining": joining, "milestone": milestone, **made}


def _ended(cast: Cast, people: People, project: Project) -> dict[str, Model]:
    """The firm is asked what the project proved, and whether its story may be told."""
    texts = {"summary": {"de": "Kurz", "en": "Short"}, "result": {"de": "Gut", "en": "Good"}}
    Story.objects.create(project=project, asked_at=timezone.now(), **texts)
    release = Release.objects.create(project=project, organisation=cast.firm)
    Proof.objects.create(project=project, organisation=cast.firm, concept=cast.erp)
    proof, story = proof_target(project, cast.firm), release_target(release, 1)
    targets = {PROVE: (PROOF_TOKEN, proof), RELEASE: (STORY_TOKEN, story)}
    for act, (token, target) in targets.items():
        ActLink.objects.create(
            person=people.delegate.person, act=act, target=target, token_hash=token_hash(token),
            expires_at=timezone.now() + timezone.timedelta(days=7),
        )  # fmt: skip
    return {"release": release}


def _groups(cast: Cast, people: People, project: Project) -> dict[str, Model]:
    """A group of the firm's open project, with its delegate in it and something in its room."""
    day = date(2027, 1, 1)
    group = WorkingGroup.objects.create(project=project, task={"de": "Aufgabe"}, report_due=day)
    ActLink.objects.create(
        person=people.delegate.person, act=VOLUNTEER, target=group.public_id, token_hash=token_hash(VOLUNTEER_TOKEN),
        expires_at=timezone.now() + timezone.timedelta(days=7),
    )  # fmt: skip
    return {
        "group": group,
        "group member": GroupMember.objects.create(group=group, person=people.delegate.person),
        "group note": GroupNote.objects.create(group=group, text="Notiz", by=people.delegate),
        "group file": GroupFile.objects.create(
            group=group, name="a.txt", file=ContentFile(b"a", "a.txt"), size=1, by=people.delegate
        ),
    }


WAYS = {"idea": "idea", "handed in": "submitted", "open": "forming", "runs": "running", "ended": "achieved"}


def _way(cast: Cast, name: str, phase: str, carrier: Organisation | None = None) -> Project:
    made = Project.objects.create(
        slug=f"weg-{name.replace(' ', '-')}", title={"de": "Weg"}, summary={"de": "Kurz"}, phase=phase,
        state=Project.State.PUBLISHED if phase in PUBLIC else Project.State.DRAFT, status=status_of(phase),
        phase_since=timezone.now(),
    )  # fmt: skip
    made.clusters.set([cast.it])
    organisation = carrier or cast.firm
    Partner.objects.create(project=made, organisation=organisation, name=organisation.name, role=Partner.Role.CARRIER)
    Step.objects.create(project=made, verb=Step.Verb.BRING_IN, phase=phase, text=organisation.name)
    return made


def places_of_projects(records: dict[str, Any], firm: str) -> dict[tuple[str, str], Any]:
    """What stands in the places of their addresses; `firm` is the slug of the firm."""
    return {
        ("projects", "slug"): records["projects"].slug,
        ("projects:idea_add", "slug"): firm,
        ("projects:idea_edit", "slug"): records["idea"].slug,
        ("projects:idea_drop", "slug"): records["idea"].slug,
        ("projects:project_room", "slug"): records["handed in"].slug,
        ("projects:decision_word", "slug"): records["handed in"].slug,
        ("projects:decision_word", "item_id"): records["item about a project"].public_id,
        ("projects:project_decide", "slug"): records["handed in"].slug,
        ("projects:project_invite", "slug"): records["open"].slug,
        ("projects:project_join", "slug"): records["open"].slug,
        ("projects:project_step", "slug"): records["open"].slug,
        ("projects:project_step", "verb"): "start",
        ("projects:project_board_export", "kind"): "csv",
        ("projects:milestone_add", "slug"): records["open"].slug,
        ("projects:milestone_reach", "public_id"): records["milestone"].public_id,
        ("projects:milestone_drop", "public_id"): records["milestone"].public_id,
        ("projects:group_add", "slug"): records["open"].slug,
        **{(f"projects:{act}", "public_id"): records["group"].public_id for act in GROUP_PAGES},
        ("projects:member_end", "public_id"): records["group member"].public_id,
        ("projects:note_drop", "public_id"): records["group note"].public_id,
        ("projects:file_get", "public_id"): records["group file"].public_id,
        ("projects:file_drop", "public_id"): records["group file"].public_id,
        ("projects:volunteer_link", "token"): VOLUNTEER_TOKEN,
        ("projects:proof_link", "token"): PROOF_TOKEN,
        ("projects:release_link", "token"): STORY_TOKEN,
        ("projects:project_end", "slug"): records["runs"].slug,
        **{(f"projects:story_{act}", "slug"): records["ended"].slug for act in ("write", "ask", "publish")},
        ("projects:proof_answer", "slug"): firm,
        ("projects:proof_answer", "project"): records["ended"].slug,
        **{(f"projects:release_{act}", "public_id"): records["release"].public_id for act in RELEASE_ACTS},
        ("projects", "public_id"): records["joining"].public_id,
        ("projects:joining_link", "token"): JOINING_TOKEN,
    }
