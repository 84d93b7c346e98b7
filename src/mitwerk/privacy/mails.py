"""Mails to the office when somebody has gone."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.actors.models import Organisation
from mitwerk.actors.queries import current_memberships
from mitwerk.clusters.queries import office_address
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail


def mail_last_has_gone(organisation: Organisation) -> None:
    """Nobody acts for this organisation any more. Without the name of who did."""
    membership = current_memberships().filter(organisation=organisation).select_related("cluster").first()
    with override(settings.LANGUAGE_CODE):
        subject = _("Nobody acts for %(name)s any more") % {"name": organisation.name}
        page = absolute(organisation.get_absolute_url())
    queue_mail(
        to=office_address(membership.cluster if membership else None),
        subject=subject,
        template="privacy/last_mail.txt",
        context={"organisation": organisation, "page": page},
        language=settings.LANGUAGE_CODE,
    )
