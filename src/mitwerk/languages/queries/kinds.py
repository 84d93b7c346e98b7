"""The kinds of public records: which of them a user sees, and where each belongs. Subjects decide who may edit what."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships, editable_organisations
from mitwerk.algorithms.contributions import ON_STAGE
from mitwerk.clusters.models import Cluster, Region
from mitwerk.clusters.queries import editable, editable_regions, edited_clusters
from mitwerk.congress.models import Congress, Contribution, Stand
from mitwerk.congress.queries import run_congresses
from mitwerk.congress.queries.contributions import office_contributions
from mitwerk.congress.queries.stands import office_stands
from mitwerk.core.models import Worded
from mitwerk.events.models import Event
from mitwerk.matching.models import Need
from mitwerk.networks.models import Network
from mitwerk.projects.models import Project

Places = dict[int, list[int]]
"""Record to its clusters, by primary key."""


@dataclass(frozen=True)
class Kind:
    """One kind of record. `office` is the name of its list in the office, `title` the field it is called by."""

    name: str
    label: str | Promise
    model: type[Worded]
    records: Callable[[Any], QuerySet[Any]]
    places: Callable[[list[int]], Places]
    office: str
    title: str


def _grouped(links: Any) -> Places:
    found: Places = defaultdict(list)
    for record, cluster in links:
        found[record].append(cluster)
    return found


def _by_clusters(model: Any) -> Callable[[list[int]], Places]:
    through, name = model.clusters.through, model._meta.model_name
    return lambda pks: _grouped(through.objects.filter(**{f"{name}__in": pks}).values_list(f"{name}_id", "cluster_id"))


def _by_membership(pks: list[int]) -> Places:
    links = current_memberships().filter(organisation__in=pks).exclude(cluster=None)
    return _grouped(links.values_list("organisation_id", "cluster_id"))


def _published(model: Any, state: str) -> Callable[[Any], QuerySet[Any]]:
    return lambda user: editable(user, model).filter(state=state)


def _organisations(user: Any) -> QuerySet[Model]:
    return editable_organisations(user).filter(visibility=Organisation.Visibility.PUBLISHED)


def _congresses(user: Any) -> QuerySet[Model]:
    return run_congresses(user).filter(event__state=Event.State.PUBLISHED).select_related(None).select_related("event")


def _of_congresses(pks: list[int]) -> Places:
    return _grouped(Congress.objects.filter(pk__in=pks).exclude(cluster=None).values_list("pk", "cluster"))


def _contributions(user: Any) -> QuerySet[Model]:
    """What stands in a programme, or will."""
    found = office_contributions(user).filter(state__in=ON_STAGE, congress__event__state=Event.State.PUBLISHED)
    return found.select_related(None)


def _stands(user: Any) -> QuerySet[Model]:
    found = office_stands(user).filter(congress__event__state=Event.State.PUBLISHED)
    return found.select_related(None).select_related("organisation")


def _by_congress_of(model: Any) -> Callable[[list[int]], Places]:
    def places(pks: list[int]) -> Places:
        found = model.objects.filter(pk__in=pks).exclude(congress__cluster=None)
        return _grouped(found.values_list("pk", "congress__cluster"))

    return places


KINDS: tuple[Kind, ...] = (
    Kind("region", _("Region"), Region, editable_regions, lambda pks: {}, "region", "name"),
    Kind(
        "cluster", _("Cluster"), Cluster, edited_clusters, lambda pks: {pk: [pk] for pk in pks}, "clusters", "name"
    ),
    Kind("organisation", _("Organisation"), Organisation, _organisations, _by_membership, "organisations", "name"),
    Kind(
        "project", _("Project"), Project, _published(Project, Project.State.PUBLISHED), _by_clusters(Project),
        "projects", "title",
    ),
    Kind("congress", _("Congress"), Congress, _congresses, _of_congresses, "congresses", "event"),
    Kind(
        "contribution", _("Contribution"), Contribution, _contributions, _by_congress_of(Contribution),
        "contributions", "title",
    ),
    Kind("stand", _("Stand"), Stand, _stands, _by_congress_of(Stand), "stands", "organisation"),
    Kind("event", _("Event"), Event, _published(Event, Event.State.PUBLISHED), _by_clusters(Event), "events", "title"),
    Kind(
        "network", _("Network"), Network, _published(Network, Network.State.PUBLISHED), _by_clusters(Network),
        "networks", "name",
    ),
    Kind("need", _("Need"), Need, _published(Need, Need.State.PUBLISHED), _by_clusters(Need), "needs", "title"),
)  # fmt: skip
PAGE_KINDS = {"page": _("Page"), "news": _("Piece of news")}
BY_NAME = {kind.name: kind for kind in KINDS}
ORDER = (
    "region",
    "cluster",
    "page",
    "organisation",
    "project",
    "news",
    "event",
    "congress",
    "contribution",
    "stand",
    "network",
    "need",
)
"""What visitors open most comes first, among what is equally bad."""


def kind_label(name: str) -> str:
    return str(BY_NAME[name].label if name in BY_NAME else PAGE_KINDS[name])
