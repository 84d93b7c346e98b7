"""Who may change which pages: one group per cluster, one for the umbrella body, and a review each."""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    GroupApprovalTask,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from mitwerk.accounts.actions import record_audit
from mitwerk.clusters.models import Cluster
from mitwerk.pages.models import ClusterHomePage, RegionHomePage

PAGE_RIGHTS = ("add_page", "change_page", "publish_page")
OFFICE_RIGHTS = (("wagtailadmin", "access_admin"), ("simple_translation", "submit_translation"))
UMBRELLA = "umbrella:editors"


def editors_group_name(cluster: Cluster) -> str:
    return f"cluster:{cluster.slug}:editors"


@transaction.atomic
def grant_page_rights(*, cluster: Cluster) -> Group:
    """Let the cluster's editors write and publish below its homes in each language, and nowhere else.

    Makes the umbrella's group as well. Asked for again, it changes nothing. Returns the cluster's group.
    """
    umbrella = _group(UMBRELLA)
    _allow(umbrella, [("pages", "change_operator")])
    regions = list(RegionHomePage.objects.all())
    _grant(umbrella, regions)
    _ensure_review("Region", [umbrella], regions)
    editors = _group(editors_group_name(cluster))
    homes = list(ClusterHomePage.objects.filter(cluster=cluster))
    if _grant(editors, homes):
        record_audit(verb="page_rights.grant", target=cluster, cluster_slug=cluster.slug)
    _ensure_review(cluster.menu_name, [editors, umbrella], homes)
    return editors


def _group(name: str) -> Group:
    group, _is_new = Group.objects.get_or_create(name=name)
    _allow(group, OFFICE_RIGHTS)
    return group


def _allow(group: Group, wanted: Iterable[tuple[str, str]]) -> None:
    """Give the rights that are missing. Asked first, because PostgreSQL is sent the insert even for those it has."""
    held = set(group.permissions.values_list("content_type__app_label", "codename"))
    missing = [Permission.objects.get(content_type__app_label=a, codename=c) for a, c in wanted if (a, c) not in held]
    if missing:
        group.permissions.add(*missing)


def _grant(group: Group, pages: Iterable[Page]) -> bool:
    """True when a right was missing."""
    rights = Permission.objects.filter(content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS)
    made = [
        GroupPagePermission.objects.get_or_create(group=group, page_id=page.pk, permission=right)[1]
        for page in pages
        for right in rights
    ]
    return any(made)


def _ensure_review(name: str, groups: list[Group], pages: Iterable[Page]) -> None:
    """Pages sent for review are approved by somebody of `groups`."""
    for page in pages:
        if WorkflowPage.objects.filter(page_id=page.pk).exists():
            continue
        title = f"Review · {name}"[:255]
        workflow = Workflow.objects.filter(name=title).first()
        if workflow is None:
            workflow = Workflow.objects.create(name=title)
            task = GroupApprovalTask.objects.create(name=title)
            task.groups.set(groups)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page_id=page.pk)
