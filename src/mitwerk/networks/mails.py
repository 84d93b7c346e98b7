"""Mails about networks."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from mitwerk.clusters.queries import office_address
from mitwerk.networks.models import Leaving, ListRow, NetworkInvitation, NetworkPerson
from mitwerk.outbox.actions import queue_mail
from mitwerk.outbox.mails import Button


def mail_network_invitation(invitation: NetworkInvitation, token: str, row: ListRow | None = None) -> None:
    """The link, to the invited address and nowhere else; the outbox forgets it once the mail is sent.

    With `row`, who stands on the network's list: the mail says in both languages what the law asks for (Art. 14 GDPR).
    """
    with override(invitation.language):
        subject = _("Invitation: %(offer)s") % {"offer": invitation.offer}
    _send(invitation, token, row, subject, "networks/invitation_mail.txt", f"network-invitation:{invitation.public_id}")


def mail_reminder(row: ListRow, token: str) -> None:
    """The one reminder; its link leads to the same page as the first."""
    invitation = row.invitation
    assert invitation is not None  # noqa: S101 (the caller looked; this tells the type checker)
    with override(invitation.language):
        subject = _("Reminder: %(offer)s") % {"offer": invitation.offer}
    _send(invitation, token, row, subject, "networks/reminder_mail.txt", f"network-reminder:{invitation.public_id}")


def _send(
    invitation: NetworkInvitation, token: str, row: ListRow | None, subject: str, template: str, key: str
) -> None:
    with override(invitation.language):
        url = settings.BASE_URL + reverse("networks:invitation", args=[token])
        button = Button(_("See the invitation"), url)
    queue_mail(
        to=invitation.email,
        subject=subject,
        template=template,
        context={"invitation": invitation, "row": row, "office": office_address(None)},
        language=invitation.language,
        button=button,
        key=key,
        is_secret=True,
    )


def mail_leaving(leaving: Leaving, to: NetworkPerson) -> None:
    """The other coordinators are told that one of them wants the network deleted, and until when it can be stopped."""
    with override(to.person.language):
        subject = _("%(network)s is to be deleted") % {"network": leaving.network}
        url = settings.BASE_URL + reverse("networks:leaving", args=[to.network.slug])
        button = Button(_("See and confirm or stop it"), url)
    queue_mail(
        to=to.person.email, subject=subject, template="networks/leaving_mail.txt", context={"leaving": leaving},
        language=to.person.language, button=button, key=f"network-leaving:{leaving.public_id}:{to.public_id}",
    )  # fmt: skip


def mail_left(leaving: Leaving, to: NetworkPerson) -> None:
    """The last mail to everybody who belonged to it."""
    with override(to.person.language):
        subject = _("%(network)s has left") % {"network": leaving.network}
    queue_mail(
        to=to.person.email, subject=subject, template="networks/left_mail.txt", context={"network": leaving.network},
        language=to.person.language, key=f"network-left:{to.public_id}", is_secret=True,
    )  # fmt: skip
