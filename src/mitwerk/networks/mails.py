"""Mails about networks."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.networks.models import NetworkInvitation
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button


def mail_network_invitation(invitation: NetworkInvitation, token: str) -> None:
    """The link, to the invited address and nowhere else; the outbox forgets it once the mail is sent."""
    with override(invitation.language):
        subject = _("Invitation: %(offer)s") % {"offer": invitation.offer}
        url = settings.BASE_URL + reverse("networks:invitation", args=[token])
        button = Button(_("See the invitation"), url)
    queue_mail(
        to=invitation.email,
        subject=subject,
        template="networks/invitation_mail.txt",
        context={"invitation": invitation},
        language=invitation.language,
        button=button,
        is_secret=True,
    )
