"""How allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse, ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mitwerk.accounts.mails import mail_account
from mitwerk.accounts.models import User
from mitwerk.accounts.rules import confirms_by_mail, has_proved_lately

TOO_MANY = _("Those were too many tries. Wait five minutes, or sign in with a passkey.")


class InvitationOnly(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up by themselves: users are made by the office."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Please write to the office."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "Address and password do not belong together. Check both, or have a sign-in code sent to you."
        ),
        "email_taken": _("This address cannot be taken. Please choose another one."),
        "enter_current_password": _("This is not your present password. Please type it again."),
        "incorrect_code": _("This is not the right code. Compare it with the mail, or have a new one sent."),
        "incorrect_password": _("This is not your password. Please type it again."),
        "rate_limited": _("Those were too many tries. Wait five minutes and try again."),
        "same_as_current": _("This is your address already."),
        "too_many_login_attempts": TOO_MANY,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """The one place where mails about accounts leave the house."""
        region = getattr(current.request, "region", None)
        mail_account(template_prefix, email, context, sender_name=region.menu_name if region else "")

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Built from the configured address: a forged Host header must not end up in a mail."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("accounts:account_show" if self.request.user.is_authenticated else "account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("accounts:account_show")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth lets an account without password and second factor pass unasked; here its mailbox is asked."""
        request = current.request
        if has_proved_lately(request):
            return False
        if confirms_by_mail(request.user):
            raise ReauthenticationRequired
        return True

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """In our words; the mailbox where there is nothing else."""
        words = {
            "reauthenticate": _("With your password"),
            "mfa_reauthenticate": _("With a code of your app, or a recovery code"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        found = [{**one, "description": words[one["id"]]} for one in super().get_reauthentication_methods(user)]
        if not found and confirms_by_mail(user):
            by_mail = {
                "id": "by_mail",
                "description": _("With a code by mail"),
                "url": reverse("accounts:mail_confirm"),
            }
            return [by_mail]
        return found


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]
    """Names and words of authenticator apps and passkeys."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right, or was used before. Wait for the next one and type that."),
        "passkey_cloned": _(
            "It was refused, because there seems to be a copy of this passkey. Sign in another way, remove it and set "
            "up a new one."
        ),
        "passkey_refused": _("This passkey was not accepted here. Try again, or take another way."),
        "unverified_email": _("Please confirm your e-mail address first."),
    }

    def get_totp_issuer(self) -> str:
        region = getattr(current.request, "region", None)
        return region.menu_name if region else str(settings.WAGTAIL_SITE_NAME)

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("My device") if count == 0 else gettext("Device %(number)d") % {"number": count + 1}


class KnownAddressOnly(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """A sign-in elsewhere counts only for the account that has the same confirmed address; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Asked at every sign-in, so that an address that changed on either side stops it at once."""
        if sociallogin.state.get("process") == "connect" or not _is_known(sociallogin):
            raise ImmediateHttpResponse(_unknown(request))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """allauth has nothing to tell here."""


def _is_known(sociallogin: Any) -> bool:
    """Both sides have confirmed the address: the other server, and the user here."""
    confirmed = [one.email.lower() for one in sociallogin.email_addresses if one.verified]
    user: User | None = sociallogin.user if sociallogin.is_existing else None
    return bool(
        user is not None and EmailAddress.objects.filter(user=user, verified=True, email__in=confirmed).exists()
    )


def _unknown(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        messages.error(request, _("Sign-ins elsewhere cannot be tied to an account; they are known by the address."))
        return redirect("accounts:account_show")
    return render(request, "account/signup_closed.html", status=403)
