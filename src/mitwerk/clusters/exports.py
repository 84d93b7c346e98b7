"""What region and clusters look like to machines, and the way from them to a page."""

from django.urls import reverse

from mitwerk.clusters.models import Cluster, Region


def way_to(region: Region | None, cluster: Cluster | None, *pairs: tuple[str, str]) -> list[tuple[str, str]]:
    """Breadcrumbs: the region's home, the cluster's where one is being read, then `pairs` of label and path."""
    start = [(region.menu_name if region else "Mitwerk", reverse("clusters:region_home"))]
    if cluster:
        start.append((cluster.menu_name, cluster.get_absolute_url()))
    return [*start, *((str(label), path) for label, path in pairs)]


def inside(cluster: Cluster | None) -> dict[str, str]:
    """Arguments that keep `reverse` inside the cluster that is being read."""
    return {"cluster": cluster.slug} if cluster else {}
