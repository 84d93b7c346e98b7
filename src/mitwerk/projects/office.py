"""Cooperation projects in the office."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from mitwerk.actors.office import OrganisationRowForm
from mitwerk.charter.queries.public import goals_in_force
from mitwerk.clusters.office import STILL_RIGHT, ClusterRecordForm, cluster_policy, clusters_panel
from mitwerk.clusters.queries import clusters
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RowsPanel, SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.projects.actions import change_project, remove_project
from mitwerk.projects.forms import GoalsField, offer_goals
from mitwerk.projects.models import Project
from mitwerk.vocabularies.models import COMPETENCES
from mitwerk.vocabularies.office import ConceptsField


class ProjectForm(ClusterRecordForm):
    proved = ConceptsField(COMPETENCES, label=_("competences proved"), required=False)
    seeks = ConceptsField(COMPETENCES, label=_("competences looked for"), required=False)
    goals = GoalsField(label=_("goals of the charter it serves"))
    sources = SourcesField(label=_("sources"), required=False)

    def limit(self) -> None:
        """Where a project goes its way here, its steps say what readers see, and its partners what it proved."""
        super().limit()
        self.initial["goals"] = [goal.pk for goal in self.initial.get("goals", ())]
        offer_goals(self, goals_in_force([*clusters(), None]))
        steps, partners = _("Follows from the steps that the project takes."), _("Follows from what partners confirm.")
        for name, told in (("status", steps), ("state", steps), ("proved", partners)):
            if self.instance.phase and name in self.fields:
                self.fields[name].disabled = True
                self.fields[name].help_text = told

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", _("The project cannot end before it starts."))
        return data


class ProjectOffice(OfficeViewSet):
    model = Project
    name = "projects"
    icon = "pick"
    menu_order = 210
    save_verb = change_project
    remove_verb = remove_project
    acts = STILL_RIGHT
    policy = cluster_policy(Project)
    form_class = ProjectForm
    title_field = "title"
    list_display = (
        "title",
        text_column("get_status_display", _("Status")),
        "start_year",
        text_column("get_state_display", pgettext_lazy("how far something is", "State")),
        changed_column(_("Changed")),
    )
    list_filter = ("status", "state", "clusters")
    list_export = (
        "public_id", "title.de", "title.en", "summary.de", "summary.en", "start_year", "end_year", "status", "state",
        "clusters", "partners", "proved", "as_of", "updated_at",
    )  # fmt: skip
    list_prefetch = ("clusters", "partners", "proved__labels")
    search_fields = ("title", "summary", "partners__name")
    ordering = "sort_title"
    tabs = (
        (
            _("Story"),
            (
                both("title"),
                both("summary", rows=3),
                both("problem", rows=5),
                both("work", rows=5),
                both("result", rows=5),
                FieldPanel("picture"),
            ),
        ),
        (
            _("Facts"),
            (
                FieldRowPanel([FieldPanel("status"), FieldPanel("state")]),
                MultiFieldPanel(
                    [
                        FieldRowPanel([FieldPanel("start_year"), FieldPanel("start_month")]),
                        FieldRowPanel([FieldPanel("end_year"), FieldPanel("end_month")]),
                    ],
                    heading=_("When"),
                    help_text=_("Leave the month at 0 where only the year is known."),
                ),
                clusters_panel(),
                RowsPanel(
                    "figures",
                    [FieldPanel("value"), both("label")],
                    label=_("figure"),
                    heading=_("The result in figures"),
                ),
                FieldPanel("proved"),
            ),
        ),
        (
            _("Looked for"),
            (
                both("audience", rows=3),
                both("offer", rows=4),
                both("wanted", rows=4),
                both("aim", rows=2),
                FieldPanel("goals"),
                FieldRowPanel([FieldPanel("seeks_partners"), FieldPanel("seeks_money")]),
                FieldPanel("seeks"),
            ),
        ),
        (
            _("Partners"),
            (
                RowsPanel(
                    "partners",
                    [FieldPanel("organisation"), FieldRowPanel([FieldPanel("name"), FieldPanel("role")]),
                        FieldRowPanel([FieldPanel("involvement"), FieldPanel("effort_days")])],
                    form=OrganisationRowForm,
                    label=_("partner"),
                    heading=_("Partners"),
                ),
            ),
        ),
        (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))),
    )
