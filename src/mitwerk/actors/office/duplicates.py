"""The office's list of likely duplicates, and two of them side by side."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.base import ViewSet

from mitwerk.actors.actions import MergeRefused, merge_organisations, tell_apart
from mitwerk.actors.models import Organisation
from mitwerk.actors.office.comparing import MergeForm, moving
from mitwerk.actors.office.twins import BANDS, REASONS, band_of
from mitwerk.actors.queries import TwinPair, choosable_organisations, current_memberships, duplicate_pairs
from mitwerk.actors.rules import can_edit_organisation, can_merge
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_editor
from mitwerk.core.office import write_history

PER_PAGE = 20


class Desk(WagtailAdminTemplateMixin):  # type: ignore[misc]
    """A page of the office for editors of any kind."""

    header_icon = "copy"
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not is_editor(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        listed = {"url": reverse("office_duplicates:index"), "label": _("Duplicates")}
        return [*super().get_breadcrumbs_items(), listed]


@dataclass(frozen=True)
class Line:
    """A pair in the list."""

    pair: TwinPair
    reasons: list[str]
    band: Any
    url: str

    @property
    def sides(self) -> tuple[Organisation, Organisation]:
        return self.pair.one, self.pair.other


class DuplicateList(Desk, TemplateView):
    """Pairs of which the reader may edit one, the surest first."""

    template_name = "actors/duplicate_list.html"
    page_title = gettext_lazy("Duplicates")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        clusters = {cluster.slug: cluster for cluster in edited_clusters(self.request.user)}
        band, cluster = self.request.GET.get("band", ""), clusters.get(self.request.GET.get("cluster", ""))
        pairs = [one for one in duplicate_pairs(self.request.user) if band not in BANDS or band_of(one.score) == band]
        if cluster:
            members = set(current_memberships().filter(cluster=cluster).values_list("organisation_id", flat=True))
            pairs = [one for one in pairs if members & {one.one.pk, one.other.pk}]
        page = WagtailPaginator(pairs, PER_PAGE).get_page(self.request.GET.get("p"))
        return super().get_context_data(
            page=page,
            lines=[_line(pair) for pair in page.object_list],
            elided_page_range=page.paginator.get_elided_page_range(page.number),
            bands=[(name, label, name == band) for name, (label, _scores) in BANDS.items()],
            clusters=[(slug, one, one == cluster) for slug, one in clusters.items()],
            is_narrowed=band in BANDS or bool(cluster),
            **kwargs,
        )


def _line(pair: TwinPair) -> Line:
    url = reverse("office_duplicates:compare", args=[pair.one.pk, pair.other.pk])
    label, _scores = BANDS[band_of(pair.score)]
    return Line(pair, [str(REASONS[reason]) for reason in pair.reasons], label, url)


class PairMixin:
    """The two organisations of the address: both known to the reader, and one of them theirs to edit."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def pair(self) -> tuple[Organisation, Organisation]:
        keys = self.kwargs["winner"], self.kwargs["loser"]
        known = choosable_organisations(self.request.user).filter(merged_into=None, pk__in=keys)
        found = {one.pk: one for one in known.select_related("state", "district", "logo")}
        if len(found) != 2 or not any(can_edit_organisation(self.request.user, one) for one in found.values()):
            raise Http404
        return found[keys[0]], found[keys[1]]


class Compare(PairMixin, Desk, TemplateView):
    """Side by side, field by field; posting merges the right one into the left one."""

    template_name = "actors/duplicate_compare.html"
    page_title = gettext_lazy("Compare and merge")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, form: MergeForm | None = None, **kwargs: Any) -> dict[str, Any]:
        winner, loser = self.pair
        return super().get_context_data(
            winner=winner,
            loser=loser,
            form=form or MergeForm(winner=winner, loser=loser),
            moving=moving(loser) if self._may_merge else [],
            may_merge=self._may_merge,
            swap_url=reverse("office_duplicates:compare", args=[loser.pk, winner.pk]),
            apart_url=reverse("office_duplicates:apart", args=[winner.pk, loser.pk]),
        )

    @cached_property
    def _may_merge(self) -> bool:
        return can_merge(self.request.user, *self.pair)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        winner, loser = self.pair
        if not self._may_merge:
            raise Http404
        form = MergeForm(request.POST, winner=winner, loser=loser)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            merge = merge_organisations(winner=winner, loser=loser, choices=form.choices(), actor=request.user)
        except MergeRefused as refused:
            messages.error(request, str(refused))
            return redirect("office_duplicates:index")
        write_history(winner, "office.merge", request.user, [loser.name])
        undo = messages.button(reverse("office_merges:inspect", args=[merge.pk]), _("See the merge and undo it"))
        told = _("“%(loser)s” was merged into “%(winner)s”. It can be undone for 30 days.")
        messages.success(request, told % {"loser": loser, "winner": winner}, buttons=[undo])
        return redirect("office_organisations:edit", winner.pk)


class Apart(PairMixin, Desk, View):
    """The answer "these are two"; POST only."""

    http_method_names: ClassVar[list[str]] = ["post"]

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        one, other = self.pair
        tell_apart(one=one, other=other, actor=request.user)
        messages.success(request, _("Noted: these are two organisations. The list does not ask again."))
        return redirect("office_duplicates:index")


class DuplicateOffice(ViewSet):  # type: ignore[misc]
    """Pairs are found, not stored, so this is no list of a model."""

    name = "duplicates"
    menu_label = gettext_lazy("Duplicates")
    icon = "copy"
    menu_order = 201
    add_to_admin_menu = True
    url_namespace = "office_duplicates"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", DuplicateList.as_view(), name="index"),
            path("<int:winner>/<int:loser>/", Compare.as_view(), name="compare"),
            path("<int:winner>/<int:loser>/apart/", Apart.as_view(), name="apart"),
        ]
