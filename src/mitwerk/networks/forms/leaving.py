"""To delete a network somebody types its name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class LeavingForm(forms.Form):
    """What it is called is compared by the verb."""

    typed = forms.CharField(
        label=_("Type the name of the network"), max_length=250, widget=forms.TextInput({"autocomplete": "off"})
    )
