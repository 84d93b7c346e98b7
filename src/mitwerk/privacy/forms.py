"""Input of the privacy pages."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DeleteForm(forms.Form):
    """Somebody wants to go, and knows what that means."""

    is_sure = forms.BooleanField(
        label=_("I have read this and want my account deleted."),
        error_messages={"required": _("Tick this, so that nobody deletes an account by accident.")},
    )
