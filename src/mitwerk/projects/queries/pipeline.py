"""Reads of projects on their way: who sees which, what is next, what waits for whom."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import memberships_of
from mitwerk.algorithms.pipeline import BOARD, CARRIER, DEFERRED, ENDED, IDEA, PHASES, SUBMITTED, Move, moves_from
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.core.listing import Choice
from mitwerk.people.models import Person
from mitwerk.people.queries import current_representatives, organisation_of, represented_organisations
from mitwerk.projects.models import Joining, Milestone, Partner, Project
from mitwerk.projects.queries.abouts import on_agendas
from mitwerk.projects.queries.public import said
from mitwerk.projects.rules import can_carry, can_decide, deciding_cluster_ids

Projects = QuerySet[Project]
_CLUSTERS: Any = Project.clusters.through
NEEDED = ("problem", "audience", "offer")
"""What the board must be able to read before it decides; something must be looked for as well."""


def on_their_way() -> Projects:
    """Projects that were brought in here, whatever became of them."""
    return Project.objects.exclude(phase="")


def with_what_rooms_show(projects: Projects) -> Projects:
    partners = Partner.objects.select_related("organisation").order_by("role", "position", "pk")
    return projects.prefetch_related(Prefetch("partners", partners), "clusters")


def own_projects(user: Any) -> Projects:
    """Those that an organisation takes part in which the user acts for, the latest step first."""
    mine = represented_organisations(user).order_by().values("pk")
    links = Partner.objects.filter(project=OuterRef("pk"), organisation__in=mine)
    return on_their_way().filter(Exists(links)).order_by(F("phase_since").desc(nulls_last=True), "-pk")


def overseen_projects(user: Any) -> Projects:
    """What stands on the board of the user: of the clusters they decide for or work for; ideas are their people's."""
    projects = on_their_way().exclude(phase=IDEA)
    if is_umbrella_editor(user):
        return projects
    keys = deciding_cluster_ids(user) | edited_cluster_ids(user)
    links = _CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__in=keys)
    return projects.filter(Exists(links))


def rooms_of(user: Any) -> Projects:
    """Projects whose room the user may enter: their own, those they oversee, and what a board of theirs deals with."""
    mine, overseen = own_projects(user).order_by().values("pk"), overseen_projects(user).values("pk")
    found = Q(pk__in=mine) | Q(pk__in=overseen) | (Q(public_id__in=on_agendas(user)) & ~Q(phase=IDEA))
    return with_what_rooms_show(on_their_way().filter(found))


def carried_projects(user: Any) -> Projects:
    """Projects that the user's organisations carry."""
    mine = represented_organisations(user).order_by().values("pk")
    links = Partner.objects.filter(project=OuterRef("pk"), organisation__in=mine, role=Partner.Role.CARRIER)
    return with_what_rooms_show(on_their_way().filter(Exists(links)))


def decidable_projects(user: Any) -> Projects:
    """Handed in or deferred, in a cluster whose board the user sits on."""
    projects = on_their_way().filter(phase__in=(SUBMITTED, DEFERRED))
    if not is_umbrella_editor(user):
        keys = deciding_cluster_ids(user)
        projects = projects.filter(Exists(_CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__in=keys)))
    return with_what_rooms_show(projects)


def joinable_projects() -> Projects:
    """Public projects that look for partners."""
    return on_their_way().filter(state=Project.State.PUBLISHED, phase__in=("forming", "running"))


def clusters_for_ideas(organisation: Organisation) -> list[Cluster]:
    """Where its ideas may be brought in: the clusters it is a member of."""
    return [one.cluster for one in memberships_of([organisation]).exclude(cluster=None) if one.cluster]


def moves_for(user: Any, project: Project) -> list[Move]:
    """What the user may do next with a project; deciding has a page of its own."""
    return moves_from(project.phase, CARRIER) if can_carry(user, project) else []


def may_decide_now(user: Any, project: Project) -> bool:
    return bool(moves_from(project.phase, BOARD)) and can_decide(user, project)


def missing_for_submission(project: Project) -> list[str]:
    """What an idea lacks before the board can decide, by the names of the fields."""
    fields: Any = {field.name: field for field in project._meta.fields}
    missing = [str(fields[name].verbose_name) for name in NEEDED if not getattr(project, name)]
    is_looking = project.wanted or project.seeks_partners or project.seeks_money or project.seeks.exists()
    return missing if is_looking else [*missing, _("what is looked for")]


def history_of(project: Project) -> list[dict[str, Any]]:
    """As entries of the timeline, the latest first."""
    entries = []
    for step in project.steps.select_related("report__group"):
        until = _("until %(day)s") % {"day": date_format(step.until, "DATE_FORMAT")} if step.until else ""
        told = step.report
        parts = (str(told.group), str(told.get_status_display()), told.text) if told else (until, step.text)
        text = " · ".join(part for part in parts if part)
        entries.append({"date": timezone.localdate(step.at), "title": step.get_verb_display(), "text": text})
    return entries


def sought_by(project: Project) -> list[Any]:
    """Competences an open project looks for."""
    return list(project.seeks.prefetch_related("labels")) if project.is_open else []


def progress_of(milestones: Iterable[Milestone]) -> int | None:
    """How much of the whole is reached, by weight, in per cent; None without milestones. 100 only when all are."""
    weights = [(one.weight, one.done_on is not None) for one in milestones]
    whole = sum(weight for weight, _is_done in weights)
    return sum(weight for weight, is_done in weights if is_done) * 100 // whole if whole else None


def milestones_of(project: Project) -> dict[str, Any]:
    """What pages show of them; nothing is asked of a project that was not brought in here."""
    milestones = list(project.milestones.all()) if project.phase else []
    return {"milestones": milestones, "progress": progress_of(milestones)}


def changeable_milestones(user: Any) -> QuerySet[Milestone]:
    """Those that are not reached, of projects that the user's organisations carry and that have not ended."""
    carried = carried_projects(user).exclude(phase__in=ENDED).values("pk")
    return Milestone.objects.filter(done_on=None, project__in=carried).select_related("project")


def waiting_joinings(project: Project) -> QuerySet[Joining]:
    """Those nobody has answered yet."""
    return project.joinings.filter(state=Joining.State.OPEN).select_related("organisation", "project")


def answerable_joinings(user: Any) -> QuerySet[Joining]:
    """What waits for the user's answer: invitations to their organisations, offers to the projects they carry."""
    mine = represented_organisations(user).order_by().values("pk")
    carried = carried_projects(user).values("pk")
    invited = Q(side=Joining.Side.INVITED, organisation__in=mine)
    offered = Q(side=Joining.Side.OFFERED, project__in=carried)
    found = Joining.objects.filter(invited | offered, state=Joining.State.OPEN)
    return found.select_related("organisation", "project").order_by("asked_at", "pk")


def invitable_organisations(project: Project) -> QuerySet[Organisation]:
    """Published organisations with somebody to ask, that do not take part and are not being asked."""
    people = current_representatives().filter(organisation=OuterRef("pk"), person__user__is_active=True)
    found = Organisation.objects.filter(Exists(people), visibility=Organisation.Visibility.PUBLISHED)
    return _not_in(found, project)


def joining_organisations(user: Any, project: Project) -> QuerySet[Organisation]:
    """The user's organisations that do not take part and are not being asked."""
    return _not_in(represented_organisations(user), project)


def _not_in(organisations: QuerySet[Organisation], project: Project) -> QuerySet[Organisation]:
    taking = Partner.objects.filter(project=project, organisation=OuterRef("pk"))
    asked = Joining.objects.filter(project=project, organisation=OuterRef("pk"), state=Joining.State.OPEN)
    return organisations.exclude(Exists(taking)).exclude(Exists(asked)).order_by("sort_name", "pk")


def joining_for(person: Person, public_id: str) -> Joining | None:
    """The joining of this id, where the person acts for the invited organisation now."""
    found = Joining.objects.select_related("organisation", "project").filter(public_id=public_id).first()
    if found is None or organisation_of(person, found.organisation.public_id) is None:
        return None
    return found


def board_projects(user: Any, choice: Choice) -> Projects:
    """In the order of the way, then by day; what is never due stands last."""
    place = Case(
        *(When(phase=phase, then=Value(at)) for at, phase in enumerate(PHASES)), output_field=IntegerField()
    )
    projects = with_what_rooms_show(overseen_projects(user))
    if choice.query:
        projects = projects.filter(said(choice.query))
    if phases := choice.values.get("phase"):
        projects = projects.filter(phase__in=phases)
    if slugs := choice.values.get("cluster"):
        projects = projects.filter(
            Exists(_CLUSTERS.objects.filter(project=OuterRef("pk"), cluster__slug__in=slugs))
        )
    if slugs := choice.values.get("carrier"):
        carriers = Partner.objects.filter(project=OuterRef("pk"), role=Partner.Role.CARRIER)
        projects = projects.filter(Exists(carriers.filter(organisation__slug__in=slugs)))
    return projects.order_by(place, F("due_on").asc(nulls_last=True), "phase_since", "pk")


def board_clusters(user: Any) -> list[tuple[str, str]]:
    """Slug and name of the clusters on the user's board."""
    found = Cluster.objects.all()
    if not is_umbrella_editor(user):
        found = found.filter(pk__in=deciding_cluster_ids(user) | edited_cluster_ids(user))
    return [(cluster.slug, cluster.menu_name) for cluster in found]


def board_carriers(user: Any) -> list[tuple[str, str]]:
    """Slug and name of the organisations that carry something on the user's board."""
    links = Partner.objects.filter(
        role=Partner.Role.CARRIER, organisation__isnull=False, project__in=overseen_projects(user).values("pk")
    )
    rows = links.order_by("organisation__sort_name", "organisation__slug")
    return list(rows.values_list("organisation__slug", "organisation__name").distinct())


def carriers_of(project: Project) -> list[Organisation]:
    """The organisations that carry it."""
    return [one.organisation for one in project.partners.all() if one.role == "carrier" and one.organisation]


def room(project: Project) -> str:
    """Where those who take part work on it, in the active language."""
    return reverse("projects:project_room", args=[project.slug])
