"""Reads of congresses."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.congress.models import Congress, Release
from mitwerk.core.translated import Translated
from mitwerk.events.models import Event
from mitwerk.events.queries import published_events


def run_congresses(user: Any) -> QuerySet[Congress]:
    """Those the user runs: as the office of their cluster, or as the umbrella body every one; the latest first."""
    found = Congress.objects.select_related("event", "cluster").order_by("-event__starts_on", "-pk")
    return found if is_umbrella_editor(user) else found.filter(cluster__in=edited_cluster_ids(user))


def run_congress(user: Any, public_id: str) -> Congress | None:
    return run_congresses(user).filter(public_id=public_id).first()


def congress_of(event: Event) -> Congress | None:
    """With all that its page says, and whether its programme is out; `event` comes with its details."""
    released = Release.objects.filter(congress=OuterRef("pk"))
    rows = Congress.objects.filter(event=event).annotate(has_programme=Exists(released))
    found: Congress | None = rows.prefetch_related("hours", "rooms", "tracks", "formats").first()
    if found is not None:
        found.event = event
    return found


def twin_congress(cluster_id: int | None, title: Translated, starts_on: Any) -> Congress | None:
    """The same one, announced a moment ago."""
    same = Congress.objects.select_related("event").filter(cluster=cluster_id, event__starts_on=starts_on)
    return next((one for one in same if one.event.title == title), None)


def public_congress(slug: str) -> Congress | None:
    """The published congress at this address, in the cluster (or region) that is in scope."""
    found = Congress.objects.filter(event__in=published_events(), event__slug=slug)
    return found.select_related("event", "cluster").first()
