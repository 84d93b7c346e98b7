"""Where the pages about an organisation lead once it is merged into another."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from mitwerk.actors.queries import successor_of, visible_organisations
from mitwerk.clusters.exports import inside
from mitwerk.clusters.models import Cluster


def moved(slug: str, cluster: Cluster | None, url_name: str = "portal:organisation") -> HttpResponse | None:
    """For good from the address of an organisation that was merged to the one that stands for it, inside the cluster
    that is being read where it belongs there too; None where nothing was merged."""
    successor = successor_of(slug)
    if successor is None:
        return None
    is_here = cluster is not None and visible_organisations(cluster).filter(pk=successor.pk).exists()
    kwargs = {"slug": successor.slug, **(inside(cluster) if is_here else {})}
    return HttpResponsePermanentRedirect(reverse(url_name, kwargs=kwargs))
