"""Writes about pictures: which group may use and change which collection."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import Collection, GroupCollectionPermission

SHARED = "Gemeinsam · Shared"
"""Pictures and documents that every office may use, whoever brought them in."""


@transaction.atomic
def grant_collection_rights(*, group: Group, name: str) -> Collection:
    """Give a group a collection of its own, and let it use the shared one. Repeating changes nothing but the name."""
    own = _own(group) or Collection.get_first_root_node().add_child(name=name)
    if own.name != name:
        own.name = name
        own.save(update_fields=["name"])
    _allow(group, own, "add", "change", "choose")
    _allow(group, _shared(), "choose")
    return own


@transaction.atomic
def grant_all_collections(*, group: Group) -> None:
    """Let a group use and change every collection, those to come as well."""
    _allow(group, Collection.get_first_root_node(), "add", "change", "choose")


def _own(group: Group) -> Collection | None:
    mine = GroupCollectionPermission.objects.filter(group=group, permission__codename="change_image")
    found = mine.select_related("collection").first()
    return found.collection if found else None


def _shared() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=SHARED).first() or root.add_child(name=SHARED)


def _allow(group: Group, collection: Collection, *actions: str) -> None:
    wanted = Q()
    for action in actions:
        wanted |= Q(content_type__app_label="wagtailimages", codename=f"{action}_image")
        wanted |= Q(content_type__app_label="wagtaildocs", codename=f"{action}_document")
    GroupCollectionPermission.objects.bulk_create(
        (
            GroupCollectionPermission(group=group, collection=collection, permission=permission)
            for permission in Permission.objects.filter(wanted)
        ),
        ignore_conflicts=True,
    )
