from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mitwerk.accounts"
    label = "accounts"
    verbose_name = _("Accounts")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from allauth.mfa.models import Authenticator
        from allauth.mfa.signals import authenticator_added

        from mitwerk.accounts.actions import end_other_sessions

        def shut_out_others(request: HttpRequest, user: Any, **kwargs: Any) -> None:
            end_other_sessions(request=request, user=user)

        authenticator_added.connect(
            shut_out_others, sender=Authenticator, weak=False, dispatch_uid="accounts.shut_out_others"
        )
