"""Bodies, mandates and the register in the office."""

from typing import Any

from django import forms
from django.db.models import ForeignKey
from django.utils.translation import gettext_lazy as _
from django_scopes.forms import SafeModelChoiceField
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel

from mitwerk.actors.office import OrganisationRowForm
from mitwerk.algorithms.tally import Majority
from mitwerk.clusters.office import STILL_RIGHT, cluster_policy
from mitwerk.clusters.queries import edited_clusters
from mitwerk.clusters.rules import is_editor, is_umbrella_editor
from mitwerk.core.office import OfficeViewSet
from mitwerk.core.office_forms import RecordForm, RowsPanel, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.governance.actions import change_body, change_resolution, remove_body
from mitwerk.governance.models import Body, Resolution
from mitwerk.governance.queries import editable_bodies, editable_resolutions

register_form_field_override(ForeignKey, to=Body, override={"form_class": SafeModelChoiceField})
"""Forms that name a body are made outside every scope; each sets the bodies to choose from itself."""


class BodyForm(RecordForm):
    """A body of one of the editor's clusters; the region's have none and are the umbrella body's."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["cluster"]
        field.queryset = edited_clusters(self.for_user)
        field.required = not is_umbrella_editor(self.for_user)
        field.empty_label = _("The region itself")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("casting_vote") and data.get("majority") != Majority.SIMPLE.value:
            self.add_error("casting_vote", _("A casting vote decides only under a simple majority."))
        if (data.get("quorum") or 0) > 100:
            self.add_error("quorum", _("At most 100 per cent."))
        return data


class MandateForm(OrganisationRowForm):
    """A seat of an organisation."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            raise forms.ValidationError(_("A mandate ends after it begins."))
        return data


class BodyOffice(OfficeViewSet):
    """Bodies with their rules and mandates."""

    model = Body
    name = "bodies"
    icon = "group"
    menu_order = 235
    save_verb = change_body
    remove_verb = remove_body
    acts = STILL_RIGHT
    policy = cluster_policy(Body, editable_bodies, editable_bodies)
    form_class = BodyForm
    title_field = "name"
    list_display = (
        "name",
        text_column("get_kind_display", _("Kind")),
        text_column("get_state_display", _("Publication")),
        changed_column(_("Changed")),
    )
    list_filter = ("kind", "state", "cluster")
    list_export = ("public_id", "name.de", "name.en", "kind", "cluster", "entitled", "quorum", "majority", "state")
    list_prefetch = ("cluster",)
    search_fields = ("name", "purpose")
    ordering = "sort_title"
    tabs = (
        (
            _("Body"),
            (
                both("name"),
                both("purpose", rows=4),
                FieldRowPanel([FieldPanel("kind"), FieldPanel("cluster")]),
                FieldPanel("watchers"),
                FieldPanel("state"),
            ),
        ),
        (
            _("Rules"),
            (
                HelpPanel(template="governance/_office_rules.html"),
                FieldRowPanel([FieldPanel("entitled"), FieldPanel("member_kind")]),
                FieldRowPanel([FieldPanel("quorum"), FieldPanel("majority")]),
                FieldPanel("casting_vote"),
            ),
        ),
        (
            _("Mandates"),
            (
                RowsPanel(
                    "mandates",
                    [
                        FieldPanel("organisation"),
                        FieldRowPanel([FieldPanel("function"), FieldPanel("is_provisional")]),
                        FieldRowPanel([FieldPanel("since"), FieldPanel("until")]),
                    ],
                    form=MandateForm,
                    label=_("mandate"),
                    heading=_("Mandates"),
                    help_text=_("One seat for each organisation; its delegate or a substitute casts its vote."),
                ),
            ),
        ),
    )


class ResolutionForm(RecordForm):
    """Replaced by another one of the same body. What was voted on is not among the fields."""

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["replaced_by"]
        field.queryset = Resolution.objects.filter(body=self.instance.body_id).exclude(pk=self.instance.pk)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = data.get("in_force_from"), data.get("in_force_until")
        if since and until and until < since:
            self.add_error("in_force_until", _("A resolution ends after it begins."))
        return data


class ResolutionOffice(OfficeViewSet):
    """The register: numbers and wording come from the ballots; from when to when they hold is said here."""

    model = Resolution
    name = "resolutions"
    icon = "clipboard-list"
    menu_order = 236
    save_verb = change_resolution
    hidden_views = frozenset({"usage", "add", "delete"})
    policy = OfficePolicy(
        Resolution,
        may={"view": is_editor, "change": is_editor},
        records={"view": editable_resolutions, "change": editable_resolutions},
    )
    form_class = ResolutionForm
    list_display = ("code", "title", text_column("body", _("Body")), "decided_on", changed_column(_("Changed")))
    list_filter = ("body", "year", "is_public")
    list_export = (
        "code", "title.de", "title.en", "wording.de", "wording.en", "body", "decided_on", "in_force_from",
        "in_force_until", "is_public",
    )  # fmt: skip
    list_prefetch = ("body",)
    search_fields = ("title", "wording")
    tabs = (
        (
            _("Resolution"),
            (
                HelpPanel(template="governance/_office_resolution.html"),
                FieldRowPanel([FieldPanel("in_force_from"), FieldPanel("in_force_until")]),
                FieldPanel("replaced_by"),
                FieldPanel("is_public"),
            ),
        ),
    )
