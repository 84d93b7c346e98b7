"""The mail that asks whether it was really them."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.consents.models import Asked, Evidence
from mitwerk.consents.queries import CONFIRMATION
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.outbox.models import Mail


def mail_confirmation(asked: Asked, name: str, token: str) -> Mail | None:
    """Neutral: it says what was asked for and nothing else, no word of advertising."""
    with override(asked.language):
        subject = _("Please confirm: newsletter of %(name)s") % {"name": name}
        button = Button(_("To the confirmation"), settings.BASE_URL + reverse("consents:confirm", args=[token]))
        text = asked.wording.text_de if asked.language == "de" else asked.wording.text_en
    return queue_mail(
        to=asked.email,
        subject=subject,
        template=CONFIRMATION,
        context={"name": name, "wording": text},
        language=asked.language,
        button=button,
        is_secret=True,
    )


def unsubscribe_url(evidence: Evidence) -> str:
    with override(evidence.language):
        return settings.BASE_URL + reverse("consents:unsubscribe", args=[evidence.key])
