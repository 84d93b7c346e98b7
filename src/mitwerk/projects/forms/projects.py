"""What the list and the board can be asked for, and what is typed into ideas, decisions and joinings."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mitwerk.actors.models import Organisation
from mitwerk.algorithms.pipeline import DECISIONS, IDEA, PHASES
from mitwerk.charter.queries.public import Goal
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import clusters
from mitwerk.core.forms import TranslatedFormField
from mitwerk.core.listing import Choice, Filter, Option, options, read_choice
from mitwerk.core.records import plain_slugs
from mitwerk.projects import queries
from mitwerk.projects.forms.goals import GoalsField, offer_goals
from mitwerk.projects.models import Involvement, Joining, Partner, Project
from mitwerk.projects.queries.pipeline import board_carriers, board_clusters
from mitwerk.vocabularies.models import COMPETENCES
from mitwerk.vocabularies.office import ConceptsField

YEARS = range(1900, 2100)
SORTS = ("newest", "oldest")
OFFERED = 12
"""How many partners or competences a filter offers unasked; others come with the address of a link."""


def read_projects_choice(parameters: QueryDict, cluster: Cluster | None) -> Choice:
    """What the address asks for; unknown values are dropped and told."""
    given_concepts = plain_slugs(parameters.getlist("competence"))
    allowed = {
        "status": Project.Status.values,
        "year": [str(year) for year in YEARS],
        "partner": queries.known_partners(plain_slugs(parameters.getlist("partner"))),
        "competence": queries.concepts_by_slug(given_concepts),
        "sort": SORTS,
    }
    if cluster is None:
        allowed["cluster"] = [each.slug for each in clusters()]
    return read_choice(parameters, allowed)


def project_filters(choice: Choice, cluster: Cluster | None) -> list[Filter]:
    """The filters beside the list, each with what it would leave."""
    found = [_status(choice), _cluster(choice)] if cluster is None else [_status(choice)]
    found += [_year(choice), _partner(choice), _competence(choice)]
    return [each for each in found if each.options]


def sort_options(choice: Choice) -> list[Option]:
    labels = {"newest": _("newest first"), "oldest": _("oldest first")}
    return options(labels, [choice.one("sort") or "newest"])


def _status(choice: Choice) -> Filter:
    labels = {value: str(label) for value, label in Project.Status.choices}
    return _filter("status", _("Status"), labels, choice, queries.count_statuses(choice))


def _cluster(choice: Choice) -> Filter:
    labels = {each.slug: each.menu_name for each in clusters()}
    return _filter("cluster", _("Cluster"), labels, choice, queries.count_clusters(choice))


def _year(choice: Choice) -> Filter:
    counts = queries.count_years(choice)
    chosen = [year for year in choice.values.get("year", []) if year not in counts]
    labels = {year: year for year in sorted({*counts, *chosen}, reverse=True)}
    return _filter("year", _("Year"), labels, choice, counts)


def _partner(choice: Choice) -> Filter:
    counted = queries.count_partners(choice)
    chosen = choice.values.get("partner", [])
    shown = [*list(counted)[:OFFERED], *(slug for slug in chosen if slug not in list(counted)[:OFFERED])]
    labels = {slug: counted[slug][0] if slug in counted else slug for slug in shown}
    return _filter(
        "partner", _("Partner"), labels, choice, {slug: counted[slug][1] for slug in shown if slug in counted}
    )


def _competence(choice: Choice) -> Filter:
    counts = queries.count_competences(choice)
    chosen = choice.values.get("competence", [])
    shown = [*list(counts)[:OFFERED], *(slug for slug in chosen if slug not in list(counts)[:OFFERED])]
    concepts = queries.concepts_by_slug(shown)
    labels = {slug: str(concepts[slug]) for slug in shown if slug in concepts}
    return _filter("competence", _("Competence"), labels, choice, counts)


def _filter(name: str, label: str, labels: dict[str, str], choice: Choice, counts: dict[str, int]) -> Filter:
    return Filter(name, label, options(labels, choice.values.get(name, []), counts))


def read_board_choice(parameters: QueryDict, user: Any) -> Choice:
    """What the board is narrowed to; unknown values are dropped and told."""
    allowed = {
        "phase": [phase for phase in PHASES if phase != IDEA],
        "cluster": [slug for slug, _name in board_clusters(user)],
        "carrier": [slug for slug, _name in board_carriers(user)],
    }
    return read_choice(parameters, allowed)


def board_filters(choice: Choice, user: Any) -> list[Filter]:
    """By phase, cluster and carrier; a filter with nothing to choose from is left out."""
    phases = {phase: str(capfirst(Project.Phase(phase).label)) for phase in PHASES if phase != IDEA}
    offered = {
        "phase": (_("Phase"), phases),
        "cluster": (_("Cluster"), dict(board_clusters(user))),
        "carrier": (_("Carrier"), dict(board_carriers(user))),
    }
    return [
        Filter(name, label, options(labels, choice.values.get(name, [])))
        for name, (label, labels) in offered.items()
        if len(labels) > 1 or choice.values.get(name)
    ]


def _both(label: Any, rows: int = 0, required: bool = False, **kwargs: Any) -> TranslatedFormField:
    return TranslatedFormField(
        label=label, rows=rows, max_length=3000 if rows else 200, required=required, **kwargs
    )


class IdeaForm(forms.Form):
    """One page. Only the title is needed for a draft; the board needs more (`queries.missing_for_submission`)."""

    title = _both(gettext_lazy("Title"), required=True)
    summary = _both(gettext_lazy("In short"), 2, help_text=gettext_lazy("One sentence that makes others curious."))
    problem = _both(gettext_lazy("What problem does it solve?"), 4)
    audience = _both(gettext_lazy("For whom?"), 2)
    offer = _both(gettext_lazy("What do you bring in yourselves?"), 3)
    wanted = _both(gettext_lazy("What are you looking for?"), 3)
    seeks = ConceptsField(
        COMPETENCES, label=gettext_lazy("Competences you are looking for"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    seeks_partners = forms.BooleanField(label=gettext_lazy("We are looking for partners"), required=False)
    seeks_money = forms.BooleanField(label=gettext_lazy("We are looking for money"), required=False)
    aim = _both(gettext_lazy("Which aim of the charter does it serve?"), 2)
    goals = GoalsField(label=gettext_lazy("Which goals of the charter does it serve?"))
    cluster = forms.ChoiceField(label=gettext_lazy("Cluster whose board decides"))

    def __init__(
        self, *args: Any, clusters: list[Cluster] | None = None, goals: Sequence[Goal] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer_goals(self, goals)
        self._goals = {goal.key: goal for goal in goals}
        self._clusters = {each.slug: each for each in clusters or []}
        field: Any = self.fields["cluster"]
        field.choices = [(slug, each.menu_name) for slug, each in self._clusters.items()]
        if len(self._clusters) < 2:
            del self.fields["cluster"]

    def clean(self) -> dict[str, Any]:
        """A goal of one cluster's charter is no choice for a project of another cluster."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if self._clusters and data.get("goals") and ("cluster" in data or len(self._clusters) < 2):
            home = self.chosen_cluster().pk
            strange = [goal for goal in data["goals"] if self._goals[goal].charter.cluster_id not in (None, home)]
            if strange:
                self.add_error("goals", _("Choose goals of the cluster whose board decides, or of the region."))
        return data

    def chosen_cluster(self) -> Cluster:
        """The only one, or the one that was chosen."""
        slug = self.cleaned_data.get("cluster") or next(iter(self._clusters))
        return self._clusters[slug]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "cluster"}


class MilestoneForm(forms.Form):
    """What must be there by when, and how much of the whole it is."""

    title = _both(gettext_lazy("What is there then?"), required=True)
    due_on = forms.DateField(
        label=gettext_lazy("By which day?"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"), min_value=1, max_value=100, initial=1,
        widget=forms.TextInput({"inputmode": "numeric"}),
        help_text=gettext_lazy(
            "How much of the whole it is, beside the other milestones: 2 counts twice as much as 1."
        ),
    )  # fmt: skip


DECISION_LABELS = {
    "accept": gettext_lazy("Accept"),
    "accept-with-conditions": gettext_lazy("Accept with conditions"),
    "defer": gettext_lazy("Defer until a day"),
    "decline": gettext_lazy("Decline"),
}


class DecisionForm(forms.Form):
    """What the board decides. The conditions, the reason and the day are asked for by `actions.decide`."""

    decision = forms.ChoiceField(
        label=gettext_lazy("The board decides"), choices=[(one, DECISION_LABELS[one]) for one in DECISIONS],
        widget=forms.RadioSelect,
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("Wording, conditions or reason"), max_length=5000, required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("Needed for everything but a plain yes. The carriers get it word by word."),
    )  # fmt: skip
    until = forms.DateField(
        label=gettext_lazy("Deferred until"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
    )  # fmt: skip


class WordingForm(DecisionForm):
    """The same as a motion of a sitting, with the day by which a working group reports back."""

    report_due = forms.DateField(
        label=gettext_lazy("A working group reports back by"), required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        help_text=gettext_lazy("With the acceptance the group is opened, and the partners are asked who volunteers."),
    )  # fmt: skip

    def clean_report_due(self) -> date | None:
        day: date | None = self.cleaned_data["report_due"]
        if day and day <= timezone.localdate():
            raise ValidationError(_("Give a day that is still to come."))
        return day


class JoinForm(forms.Form):
    """An organisation that offers to join, with its effort."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=gettext_lazy("Organisation"), to_field_name="slug", empty_label=None
    )
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    involvement = forms.ChoiceField(
        label=gettext_lazy("Kind of involvement"), choices=Involvement.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Reports to funders count joint research and development alone."),
    )  # fmt: skip
    effort_days = forms.IntegerField(
        label=gettext_lazy("Effort in person days"), required=False, min_value=0, max_value=100_000,
        widget=forms.TextInput({"inputmode": "numeric"}),
    )  # fmt: skip
    note = forms.CharField(
        label=gettext_lazy("What you want to say"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip
    roles = (Partner.Role.PARTNER, Partner.Role.ASSOCIATED)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["organisation"].queryset = organisations
        fields["role"].choices = [(role, capfirst(Joining.Role(role).label)) for role in self.roles]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "organisation"}


class InviteForm(JoinForm):
    """An organisation that a carrier asks; it may be asked to carry, too."""

    roles = (Partner.Role.PARTNER, Partner.Role.ASSOCIATED, Partner.Role.CARRIER)
