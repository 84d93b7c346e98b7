"""What the office types on the day, and what a guest types to ask another."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mitwerk.core.forms import TranslatedFormField
from mitwerk.core.public_forms import one_line
from mitwerk.core.translated import Translated
from mitwerk.registrations.actions.arriving import WalkIn
from mitwerk.registrations.actions.registering import Order
from mitwerk.registrations.forms import KEY, NamesInput, is_a_name, kind_label
from mitwerk.registrations.models import Admission, TicketKind
from mitwerk.registrations.queries import member_names, offered_kinds

LONGEST_BULLETIN = 300


def new_key() -> str:
    """For a form: sent twice it counts once."""
    return secrets.token_urlsafe(24)


class KeyedForm(forms.Form):
    """With a key of its own."""

    key = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", new_key())

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not KEY.fullmatch(key):
            self.add_error(None, _("Please load the page anew."))
        return key


class PassForm(forms.Form):
    """A device for the door."""

    device = forms.CharField(
        label=gettext_lazy("Device"), max_length=80, validators=[one_line],
        help_text=gettext_lazy("Where it stands, not who holds it: “Main entrance, left”."),
    )  # fmt: skip


class WalkInForm(KeyedForm):
    """Somebody who comes without having registered. Tickets that cost something are sold on the congress's page, where
    the invoice is asked for."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, validators=[is_a_name])
    organisation_name = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=250, required=False, validators=[one_line], widget=NamesInput
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), required=False, help_text=gettext_lazy("The ticket goes there, if any.")
    )
    kind = forms.ChoiceField(label=gettext_lazy("Ticket"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {one.public_id: one for one in offered_kinds(admission) if not one.price}
        fields: Any = self.fields
        fields["kind"].choices = [(key, _seats_left(kind)) for key, kind in self.kinds.items()]
        fields["organisation_name"].widget.names = member_names(admission)
        if len(self.kinds) == 1:
            self.initial.setdefault("kind", next(iter(self.kinds)))

    def order(self) -> Order:
        data, language = self.cleaned_data, get_language() or "de"
        kind: TicketKind = self.kinds[data["kind"]]
        return Order(key=data["key"], kind=kind, language=language, organisation_name=data["organisation_name"])

    def guest(self) -> WalkIn:
        return WalkIn(self.cleaned_data["name"], self.cleaned_data["email"])


def _seats_left(kind: Any) -> str:
    left = max(kind.quota - kind.taken, 0)
    return _("%(kind)s: %(left)s seats left") % {"kind": kind_label(kind), "left": left}


class BulletinForm(KeyedForm):
    """A word to all on site, in both languages."""

    text = TranslatedFormField(label=gettext_lazy("Message"), rows=3, max_length=LONGEST_BULLETIN)

    def clean_text(self) -> Translated:
        text: Translated = self.cleaned_data["text"]
        if not all(text.get(code) for code in ("de", "en")):
            raise forms.ValidationError(_("Please write it in both languages: guests read one of them."))
        return text


class MeetForm(forms.Form):
    """The code of somebody's badge."""

    code = forms.CharField(
        label=gettext_lazy("Code of the other badge"), max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "data-scan": ""}),
    )  # fmt: skip


class BadgeForm(forms.Form):
    """For whom badges are printed."""

    kind = forms.ChoiceField(label=gettext_lazy("Ticket"), required=False)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)

    def __init__(self, *args: Any, admission: Admission, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [("", _("all")), *((one.public_id, str(one)) for one in admission.kinds.all())]
