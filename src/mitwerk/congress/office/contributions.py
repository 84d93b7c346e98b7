"""Contributions in the office: read with what the jury says, decided about, their texts put right."""

from collections.abc import Callable
from typing import Any

from django.http import QueryDict
from django.template.defaultfilters import floatformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, TitleColumn

from mitwerk.algorithms.contributions import OFFICE, step_for
from mitwerk.clusters.office import STILL_RIGHT
from mitwerk.clusters.rules import is_editor
from mitwerk.congress.actions import change_contribution, take_step
from mitwerk.congress.models import Congress, Contribution
from mitwerk.congress.queries import run_congresses
from mitwerk.congress.queries.after import was_on_stage
from mitwerk.congress.queries.contributions import office_contributions
from mitwerk.congress.queries.reviews import reviews_of
from mitwerk.core.office import Act, EditView, IndexView, InspectView, OfficeViewSet
from mitwerk.core.office_forms import RecordForm, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.core.permission_policy import OfficePolicy

MOST_WORDS = 2000


def _verb(name: str) -> Callable[..., Contribution]:
    def decide(*, contribution: Contribution, text: str, actor: Any) -> Contribution:
        return take_step(contribution=contribution, verb=name, who=OFFICE, actor=actor, text=text)

    return decide


def _words(sent: QueryDict) -> dict[str, Any]:
    return {"text": sent.get("text", "").strip()[:MOST_WORDS]}


def _fits(name: str) -> Callable[[Contribution], bool]:
    return lambda contribution: step_for(name, contribution.state) is not None


DECISIONS = {
    name: Act(label, _verb(name), done, _fits(name), icon, takes=_words)
    for name, label, done, icon in (
        ("accept", _("Accept"), _("Accepted. They hear of it by e-mail and confirm that they come."), "check"),
        ("reserve", _("Put on the reserve list"), _("On the reserve list. They hear of it by e-mail."), "time"),
        ("decline", _("Decline"), _("Declined. They read your reason."), "cross"),
    )
}


class ContributionForm(RecordForm):
    """What the office puts right; the track is one of the congress's."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["track"]
        field.queryset = self.instance.congress.tracks.all()


class ContributionEdit(EditView):
    """Deciding is on the page where it is read."""

    template_name = "wagtailadmin/generic/edit.html"


class ContributionInspect(InspectView):
    """All that was handed in, what every seat of the jury says, and the decision."""

    template_name = "congress/contribution_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        offered = context.pop("acts", [])
        context["decisions"] = [one for one in offered if one["act"] in DECISIONS.values()]
        context["acts"] = [one for one in offered if one["act"] not in DECISIONS.values()]
        context["reviews"] = reviews_of(self.object)
        context["speakers"] = list(self.object.speakers.all())
        context["may_tell"] = was_on_stage(self.object)
        context["taken"] = list(self.object.steps.all())
        context["competences"] = list(self.object.competences.prefetch_related("labels"))
        return context


class ContributionIndex(IndexView):
    """A contribution is read first, and decided where it is read; its form is for putting texts right."""

    def _get_title_column(self, field_name: str, column_class: type[Column] = TitleColumn, **kwargs: Any) -> Column:
        column: Column = self._get_custom_column(
            field_name, self._get_title_column_class(column_class), get_url=self.get_inspect_url, **kwargs
        )
        column.sort_key = "sort_title"
        return column


class ScoreColumn(Column):
    """The mean as a number with one place, and from how many seats."""

    def get_value(self, instance: Contribution) -> Any:
        scored: Any = instance
        return "–" if scored.score is None else f"{floatformat(scored.score, 1)} ({scored.review_count})"


def _own_congresses(request: Any) -> Any:
    return run_congresses(request.user) if request else Congress.objects.none()


class ContributionFilter(WagtailFilterSet):  # type: ignore[misc]
    """By congress, of those the office runs; by state and kind."""

    congress = ModelChoiceFilter(queryset=_own_congresses, label=_("Congress"))

    class Meta:
        model = Contribution
        fields = ("congress", "state", "kind")


class ContributionOffice(OfficeViewSet):
    """What firms have handed in; drafts are theirs."""

    model = Contribution
    name = "contributions"
    menu_label = _("Contributions")
    icon = "form"
    menu_order = 222
    policy = OfficePolicy(
        Contribution,
        may={"view": is_editor, "change": is_editor},
        records={"view": office_contributions, "change": office_contributions},
    )
    form_class = ContributionForm
    save_verb = change_contribution
    hidden_views = frozenset({"usage", "add", "delete"})
    inspect_view_enabled = True
    inspect_view_class = ContributionInspect
    inspect_view_fields = (
        "congress",
        "organisation",
        "number",
        "kind",
        "state",
        "language",
        "track",
        "project",
        "wishes",
    )
    edit_view_class = ContributionEdit
    title_field = "title"
    index_view_class = ContributionIndex
    list_display = (
        "title",
        text_column("organisation", _("Organisation")),
        text_column("get_kind_display", _("Kind")),
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        ScoreColumn("score", label=_("Points (seats)"), sort_key="score"),
        changed_column(_("Changed")),
    )
    filterset_class = ContributionFilter
    list_export = (
        "number", "congress", "organisation", "kind", "title", "abstract", "language", "track", "wishes", "state",
        "score", "review_count",
    )  # fmt: skip
    search_fields = ("title", "abstract", "organisation__name")
    ordering = ("congress", "number")
    acts = {**DECISIONS, **STILL_RIGHT}
    tabs = (
        (
            _("Contribution"),
            (
                both("title"),
                both("abstract", rows=6),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("language")]),
                FieldPanel("track"),
            ),
        ),
    )
