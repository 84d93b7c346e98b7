"""Writes of networks themselves."""

from collections.abc import Sequence
from typing import Any, TypedDict, Unpack

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from mitwerk.accounts.actions import record_audit, remove_record, write_record
from mitwerk.accounts.models import User
from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Refused, Rows, Values
from mitwerk.core.ids import free_slug_for
from mitwerk.core.saving import Change, Saved, by_source, link, together, write
from mitwerk.core.translated import Translated
from mitwerk.networks.models import Network
from mitwerk.pictures.models import Picture

PICTURES = "Netzwerke · Networks"
"""The collection in which pictures lie that networks bring in themselves."""


class NetworkFields(TypedDict, total=False):
    """What may be said of a network; what is left out stays as it is."""

    name: dict[str, str]
    purpose: dict[str, str]
    member_kinds: dict[str, str]
    note: dict[str, str]
    since: int | None
    region_text: str
    website: str
    sources: list[dict[str, Any]]
    as_of: int | None


@transaction.atomic
def save_network(
    *,
    source_id: str,
    clusters: Sequence[Cluster] = (),
    actor: User | None = None,
    **fields: Unpack[NetworkFields],
) -> Saved[Network]:
    """Make or change the network of a source row; what the office has changed stays."""
    network = by_source(Network, source_id, fields.get("name", {}).get("de", ""))
    if network.is_the_offices:
        return Saved(network, Change.UNCHANGED)
    change = together(write(network, fields), link(network.clusters, clusters))
    if change is not Change.UNCHANGED:
        record_audit(verb="network.save", target=network, actor=actor)
    return Saved(network, change)


@transaction.atomic
def change_network(*, network: Network, values: Values, rows: Rows, actor: User) -> Network:
    """What the office enters: a new network or changes of one, with its members."""
    if not network.slug:
        network.slug = free_slug_for(network, values["name"].best("de").text)
    write_record(record=network, values=values, rows=rows, actor=actor)
    return network


@transaction.atomic
def change_own_page(
    *,
    network: Network,
    values: Values,
    file: "UploadedFile[Any] | None" = None,
    alt: Translated | None = None,
    credit: str = "",
    actor: User,
) -> Network:
    """What a network says of itself, written by its coordinators; `file` is checked (`PictureFileField`)."""
    changes = {**values, "picture": _keep_picture(network, file, alt, credit)} if file else dict(values)
    write_record(record=network, values=changes, rows={}, actor=actor)
    return network


def _keep_picture(network: Network, file: "UploadedFile[Any]", alt: Translated | None, credit: str) -> Picture:
    root = Collection.get_first_root_node()
    collection = root.get_children().filter(name=PICTURES).first() or root.add_child(name=PICTURES)
    kept: Picture = Picture.objects.create(
        title=str(network)[:255], file=file, alt=alt or Translated(), credit=credit, collection=collection
    )
    return kept


def remove_network(*, network: Network, actor: User) -> None:
    """Delete a network with what stands below it. Refused while an agreement with it has not ended."""
    if network.affiliations.filter(ended_at=None).exists():
        raise Refused(_("There is an agreement with this network. End it first."))
    remove_record(record=network, actor=actor)
