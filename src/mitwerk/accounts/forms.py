"""The forms of the sign-in and of one's own account: allauth's, in our words and with our limits."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import compare_user_code, normalize_user_code
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from mitwerk.accounts.actions import count_passkey
from mitwerk.accounts.models import User
from mitwerk.core.public_forms import one_line

WORDS = {
    "login": _("E-mail address"),
    "email": _("E-mail address"),
    "password": _("Password"),
    "oldpassword": _("Present password"),
    "password1": _("New password"),
    "password2": _("New password once more"),
    "code": _("Code"),
}
HELP = {"password1": _("At least 12 characters. A sentence is easy to keep in mind; spaces and umlauts are welcome.")}


class Plain:
    """Mixin: labels in our words, and none of them repeated inside the field."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = WORDS.get(name, field.label), HELP.get(name, "")
            if name == "code":
                field.widget.attrs |= {"autocomplete": "one-time-code", "autocapitalize": "characters"}


class LoginForm(Plain, account.LoginForm):  # type: ignore[misc]
    pass


class RequestCodeForm(Plain, account.RequestLoginCodeForm):  # type: ignore[misc]
    pass


class ConfirmCodeForm(Plain, account.ConfirmLoginCodeForm):  # type: ignore[misc]
    """allauth counts wrong codes per code that was sent; here they are counted per address, too."""

    def clean_code(self) -> str:
        stage = getattr(context.request, "_login_stage", None)
        address = str(stage.state.get("email", "")) if stage else ""
        usage = ratelimit.consume(
            context.request, app="allauth.account", action="login_failed", key=f"code:{address.lower()}"
        )
        if not usage:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()
        usage.rollback()
        return code


class ConfirmAddressForm(Plain, account.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    pass


class AddressForm(Plain, account.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")


class ChangePasswordForm(Plain, account.ChangePasswordForm):  # type: ignore[misc]
    pass


class SetPasswordForm(Plain, account.SetPasswordForm):  # type: ignore[misc]
    pass


class ResetForm(Plain, account.ResetPasswordForm):  # type: ignore[misc]
    pass


class ResetKeyForm(Plain, account.ResetPasswordKeyForm):  # type: ignore[misc]
    pass


class ReauthenticateForm(Plain, account.ReauthenticateForm):  # type: ignore[misc]
    pass


class FactorForm(Plain, mfa.AuthenticateForm):  # type: ignore[misc]
    pass


class FactorAgainForm(Plain, mfa.ReauthenticateForm):  # type: ignore[misc]
    pass


class ActivateAppForm(Plain, totp.ActivateTOTPForm):  # type: ignore[misc]
    """The code that switches the app on is a used one as well."""

    def clean_code(self) -> str:
        code: str = super().clean_code()
        used = f"allauth.mfa.totp.used?user={self.user.pk}&code={normalize_user_code(code)}"
        cache.add(used, "y", timeout=mfa_settings.TOTP_PERIOD)
        return code


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device")
        self.fields["passwordless"].label = _("It alone is enough to sign in")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = _(
            "Leave this on for phones, computers and keys that ask for a fingerprint, a face or a PIN."
        )


class RenamePasskeyForm(Plain, webauthn.EditWebAuthnForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the device")


class Counted:
    """Mixin: allauth does not look at the number a passkey counts its answers with; here a copy is found by it."""

    def clean_credential(self) -> Authenticator:
        credential = self.cleaned_data["credential"]  # type: ignore[attr-defined]
        try:
            authenticator: Authenticator = super().clean_credential()  # type: ignore[misc]
        except forms.ValidationError as error:  # allauth calls it a code
            if error.code != "incorrect_code":
                raise
            raise get_mfa_adapter().validation_error("passkey_refused") from error
        answer = webauthn.auth.parse_authentication_response(credential)
        if not count_passkey(passkey=authenticator, counter=answer.response.authenticator_data.counter):
            get_adapter().send_notification_mail("mfa/email/passkey_cloned", authenticator.user)
            raise get_mfa_adapter().validation_error("passkey_cloned")
        return authenticator


class PasskeyLoginForm(Counted, webauthn.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyForm(Counted, webauthn.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class PasskeyAgainForm(Counted, webauthn.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class MailCodeForm(Plain, forms.Form):
    """The code that was sent to the account's own address."""

    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, expected: str, **kwargs: Any) -> None:
        self.expected = expected
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if not compare_user_code(actual=code, expected=self.expected):
            raise get_adapter().validation_error("incorrect_code")
        return code


class OwnForm(forms.ModelForm):  # type: ignore[type-arg]
    """What everybody says about themselves."""

    language = forms.ChoiceField(
        label=User._meta.get_field("language").verbose_name,
        choices=[("de", "Deutsch"), ("en", "English")],
        help_text=_("Mails to you and the office are in this language."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(one_line)

    class Meta:
        model = User
        fields = ("name", "language")
