"""Pages that were removed lie aside for a month, out of sight, below a page of their own."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page

from mitwerk.accounts.actions import close_removed, hold_removed, keep_removed, record_audit
from mitwerk.accounts.models import Removed, User
from mitwerk.core.changes import Refused

PAGE = "wagtailcore.page"
BIN = "removed-pages"
"""Address of the page they lie under. It is no home of any site, so nothing below it has an address."""


def _bin() -> Page:
    root = Page.get_first_root_node()
    found = root.get_children().filter(slug=BIN).first()
    return found or root.add_child(instance=Page(title="Removed", slug=BIN, live=False, locale=root.locale))


@transaction.atomic
def lay_aside(*, page: Page, actor: Any) -> Removed:
    """Take a page and what lies below it from the site, so that it can come back as it was."""
    own = page.specific
    family = list(Page.objects.filter(path__startswith=own.path).specific())
    live = [[one.pk, one.has_unpublished_changes] for one in family if one.live]
    packed = {"page": own.pk, "parent": own.get_parent().pk, "live": live, "rows": [], "links": []}
    slug = _cluster_slug(own)
    removed = keep_removed(kind=PAGE, name=str(own), cluster_slugs=[slug] if slug else [], packed=packed, actor=actor)
    record_audit(verb="page.remove", target=Page.objects.get(pk=own.pk), actor=actor, cluster_slug=slug)
    for one in family:
        if one.live:
            one.unpublish(user=actor, log_action=False)
    Page.objects.get(pk=own.pk).move(_bin(), pos="last-child")
    return removed


def _cluster_slug(page: Page) -> str:
    """The cluster whose home this page lies below."""
    homes = (one.specific for one in page.get_ancestors(inclusive=True))
    found = [home.cluster.slug for home in homes if getattr(home, "cluster_id", None)]
    return found[-1] if found else ""


@transaction.atomic
def restore_page(*, removed: Removed, actor: User | None) -> None:
    """Back to where it was, and live as far as it was. Raises `Refused` where its place is gone or taken."""
    held = hold_removed(removed)
    page = Page.objects.filter(pk=held.packed["page"]).first()
    parent = Page.objects.filter(pk=held.packed["parent"]).exclude(path__startswith=_bin().path).first()
    if page is None or parent is None or parent.get_children().filter(slug=page.slug).exists():
        raise Refused(_("Something else stands in its place now, or what it belongs to is gone."))
    page.move(parent, pos="last-child")
    for key, has_changes in held.packed["live"]:
        if own := Page.objects.filter(pk=key).first():
            again = own.specific
            again.live, again.has_unpublished_changes = True, has_changes
            again.save(clean=False)
    close_removed(held)
    restored = Page.objects.get(pk=page.pk)
    record_audit(verb="page.restore", target=restored, actor=actor, cluster_slug=_cluster_slug(restored))


def delete_laid_aside(*, removed: Removed) -> None:
    """For good."""
    page = Page.objects.filter(pk=removed.packed.get("page")).first()
    if page is not None and page.path.startswith(_bin().path):
        page.specific.delete()
