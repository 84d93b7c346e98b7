"""What is proposed, and what one side answers."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mitwerk.governance.models import Resolution
from mitwerk.networks.models import Affiliation
from mitwerk.networks.models.terms import GETS, GIVES

Side = Affiliation.Side


class SideForm(forms.Form):
    """For which side somebody acts: asked only of who speaks for both."""

    side = forms.ChoiceField(label=_("You act for"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, sides: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["side"]
        field.choices = [(side, Side(side).label) for side in sides]
        if len(sides) == 1:
            field.widget, field.initial = forms.HiddenInput(), sides[0]


class AffiliationForm(SideForm):
    """The parts of an agreement, each by the sentence that will stand in it."""

    gives = forms.MultipleChoiceField(
        label=_("What the cluster may see"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(term.key, term.sentence) for term in GIVES],
        help_text=_("Name and purpose of the network are public in any case; nothing else is, unless you tick it."),
    )  # fmt: skip
    gets = forms.MultipleChoiceField(
        label=_("What the network gets"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=[(term.key, term.sentence) for term in GETS],
    )  # fmt: skip
    by_resolution = forms.BooleanField(
        label=_("The cluster agrees by a resolution of one of its bodies"), required=False
    )


class _ResolutionField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.code} · {obj.body} · {obj.title}"


class AgreeForm(SideForm):
    """A yes; where the cluster is to agree by resolution, which one."""

    resolution = _ResolutionField(
        Resolution.objects.none(), label=_("Resolution"), required=False, to_field_name="public_id",
        empty_label=_("none chosen"),
        help_text=_("The one by which a body of the cluster agreed. Only the cluster's side names it."),
    )  # fmt: skip

    def __init__(self, *args: Any, resolutions: "QuerySet[Resolution] | None", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if resolutions is None:
            del self.fields["resolution"]
        else:
            field: Any = self.fields["resolution"]
            field.queryset = resolutions


class EndForm(SideForm):
    """A no, or the end of an agreement; the reason is the other side's to read."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("The other side reads it."),
    )  # fmt: skip
