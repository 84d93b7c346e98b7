"""What coordinators say about the people of their network."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitwerk.networks.models import Network, NetworkPerson
from mitwerk.networks.queries import current_people


class NetworkInviteForm(forms.Form):
    """An offer to belong to the network."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    kind = forms.ChoiceField(label=_("Invited as"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, network: Network, finds_coordinator: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.network = network
        offered = EXPLAINED[1:] if finds_coordinator else EXPLAINED
        self.fields["kind"].choices = offered  # type: ignore[attr-defined]
        self.fields["kind"].initial = offered[0][0]
        self.fields["language"].initial = get_language()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        known = current_people().filter(network=self.network, person__email__iexact=data.get("email", ""))
        if known.filter(kind=data.get("kind", "")).exists():
            self.add_error("email", forms.ValidationError(_("This person belongs to it already."), code="known"))
        return data


EXPLAINED = [
    (NetworkPerson.Kind.MEMBER, _("Member: belongs to the network")),
    (NetworkPerson.Kind.COORDINATOR, _("Coordinator: invites people, and sees who belongs to it")),
]
