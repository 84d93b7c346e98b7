"""What visitors say about organisations, and what their people say of each other."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mitwerk.actors.models import Organisation
from mitwerk.core.public_forms import PublicForm, one_line
from mitwerk.people.models import Representative
from mitwerk.people.queries import representatives_of


class ClaimForm(PublicForm):
    """Somebody says: this entry is ours."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Best one at your organisation's own domain."),
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    function = forms.CharField(
        label=_("What you do there"),
        max_length=150,
        required=False,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "organization-title"}),
    )
    text = forms.CharField(
        label=_("What should change in the entry?"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )

    def claim(self) -> dict[str, Any]:
        """What was said, as `actions.claim_organisation` takes it."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "trap"}


class AcceptForm(forms.Form):
    """Who takes an invitation; nothing is asked of somebody who is signed in."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        validators=[one_line],
        widget=forms.TextInput({"autocomplete": "name"}),
        help_text=_("So that the others know who you are. It is not shown in public."),
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["name"]

    def taken(self) -> dict[str, Any]:
        """What the verb that accepts is given."""
        return {"name": "", **self.cleaned_data}


class InviteForm(forms.Form):
    """An offer to act for an organisation, within what the inviting person may give."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    represents_as = forms.ChoiceField(label=_("Acts as"), widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, given: frozenset[str], organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        roles = [(role, EXPLAINED[role]) for role in Representative.Role if role in given]
        self.fields["represents_as"].choices = roles  # type: ignore[attr-defined]
        self.fields["represents_as"].initial = Representative.Role.EDITOR
        self.fields["language"].initial = get_language()

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        if representatives_of(self.organisation).filter(person__email__iexact=email).exists():
            raise forms.ValidationError(_("This person acts for the organisation already."), code="known")
        return email


EXPLAINED = {
    Representative.Role.EDITOR: _("Editor: keeps the profile up to date"),
    Representative.Role.SUBSTITUTE: _("Substitute: also votes when the delegate is away"),
    Representative.Role.DELEGATE: _("Delegate: votes for the organisation; whoever is delegate now becomes substitute"),
}
