"""Whose imports who of the office sees, and whom of the people they brought in, by name."""

from datetime import timedelta

from django.utils import timezone

from mitwerk.actors.models import Contact
from mitwerk.actors.tests.cast import Cast
from mitwerk.imports.models import Import, Row
from mitwerk.imports.queries.jobs import imports_of, late_people

OFFICE = ("it_editor", "food_editor", "umbrella_editor", "administrator")


def bring(job: Import, cast: Cast, name: str, days: int, is_told: bool = False) -> None:
    """A contact of the firm that came with an import so many days ago."""
    at = timezone.now() - timedelta(days=days)
    contact = Contact.objects.create(organisation=cast.firm, name=name, informed_at=at if is_told else None)
    Contact.objects.filter(pk=contact.pk).update(created_at=at)
    Row.objects.create(job=job, number=Row.objects.count() + 1, contact=contact.pk)


def test_each_office_sees_its_imports_and_whom_it_has_not_told_in_time(cast: Cast) -> None:
    for name, cluster in (("it", cast.it), ("food", cast.food), ("region", None)):
        job = Import.objects.create(cluster=cluster, file_name=name, kind="csv")
        bring(job, cast, f"{name} late", 31)
        bring(job, cast, f"{name} told", 31, is_told=True)
        bring(job, cast, f"{name} new", 29)
    Contact.objects.create(organisation=cast.firm, name="by hand")
    Contact.objects.filter(name="by hand").update(created_at=timezone.now() - timedelta(days=90))
    found = {
        name: (
            set(imports_of(getattr(cast, name)).values_list("file_name", flat=True)),
            set(late_people(getattr(cast, name)).values_list("name", flat=True)),
        )
        for name in OFFICE
    }
    everything = ({"it", "food", "region"}, {"it late", "food late", "region late"})
    assert found == {
        "it_editor": ({"it"}, {"it late"}),
        "food_editor": ({"food"}, {"food late"}),
        "umbrella_editor": everything,
        "administrator": everything,
    }
