"""How somebody wants to hear of a room."""

from django import forms
from django.utils.translation import gettext_lazy

from mitwerk.rooms.models import RoomMail


class RoomMailForm(forms.Form):
    """One choice for the whole room."""

    how = forms.ChoiceField(
        label=gettext_lazy("How do you want to hear of this room?"), widget=forms.RadioSelect,
        choices=RoomMail.How.choices,
        help_text=gettext_lazy(
            "Of answers in topics that you follow you hear at once, unless you choose no mails. Who asks or answers "
            "follows the topic."
        ),
    )  # fmt: skip
