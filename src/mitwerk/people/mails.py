"""Mails about people: claims to the office, invitations to the invited."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.actors.models import Claim
from mitwerk.clusters.models import Cluster
from mitwerk.clusters.queries import office_address, the_region
from mitwerk.core.jsonld import absolute
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button
from mitwerk.people.models import Invitation


def mail_claim(claim: Claim, cluster: Cluster | None, is_proved: bool) -> None:
    """Tell the office who says that an entry is theirs; an answer goes straight to them."""
    with override(settings.LANGUAGE_CODE):
        subject = _("Claims the entry: %(name)s") % {"name": claim.organisation.name}
        page = absolute(claim.organisation.get_absolute_url())
    queue_mail(
        to=office_address(cluster),
        subject=subject,
        template="people/claim_mail.txt",
        context={"claim": claim, "page": page, "is_proved": is_proved},
        language=settings.LANGUAGE_CODE,
        reply_to=claim.email,
    )


def mail_invitation(invitation: Invitation, token: str) -> None:
    """The link, to the invited address and nowhere else; the outbox forgets it once the mail is sent."""
    region = the_region()
    with override(invitation.language):
        subject = _("Invitation: %(offer)s") % {"offer": invitation.offer}
        url = settings.BASE_URL + reverse("people:invitation", args=[token])
        button = Button(_("See the invitation"), url)
    queue_mail(
        to=invitation.email,
        subject=subject,
        template="people/invitation_mail.txt",
        context={"invitation": invitation, "host": region},
        language=invitation.language,
        button=button,
        is_secret=True,
    )
