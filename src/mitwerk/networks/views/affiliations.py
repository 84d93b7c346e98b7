"""The affiliation agreement between a network and a cluster, for both sides: read, proposed, answered, ended."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mitwerk.clusters.models import Cluster
from mitwerk.core.changes import Refused
from mitwerk.core.listing import page_of
from mitwerk.networks.actions import (
    agree_affiliation,
    decline_affiliation,
    end_affiliation,
    propose_affiliation,
)
from mitwerk.networks.forms import AffiliationForm, AgreeForm, EndForm
from mitwerk.networks.models import Affiliation, Network
from mitwerk.networks.models.terms import Term
from mitwerk.networks.queries import (
    affiliated_network,
    before,
    in_force,
    naming_resolutions,
    open_proposal,
    people_shown_to_cluster,
    seen_affiliations,
)
from mitwerk.networks.rules import sides_of

State, Side = Affiliation.State, Affiliation.Side
PEOPLE_SHOWN = 200


@login_required
@never_cache
@require_safe
def affiliation_list(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version that the user's side has seen, the newest first, and whom to propose one to."""
    network, clusters = _seen(request, slug)
    page = page_of(seen_affiliations(network, clusters), request.GET.get("page"))
    context = {
        "title": _("Affiliation agreement"),
        "network": network,
        "page": page,
        "clusters": [cluster for cluster in clusters if sides_of(request.user, network, cluster)],
    }
    return render(request, "networks/affiliation_list.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def affiliation_new(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """A new version; what is in force, or proposed, is ticked at first."""
    network, clusters = _seen(request, slug)
    cluster = next((one for one in clusters if one.slug == partner), None)
    sides = sides_of(request.user, network, cluster) if cluster else []
    if cluster is None or not sides:
        raise Http404
    form = AffiliationForm(
        request.POST if request.method == "POST" else None, sides=sides, initial=_begin(network, cluster)
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = propose_affiliation(network=network, cluster=cluster, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Proposed. The other side is told."))
            return redirect("networks:affiliation_detail", slug=slug, public_id=made.public_id)
    context = {"title": _("Propose an agreement"), "network": network, "cluster": cluster, "form": form}
    return render(request, "networks/affiliation_new.html", context)


def _begin(network: Network, cluster: Cluster) -> dict[str, Any]:
    last = open_proposal(network, cluster) or in_force(network, cluster)
    if last is None:
        return {}
    return {"gives": list(last.gives), "gets": list(last.gets), "by_resolution": last.by_resolution}


@login_required
@never_cache
@require_safe
def affiliation_detail(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """One version as it reads, in both languages side by side, with what its sides can do now."""
    return _page(request, _version(request, slug, public_id))


@login_required
@require_POST
def affiliation_agree(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    found = _version(request, slug, public_id)
    forms = _forms(request, found, "agree")
    form = forms.get("agree")
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, forms, 422)
    side, resolution = form.cleaned_data["side"], form.cleaned_data.get("resolution")
    return _act(
        request, found,
        lambda: agree_affiliation(affiliation=found, side=side, actor=request.user, resolution=resolution),
        _("You have agreed."),
    )  # fmt: skip


@login_required
@require_POST
def affiliation_decline(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    return _close(request, slug, public_id, "decline", decline_affiliation, _("The proposal does not come about."))


@login_required
@require_POST
def affiliation_end(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    told = _("The agreement has ended. Nothing that it gave is shown any more.")
    return _close(request, slug, public_id, "end", end_affiliation, told)


def _close(
    request: HttpRequest, slug: str, public_id: str, act: str, verb: Callable[..., None], told: str
) -> HttpResponse:
    found = _version(request, slug, public_id)
    forms = _forms(request, found, act)
    form = forms.get(act)
    if form is None:
        raise Http404
    if not form.is_valid():
        return _page(request, found, forms, 422)
    return _act(request, found, lambda: verb(affiliation=found, actor=request.user, **form.cleaned_data), told)


def _act(request: HttpRequest, found: Affiliation, do: Callable[[], Any], told: str) -> HttpResponse:
    try:
        do()
        messages.success(request, told)
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("networks:affiliation_detail", slug=found.network.slug, public_id=found.public_id)


def _seen(request: HttpRequest, slug: str) -> tuple[Network, list[Cluster]]:
    found = affiliated_network(request.user, slug)
    if found is None:
        raise Http404
    return found


def _version(request: HttpRequest, slug: str, public_id: str) -> Affiliation:
    return get_object_or_404(seen_affiliations(*_seen(request, slug)), public_id=public_id)


def _forms(request: HttpRequest, found: Affiliation, sent: str = "") -> dict[str, Any]:
    """The forms that fit the state and the user, by act; `sent` is the one that was posted."""
    sides = sides_of(request.user, found.network, found.cluster)
    waiting = [side for side in sides if found.waits_for(side)]
    forms: dict[str, Any] = {}
    if waiting:
        names = found.by_resolution and Side.CLUSTER in waiting
        forms["agree"] = AgreeForm(
            request.POST if sent == "agree" else None, sides=waiting, prefix="agree",
            resolutions=naming_resolutions(found.cluster) if names else None,
        )  # fmt: skip
    act = {State.PROPOSED: "decline", State.AGREED: "end"}.get(found.state)  # type: ignore[call-overload]
    if sides and act:
        forms[act] = EndForm(request.POST if sent == act else None, sides=sides, prefix=act)
    return forms


def _page(
    request: HttpRequest, found: Affiliation, forms: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    previous = before(found)
    context = {
        "title": _("Affiliation agreement"),
        "network": found.network,
        "affiliation": found,
        "texts": [_text(found, code) for code, _name in settings.LANGUAGES],
        "previous": previous,
        "changes": _changes(previous, found) if previous else None,
        "forms": _forms(request, found) if forms is None else forms,
        "people": list(people_shown_to_cluster(found)[:PEOPLE_SHOWN]),
    }
    return render(request, "networks/affiliation_detail.html", context, status=status)


def _text(found: Affiliation, code: str) -> dict[str, Any]:
    """The agreement as it reads in one language."""
    with override(code):
        names = {"network": found.network, "cluster": found.cluster}
        return {
            "language": code,
            "title": _("Affiliation agreement, version %(number)s") % {"number": found.version},
            "sentences": [
                _("The network “%(network)s” and the cluster “%(cluster)s” work together.") % names,
                _("The network stays a network of its own, with its own name, its own people and its own rules."),
            ],
            "parts": [
                (_("What the cluster may see"), [*_always(), *_sentences(found.given)]),
                (_("What the network gets"), _sentences(found.gotten) or [_("Nothing is agreed.")]),
                (_("How it ends"), _ending(found)),
            ],
        }


def _always() -> list[str]:
    return [_("Name and purpose of the network are public. Beyond that the following is shown, and nothing else.")]


def _ending(found: Affiliation) -> list[str]:
    told = [
        _("Either side ends the agreement whenever it wants, with effect at once."),
        _("From that moment nothing that the network gave is shown any more."),
    ]
    return [_("The cluster agrees by a resolution of one of its bodies."), *told] if found.by_resolution else told


def _sentences(terms: Iterable[Term]) -> list[str]:
    return [str(term.sentence) for term in terms]


def _changes(previous: Affiliation, found: Affiliation) -> list[tuple[str, list[str]]]:
    """What is new and what is left out against the version before, in the reader's language."""
    old, new = [*previous.given, *previous.gotten], [*found.given, *found.gotten]
    told = [
        (_("New"), _sentences(term for term in new if term not in old)),
        (_("Left out"), _sentences(term for term in old if term not in new)),
    ]
    return [(label, sentences) for label, sentences in told if sentences]
