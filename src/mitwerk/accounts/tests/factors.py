"""Second factors for the cast, and the codes their apps would show."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value

from mitwerk.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
PERIOD = 30


def give_app(user: User) -> Authenticator:
    """An authenticator app, as the office wants one from everybody who works there."""
    return TOTP.activate(user, SECRET).instance


def app_code(secret: str = SECRET, steps: int = 0) -> str:
    """The code of this half minute; `steps` half minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))
