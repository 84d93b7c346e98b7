"""Mails to the office of the region or a cluster."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.clusters.models import Message
from mitwerk.clusters.queries import office_address
from mitwerk.outbox.actions import queue_mail


def mail_message(message: Message) -> None:
    """Tell the office what a visitor wrote; an answer goes straight to the visitor."""
    with override(settings.LANGUAGE_CODE):
        if message.kind == Message.Kind.MEMBERSHIP:
            subject = _("Wants to become a member: %(name)s") % {"name": message.organisation_name}
        else:
            subject = _("Message from the website: %(subject)s") % {"subject": message.subject}
    queue_mail(
        to=office_address(message.cluster),
        subject=subject,
        template="clusters/message_mail.txt",
        context={"message": message},
        language=settings.LANGUAGE_CODE,
        reply_to=message.email,
    )
