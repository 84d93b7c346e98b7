"""Who sits in which body, and who sees it."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Membership, Organisation
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.core.translated import in_language
from mitwerk.governance.models import Body, Mandate
from mitwerk.people.models import Representative
from mitwerk.people.queries import representations_of, represented_organisations

VOTING = (Representative.Role.DELEGATE, Representative.Role.SUBSTITUTE)
"""Who casts an organisation's vote."""
TOLD_FOR = timedelta(days=60)
"""So long it is told that a mandate has run out; of a provisional one until there is another."""


def published_bodies() -> QuerySet[Body]:
    """What everybody may see, in the cluster (or region) that is in scope."""
    return Body.objects.filter(state=Body.State.PUBLISHED)


def listed_bodies() -> QuerySet[Body]:
    """The list: by cluster, then by name in the reader's language."""
    return published_bodies().select_related("cluster").order_by("cluster__position", in_language("name"), "pk")


def body_page(slug: str) -> Body | None:
    return published_bodies().select_related("cluster").filter(slug=slug).first()


def _holding(day: date) -> Q:
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


def current_mandates(day: date | None = None) -> QuerySet[Mandate]:
    """Mandates that hold on a day (today by default), the chair first."""
    found = Mandate.objects.filter(_holding(day or timezone.localdate())).select_related("organisation")
    return found.order_by("function", "organisation__sort_name", "pk")


def lapsed_mandates() -> QuerySet[Mandate]:
    """Mandates that have run out and were followed by none of the same organisation, the latest first."""
    today = timezone.localdate()
    followed = Mandate.objects.filter(
        body=OuterRef("body"), organisation=OuterRef("organisation"), since__gte=OuterRef("since")
    ).exclude(pk=OuterRef("pk"))
    found = Mandate.objects.filter(until__lt=today).exclude(Exists(followed))
    return found.filter(Q(is_provisional=True) | Q(until__gte=today - TOLD_FOR)).order_by("-until", "pk")


def entitled_organisations(body: Body, day: date | None = None) -> QuerySet[Organisation]:
    """Who may vote in the body on a day (today by default), by name."""
    on = day or timezone.localdate()
    if body.entitled == Body.Entitled.MEMBERS:
        begun = Q(since=None) | Q(since__lte=on)
        rows = Membership.objects.filter(begun, cluster=body.cluster_id).exclude(until__lt=on)
        if body.member_kind:
            rows = rows.filter(kind=body.member_kind)
        holders: QuerySet[Any, Any] = rows.order_by().values("organisation")
    else:
        holders = Mandate.objects.filter(_holding(on), body=body).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=holders, merged_into=None).order_by("sort_name", "pk")


def editable_bodies(user: Any) -> QuerySet[Body]:
    """Bodies of the clusters the user edits; the region's are the umbrella body's."""
    bodies = Body.objects.all()
    return bodies if is_umbrella_editor(user) else bodies.filter(cluster__in=edited_cluster_ids(user))


def my_bodies(user: Any) -> QuerySet[Body]:
    """Bodies in which the user acts for an organisation: it may vote there, or has a mandate."""
    mine = representations_of(user).filter(role__in=VOTING).order_by().values("organisation")
    seats = Mandate.objects.filter(_holding(timezone.localdate()), organisation__in=mine).order_by()
    found = Q(pk__in=seats.values("body"))
    for cluster, kind in _memberships(mine):
        found |= Q(entitled=Body.Entitled.MEMBERS, cluster=cluster, member_kind__in=("", kind))
    return Body.objects.filter(found).select_related("cluster").order_by(in_language("name"), "pk")


def _memberships(organisations: Any, day: date | None = None) -> set[tuple[int | None, str]]:
    """(cluster, kind) of the memberships that the organisations have now; no cluster is the umbrella body."""
    on = day or timezone.localdate()
    rows = Membership.objects.filter(Q(since=None) | Q(since__lte=on), organisation__in=organisations)
    return set(rows.exclude(until__lt=on).order_by().values_list("cluster", "kind"))


def led_bodies(user: Any) -> QuerySet[Body]:
    """Bodies whose ballots the user writes and starts: as their office, or for the organisation in the chair."""
    mine = representations_of(user).filter(role__in=VOTING).order_by().values("organisation")
    chairs = Mandate.objects.filter(
        _holding(timezone.localdate()), organisation__in=mine, function=Mandate.Function.CHAIR
    )
    in_chair, edited = chairs.order_by().values("body"), editable_bodies(user).order_by().values("pk")
    return Body.objects.filter(Q(pk__in=in_chair) | Q(pk__in=edited))


def inner_bodies(user: Any) -> QuerySet[Body]:
    """Bodies whose full minutes the user reads: their own, those they lead, and those whose members may look on."""
    found = Q(pk__in=led_bodies(user).order_by().values("pk")) | Q(pk__in=my_bodies(user).order_by().values("pk"))
    return Body.objects.filter(found | _watched_by_members(user))


def _watched_by_members(user: Any) -> Q:
    mine = represented_organisations(user).order_by().values("pk")
    found = Q(pk=None)
    for cluster, _kind in _memberships(mine):
        found |= Q(watchers=Body.Watchers.MEMBERS, cluster=cluster, state=Body.State.PUBLISHED)
    return found


def watched_bodies(user: Any) -> QuerySet[Body]:
    """Bodies whose ballots the user may look at, because they are a member, or because everybody may."""
    is_open = Q(watchers=Body.Watchers.EVERYBODY, state=Body.State.PUBLISHED)
    return Body.objects.filter(is_open | _watched_by_members(user))


def body_room(user: Any, slug: str) -> Body | None:
    """The body with its ballots, for who votes in it, leads it, or may look on; None where it is closed to the user."""
    body = Body.objects.select_related("cluster").filter(slug=slug).first()
    if body is None:
        return None
    doors = (led_bodies, my_bodies, watched_bodies)
    return body if any(door(user).filter(pk=body.pk).exists() for door in doors) else None
