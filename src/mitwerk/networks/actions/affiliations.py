"""The affiliation agreement: proposed, agreed by both sides, declined, ended. Nothing said in it is ever changed."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mitwerk.accounts.actions import record_audit
from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Refused
from mitwerk.governance.models import Resolution
from mitwerk.networks.mails import mail_affiliation
from mitwerk.networks.models import Affiliation, Network
from mitwerk.networks.models.terms import GETS, GIVES, chosen
from mitwerk.networks.queries import affiliations_of, in_force, naming_resolutions, open_proposal

Side, State = Affiliation.Side, Affiliation.State


@transaction.atomic
def propose_affiliation(
    *,
    network: Network,
    cluster: Cluster,
    side: str,
    gives: Iterable[str],
    gets: Iterable[str],
    by_resolution: bool,
    actor: User,
) -> Affiliation:
    """A new version, to which the proposing side has agreed with it; what is in force stays until both have.

    It takes the place of a proposal that is still open. The cluster agrees later where it is to do so by resolution.
    """
    _lock(network)
    said = {
        "gives": {term.key: True for term in chosen(GIVES, gives)},
        "gets": {term.key: True for term in chosen(GETS, gets)},
    }
    opened, holding = open_proposal(network, cluster), in_force(network, cluster)
    if opened and opened.proposed_side == side and _says(opened, said) and opened.by_resolution == by_resolution:
        return opened
    if holding and _says(holding, said):
        raise Refused(_("This is what holds already. Change something to propose it."))
    if opened:
        _end(opened, side, actor, "")
    newest = affiliations_of(network, cluster).first()
    new = Affiliation(
        network=network, cluster=cluster, version=newest.version + 1 if newest else 1, proposed_side=side,
        proposed_by=actor, by_resolution=by_resolution, **said,
    )  # fmt: skip
    if side == Side.NETWORK or not by_resolution:
        _note_yes(new, side, actor)
    new.save()
    _record("network.propose_affiliation", new, actor, side)
    mail_affiliation(new, side, "proposed")
    return new


@transaction.atomic
def agree_affiliation(
    *, affiliation: Affiliation, side: str, actor: User, resolution: Resolution | None = None
) -> Affiliation:
    """This side agrees. With both it is in force, and the version before it ends at the same moment."""
    _lock(affiliation.network)
    now = Affiliation.objects.select_related("network", "cluster").get(pk=affiliation.pk)
    if now.ended_at is not None:
        raise Refused(_("This proposal is not open any more."))
    if now.agreed_at(side) is not None:
        return now
    other = now.cluster_agreed_by_id if side == Side.NETWORK else now.network_agreed_by_id
    if other == actor.pk:
        raise Refused(_("You have agreed for the other side. Somebody else has to agree for this one."))
    if side == Side.CLUSTER and now.by_resolution:
        now.resolution = _carrying(now, resolution)
    holding = in_force(now.network, now.cluster)
    _note_yes(now, side, actor)
    if now.is_agreed and holding:
        _end(holding, "", actor, "")
    now.save()
    _record("network.agree_affiliation", now, actor, side)
    mail_affiliation(now, side, "agreed")
    return now


@transaction.atomic
def decline_affiliation(*, affiliation: Affiliation, side: str, actor: User | None, reason: str = "") -> None:
    """An open proposal does not come about: the other side declines it, or its own takes it back."""
    _lock(affiliation.network)
    now = Affiliation.objects.select_related("network", "cluster").get(pk=affiliation.pk)
    if now.state == State.AGREED:
        raise Refused(_("Both sides have agreed meanwhile. End the agreement instead."))
    if now.ended_at is None:
        _end(now, side, actor, reason)
        _record("network.decline_affiliation", now, actor, side)
        mail_affiliation(now, side, "declined")


@transaction.atomic
def end_affiliation(*, affiliation: Affiliation, side: str, actor: User | None, reason: str = "") -> None:
    """Either side takes back what is in force, with effect at once: every reader asks `networks_that_show`."""
    _lock(affiliation.network)
    now = Affiliation.objects.select_related("network", "cluster").get(pk=affiliation.pk)
    if now.state == State.PROPOSED:
        raise Refused(_("This proposal is not in force. Decline it instead."))
    if now.ended_at is None:
        _end(now, side, actor, reason)
        _record("network.end_affiliation", now, actor, side)
        mail_affiliation(now, side, "ended")


def _lock(network: Network) -> None:
    """One after the other."""
    Network.objects.select_for_update().get(pk=network.pk)


def _says(affiliation: Affiliation, said: dict[str, Any]) -> bool:
    return bool(affiliation.gives == said["gives"] and affiliation.gets == said["gets"])


def _note_yes(affiliation: Affiliation, side: str, actor: User) -> None:
    setattr(affiliation, f"{side}_agreed_at", timezone.now())
    setattr(affiliation, f"{side}_agreed_by", actor)


def _carrying(affiliation: Affiliation, resolution: Resolution | None) -> Resolution:
    if resolution is None or not naming_resolutions(affiliation.cluster).filter(pk=resolution.pk).exists():
        raise Refused(_("Name the resolution by which a body of the cluster agreed."))
    return resolution


def _end(affiliation: Affiliation, side: str, actor: User | None, reason: str) -> None:
    """`side` is empty where a newer version takes its place."""
    affiliation.ended_at, affiliation.ended_side = timezone.now(), side
    affiliation.ended_by, affiliation.reason = actor, reason
    affiliation.save()


def _record(verb: str, affiliation: Affiliation, actor: User | None, side: str) -> None:
    details = {"affiliation": affiliation.public_id, "version": affiliation.version, "side": str(side)}
    cluster = affiliation.cluster.slug
    record_audit(verb=verb, target=affiliation.network, actor=actor, cluster_slug=cluster, details=details)
