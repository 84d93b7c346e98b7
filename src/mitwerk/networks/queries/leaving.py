"""Which networks are about to leave, and all that belongs to one, those of higher floors too."""

from collections import Counter
from collections.abc import Iterator

from django.db import models, router
from django.db.models import QuerySet
from django.db.models.deletion import Collector
from django.utils import timezone

from mitwerk.networks.models import Leaving, Network


def leaving_of(network: Network) -> Leaving | None:
    return Leaving.objects.filter(network=network, deleted_at=None).first()


def due_leavings() -> QuerySet[Leaving]:
    """Those to be deleted now, and those of which files are left on the disk."""
    over = Leaving.objects.filter(network__isnull=False, deleted_at=None, due_at__lte=timezone.now())
    return (over | Leaving.objects.filter(deleted_at__isnull=False).exclude(files=[])).order_by("pk")


def all_of(network: Network) -> Iterator[models.Model]:
    """Every record that goes with the network, whatever subject it is of: what the database itself would delete."""
    collector = Collector(using=router.db_for_write(Network), origin=network)
    collector.collect([network])
    seen = set()
    for rows in (*collector.data.values(), *collector.fast_deletes):
        for record in rows:
            if (record._meta.label, record.pk) not in seen:  # one that hangs on it by two ways comes twice
                seen.add((record._meta.label, record.pk))
                yield record


def counts_of(records: list[models.Model]) -> dict[str, int]:
    return dict(sorted(Counter(record._meta.label_lower for record in records).items()))


def files_of(records: list[models.Model]) -> list[list[str]]:
    """Of every file that hangs on these records: model, column and name, so that its own storage can be asked."""
    found = []
    for record in records:
        for field in record._meta.concrete_fields:
            if isinstance(field, models.FileField) and (file := getattr(record, field.name)):
                found.append([record._meta.label_lower, field.name, str(file.name)])
    return sorted(found)
