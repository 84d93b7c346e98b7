"""What an account may do with itself, and what has to be proved before."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.http import HttpRequest

WANTED = "wanted_after_set_up"
"""Key in the session: the page somebody was on the way to when a second factor was asked for."""


def is_administrator(user: Any) -> bool:
    """Runs the installation, and alone may touch other people's accounts."""
    return bool(getattr(user, "is_active", False) and user.is_superuser)


def has_proved_lately(request: HttpRequest) -> bool:
    """Signed in, or asked again, within the last five minutes."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - max(one["at"] for one in records) < app_settings.REAUTHENTICATION_TIMEOUT


def confirms_by_mail(user: Any) -> bool:
    """Without a password and a second factor there is only the mailbox to ask."""
    return bool(user.is_authenticated and not get_reauthentication_flows(user))
