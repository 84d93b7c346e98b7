"""The one door for signing in (django-allauth): its ways, its limits, and how long a session lasts."""

from mitwerk.config.environment import base_url, oidc_providers, whole_number, yes_or_no

_IS_HTTPS = base_url().startswith("https://")
_MINUTES, _HOURS, _DAYS = 60, 60 * 60, 60 * 60 * 24

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "mitwerk.config.hashers.PatientArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "mitwerk.config.passwords.NotTooLong"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "mitwerk.config.passwords.NotOurName"},
]
PASSWORD_RESET_TIMEOUT = 1 * _HOURS

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:desk"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "clusters:region_home"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False

ACCOUNT_ADAPTER = "mitwerk.accounts.adapter.InvitationOnly"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * _MINUTES
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = 1
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = 1
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * _MINUTES
ACCOUNT_FORMS = {
    "login": "mitwerk.accounts.forms.LoginForm",
    "request_login_code": "mitwerk.accounts.forms.RequestCodeForm",
    "confirm_login_code": "mitwerk.accounts.forms.ConfirmCodeForm",
    "confirm_email_verification_code": "mitwerk.accounts.forms.ConfirmAddressForm",
    "add_email": "mitwerk.accounts.forms.AddressForm",
    "change_password": "mitwerk.accounts.forms.ChangePasswordForm",
    "set_password": "mitwerk.accounts.forms.SetPasswordForm",
    "reset_password": "mitwerk.accounts.forms.ResetForm",
    "reset_password_from_key": "mitwerk.accounts.forms.ResetKeyForm",
    "reauthenticate": "mitwerk.accounts.forms.ReauthenticateForm",
}
# Counted in the shared cache. Wrong tries: 5 per account in five minutes, 10 per address (IPv6: per /64) in one.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "10/m/ip,3/5m/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "10/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "5/5m/user",
    "manage_email": "10/m/user",
    "confirm_email": "1/10s/key",
    "signup": "10/m/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = whole_number("TRUSTED_PROXIES", 0)
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64

MFA_ADAPTER = "mitwerk.accounts.adapter.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TRUST_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False  # http://localhost is let through all the same, as browsers do
MFA_RATE_LIMITS = {"webauthn_login": "10/m/ip"}
MFA_FORMS = {
    "authenticate": "mitwerk.accounts.forms.FactorForm",
    "reauthenticate": "mitwerk.accounts.forms.FactorAgainForm",
    "activate_totp": "mitwerk.accounts.forms.ActivateAppForm",
    "add_webauthn": "mitwerk.accounts.forms.AddPasskeyForm",
    "login_webauthn": "mitwerk.accounts.forms.PasskeyLoginForm",
    "authenticate_webauthn": "mitwerk.accounts.forms.PasskeyForm",
    "reauthenticate_webauthn": "mitwerk.accounts.forms.PasskeyAgainForm",
    "edit_webauthn": "mitwerk.accounts.forms.RenamePasskeyForm",
}
OFFICE_NEEDS_SECOND_FACTOR = yes_or_no("OFFICE_NEEDS_SECOND_FACTOR", default="yes")

SOCIALACCOUNT_ADAPTER = "mitwerk.accounts.adapter.KnownAddressOnly"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": oidc_providers(), "OAUTH_PKCE_ENABLED": True}}
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form would have to be sent elsewhere, which the content security policy forbids
SOCIALACCOUNT_ONLY = False

# A session ends after so long without a request, and so long after the sign-in in any case; in the office sooner.
SESSION_COOKIE_AGE = 14 * _DAYS
SESSION_LONGEST = 60 * _DAYS
OFFICE_SESSION_IDLE = 12 * _HOURS
OFFICE_SESSION_LONGEST = 7 * _DAYS
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if _IS_HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if _IS_HTTPS else "csrf"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
