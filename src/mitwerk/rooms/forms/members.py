"""What somebody says of themselves in a room."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from mitwerk.core.public_forms import one_line
from mitwerk.networks.models import NetworkPerson
from mitwerk.rooms.models import Card, SystemInUse
from mitwerk.vocabularies.models import Concept

PHONE = RegexValidator(r"^\+?[0-9 ()/.-]+$", _("Digits, spaces and + ( ) / - alone."))


class CardForm(forms.ModelForm):
    """Who may see me, and what of me."""

    shown_to_members = forms.BooleanField(
        label=_("The members of the network see my name and this card"), required=False,
        help_text=_("Otherwise coordinators alone know that you belong to it; of your card nobody reads anything."),
    )  # fmt: skip
    shown_to_cluster = forms.BooleanField(
        label=_("The members of the cluster may know that I belong to the network"), required=False
    )

    class Meta:
        model = Card
        fields = ("position", "about", "shows_email", "phone", "shows_phone")
        labels = {"shows_email": _("Show my e-mail address"), "shows_phone": _("Show my phone number")}
        widgets = {"about": forms.Textarea({"rows": 4}), "phone": forms.TextInput({"type": "tel"})}
        help_texts = {"about": _("What you work on, and what one may ask you.")}

    field_order = ("shown_to_members", "shown_to_cluster", *Meta.fields)

    def __init__(self, *args: Any, person: NetworkPerson, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].validators.append(one_line)
        self.fields["phone"].validators.append(PHONE)
        self.fields["shown_to_members"].initial = person.shown_to_members
        self.fields["shown_to_cluster"].initial = person.shown_to_cluster
        if person.kind == NetworkPerson.Kind.COORDINATOR:
            self.fields["shown_to_members"].help_text = _("Coordinators are seen by the members in any case.")


class SystemsForm(forms.Form):
    """Systems to tick, of those a search found."""

    concepts = forms.ModelMultipleChoiceField(
        Concept.objects.none(), label=_("Systems"), to_field_name="public_id", widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, found: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["concepts"]
        field.queryset = found


class SystemForm(forms.ModelForm):
    """What is said of a system in use."""

    since = forms.IntegerField(label=_("Since which year"), required=False, min_value=1950, max_value=2100)

    class Meta:
        model = SystemInUse
        fields = ("since", "note")
        help_texts = {"note": _("Which parts, which version, how you run it.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["note"].validators.append(one_line)
