"""The register of resolutions: what everybody reads, and what a body's own people read."""

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.core.listing import Choice
from mitwerk.core.words import has_words
from mitwerk.governance.models import Body, Resolution
from mitwerk.governance.queries.bodies import published_bodies

IN_FORCE = "in-force"


def public_resolutions() -> QuerySet[Resolution]:
    """What everybody may read, in the cluster (or region) that is in scope."""
    return Resolution.objects.filter(is_public=True, body__in=published_bodies())


def resolutions_of(body: Body) -> QuerySet[Resolution]:
    """All of a body, for its own people."""
    return Resolution.objects.filter(body=body)


def editable_resolutions(user: Any) -> QuerySet[Resolution]:
    """Those of the bodies that the user's office edits."""
    found = Resolution.objects.select_related("body")
    return found if is_umbrella_editor(user) else found.filter(body__cluster__in=edited_cluster_ids(user))


def resolution_page(public_id: str) -> Resolution | None:
    found = public_resolutions().select_related("body__cluster", "replaced_by")
    return found.filter(public_id=public_id).first()


def chosen_resolutions(choice: Choice, but: str = "") -> QuerySet[Resolution]:
    """The register narrowed; `but` leaves one filter out, to count what it offers."""
    found = public_resolutions().filter(has_words(choice.query, translated=("title", "wording")))
    if bodies := choice.values.get("body") if but != "body" else None:
        found = found.filter(body__slug__in=bodies)
    if choice.one("state") == IN_FORCE and but != "state":
        found = found.filter(_in_force(timezone.localdate()))
    return found.select_related("body").order_by("-decided_on", "-year", "-number", "pk")


def _in_force(day: date) -> Q:
    return Q(in_force_from__lte=day, replaced_by=None) & (Q(in_force_until=None) | Q(in_force_until__gte=day))


def count_bodies(choice: Choice) -> dict[str, int]:
    """Slug of the body to number of resolutions."""
    rows = chosen_resolutions(choice, "body").order_by().values_list("body__slug")
    return dict(rows.annotate(number=Count("pk")).order_by("-number", "body__slug"))


def count_in_force(choice: Choice) -> dict[str, int]:
    return {IN_FORCE: chosen_resolutions(choice, "state").filter(_in_force(timezone.localdate())).count()}


def body_names(slugs: list[str]) -> dict[str, str]:
    found = {body.slug: str(body.name) for body in Body.objects.filter(slug__in=slugs, state=Body.State.PUBLISHED)}
    return {slug: found[slug] for slug in slugs if slug in found}
