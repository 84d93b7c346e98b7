"""Forms that anybody may send to the office: a trap for machines, and a limit per sender. No third party."""

import ipaddress
import time

from allauth.account.adapter import get_adapter
from django import forms
from django.core.cache import cache
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

SENDS_PER_HOUR = 5
HOUR = 60 * 60

_one_line = RegexValidator(r"^[^\r\n\v\f\x85\u2028\u2029]*\Z", _("Write this in one line."), code="one_line")
_unseen = RegexValidator(
    r"[\x00-\x08\x0e-\x1f\x7f\xad\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]",
    _("This holds signs that nobody sees. Please type it anew instead of pasting it."),
    code="unseen",
    inverse_match=True,
)


def one_line(text: str) -> None:
    """For every name, and every value that may end up in the header of a mail.

    Signs without width and those that turn the direction of writing make two names look like one.
    """
    _one_line(text)
    _unseen(text)



class PublicForm(forms.Form):
    """Base of such a form (before `ModelForm` in the list of bases, where it is one).

    The field `trap` is shown to nobody; templates render it with `{% include "ui/_trap.html" %}`. A form
    whose trap is filled is answered like any other, so that the machine learns nothing, and then forgotten.
    """

    trap = forms.CharField(
        required=False,
        label=_("Leave this field empty"),
        widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"}),
    )

    def is_from_a_machine(self) -> bool:
        """True where the trap was filled, whatever else is right or wrong."""
        return bool(self.data.get(self.add_prefix("trap")))

    def refuse_too_many(self) -> None:
        """Tell the sender that the limit is reached; what was typed stays in the form."""
        self.add_error(None, forms.ValidationError(TOO_MANY, code="too_many"))


TOO_MANY = _("You have sent this form several times within an hour. Please try again later.")


def is_allowed(request: HttpRequest, action: str, limit: int = SENDS_PER_HOUR) -> bool:
    """Count one send of `action` by this sender; False once `limit` is used up for the running hour.

    Ask after the form was found valid, so that a typing error costs nothing. Two sends in the same moment may
    count as one: the cache's own `incr` would forget the time limit on the database cache.
    """
    key = f"sends:{action}:{_sender(request)}:{int(time.time() // HOUR)}"
    count = cache.get(key, 0)
    if count >= limit:
        return False
    cache.set(key, count + 1, HOUR)
    return True


def _sender(request: HttpRequest) -> str:
    """Keyed hash of the sender's address (IPv6: of its /64 network), so that the cache holds no address."""
    address = get_adapter(request).get_client_ip(request)
    parsed = ipaddress.ip_address(address.split("%", 1)[0])
    if parsed.version == 6:
        address = str(ipaddress.ip_network(f"{parsed}/64", strict=False).network_address)
    return salted_hmac("mitwerk.core.public_forms", address, algorithm="sha256").hexdigest()[:32]


def is_accepted(request: HttpRequest, form: PublicForm, action: str) -> bool:
    """True where the form is valid and its sender below the limit; the form says what is wrong otherwise."""
    if not form.is_valid():
        return False
    if is_allowed(request, action):
        return True
    form.refuse_too_many()
    return False
