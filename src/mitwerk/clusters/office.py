"""Region, clusters and messages in the office, and the form base of records that belong to clusters."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import DateColumn

from mitwerk.accounts import office as accounts
from mitwerk.accounts.actions import confirm_language
from mitwerk.accounts.models import AuditEntry, User
from mitwerk.algorithms.colour import LIGHT_GROUNDS, contrast, readable
from mitwerk.clusters.actions import change_cluster, change_region, handle_message, remove_message, reopen_message
from mitwerk.clusters.models import ACCENT, Cluster, Message, Region
from mitwerk.clusters.queries import (
    editable,
    editable_messages,
    editable_regions,
    edited_clusters,
    readable_lines,
    removable,
)
from mitwerk.clusters.rules import is_administrator, is_editor, is_manager, is_umbrella_editor
from mitwerk.core.office import Act, OfficeViewSet, Verb
from mitwerk.core.office_forms import RecordForm, SourcesField, both
from mitwerk.core.office_lists import changed_column, text_column
from mitwerk.core.permission_policy import OfficePolicy
from mitwerk.core.wording import is_behind
from mitwerk.outbox import office as outbox
from mitwerk.outbox.models import Mail
from mitwerk.outbox.queries import all_mails
from mitwerk.vocabularies import office as vocabularies
from mitwerk.vocabularies.models import SECTORS, Concept
from mitwerk.vocabularies.office import ConceptField
from mitwerk.vocabularies.queries import curated_concepts

READABLE = 4.5


def _still_right(language: str) -> Verb:
    """The verb of a button; the base of the lists hands it the record under the name of its model."""

    def confirm(*, actor: User, **named: Any) -> None:
        [record] = named.values()
        confirm_language(record=record, language=language, actor=actor)

    return confirm


STILL_RIGHT = {
    f"{language}-is-right": Act(label, _still_right(language), _("Noted: this language is up to date."), offered)
    for language, label, offered in (
        ("de", _("German is still right"), lambda record: is_behind(record, "de")),
        ("en", _("English is still right"), lambda record: is_behind(record, "en")),
    )
}
"""Buttons of every record with texts: the other language was changed, and this one need not follow."""


class ClusterRecordForm(RecordForm):
    """A record with `clusters`: an editor gives it to clusters of theirs and takes it from them, from no other.

    At least one of theirs stays, or the record would slip out of their hands into the region's.
    """

    def limit(self) -> None:
        super().limit()
        field: Any = self.fields["clusters"]
        mine = edited_clusters(self.for_user)
        field.queryset = mine
        self._foreign: set[Cluster] = set()
        if is_umbrella_editor(self.for_user):
            field.help_text = _("Without a cluster it belongs to the region itself.")
            return
        field.required = True
        field.error_messages["required"] = _("Leave it in at least one of your clusters.")
        self._keep_foreign(field, mine)

    def _keep_foreign(self, field: Any, mine: Any) -> None:
        if self.instance.pk is None:
            own = list(mine[:2])
            self.initial.setdefault("clusters", own if len(own) == 1 else [])
            return
        belongs = list(self.instance.clusters.all())
        own_pks = {cluster.pk for cluster in mine}
        self._foreign = {cluster for cluster in belongs if cluster.pk not in own_pks}
        self.initial["clusters"] = [cluster for cluster in belongs if cluster.pk in own_pks]
        if self._foreign:
            names = ", ".join(sorted(str(cluster) for cluster in self._foreign))
            field.help_text = _("Belongs to these as well, and stays there: %(names)s") % {"names": names}

    def values(self) -> dict[str, Any]:
        values = super().values()
        if "clusters" in values:
            values["clusters"] = [*values["clusters"], *self._foreign]
        return values


def clusters_panel() -> FieldPanel:
    return FieldPanel("clusters", widget=forms.CheckboxSelectMultiple)


def cluster_policy(model: Any, visible: Any = None, deletable: Any = None) -> OfficePolicy:
    """Editors add, see and change what is `visible` to them, and delete what is `deletable`.

    By default both follow the record's `clusters`.
    """
    seen = visible or (lambda user: editable(user, model))
    gone = deletable or (lambda user: removable(user, model))
    return OfficePolicy(
        model,
        may={"view": is_editor, "add": is_editor, "change": is_editor, "delete": is_editor},
        records={"view": seen, "change": seen, "delete": gone},
    )


class HomeForm(RecordForm):
    """Face of the region or of a cluster. A colour that cannot be read on the paper is refused."""

    sources = SourcesField(label=_("sources"), required=False)

    def clean_accent(self) -> str:
        accent = str(self.cleaned_data["accent"]).lower()
        ACCENT(accent)
        ratio = min(contrast(accent, ground) for ground in LIGHT_GROUNDS)
        if ratio >= READABLE:
            return accent
        raise forms.ValidationError(
            _("Too pale to be read: %(ratio)s to 1, and 4.5 to 1 is needed. The nearest that works: %(tone)s"),
            code="pale",
            params={"ratio": f"{ratio:.1f}", "tone": readable(accent, LIGHT_GROUNDS)},
        )


class ClusterForm(HomeForm):
    """An editor changes the cluster's face; where it stands and lives is said by the umbrella body."""

    sector = ConceptField(SECTORS, label=_("sector"), required=False)

    def limit(self) -> None:
        super().limit()
        hidden = {"slug"} if self.instance.pk else set()
        if not is_umbrella_editor(self.for_user):
            hidden |= {"position", "sector"}
        if not is_administrator(self.for_user):
            hidden |= {"domain"}
        for name in hidden & set(self.fields):
            del self.fields[name]


FACE = (
    both("name"),
    both("short_name"),
    both("claim", rows=2),
    both("description", rows=6),
    FieldPanel("picture"),
    FieldPanel("accent", widget=forms.TextInput(attrs={"type": "color", "class": "office-colour"})),
)
OFFICE = (FieldPanel("office_email"), FieldPanel("website"), FieldPanel("since"), both("members_note", rows=2))


class ClusterOffice(OfficeViewSet):
    """Clusters. None is deleted here: too much hangs on it."""

    model = Cluster
    name = "clusters"
    icon = "site"
    menu_order = 310
    save_verb = change_cluster
    acts = STILL_RIGHT
    form_class = ClusterForm
    policy = OfficePolicy(
        Cluster,
        may={"view": is_editor, "add": is_umbrella_editor, "change": is_editor},
        records={"view": edited_clusters, "change": edited_clusters},
    )
    hidden_views = frozenset({"usage", "delete"})
    title_field = "name"
    list_display = ("name", "slug", text_column("office_email", _("Office")), changed_column(_("Changed")))
    list_export = ("slug", "name.de", "name.en", "claim.de", "claim.en", "office_email", "website", "since")
    search_fields = ("name", "short_name", "slug")
    tabs = (
        (_("Face"), FACE),
        (
            _("Office"),
            (
                *OFFICE,
                FieldPanel("region_text"),
                FieldPanel("slug"),
                FieldRowPanel([FieldPanel("sector"), FieldPanel("position")]),
                FieldPanel("domain"),
            ),
        ),
        (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))),
    )


class RegionOffice(OfficeViewSet):
    """The one region; the umbrella body's."""

    model = Region
    name = "region"
    menu_label = _("Region")
    icon = "globe"
    menu_order = 300
    save_verb = change_region
    acts = STILL_RIGHT
    form_class = HomeForm
    policy = OfficePolicy(
        Region,
        may={"view": is_umbrella_editor, "change": is_umbrella_editor},
        records={"view": editable_regions, "change": editable_regions},
    )
    hidden_views = frozenset({"usage", "delete", "add"})
    list_display = ("name", text_column("office_email", _("Office")), changed_column(_("Changed")))
    title_field = "name"
    list_export = ("name.de", "name.en", "claim.de", "claim.en", "office_email", "website")
    tabs = ((_("Face"), FACE), (_("Office"), OFFICE), (_("Sources"), (FieldPanel("sources"), FieldPanel("as_of"))))


def _is_new(message: Message) -> bool:
    return message.handled_at is None


class MessageOffice(OfficeViewSet):
    """Messages are read and ticked off, never edited."""

    model = Message
    name = "messages"
    menu_label = _("Messages")
    icon = "mail"
    menu_order = 10
    remove_verb = remove_message
    policy = OfficePolicy(
        Message,
        may={"view": is_editor, "change": is_editor, "delete": is_editor},
        records={"view": editable_messages, "change": editable_messages, "delete": editable_messages},
    )
    hidden_views = frozenset({"usage", "add", "edit"})
    form_fields = ()
    inspect_view_enabled = True
    inspect_view_fields = (
        "kind", "subject", "name", "email", "organisation_name", "text", "cluster", "created_at",
        "handled_at",
    )  # fmt: skip
    list_display = (
        "subject",
        "name",
        text_column("get_kind_display", _("Kind")),
        DateColumn("created_at", label=_("Received"), sort_key="created_at"),
        DateColumn("handled_at", label=_("Done"), sort_key="handled_at"),
    )
    list_filter = {"kind": ["exact"], "cluster": ["exact"], "handled_at": ["isnull"]}
    list_export = ("kind", "subject", "name", "email", "organisation_name", "text", "cluster", "created_at")
    list_prefetch = ("cluster",)
    search_fields = ("subject", "name", "email", "organisation_name", "text")
    acts = {
        "done": Act(_("Mark as done"), handle_message, _("Marked as done."), _is_new),
        "reopen": Act(_("Open again"), reopen_message, _("It is open again."), lambda m: not _is_new(m), "rotate"),
    }


class ConceptOffice(vocabularies.ConceptOffice):
    """Everybody in the office reads the vocabularies; the umbrella body writes them, for all clusters."""

    policy = OfficePolicy(
        Concept,
        may={"view": is_editor, "add": is_umbrella_editor, "change": is_umbrella_editor, "delete": is_umbrella_editor},
        records={
            "view": lambda user: curated_concepts(),
            "change": lambda user: curated_concepts(),
            "delete": lambda user: curated_concepts(),
        },
    )


class MailOffice(outbox.MailOffice):
    """Mails go to people of all clusters, so the umbrella body looks after them."""

    policy = OfficePolicy(
        Mail,
        may={"view": is_umbrella_editor, "change": is_umbrella_editor},
        records={"view": lambda user: all_mails(), "change": lambda user: all_mails()},
    )


class LogOffice(accounts.LogOffice):
    """Managers read what was done in their clusters, the umbrella body everything."""

    policy = OfficePolicy(AuditEntry, may={"view": is_manager}, records={"view": readable_lines})
