"""Put what was carried into the register, and what the office says of it later."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, write_record
from mitwerk.accounts.models import User
from mitwerk.core.changes import Rows, Values
from mitwerk.core.translated import Translated
from mitwerk.governance.models import Ballot, Body, Resolution


@transaction.atomic
def enter_resolution(*, ballot: Ballot) -> Resolution:
    """The next number of the body's year, in the words that were frozen at the start. Public where its ballots are."""
    body = Body.objects.select_for_update().get(pk=ballot.body_id)  # one number after the other
    day = timezone.localdate(ballot.times[1])
    last = Resolution.objects.filter(body=body, year=day.year).aggregate(last=Max("number"))["last"] or 0
    paper = ballot.paper
    resolution = Resolution.objects.create(
        body=body, ballot=ballot, year=day.year, number=last + 1, title=Translated(paper["title"]),
        wording=Translated(paper["motion"]), result=ballot.result, decided_on=day, in_force_from=day,
        is_public=body.watchers == Body.Watchers.EVERYBODY,
    )  # fmt: skip
    cluster = body.cluster.slug if body.cluster else ""
    record_audit(verb="resolution.enter", target=resolution, cluster_slug=cluster, details={"ballot": ballot.public_id})
    return resolution


@transaction.atomic
def change_resolution(*, resolution: Resolution, values: Values, rows: Rows, actor: User) -> Resolution:
    """From when to when it is in force, what replaces it, and whether everybody reads it. Its wording stays."""
    cluster = resolution.body.cluster
    slug = cluster.slug if cluster else ""
    write_record(record=resolution, values=values, rows=rows, actor=actor, cluster_slug=slug)
    return resolution
