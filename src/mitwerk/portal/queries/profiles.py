"""One organisation with everything that other subjects tell of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Length, Substr
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from mitwerk.actors.models import Certificate, Location, Membership, Organisation
from mitwerk.actors.queries import memberships_of, valid_certificates, visible_organisations
from mitwerk.clusters.exports import inside
from mitwerk.clusters.models import Cluster, Region
from mitwerk.competences.models import Competence, Reference
from mitwerk.competences.queries import competences_of, references_of
from mitwerk.core.forms import language_label
from mitwerk.core.translated import Translated
from mitwerk.networks.models import Network
from mitwerk.networks.models.terms import ORGANISATIONS
from mitwerk.networks.queries import networks_that_show
from mitwerk.portal.queries.facet_labels import active_language
from mitwerk.portal.queries.rows import STAND_IN, pattern_of
from mitwerk.portal.queries.table import Directory
from mitwerk.projects.models import Partner
from mitwerk.projects.queries import published_projects
from mitwerk.vocabularies.models import Concept

NEWS_SHOWN = 5
NEWS_READ = 50


@dataclass(frozen=True)
class Named:
    """A concept by name, with the page it leads to."""

    label: str
    url: str


@dataclass(frozen=True)
class Skill:
    """A competence with the words the organisation has for it, where they say more than its name."""

    name: Named
    wordings: Sequence[Translated]


@dataclass(frozen=True)
class Proof:
    """A reference with the competences it proves."""

    reference: Reference
    names: Sequence[Named]


@dataclass(frozen=True)
class Profile:
    """What the page of an organisation shows."""

    organisation: Organisation
    sectors: Sequence[Named]
    skills: Sequence[Skill]
    references: Sequence[Proof]
    partnerships: Sequence[Partner]
    networks: Sequence[Network]
    memberships: Sequence[Membership]
    locations: Sequence[Location]
    certificates: Sequence[Certificate]
    news: Sequence[Any]


def find_profile(known: Directory, slug: str, cluster: Cluster | None) -> Profile | None:
    """The organisation at this address, as the cluster (or region) in scope shows it; None where it shows none."""
    found = (
        visible_organisations(cluster)
        .select_related("state", "district")
        .defer("district__outline")
        .filter(slug=slug)
        .first()
    )
    if found is None:
        return None
    name = _namer(known, cluster)
    return Profile(
        organisation=found,
        sectors=_sectors(known, found, cluster),
        skills=_skills(found, name),
        references=[Proof(one, [name(concept) for concept in one.concepts.all()]) for one in references_of(found.pk)],
        partnerships=list(_roles(cluster and cluster.pk).filter(organisation=found.pk)),
        networks=_networks(found, cluster),
        memberships=list(memberships_of([found]).only("kind", *_CLUSTER_FIELDS)),
        news=_news(found, cluster),
        locations=list(found.locations.order_by("position", "pk")) if found.is_claimed else [],
        certificates=valid_certificates(found) if found.is_claimed else [],
    )


def _namer(known: Directory, cluster: Cluster | None) -> Callable[[Concept], Named]:
    """How competences are called and where they lead, from the table's labels: no query per concept."""
    labels = known.labels.here()
    address = pattern_of("portal:competence", cluster)

    def name(concept: Concept) -> Named:
        label = labels["competence"].get(concept.slug) or labels["group"].get(concept.slug) or str(concept)
        return Named(label, address.replace(STAND_IN, concept.slug))

    return name


def _sectors(known: Directory, organisation: Organisation, cluster: Cluster | None) -> list[Named]:
    labels = known.labels.here()["sector"]
    listed = reverse("portal:organisation_list", kwargs=inside(cluster))
    slugs = organisation.sectors.order_by("position", "pk").values_list("slug", flat=True)
    return [Named(labels.get(slug, slug), f"{listed}?sector={slug}") for slug in slugs]


def _skills(organisation: Organisation, name: Callable[[Concept], Named]) -> list[Skill]:
    """In the order in which the organisation first names them."""
    claims = list(competences_of(organisation.pk))
    grouped: dict[int, list[Competence]] = {}
    for claim in claims:
        grouped.setdefault(claim.concept_id, []).append(claim)
    return [_skill(name(found[0].concept), found) for found in grouped.values()]


def _skill(name: Named, claims: Sequence[Competence]) -> Skill:
    return Skill(name, [claim.wording for claim in claims if claim.wording and str(claim.wording) != name.label])


# The next three are questions alone, narrowed to one organisation and never asked themselves: to put one together takes
# as long as to answer it. The cluster, or None, is the one in scope.


@lru_cache(maxsize=256)
def _roles(_cluster: int | None) -> QuerySet[Partner]:
    """Roles in projects that everybody may see, newest project first."""
    roles = Partner.objects.filter(project__in=published_projects().order_by(), is_named=True).select_related("project")
    shown = (f"project__{name}" for name in "title summary slug public_id start_year".split())
    return roles.only("role", *shown).order_by("-project__start_year", "-project__start_month", "-project_id")


@lru_cache(maxsize=256)
def _showing_networks(_cluster: int | None) -> QuerySet[Network]:
    return networks_that_show(ORGANISATIONS).only("slug", "name")


def _networks(organisation: Organisation, cluster: Cluster | None) -> list[Network]:
    """Networks that show this member here."""
    known = _showing_networks(cluster and cluster.pk)
    return sorted(known.filter(members__organisation=organisation.pk, members__is_public=True), key=str)


def _news(organisation: Organisation, cluster: Cluster | None) -> list[Any]:
    """News that mentions the organisation, in the reader's language, newest first; inside a cluster its own.

    `pages` is a neighbour of this floor and is not imported: it declares `news_mentions` on its link to
    organisations for this use. Only what the timeline shows is read: a page has fifty columns more.
    """
    found = _mentions(active_language()).filter(organisation=organisation.pk)
    if cluster is None:
        return [mention.page for mention in found[:NEWS_SHOWN]]
    pieces = [mention.page for mention in found.prefetch_related("page__clusters")[:NEWS_READ]]
    pieces = [piece for piece in pieces if cluster.slug == piece.home_slug or cluster in piece.clusters.all()]
    return pieces[:NEWS_SHOWN]


@lru_cache(maxsize=8)
def _mentions(language: str) -> QuerySet[Any]:
    """News that mentions organisations, latest first."""
    closed = PageViewRestriction.objects.filter(page__path=Substr(OuterRef("page__path"), 1, Length("page__path")))
    mentions = Organisation._meta.get_field("news_mentions").related_model._default_manager.filter(
        ~Exists(closed), page__live=True, page__locale__language_code=language
    )
    return mentions.select_related("page").only(*_NEWS_FIELDS).order_by("-page__date", "-pk")


_CLUSTER_FIELDS = [f"cluster__{name}" for name in "slug name short_name".split()]
_NEWS_FIELDS = [f"page__{name}" for name in "title slug url_path date date_is_month intro body".split()]


def facts_of(profile: Profile, region: Region | None, cluster: Cluster | None) -> list[tuple[str, Any, str]]:
    """(label, value, address) of everything known in a few words; a value that is empty is not shown."""
    one = profile.organisation
    directory = reverse("portal:organisation_list", kwargs=inside(cluster))
    slug = cluster.slug if cluster else None
    return [
        (str(_("Legal form")), one.legal_form, ""),
        (str(_("Register number")), one.register_number, ""),
        (str(_("Founded")), str(one.founded or ""), ""),
        (str(_("Employees")), _employees(one), ""),
        (str(_("Town")), f"{one.postal_code} {one.town}".strip(), ""),
        (str(_("Further places")), ", ".join(_place(place) for place in profile.locations), ""),
        (str(_("District")), one.district, f"{directory}?district={one.district.slug}" if one.district else ""),
        (str(_("State")), one.state and one.state.name, f"{directory}?state={one.state.slug}" if one.state else ""),
        *(_membership_fact(membership, region) for membership in profile.memberships),
        *((str(_("Network")), network.name, network.address(slug)) for network in profile.networks),
        (str(_("Languages")), ", ".join(language_label(code) for code in one.languages or []), ""),
        *((str(_("Certificate")), _certificate(certificate), "") for certificate in profile.certificates),
        (str(_("Also called")), ", ".join(one.alternative_names or []), ""),
        ("ROR", (one.ror_id or "").removeprefix("https://"), one.ror_id or ""),
    ]


def _place(place: Location) -> str:
    return f"{place.postal_code} {place.town}".strip() + (f" ({place.purpose})" if place.purpose else "")


def _certificate(certificate: Certificate) -> str:
    """With who issued it, and until when it holds."""
    until = certificate.valid_until
    told = [certificate.issuer, _("until %(day)s") % {"day": date_format(until, "SHORT_DATE_FORMAT")} if until else ""]
    more = ", ".join(str(part) for part in told if part)
    return f"{certificate.name} ({more})" if more else certificate.name


def _employees(one: Organisation) -> str:
    """The number and its year where they are known, else the size."""
    if one.employees is None:
        return str(one.get_size_display())
    number = number_format(one.employees, force_grouping=True)
    return f"{number} ({one.employees_year})" if one.employees_year else number


def _membership_fact(membership: Membership, region: Region | None) -> tuple[str, Any, str]:
    kind = capfirst(str(membership.get_kind_display()))
    if membership.cluster is None:
        return kind, region.menu_name if region else "", reverse("clusters:region_home")
    return kind, membership.cluster.menu_name, membership.cluster.get_absolute_url()
