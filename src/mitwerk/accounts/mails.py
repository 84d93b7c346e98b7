"""Mails about accounts, in the recipient's language. What they hold lets people in, so the outbox forgets it."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mitwerk.accounts.models import User
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button


def mail_account(template_prefix: str, email: str, context: dict[str, Any], sender_name: str = "") -> None:
    """Queue the mail that allauth calls `template_prefix`; `sender_name` is whose pages these are."""
    language = _language_of(email)
    values = {**context, "email": email, "name": sender_name or settings.WAGTAIL_SITE_NAME}
    values.setdefault("timestamp", timezone.now())
    values.pop("request", None)  # mails show nothing of the page they were asked for on
    code, reset = str(values.get("code") or ""), values.get("password_reset_url")
    with override(language):
        subject = render_to_string(f"{template_prefix}_subject.txt", values, using="mail")
        button = Button(_("Choose a new password"), reset) if reset else None
    queue_mail(
        to=email,
        subject=subject,
        template=f"{template_prefix}_message.txt",
        context=values,
        language=language,
        button=button,
        code=code,
        is_secret=bool(code or reset),
    )


def _language_of(email: str) -> str:
    """The one the account is set to; where there is none, that of the page in front of whoever asked."""
    found = User.objects.filter(email__iexact=email).values_list("language", flat=True).first()
    return found or get_language() or settings.LANGUAGE_CODE
