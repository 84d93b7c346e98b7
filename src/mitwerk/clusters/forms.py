"""What visitors write to the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mitwerk.core.public_forms import PublicForm, one_line

INVALID_EMAIL = _("Write an e-mail address such as name@example.org.")


class ContactForm(PublicForm):
    """A message to the office of the region or the cluster."""

    subject = forms.CharField(
        label=_("Subject"),
        max_length=200,
        validators=[one_line],
        error_messages={"required": _("Say in a few words what it is about.")},
    )
    text = forms.CharField(
        label=_("Your message"),
        max_length=5000,
        error_messages={"required": _("Write what you want to tell the office.")},
        widget=forms.Textarea({"rows": 8}),
    )
    name = forms.CharField(
        label=_("Your name"),
        error_messages={"required": _("Tell us your name.")},
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        error_messages={"required": _("Tell us where to send the answer."), "invalid": INVALID_EMAIL},
        max_length=254,
        help_text=_("The answer goes to this address."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    organisation_name = forms.CharField(
        label=_("Organisation"),
        error_messages={"required": _("Tell us the name of your organisation.")},
        max_length=200,
        required=False,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "organization"}),
    )

    def message(self) -> dict[str, Any]:
        """What was written, as `actions.send_message` takes it."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "trap"}


class MembershipForm(ContactForm):
    """An organisation wants to join. What it is about is known, so the form asks only for the rest."""

    subject = None  # type: ignore[assignment]
    field_order = ["organisation_name", "name", "email", "text"]

    text = forms.CharField(
        label=_("What you do and what you look for"),
        max_length=5000,
        required=False,
        help_text=_("A few words are enough. The office calls you back for the rest."),
        widget=forms.Textarea({"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_name"].required = True
