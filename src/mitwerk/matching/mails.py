"""Mails about needs."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import office_address
from mitwerk.matching.models import NeedContact
from mitwerk.outbox.actions import queue_mail


def mail_need(contact: NeedContact, cluster: Cluster | None) -> None:
    """Tell the office which need was reported; an answer goes straight to those who have it."""
    with override(settings.LANGUAGE_CODE):
        subject = _("A need was reported: %(title)s") % {"title": contact.need.title}
    queue_mail(
        to=office_address(cluster),
        subject=subject,
        template="matching/need_mail.txt",
        context={"contact": contact, "need": contact.need, "cluster": cluster},
        language=settings.LANGUAGE_CODE,
        reply_to=contact.email,
    )
