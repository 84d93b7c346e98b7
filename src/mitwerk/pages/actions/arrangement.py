"""The order of blocks a home page starts with. Editors may change it; it is only the first arrangement."""

from typing import Any

from mitwerk.clusters.models import Cluster
from mitwerk.projects.models import Project

CHARTER_SOURCE = "it-leitbild"
"""The project of the demo region that tells how the charter came about."""

Blocks = list[tuple[str, Any]]


def region_body() -> Blocks:
    """What the region's home shows from the first day."""
    return [
        ("hero", {"shows_examples": True}),
        ("numbers", {}),
        ("clusters", {}),
        ("stories", {"count": 3}),
        ("news", {"count": 5}),
        ("needs", {"count": 4}),
        ("map", {}),
        ("congress", {}),
        ("calls", {"reports_need": True, "becomes_member": True}),
    ]


def cluster_body(cluster: Cluster) -> Blocks:
    """What a cluster's home shows from the first day, in the order the founders named it."""
    charter = Project.objects.filter(source_id=CHARTER_SOURCE, clusters=cluster).first()
    return [
        ("hero", {"shows_examples": True}),
        ("numbers", {}),
        ("news", {"count": 5}),
        ("needs", {"count": 4}),
        ("stories", {"count": 3}),
        ("competences", {"count": 8}),
        ("actors", {"count": 12}),
        ("congress", {}),
        ("networks", {"count": 4}),
        ("charter", {"project": charter}),
        ("voices", {"voices": []}),
        ("calls", {"reports_need": True, "becomes_member": True}),
    ]
