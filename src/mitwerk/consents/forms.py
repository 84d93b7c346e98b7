"""Input of the newsletter's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mitwerk.core.public_forms import PublicForm, one_line


class SubscribeForm(PublicForm):
    """An address, and that its owner wants the newsletter."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        validators=[one_line],
        error_messages={
            "required": _("Tell us where the newsletter is to go."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    agrees = forms.BooleanField(
        error_messages={"required": _("Tick this, so that we may send you the newsletter.")},
    )

    def __init__(self, *args: object, wording: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["agrees"].label = wording
