"""Whose imports they are, and whom nobody has told that they are kept here."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from mitwerk.actors.models import Contact
from mitwerk.clusters.rules import edited_cluster_ids, is_umbrella_editor
from mitwerk.imports.models import Import, Objection, Row

TOLD_WITHIN = timedelta(days=30)
"""GDPR Art. 14 (3): a month at the latest."""


def imports_of(user: Any) -> QuerySet[Import]:
    """The imports of the clusters the user edits; those of the region are the umbrella body's."""
    found = Import.objects.select_related("cluster", "by").defer("content")
    return found if is_umbrella_editor(user) else found.filter(cluster__in=edited_cluster_ids(user))


def people_of(jobs: QuerySet[Import]) -> QuerySet[Contact]:
    """Whom the imports brought in, as far as they are still here."""
    brought = Row.objects.filter(contact=OuterRef("pk"), job__in=jobs.values("pk"))
    return Contact.objects.filter(Exists(brought))


def untold_people(jobs: QuerySet[Import]) -> QuerySet[Contact]:
    """Those of them who have an address and were not told yet."""
    return people_of(jobs).filter(informed_at=None).exclude(email="")


def late_people(user: Any) -> QuerySet[Contact]:
    """Those who were to be told by now, the longest waiting first; the ones without an address too."""
    late = people_of(imports_of(user)).filter(informed_at=None, created_at__lt=timezone.now() - TOLD_WITHIN)
    return late.select_related("organisation").order_by("created_at", "pk")


def digest(email: str) -> str:
    """What stays of the address of somebody who objected."""
    address = email.strip().lower()
    return salted_hmac("mitwerk.imports.objection", address, settings.ADDRESS_KEY, algorithm="sha256").hexdigest()


def objections() -> set[str]:
    return set(Objection.objects.values_list("digest", flat=True))
