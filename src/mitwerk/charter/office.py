"""Charters in the office: which there are, and their leading language. The text is written in the workshop."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from mitwerk.charter.actions import change_charter, remove_charter
from mitwerk.charter.models import Charter
from mitwerk.charter.queries.charters import office_charters
from mitwerk.clusters.office import STILL_RIGHT, cluster_policy
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_umbrella_editor
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RecordForm, both
from mitwerk.core.office_lists import changed_column, text_column


class CharterForm(RecordForm):
    """The charter of one of the editor's clusters; the region's has none and is the umbrella body's."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(self.for_user)
        field.required = not is_umbrella_editor(self.for_user)
        field.empty_label = _("The region itself")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "cluster" in data:
            others = Charter.objects.filter(cluster=data["cluster"]).exclude(pk=self.instance.pk)
            if others.exists():
                self.add_error("cluster", _("It has a charter already. New versions are written in its workshop."))
        return data


class CharterOffice(OfficeViewSet):
    """Charters by cluster."""

    model = Charter
    name = "charters"
    icon = "openquote"
    menu_order = 237
    save_verb = change_charter
    remove_verb = remove_charter
    acts = STILL_RIGHT
    policy = cluster_policy(Charter, office_charters, office_charters)
    form_class = CharterForm
    title_field = "title"
    list_display = (
        "title",
        text_column("cluster", _("Cluster")),
        text_column("get_phase_display", _("Phase")),
        changed_column(_("Changed")),
    )
    list_filter = ("phase", "cluster")
    list_export = ("public_id", "title.de", "title.en", "cluster", "language", "phase", "is_open", "review_on")
    list_prefetch = ("cluster",)
    search_fields = ("title", "task")
    ordering = "sort_title"
    tabs = (
        (
            _("Charter"),
            (
                HelpPanel(template="charter/_office_help.html"),
                both("title"),
                both("task", rows=4),
                FieldRowPanel([FieldPanel("cluster"), FieldPanel("language")]),
                FieldPanel("is_open"),
                FieldPanel("review_on"),
            ),
        ),
    )
