"""Put what was carried into the register, and what the office says of it later."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from mitwerk.accounts.actions import record_audit, write_record
from mitwerk.accounts.models import User
from mitwerk.core.changes import Rows, Values
from mitwerk.core.translated import Translated
from mitwerk.governance.models import Ballot, Body, Motion, Resolution


@transaction.atomic
def enter_resolution(*, ballot: Ballot | None = None, motion: Motion | None = None) -> Resolution:
    """What a written ballot or a sitting has carried, in the words that were voted on. Public where ballots are."""
    if motion:
        title, wording, result = motion.title, motion.wording, motion.result
        decided_at, body_id = motion.decided_at, motion.item.sitting.body_id
    elif ballot:
        title, wording, result = Translated(ballot.paper["title"]), Translated(ballot.paper["motion"]), ballot.result
        decided_at, body_id = ballot.times[1], ballot.body_id
    else:
        raise ValueError("A resolution comes from a ballot or a motion.")
    body = Body.objects.select_for_update().get(pk=body_id)  # one number after the other
    day = timezone.localdate(decided_at)
    resolution = Resolution.objects.create(
        body=body, ballot=ballot, motion=motion, year=day.year, number=_last_number(body, day.year) + 1, title=title,
        wording=wording, result=result, decided_on=day, in_force_from=day,
        is_public=body.watchers == Body.Watchers.EVERYBODY,
    )  # fmt: skip
    cluster = body.cluster.slug if body.cluster else ""
    details = {"ballot": ballot.public_id if ballot else "", "motion": motion.public_id if motion else ""}
    record_audit(verb="resolution.enter", target=resolution, cluster_slug=cluster, details=details)
    return resolution


def _last_number(body: Body, year: int) -> int:
    return Resolution.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"] or 0


@transaction.atomic
def change_resolution(*, resolution: Resolution, values: Values, rows: Rows, actor: User) -> Resolution:
    """From when to when it is in force, what replaces it, and whether everybody reads it. Its wording stays."""
    cluster = resolution.body.cluster
    slug = cluster.slug if cluster else ""
    write_record(record=resolution, values=values, rows=rows, actor=actor, cluster_slug=slug)
    return resolution
