"""Mails about networks."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from mitwerk.clusters.queries import office_address
from mitwerk.networks.models import Affiliation, JoinRequest, Leaving, ListRow, NetworkInvitation, NetworkPerson
from mitwerk.networks.queries import current_people
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


TOLD = {
    "proposed": gettext_lazy("Affiliation agreement proposed: %(name)s"),
    "agreed": gettext_lazy("Affiliation agreement agreed: %(name)s"),
    "declined": gettext_lazy("Affiliation agreement did not come about: %(name)s"),
    "ended": gettext_lazy("Affiliation agreement ended: %(name)s"),
}


def mail_affiliation(affiliation: Affiliation, side: str, what: str) -> None:
    """What one side did, to the other one. Nothing that the network shares stands in it."""
    for to, language, key in _other_side(affiliation, side):
        with override(language):
            page = reverse("networks:affiliation_detail", args=[affiliation.network.slug, affiliation.public_id])
            queue_mail(
                to=to,
                subject=str(TOLD[what]) % {"name": f"{affiliation.network} · {affiliation.cluster}"},
                template="networks/affiliation_mail.txt",
                context={"affiliation": affiliation, "what": what, "side": Affiliation.Side(side).label},
                language=language,
                button=Button(_("Read the agreement"), settings.BASE_URL + page),
                key=f"affiliation/{affiliation.public_id}/{what}/{side}/{key}",
            )


def _other_side(affiliation: Affiliation, side: str) -> list[tuple[str, str, str]]:
    """Address, language, and what stands for them in the key."""
    if side == Affiliation.Side.NETWORK:
        return [(office_address(affiliation.cluster), settings.LANGUAGE_CODE, "office")]
    return [(one.person.email, one.person.language, one.public_id) for one in _coordinators(affiliation.network_id)]


def _coordinators(network: int) -> list[NetworkPerson]:
    return list(current_people().filter(network=network, kind=NetworkPerson.Kind.COORDINATOR))


def mail_join_request(request: JoinRequest) -> None:
    """Somebody asks to join, to the coordinators."""
    for one in _coordinators(request.network_id):
        with override(one.person.language):
            page = reverse("networks:join_list", args=[request.network.slug])
            queue_mail(
                to=one.person.email,
                subject=_("Somebody asks to join: %(name)s") % {"name": request.network},
                template="networks/join_request_mail.txt",
                context={"asked": request},
                language=one.person.language,
                button=Button(_("Answer"), settings.BASE_URL + page),
                key=f"join/{request.public_id}/{one.public_id}",
            )


def mail_join_answer(request: JoinRequest) -> None:
    """What the coordinators answered, to whoever asked."""
    language = request.person.language
    with override(language):
        queue_mail(
            to=request.person.email,
            subject=_("Your request to join: %(name)s") % {"name": request.network},
            template="networks/join_answer_mail.txt",
            context={"asked": request, "is_accepted": request.state == JoinRequest.State.ACCEPTED},
            language=language,
            key=f"join/{request.public_id}/answer",
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
