"""Who keeps a charter, who takes part in it, and who may look in."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from mitwerk.actors.models import Membership, Organisation
from mitwerk.actors.queries import visible_organisations
from mitwerk.charter.models import Adoption, Charter, Editor, Guest, Period
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.people.models import Person, Representative
from mitwerk.people.queries import current_representatives, represented_organisations


def charter_of(cluster: Cluster | None) -> Charter | None:
    """The charter of a cluster, or of the region."""
    return Charter.objects.select_related("cluster").filter(cluster=cluster).first()


def charter_in_force(charter: Charter) -> Adoption | None:
    """The version that holds now, with who decided it."""
    adopted = charter.adoptions.filter(state=Adoption.State.ADOPTED)
    return adopted.select_related("version", "body").order_by("-number").first()


def _running(day: Any) -> Q:
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gte=day))


def member_organisations(charter: Charter) -> QuerySet[Organisation]:
    """Who takes part without being asked: the members of its cluster; of the region's, the members of every cluster."""
    memberships = Membership.objects.filter(_running(timezone.localdate()), organisation=OuterRef("pk"))
    if charter.cluster_id:
        memberships = memberships.filter(cluster=charter.cluster_id)
    found = Organisation.objects.filter(Exists(memberships), merged_into=None)
    return found.order_by("sort_name", "pk")


def open_guests(charter: Charter) -> QuerySet[Guest]:
    """Who is invited beside the members, by organisation."""
    found = charter.guests.filter(until=None).select_related("organisation", "person__user")
    return found.order_by("organisation__sort_name", "person__name", "pk")


def _invited(user: Any) -> Q:
    """A guest with a sign-in that is not switched off; guests without one come by the link of a mail."""
    return Q(until=None, person__user=user.pk, person__user__is_active=True)


def acting_organisations(user: Any, charter: Charter) -> list[Organisation]:
    """For whom the user takes part: members they act for, and organisations they are a guest for; by name."""
    mine = represented_organisations(user).order_by().values("pk")
    guests = charter.guests.filter(_invited(user)).order_by().values("organisation")
    members = member_organisations(charter).filter(pk__in=mine).order_by().values("pk")
    found = Organisation.objects.filter(Q(pk__in=members) | Q(pk__in=guests), merged_into=None)
    return list(found.order_by("sort_name", "pk"))


def acts_for(person: Person, charter: Charter, organisation_id: str) -> Organisation | None:
    """The organisation for which a person may still take part by the link of a mail; none where they may no longer."""
    if person.user is not None and not person.user.is_active:
        return None
    guests = charter.guests.filter(until=None, person=person).order_by().values("organisation")
    stands = current_representatives().filter(person=person).order_by().values("organisation")
    members = member_organisations(charter).filter(pk__in=stands).order_by().values("pk")
    found = Organisation.objects.filter(Q(pk__in=members) | Q(pk__in=guests), merged_into=None)
    return found.filter(public_id=organisation_id).first()


def people_to_tell(charter: Charter) -> list[tuple[Organisation, Person]]:
    """Who hears of a phase: of each member the delegate and the substitutes, and every guest. Nobody twice."""
    members = member_organisations(charter).order_by().values("pk")
    roles = (Representative.Role.DELEGATE, Representative.Role.SUBSTITUTE)
    acting = current_representatives().filter(organisation__in=members, role__in=roles, person__user__is_active=True)
    found = [(one.organisation, one.person) for one in acting.select_related("person__user").order_by("pk")]
    found += [
        (guest.organisation, guest.person)
        for guest in open_guests(charter)
        if guest.person.user is None or guest.person.user.is_active
    ]
    return list({person.pk: (organisation, person) for organisation, person in reversed(found)}.values())[::-1]


def kept_charters(user: Any) -> QuerySet[Charter]:
    """Charters whose text the user keeps: as their office, or named as an editor."""
    charters = Charter.objects.select_related("cluster")
    if is_umbrella_editor(user):
        return charters
    named = Editor.objects.filter(charter=OuterRef("pk"), person__user=user.pk, person__user__is_active=True)
    return charters.filter(Q(cluster__in=edited_cluster_ids(user)) | Exists(named))


def my_charters(user: Any) -> QuerySet[Charter]:
    """Charters the user keeps, or takes part in for some organisation."""
    mine = represented_organisations(user).order_by().values("pk")
    memberships = Membership.objects.filter(_running(timezone.localdate()), organisation__in=mine).order_by()
    found = Q(cluster__in=memberships.values("cluster"))
    if memberships.exists():
        found |= Q(cluster=None)
    guests = Guest.objects.filter(_invited(user), charter=OuterRef("pk"))
    found |= Exists(guests) | Q(pk__in=kept_charters(user).order_by().values("pk"))
    return Charter.objects.select_related("cluster").filter(found).order_by("cluster__position", "pk")


def workshop_of(user: Any, public_id: str) -> Charter | None:
    """The charter whose workshop the user may enter."""
    return my_charters(user).filter(public_id=public_id).first()


def kept_charter(user: Any, public_id: str) -> Charter | None:
    return kept_charters(user).filter(public_id=public_id).first()


def charter_by_id(public_id: str) -> Charter | None:
    """For the link of a mail; whoever comes by it is asked for whom they act."""
    return Charter.objects.select_related("cluster").filter(public_id=public_id).first()


def periods_of(charter: Charter) -> dict[str, Period]:
    """The days of its phases, by phase."""
    return {period.phase: period for period in charter.periods.all()}


def is_over(charter: Charter) -> bool:
    """Whether the days of the phase that runs have passed. The next one may still have to be opened."""
    return charter.periods.filter(phase=charter.phase, ends_at__lte=timezone.now()).exists()


def due_periods(now: datetime) -> QuerySet[Period]:
    """Phases whose time has come and that nobody has opened, the earliest first."""
    due = Period.objects.filter(opened_at=None, starts_at__lte=now).select_related("charter__cluster")
    return due.order_by("starts_at", "pk")


def untold_periods() -> QuerySet[Period]:
    """Opened, and not announced yet."""
    found = Period.objects.filter(opened_at__isnull=False, told_at=None).select_related("charter__cluster")
    return found.order_by("opened_at", "pk")


def latest_version_number(charter: Charter) -> int:
    """0 where nothing was published yet."""
    return charter.versions.order_by("-number").values_list("number", flat=True).first() or 0


def untold_guests() -> QuerySet[Guest]:
    """Guests who have had no mail yet."""
    found = Guest.objects.filter(until=None, told_at=None)
    return found.select_related("charter__cluster", "organisation", "person__user").order_by("pk")


def invitable_organisations(charter: Charter) -> QuerySet[Organisation]:
    """Whom the editors can invite: organisations everybody sees that are no members."""
    members = member_organisations(charter).order_by().values("pk")
    return visible_organisations(None).exclude(pk__in=members).order_by("sort_name", "pk")


def known_person(charter: Charter, email: str) -> Person | None:
    """Somebody with a sign-in who acts for a member, by their address: the editors learn of nobody else."""
    members = member_organisations(charter).order_by().values("pk")
    acting = current_representatives().filter(organisation__in=members, person__email__iexact=email)
    one = acting.filter(person__user__is_active=True).select_related("person").first()
    return one.person if one else None


def office_charters(user: Any) -> QuerySet[Charter]:
    """What the office enters and removes: the charters of the clusters the user edits; the region's is the umbrella
    body's."""
    charters = Charter.objects.all()
    return charters if is_umbrella_editor(user) else charters.filter(cluster__in=edited_cluster_ids(user))
