"""A wave, and what an invited person agrees to."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mitwerk.consents.purposes import BELONGS, SEEN_BY_CLUSTER, SEEN_BY_MEMBERS, Purpose
from mitwerk.networks.actions.consenting import ANOTHER
from mitwerk.networks.models import Network, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries.waves import MOST_A_WAVE, likely_firms, row_of
from mitwerk.people.forms import AcceptForm

SHORTEST, USUAL, LONGEST = 7, 21, 60
"""Days that people have to answer."""


class WaveForm(forms.Form):
    """Whom to invite next, why they may be written to, and until when they can answer."""

    most = forms.IntegerField(label=_("How many people, in the order of the list"), min_value=1, max_value=MOST_A_WAVE)
    legal_basis = forms.CharField(
        label=_("Why you may write to them"),
        max_length=500,
        help_text=_("It stands in the mail: for example that they have taken part in your meetings for years."),
        widget=forms.Textarea({"rows": 3}),
    )
    ends_on = forms.DateField(
        label=_("Last day to answer"),
        help_text=_("Whoever has not answered by then is deleted. Three days before, one reminder goes out."),
        widget=forms.DateInput({"type": "date"}),
    )
    language = forms.ChoiceField(
        label=_("Language of the invitation"),
        choices=settings.LANGUAGES,
        help_text=_("What the law asks for stands in it in both languages."),
    )

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["most"].initial = min(waiting, MOST_A_WAVE)
        self.fields["ends_on"].initial = (timezone.localdate() + timedelta(days=USUAL)).isoformat()
        self.fields["language"].initial = get_language()

    def clean_ends_on(self) -> Any:
        day = self.cleaned_data["ends_on"]
        if not SHORTEST <= (day - timezone.localdate()).days <= LONGEST:
            raise ValidationError(_("Choose a day between one week and 60 days from now."), code="day")
        return day

    @property
    def wave(self) -> dict[str, Any]:
        data = {name: self.cleaned_data[name] for name in ("most", "legal_basis", "language")}
        return data | {"ends_at": timezone.make_aware(datetime.combine(self.cleaned_data["ends_on"], time(23, 59)))}


def said(purpose: Purpose, network: Network) -> str:
    """The words of a consent in the reader's language, to the letter."""
    return (purpose.de if get_language() == "de" else purpose.en).format(name=network)


class JoinForm(AcceptForm):
    """Four things to agree to, each by itself; none is ticked before."""

    membership = forms.BooleanField(
        error_messages={"required": _("Tick this to join. If you do not want to, use “No, thanks” below.")}
    )
    shown_to_members = forms.BooleanField(required=False)
    shown_to_cluster = forms.BooleanField(required=False)
    newsletter = forms.BooleanField(
        required=False,
        label=_("I would like the newsletter of the cluster. A mail asks me first whether that is right."),
    )
    firm = forms.ChoiceField(label=_("Your organisation"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, invitation: NetworkInvitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["membership"].label = said(BELONGS, invitation.network)
        self.fields["shown_to_members"].label = said(SEEN_BY_MEMBERS, invitation.network)
        self.fields["shown_to_cluster"].label = said(SEEN_BY_CLUSTER, invitation.network)
        row = row_of(invitation)
        if row and "name" in self.fields:
            self.fields["name"].initial = row.name
        if row and row.firm:
            known = [(one.public_id, ", ".join(filter(None, [one.name, one.town]))) for one in likely_firms(row.firm)]
            another = _("“%(name)s”, which is not in the directory yet; it is entered there, not published")
            nothing = ("", pgettext_lazy("organisation", "Leave it out"))
            field: Any = self.fields["firm"]
            field.choices = [*known, (ANOTHER, another % {"name": row.firm}), nothing]
        else:
            del self.fields["firm"]

    def taken(self) -> dict[str, Any]:
        """What the verb that accepts is given."""
        return {name: value for name, value in super().taken().items() if name != "membership"}


class ShownForm(forms.ModelForm[NetworkPerson]):
    """Who may see somebody in a network."""

    class Meta:
        model = NetworkPerson
        fields = ("shown_to_members", "shown_to_cluster")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_to_members"].label = said(SEEN_BY_MEMBERS, self.instance.network)
        self.fields["shown_to_cluster"].label = said(SEEN_BY_CLUSTER, self.instance.network)

    def _post_clean(self) -> None:
        """The verb writes."""
