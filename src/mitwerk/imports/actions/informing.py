"""People whom an import brought in are told, once, when the office says so; and whoever objects is deleted."""

from collections import defaultdict
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.actors.models import Contact
from mitwerk.imports.mails import mail_information
from mitwerk.imports.models import Import, Objection
from mitwerk.imports.queries.jobs import digest, untold_people

MOST_TOLD = 1000
"""So many people a click; the next click writes to the next ones."""


def tell_people(*, pk: int, actor_pk: int) -> int:
    """Write to the next people of an import who were not told yet; how many. Doing it again tells nobody twice."""
    with scope(cluster=None):
        job = Import.objects.select_related("cluster").get(pk=pk)
        people = untold_people(Import.objects.filter(pk=pk)).select_related("organisation").order_by("pk")[:MOST_TOLD]
        by_address: dict[str, list[Contact]] = defaultdict(list)
        for one in people:
            by_address[one.email.lower()].append(one)
        told = sum(_tell(job, contacts) for contacts in by_address.values())
        slug = job.cluster.slug if job.cluster else ""
        details = {"people": told, "basis": job.legal_basis}
        actor = User.objects.filter(pk=actor_pk).first()
        record_audit(verb="import.inform", target=job, actor=actor, cluster_slug=slug, details=details)
    return told


@transaction.atomic
def _tell(job: Import, contacts: Sequence[Contact]) -> int:
    is_new = mail_information(contacts, job.cluster)
    Contact.objects.filter(pk__in=[one.pk for one in contacts]).update(informed_at=timezone.now())
    return int(is_new)


@transaction.atomic
def forget_contacts(*, contacts: Sequence[Contact]) -> None:
    """Somebody does not want to be kept here: their contacts go, and no import brings them back."""
    for one in contacts:
        if one.email:
            Objection.objects.get_or_create(digest=digest(one.email))
        record_audit(verb="contact.object", target=one.organisation, details={"contact": one.public_id})
        one.delete()
